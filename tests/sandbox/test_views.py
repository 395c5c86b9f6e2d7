"""`views.*`, their triggers, and the modal stack a person sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.manners import Manners
from tests.sandbox.bench import ROOM, Bench, manifest, modal, plain, refused, standin, text_input

if TYPE_CHECKING:
    from aiohttp import ClientWebSocketResponse

HOME = {"type": "home", "blocks": [{"type": "section", "text": plain("Hjem")}]}


async def trigger(bench: Bench, socket: ClientWebSocketResponse, **where: Any) -> str:
    """A fresh trigger of case1's, from a button (or another element) that is acknowledged at once."""
    import asyncio

    where = where or {"channel": ROOM, "ts": await bench.post_button(ROOM), "action_id": "a.b"}
    clicking = asyncio.create_task(bench.act("case1", "click", **where))
    while (envelope := await socket.receive_json(timeout=3))["type"] != "interactive":
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
    await socket.send_json({"envelope_id": envelope["envelope_id"]})
    assert (await clicking)["ok"]
    return str(envelope["payload"]["trigger_id"])


PUSHER = {
    "type": "actions",
    "block_id": "skub",
    "elements": [{"type": "button", "action_id": "skub", "text": plain("Videre")}],
}


async def test_a_modal_opens_with_ids_hash_and_state(bench: Bench):
    """views.open answers with the whole view; the person sees it, nobody else."""
    socket = await bench.socket()
    opened = await bench.web.views_open(trigger_id=await trigger(bench, socket), view=modal())
    view = opened["view"]
    assert view["id"] == view["root_view_id"]
    assert (view["team_id"], view["app_id"], view["bot_id"]) == ("T0KOEGE", "A0BINDELED", "B0BINDELED")
    assert view["state"] == {"values": {"b": {"t": {"type": "plain_text_input", "value": None}}}}
    assert [v["id"] for v in (await bench.state("case1"))["views"]] == [view["id"]]
    assert (await bench.state("case2"))["views"] == []


async def test_a_trigger_opens_one_view_only(bench: Bench):
    """exchanged_trigger_id on the second use; an invented one is invalid_trigger_id."""
    used = await trigger(bench, await bench.socket())
    await bench.web.views_open(trigger_id=used, view=modal())
    with refused("exchanged_trigger_id"):
        await bench.web.views_open(trigger_id=used, view=modal())
    with refused("invalid_trigger_id"):
        await bench.web.views_open(trigger_id="1.2.3", view=modal())


async def test_a_trigger_dies_in_real_time():
    """expired_trigger_id after its seconds (shortened here), whatever the stand-in's clock says."""
    async with standin(manners=Manners(trigger_seconds=0.0)) as bench:
        old = await trigger(bench, await bench.socket())
        with refused("expired_trigger_id"):
            await bench.web.views_open(trigger_id=old, view=modal())


async def test_a_refused_view_leaves_the_trigger_unused(bench: Bench):
    """invalid_arguments with the reasons, view_too_large; afterwards the trigger still works."""
    fresh = await trigger(bench, await bench.socket())
    with refused("invalid_arguments") as answer:
        await bench.web.views_open(trigger_id=fresh, view=modal(title=plain("x" * 25)))
    assert "/view/title" in answer["response_metadata"]["messages"][0]
    section = {"type": "section", "text": plain("x" * 3000)}
    with refused("view_too_large"):
        await bench.web.views_open(trigger_id=fresh, view=modal(*[section] * 90))
    with refused("invalid_arguments"):
        await bench.web.views_open(trigger_id=fresh, view=HOME)
    assert (await bench.web.views_open(trigger_id=fresh, view=modal()))["ok"]


