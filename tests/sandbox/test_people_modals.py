"""Submitting and closing modals, with every answer an app may give."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.bench import QUICK, Bench, modal, plain, standin, text_input

Json = dict[str, Any]


class Modal:
    """A Bolt app whose shortcut opens a modal and whose submission is answered as told."""

    def __init__(self, bench: Bench, view: Json, /, **answer: Any) -> None:
        self.app = bench.app()
        self.submitted: list[Json] = []
        self.closed: list[Json] = []
        self.bench = bench

        @self.app.shortcut("case.open")
        async def open_it(ack: Any, body: Json, client: Any) -> None:
            await client.views_open(trigger_id=body["trigger_id"], view=view)
            await ack()

        @self.app.view("m.c")
        async def submitted(ack: Any, body: Json) -> None:
            self.submitted.append(body)
            await ack(**answer)

        @self.app.view_closed("m.c")
        async def closed(ack: Any, body: Json) -> None:
            self.closed.append(body)
            await ack()

    async def open(self) -> str:
        """Connect and open it for case1; the view's id."""
        await self.bench.connect(self.app)
        return str((await self.bench.did("case1", "shortcut", callback_id="case.open"))["view_id"])

    async def submit(self, view_id: str, **values: str) -> Json:
        """Fill in text fields by block and submit."""
        return await self.bench.act(
            "case1", "submit", view_id=view_id, values={block: {"t": text} for block, text in values.items()}
        )


async def test_a_submission_carries_every_input(bench: Bench):
    """view_submission with state.values for each input, the view's ids, a trigger and no response_urls."""
    page = Modal(bench, modal(text_input(), text_input("c", optional=True), private_metadata="sag"))
    view_id = await page.open()
    done = await page.submit(view_id, b="hej")
    assert (done["ok"], done["acked"], done["view_id"]) == (True, True, None)
    [body] = page.submitted
    assert body["view"]["state"]["values"] == {
        "b": {"t": {"type": "plain_text_input", "value": "hej"}},
        "c": {"t": {"type": "plain_text_input", "value": None}},
    }
    assert (body["view"]["id"], body["view"]["private_metadata"]) == (view_id, "sag")
    assert body["view"]["app_installed_team_id"] == "T0KOEGE"
    assert body["response_urls"] == []
    assert body["trigger_id"]
    assert (await bench.state("case1"))["views"] == []


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({}, "required: b"),
        ({"b": "x" * 11}, "invalid_choice"),
        ({"b": "a"}, "invalid_choice"),
        ({"findes-ikke": "a"}, "no_such_action"),
    ],
)
async def test_what_the_client_holds_back_is_not_sent(bench: Bench, values: dict[str, str], error: str):
    """Required fields, lengths and unknown fields are the client's business; the app hears nothing."""
    page = Modal(bench, modal(text_input(element={"min_length": 2, "max_length": 10})))
    outcome = await page.submit(await page.open(), **values)
    assert (outcome["ok"], outcome["error"].startswith(error)) == (False, True)
    assert page.submitted == []
    assert (await bench.state("case1"))["views"][0]["errors"]


async def test_errors_keep_the_modal_open(bench: Bench):
    """response_action errors stand beside the field and go with the next submission."""
    page = Modal(bench, modal(), response_action="errors", errors={"b": "Ukendt kode"})
    view_id = await page.open()
    outcome = await page.submit(view_id, b="x")
    assert (outcome["ok"], outcome["view_id"]) == (True, view_id)
    assert outcome["ack"]["response_action"] == "errors"
    assert (await bench.state("case1"))["views"][0]["errors"] == {"b": "Ukendt kode"}


async def test_update_and_push_show_another_view(bench: Bench):
    """`update` replaces in place under the same id, `push` lays on top; closing shows the one below."""
    updating = Modal(bench, modal(), response_action="update", view=modal(title=plain("Ny")))
    view_id = await updating.open()
    assert (await updating.submit(view_id, b="x"))["view_id"] == view_id
    assert (await bench.state("case1"))["views"][0]["title"]["text"] == "Ny"
    await bench.did("case1", "close", view_id=view_id)
    await bench.disconnect()
    pushing = Modal(bench, modal(), response_action="push", view=modal(title=plain("Oven på")))
    view_id = await pushing.open()
    top = (await pushing.submit(view_id, b="x"))["view_id"]
    assert top != view_id
    assert [v["previous_view_id"] for v in (await bench.state("case1"))["views"]] == [None, view_id]
    assert (await bench.did("case1", "close", view_id=top))["view_id"] == view_id


