"""App Home over the wire."""

from __future__ import annotations

import sqlite3

from bot.demo.person import Seen
from tests import acts
from tests.stage import World


def _home(state: Seen) -> Seen | None:
    return next((home["view"] for home in state["homes"] if home["view"]["blocks"]), None)


def _with(state: Seen, *words: str, without: str = "\0") -> Seen | None:
    view = _home(state)
    said = str(view["blocks"]) if view else ""
    return view if view and all(word in said for word in words) and without not in said else None


async def test_home_shows_the_contact_first_and_what_waits(world: World) -> None:
    """Whoever opens Home sees whom to ring on the first screen, then what waits for her."""
    sanne = world.person("case1")
    await sanne.act("home")
    view = await sanne.sees("her Home", _home)
    said = str(view["blocks"])
    assert said.index("Intet venter på dig") < said.index("Palle Politi") < said.index("Sanne Sagsbehandler")


async def test_a_button_in_home_works_and_answers_in_the_direct_message(world: World) -> None:
    """A click in Home has no message to answer beside: what is to be said comes as a direct message."""
    sanne = world.person("case1")
    await sanne.act("home")
    view = await sanne.sees("her Home", _home)
    row = next(block for block in view["blocks"] if block["type"] == "actions")
    ring = next(element for element in row["elements"] if element["action_id"] == "callback.ask")
    await sanne.act("click", home=True, action_id="callback.ask", block_id=row["block_id"], value=ring["value"])
    await sanne.message("the receipt of her wish", "Palle Politi")
    await sanne.act("click", home=True, action_id="gone.away", block_id=row["block_id"], value="x", force=True)
    await sanne.message("what became of an old button", "ældre udgave")


async def test_a_stranger_sees_how_she_can_become_known_and_nothing_else(world: World) -> None:
    """Nobody of no known agency learns anything there either."""
    stranger = world.person("stranger1")
    await stranger.act("home")
    view = await stranger.sees("her Home", _home)
    assert [block["type"] for block in view["blocks"]] == ["section", "actions"]
    assert [e["action_id"] for e in view["blocks"][1]["elements"]] == ["membership.ask"]


async def test_home_is_up_to_date_after_its_owners_own_act(world: World) -> None:
    """A tap in a message settles what Home asked for, and the case stands among hers with its day."""
    palle = world.person("police1")
    request = await acts.opens(world)
    await palle.act("home")
    await palle.sees("the request in Home", lambda state: _with(state, "case.accept"))
    await palle.click(request, "case.accept")
    mine = await palle.sees("his case in Home", lambda state: _with(state, "dag 1", without="case.accept"))
    assert "Fysisk vold" in str(mine["blocks"])


async def test_a_coordinator_sees_what_is_hers(world: World) -> None:
    """Holes, what is stuck, incidents, contacts, rules and rooms; nobody else sees that part."""
    vera, palle = world.person("coord-p"), world.person("police1")
    await palle.act("home")
    assert "home.holes" not in str(await palle.sees("his Home", _home))
    await vera.act("home")
    view = await vera.sees("her Home", _home)
    row = next(b for b in view["blocks"] if b.get("block_id") == "home-coordinator")
    for action_id, seen in (("home.holes", "ataloget"), ("home.stuck", "hænger"), ("home.incidents", "ændelse")):
        await vera.act("click", home=True, action_id=action_id, block_id=row["block_id"], value="show")
        await vera.message(f"what {action_id} shows", seen)
    await vera.act("click", home=True, action_id="home.rules", block_id=row["block_id"], value="edit")
    await vera.view("editing.rule")
    await vera.act("click", home=True, action_id="room.set_up", block_id=row["block_id"], value="set up")
    await vera.view("room.choose")


async def test_five_hundred_open_things_fit_and_are_turned_page_by_page(world: World) -> None:
    """Each page is within Slack's limits and says where it stands."""
    await acts.accepted(world)
    await world.quiet()
    (one,) = world.rows("SELECT * FROM matters WHERE kind = 'participation'")
    names = [column[1] for column in world.rows("PRAGMA table_info(matters)")]
    palle = world.rows("SELECT id FROM contacts WHERE key = 'police1'")[0][0]
    row = {**dict(zip(names, one, strict=True)), "state": "proposed", "settled_at": None, "owner_id": palle}
    with sqlite3.connect(world.data / "bindeled.db") as connection:
        connection.executemany(
            f"INSERT INTO matters VALUES ({', '.join('?' for _ in names)})",  # noqa: S608 - as many places as columns
            [tuple({**row, "id": f"many-{number}"}.values()) for number in range(500)],
        )
    connection.close()
    person = world.person("police1")
    await person.act("home")
    first = await person.sees("the first page", lambda state: _with(state, "1–8 af 500", "home.after"))
    block = next(b for b in first["blocks"] if b.get("block_id") == "home-on_me")
    value = next(e["value"] for e in block["elements"] if e["action_id"] == "home.after")
    await person.act("click", home=True, action_id="home.after", block_id="home-on_me", value=value)
    second = await person.sees("the second page", lambda state: _with(state, "9–16 af 500", "home.before"))
    assert max(len(view["blocks"]) for view in (first, second)) <= 100


async def test_a_language_is_chosen_in_home_and_holds_everywhere(world: World) -> None:
    """Home is written anew in it at once, and so is the next answer; others read their own."""
    sanne = world.person("case1")
    await sanne.act("home")
    view = await sanne.sees("her Home", _home)
    block = next(b for b in view["blocks"] if (b.get("accessory") or {}).get("action_id") == "language.choose")
    await sanne.act("click", home=True, action_id="language.choose", block_id=block["block_id"], value="nn")
    await sanne.sees("her Home in Nynorsk", lambda state: _with(state, "Ventar på deg"))
    await sanne.act("message", channel="@bindeled", text="kva kan du?")
    await sanne.message("the answer in Nynorsk", "Dette kan eg")
    await world.person("case2").act("message", channel="@bindeled", text="hvad kan du?")
    await world.person("case2").message("the answer in Danish", "Det kan jeg")