async def test_at_most_three_views_lie_on_each_other(bench: Bench):
    """views.push needs a trigger from the modal, and stops at three with push_limit_reached."""
    socket = await bench.socket()
    opened = await bench.web.views_open(trigger_id=await trigger(bench, socket), view=modal(PUSHER))
    top = opened["view"]["id"]
    with refused("invalid_trigger_id"):
        await bench.web.views_push(trigger_id=await trigger(bench, socket), view=modal())
    for _ in range(2):
        pushed = await bench.web.views_push(
            trigger_id=await trigger(bench, socket, view_id=top, action_id="skub"), view=modal(PUSHER)
        )
        assert (pushed["view"]["previous_view_id"], pushed["view"]["root_view_id"]) == (top, opened["view"]["id"])
        top = pushed["view"]["id"]
    with refused("push_limit_reached"):
        await bench.web.views_push(trigger_id=await trigger(bench, socket, view_id=top, action_id="skub"), view=modal())
    below = await bench.act("case1", "click", view_id=opened["view"]["id"], action_id="skub")
    assert below["error"] == "view_not_on_top"


async def test_an_update_keeps_what_was_typed_and_minds_the_hash(bench: Bench):
    """Same block and action keep their value; a stale hash is hash_conflict; an unknown view not_found."""
    web = bench.web
    view = (await web.views_open(trigger_id=await trigger(bench, await bench.socket()), view=modal()))["view"]
    await bench.did("case1", "click", view_id=view["id"], action_id="t", value="skrevet")
    updated = (
        await web.views_update(view_id=view["id"], hash=view["hash"], view=modal(text_input(), text_input("c")))
    )["view"]
    assert updated["state"]["values"]["b"]["t"]["value"] == "skrevet"
    assert updated["hash"] != view["hash"]
    with refused("hash_conflict"):
        await web.views_update(view_id=view["id"], hash=view["hash"], view=modal())
    with refused("not_found"):
        await web.views_update(view_id="V0NOWHERE", view=modal())
    with refused("invalid_arguments"):
        await web.api_call("views.update", json={"view": modal()})


async def test_an_external_id_is_unique(bench: Bench):
    """A second view with the same external_id is refused, and it names a view in views.update."""
    socket = await bench.socket()
    await bench.web.views_open(trigger_id=await trigger(bench, socket), view=modal(external_id="sag-1"))
    with refused("invalid_arguments"):
        await bench.web.views_open(trigger_id=await trigger(bench, socket), view=modal(external_id="sag-1"))
    assert (await bench.web.views_update(external_id="sag-1", view=modal(external_id="sag-1")))["ok"]


async def test_a_home_is_published_to_one_person(bench: Bench):
    """The person sees it; published again it keeps its id; strangers and other workspaces get none."""
    first = (await bench.web.views_publish(user_id="U0CASE1", view=HOME))["view"]
    again = (await bench.web.views_publish(user_id="U0CASE1", view=HOME, hash=first["hash"]))["view"]
    assert again["id"] == first["id"]
    assert [h["user"] for h in (await bench.state("case1"))["homes"]] == ["U0CASE1"]
    assert (await bench.state("case2"))["homes"] == []
    with refused("hash_conflict"):
        await bench.web.views_publish(user_id="U0CASE1", view=HOME, hash=first["hash"])
    with refused("invalid_arguments"):
        await bench.web.views_publish(user_id="U0POLICE3", view=HOME)


async def test_no_home_where_it_is_switched_off():
    """views.publish is not_enabled, and a person cannot open it."""
    async with standin(manifest=manifest(home=False)) as bench:
        with refused("not_enabled"):
            await bench.web.views_publish(user_id="U0CASE1", view=HOME)
        assert (await bench.act("case1", "home"))["error"] == "no_home"


@pytest.mark.parametrize("view", ["{", "[]", '"tekst"'])
async def test_a_view_must_be_an_object(bench: Bench, view: str):
    """invalid_arguments for anything else."""
    with refused("invalid_arguments"):
        await bench.web.api_call("views.open", data={"trigger_id": "1.2.3", "view": view})
