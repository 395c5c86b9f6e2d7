"""When somebody may be written to, over the wire: chosen in Home or from a message, kept by the clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.person import Person, Seen, written
from storage import cases, deadlines
from tests import acts
from tests.stage import World

DANISH = ZoneInfo("Europe/Copenhagen")
WEEK = ["0", "1", "2", "3", "4"]


async def opens_form(who: Person) -> Seen:
    """The form, from the button in Home."""
    await who.act("home")

    def line(state: Seen) -> Seen | None:
        blocks = [block for home in state["homes"] for block in home["view"]["blocks"]]
        return next((b for b in blocks if (b.get("accessory") or {}).get("action_id") == "preference.edit"), None)

    block = await who.sees("the line in her Home", line)
    await who.act("click", home=True, action_id="preference.edit", block_id=block["block_id"], value="own")
    return await who.view("preference.edit")


async def sends(who: Person, form: Seen, name: str = "preference", **chosen: Any) -> Seen:
    """The form, sent with these choices; what is not named is as in the form of somebody who has chosen nothing."""
    held = {"days": WEEK, "quiet_from": "office", "quiet_until": None, "digest": "office", **chosen}
    values = {field: {f"{name}.{field}": value} for field, value in held.items() if value is not None}
    return await who.act("submit", view_id=form["id"], values=values)


async def now(world: World) -> datetime:
    """The demo's moment, as people there read it."""
    return datetime.fromisoformat((await world.state())["now"]).astimezone(DANISH)


async def until(world: World, moment: datetime) -> None:
    """Time passes until then."""
    await world.advance((moment - await now(world)).total_seconds())


async def agrees(world: World, what: str) -> None:
    """A follow-up that police1 owes."""
    sanne, palle = world.person("case1"), world.person("police1")
    await sanne.click(await acts.headline(world), "followup.propose")
    await acts.fills_in(sanne, "Palle", what=what)
    await palle.click(await palle.message("the proposal", "foreslår en opfølgning", "followup.agree"), "followup.agree")
    await palle.message("his yes", "Der er sagt ja", without=("followup.agree",))
    await world.quiet()


async def test_the_digest_comes_at_half_past_nine_and_the_law_in_the_quiet_hours(world: World) -> None:
    """He chooses half past nine; she chooses quiet from three in the afternoon, and is reminded by law all the same."""
    palle, sanne = world.person("police1"), world.person("case1")
    await sends(palle, await opens_form(palle), digest="09:30")
    await palle.sees("it in Home", lambda state: state if "kl. 09.30" in str(state["homes"]) else None)
    await sends(sanne, await opens_form(sanne), quiet_from="15:00", quiet_until="08:00")
    await sanne.sees("it in Home", lambda state: state if "kl. 15.00–08.00" in str(state["homes"]) else None)
    await acts.accepted(world)
    for what in ("answer-about-talk", "agree-on-meeting"):
        await agrees(world, what)
    ((reminded,),) = set(world.rows("SELECT due_at FROM deliveries WHERE rung = 'day-before' AND state = 'due'"))
    day = datetime.fromisoformat(f"{reminded}+00:00").astimezone(DANISH).date()
    await until(world, datetime.combine(day, time(9, 29), DANISH))
    assert not await world.seen_by("police1", "Godmorgen")
    await world.advance(120)
    digest = await palle.message("his digest", "Godmorgen", "followup.done")
    assert written(digest).count("followup.done") == 2

    ((case_id, workspace_id),) = world.rows("SELECT id, workspace_id FROM cases")
    moment = (await now(world)).astimezone(UTC)
    async with world.work() as work:
        work.now = moment  # the demo's clock has moved
        with work:
            case = cases.case(work, workspace_id, case_id)
            assert case is not None
            deadlines.attach(work, case, {"municipality.received": work.now})
            work.commit()
    night = moment.astimezone(DANISH) + timedelta(hours=12, minutes=1)
    assert night.time() > time(15)
    await until(world, night)
    await sanne.message("the reminder of the law", "12 timer eller mindre", "deadline.done")


async def test_who_has_no_home_chooses_from_what_waits_and_reads_what_is_wrong_under_its_field(world: World) -> None:
    """The same form; each mistake has one sentence, and what was sent rightly is said back."""
    palle = world.person("police1")
    await palle.act("message", channel="@bindeled", text="hvad venter?")
    await palle.click(await palle.message("what waits", "preference.edit"), "preference.edit")
    form = await palle.view("preference.edit")
    for wrong, field, said in (
        ({"days": []}, "days", "mindst én arbejdsdag"),
        ({"quiet_from": "20:00"}, "quiet_until", "hvornår stilletiden slutter"),
        ({"quiet_from": "20:00", "quiet_until": "20:00"}, "quiet_until", "to forskellige tidspunkter"),
        ({"quiet_from": "06:00", "quiet_until": "18:00"}, "quiet_until", "slet ikke må skrive"),
    ):
        answer = await sends(palle, form, **wrong)
        assert said in answer["ack"]["errors"][field]
    await sends(palle, form, days=WEEK[:3], quiet_from="20:00", quiet_until="07:00")
    await palle.sees("what holds", lambda state: state if "mandag–onsdag" in str(state["views"]) else None)
    assert world.rows("SELECT work_days, quiet FROM contacts WHERE key = 'police1'") == [("012", "20:00-07:00")]


async def test_a_coordinator_chooses_for_her_agency(world: World) -> None:
    """By command or from Home; nobody else may, and those who do may choose otherwise for themselves."""
    vera, palle = world.person("coord-p"), world.person("police1")
    refused = await palle.act("command", channel="@bindeled", command="/bindeled", text="arbejdstid")
    assert "koordinator" in str(refused["ack"])
    await vera.act("command", channel="@bindeled", command="/bindeled", text="arbejdstid")
    form = await vera.view("preference.office")
    chosen = {"quiet_from": "18:00", "quiet_until": "07:00", "digest": "08:30", "hours_from": "08:00"}
    wrong = await sends(vera, form, **chosen, hours_until="07:00")
    assert "senere på dagen" in wrong["ack"]["errors"]["hours_until"]
    await sends(vera, form, **chosen, hours_until="16:00")
    await vera.sees("what holds", lambda state: state if "kl. 18.00–07.00" in str(state["views"]) else None)
    his = await opens_form(palle)
    assert "Som min myndighed: kl. 18.00–07.00" in str(his["blocks"])
    (row,) = world.rows("SELECT work_days, work_hours, quiet, digest_at FROM agencies WHERE quiet IS NOT NULL")
    assert row == (None, "08:00-16:00", "18:00-07:00", "08:30")