async def test_clear_closes_all(bench: Bench):
    """response_action clear takes the whole stack away."""
    page = Modal(bench, modal(), response_action="clear")
    await page.submit(await page.open(), b="x")
    assert (await bench.state("case1"))["views"] == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"findes-ikke": "x"}},
        {"response_action": "update", "view": {"type": "modal", "title": {"type": "plain_text", "text": "x" * 30}}},
        {"response_action": "push", "view": {"type": "home", "blocks": []}},
        {"response_action": "luk"},
    ],
)
async def test_an_answer_slack_would_not_take_is_an_error(bench: Bench, answer: Json):
    """Errors for no field, a view over its limits, a Home as modal, an unknown action: the modal stays."""
    page = Modal(bench, modal(), **answer)
    view_id = await page.open()
    outcome = await page.submit(view_id, b="x")
    assert outcome["error"].startswith("invalid_response")
    assert outcome["view_id"] == view_id


async def test_an_unanswered_submission_is_an_error_and_never_comes_again():
    """operation_timeout, the modal stays open, one envelope."""
    async with standin(manners=QUICK) as bench:
        app = bench.app()

        @app.shortcut("case.open")
        async def open_it(ack: Any, body: Json, client: Any) -> None:
            await client.views_open(trigger_id=body["trigger_id"], view=modal(callback_id="ukendt"))
            await ack()

        await bench.connect(app)
        view_id = (await bench.did("case1", "shortcut", callback_id="case.open"))["view_id"]
        outcome = await bench.act("case1", "submit", view_id=view_id, values={"b": {"t": "x"}})
        assert (outcome["error"], outcome["view_id"]) == ("operation_timeout", view_id)
        assert len(await bench.wire("interactive", "ukendt")) == 1


@pytest.mark.parametrize("wanted", [True, False])
async def test_closing_is_told_only_on_request(bench: Bench, *, wanted: bool):
    """view_closed comes with notify_on_close alone."""
    page = Modal(bench, modal(notify_on_close=wanted))
    outcome = await bench.did("case1", "close", view_id=await page.open())
    assert outcome["acked"] is wanted
    assert [body["is_cleared"] for body in page.closed] == ([False] if wanted else [])
    assert (await bench.state("case1"))["views"] == []


async def test_a_modal_is_its_owners(bench: Bench):
    """Nobody else sees, submits or closes it; a modal without submit cannot be submitted."""
    section = {"type": "section", "text": plain("kun læse")}
    page = Modal(bench, {k: v for k, v in modal(section).items() if k != "submit"})
    view_id = await page.open()
    assert (await bench.act("case2", "close", view_id=view_id))["error"] == "view_not_found"
    assert (await bench.act("case2", "submit", view_id=view_id))["error"] == "view_not_found"
    assert (await bench.act("case1", "submit", view_id=view_id))["error"] == "no_submit"


async def test_a_conversation_menu_can_give_a_response_url(bench: Bench):
    """response_url_enabled: the submission carries an address that posts into the chosen conversation."""
    element = {"type": "conversations_select", "action_id": "t", "response_url_enabled": True}
    block = {"type": "input", "block_id": "b", "label": plain("Hvor"), "element": element}
    page = Modal(bench, modal(block))
    await page.submit(await page.open(), b="C0ALLE")
    [given] = page.submitted[0]["response_urls"]
    assert (given["block_id"], given["channel_id"]) == ("b", "C0ALLE")
    async with bench.http.post(given["response_url"], json={"text": "delt", "response_type": "in_channel"}) as answer:
        assert answer.status == 200
    assert [m["channel"] for m in await bench.messages()] == ["C0ALLE"]
