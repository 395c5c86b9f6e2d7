"""A private channel for each case over the wire: wished for, said yes to, made, used, left and archived."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.demo.directory import KOEGE
from bot.demo.person import Seen, written
from bot.domain.channels import names
from bot.usecases import delivery
from storage import rooms
from storage.sending import LEASE
from tests import acts
from tests.scenarios.test_closing import DAY, closes
from tests.scenarios.test_incidents import TYPED
from tests.stage import CODE, EXTERNAL_ROOM, World

CREATE, INVITE = "conversations.create", "conversations.invite"


@dataclass(frozen=True)
class Pair:
    """Who opens, who is asked, and who coordinates on either side."""

    opener: str
    asked: str
    mine: str
    theirs: str
    name: str

    def __str__(self) -> str:
        """As a test names itself."""
        return f"{self.opener} asks {self.asked}"


PAIRS = (
    Pair("case1", "police1", "coord-m", "coord-p", "Palle Politi"),
    Pair("police1", "case2", "coord-p", "coord-m", "Rita Rådgiver"),
)
both_ways = pytest.mark.parametrize("pair", PAIRS, ids=str)


async def sets_up(world: World, who: str) -> Seen:
    """A coordinator chooses the room that there is; the window that says how its cases are kept."""
    person = world.person(who)
    await person.act("command", channel="alle", command="/bindeled", text="rum")
    form = await person.view("room.choose")
    await person.act("options", view_id=form["id"], action_id="case.municipality", query="køge")
    await person.act("submit", view_id=form["id"], values={"municipality": {"case.municipality": KOEGE}})
    return await person.sees(
        "how cases are kept",
        lambda state: next((v for v in state["views"] if "kanal til alle sager" in str(v["blocks"])), None),
    )


async def wants_channels(world: World) -> None:
    """Both sides have wanted channels for a long time."""
    async with world.work() as work:
        with work:
            (room,) = [r for r in rooms.rooms_of(work, world.stage.running.team_id) if r.country == "DK"]
            rooms.set_per_case(work, room.id, per_case=True)
            work.commit()


async def opens(world: World, pair: Pair) -> Seen:
    """A case with a channel of its own; what the window says at once."""
    person = world.person(pair.opener)
    await person.click(await acts.asks(person), "case.open")
    form = await person.view("case.open")
    assert "private kanal" in str(form["blocks"])
    return await person.act("submit", view_id=form["id"], values=acts.CASE)


async def channel_of(world: World) -> Seen:
    """The one private channel of a case that there is."""
    found: list[Seen] = [c for c in (await world.state())["channels"] if str(c["name"]).startswith("bindeled-")]
    assert len(found) == 1
    return found[0]


async def handles(world: World) -> set[str]:
    """Who is in it."""
    state, channel = await world.state(), await channel_of(world)
    return {str(u["handle"]) for u in state["users"] if u["id"] in channel["members"]}


async def accepted(world: World, pair: Pair = PAIRS[0]) -> Seen:
    """A case in a channel of its own in which both take part; its headline."""
    await wants_channels(world)
    await opens(world, pair)
    asked = world.person(pair.asked)
    await asked.click(
        await asked.message("the request", "beder dig være med", "case.accept", "Gå til kanalen"), "case.accept"
    )
    found = await world.person(pair.opener).message(
        "the headline", "Deltagere", pair.name, without=("har ikke svaret",)
    )
    await world.quiet()
    return found


@both_ways
async def test_both_sides_want_it_and_the_main_job_is_done_in_a_private_channel(world: World, pair: Pair) -> None:
    """Wish, yes, case, channel, acceptance, agreement, done: every button works there, and nobody else reads a word."""
    mine, theirs = world.person(pair.mine), world.person(pair.theirs)
    window = await sets_up(world, pair.mine)
    await mine.act("click", view_id=window["id"], action_id="channel.wish", block_id="channel")
    await theirs.click(await theirs.message("the wish", "ønsker en privat kanal", "channel.accept"), "channel.accept")
    await mine.message("that it holds", "Begge sider vil det", "channel.back")
    opener, asked = world.person(pair.opener), world.person(pair.asked)
    answer = await opens(world, pair)
    assert "bliver lavet nu" in str(answer["ack"]["view"])
    await asked.message("the request", "beder dig være med", "Gå til kanalen")
    headline = await asked.message("the headline", "Deltagere", "case.accept", "Alle i kanalen kan læse")
    channel = await channel_of(world)
    code = CODE.search(written(headline))
    assert code is not None
    assert (headline["channel"], channel["is_private"], channel["name"]) == (
        channel["id"],
        True,
        names(code.group())[0],
    )
    await asked.click(headline, "case.accept")
    await asked.message("the welcome", "Sådan står sagen nu", "Alle i kanalen kan læse alt", "Karen", "Vera")
    await opener.click(await acts.headline(world, pair.opener, pair.name), "followup.propose")
    await acts.fills_in(opener, pair.name.split()[0])
    await asked.click(await asked.message("the proposal", "foreslår en opfølgning", "followup.agree"), "followup.agree")
    agreed = await asked.message("the agreement in the headline", "Deltagere", "followup.done")
    await asked.click(agreed, "followup.done")
    await opener.message("done in the headline", "Udført: Svar om samtale")
    await world.quiet()
    assert await handles(world) == {"bindeled", pair.opener, pair.asked, pair.mine, pair.theirs}
    assert not await world.seen_by("case3", code.group())
    room = await world.channel_id("samarbejde-koege")
    assert not [m for m in (await world.state())["messages"] if m["channel"] == room and m["bot_id"]]
    for who in (pair.opener, pair.asked):
        said = (await world.person(who).act("command", channel="alle", command="/sag", text=code.group()))["ack"]
        assert headline["ts"].replace(".", "") in said["text"]
    await opener.act("message", channel="@bindeled", text=code.group())
    await opener.message("the way there", f"Sag {code.group()}", "Gå til kanalen")


async def test_everything_delivered_twice_happens_once(world: World) -> None:
    """One wish, one yes, one case, one channel, one headline, each person let in once."""
    await world.fault("twice", rate=1)
    window = await sets_up(world, "coord-m")
    karen, vera = world.person("coord-m"), world.person("coord-p")
    await karen.act("click", view_id=window["id"], action_id="channel.wish", block_id="channel")
    await vera.click(await vera.message("the wish", "ønsker en privat kanal", "channel.accept"), "channel.accept")
    await karen.message("that it holds", "Begge sider vil det", "channel.back")
    await opens(world, PAIRS[0])
    await world.person("police1").message("the request", "beder dig være med", "Gå til kanalen")
    await world.quiet()
    assert await handles(world) == {"bindeled", "case1", "police1", "coord-m", "coord-p"}
    assert [world.count(table) for table in ("cases", "channel_wishes")] == [1, 1]
    assert len(await world.seen_by("case1", "Deltagere")) == 1
    assert len(await world.wire(kind="api", method=INVITE)) == 4
    assert not await world.seen_by("coord-p", "allerede")


@both_ways
async def test_the_other_side_says_no_and_cases_stay_threads(world: World, pair: Pair) -> None:
    """Whoever wished for it reads it; the next case stands in the room."""
    window = await sets_up(world, pair.mine)
    mine, theirs = world.person(pair.mine), world.person(pair.theirs)
    await mine.act("click", view_id=window["id"], action_id="channel.wish", block_id="channel")
    await mine.sees("whom it was asked", lambda s: s if "er spurgt, om hver sag" in str(s["views"]) else None)
    await theirs.click(await theirs.message("the wish", "channel.accept", "channel.decline"), "channel.decline")
    await mine.message("the no", "vil beholde tråde", without=("channel.back",))
    await acts.opens(world)
    assert not [c for c in (await world.state())["channels"] if str(c["name"]).startswith("bindeled-")]


async def test_a_room_that_is_shared_offers_no_channels_and_says_why(world: World) -> None:
    """People of another organisation could not be let in."""
    await world.change_directory(room=EXTERNAL_ROOM)
    window = await sets_up(world, "coord-m")
    assert "delt med en anden organisation, og deres folk" in str(window["blocks"])
    assert "channel.wish" not in str(window["blocks"])


async def test_somebody_who_sits_in_another_slack_is_named(world: World) -> None:
    """One of the other side's people has her Slack id in another workspace."""
    await world.change_directory(slack_ids={"police3": "U0POLICE3"})
    window = await sets_up(world, "coord-m")
    assert "Petra Politi (demo) sidder ikke i samme Slack" in str(window["blocks"])
    assert "channel.wish" not in str(window["blocks"])


@pytest.mark.parametrize("method", [CREATE, INVITE])
@pytest.mark.parametrize("kind", ["ratelimit", "error", "drop", "lost"])
async def test_nothing_is_lost_or_doubled_while_slack_is_broken(world: World, kind: str, method: str) -> None:
    """One channel, one headline, one question, and everybody is in it, whatever became of the first attempts."""
    await wants_channels(world)
    await world.fault(kind, method, count=2)
    await opens(world, PAIRS[0])
    for _ in range(5):
        await world.quiet()
        await world.advance(6)
    await world.person("police1").message("the request", "beder dig være med", "Gå til kanalen")
    await world.quiet()
    assert await handles(world) == {"bindeled", "case1", "police1", "coord-m", "coord-p"}
    assert len(await world.seen_by("case1", "Deltagere")) == 1
    assert len(await world.seen_by("police1", "beder dig være med")) == 1
    assert not world.rows("SELECT kind, error FROM deliveries WHERE state IN ('parked', 'unknown')")


@pytest.mark.parametrize("instant", ["written", "claimed", "sending", "made"])
async def test_killed_at_any_instant_there_is_one_whole_case(world: World, instant: str) -> None:
    """Before the channel is taken up, before and after Slack is asked for it, and before it is written down."""
    await wants_channels(world)
    await world.fault("ratelimit", CREATE, rate=1.0, retry_after=1)
    await opens(world, PAIRS[0])
    await world.stage.stop_bot()
    await world.heal()
    await asyncio.sleep(1.2)  # what Slack asked to wait is real time
    if instant != "written":
        async with world.work() as work:
            (claimed,) = delivery.claim(work, workspace_id=world.stage.running.team_id, limit=20)
            if instant != "claimed":
                item = delivery.begin(work, claimed.id)
                assert item is not None
                if instant == "made":
                    name = names(item.case.case.code)[0]
                    await world.call(CREATE, name=name, is_private=True)
    await world.stage.start_bot()
    await world.advance((LEASE + timedelta(seconds=1)).total_seconds())
    await world.advance(10)
    await world.quiet()
    assert await handles(world) == {"bindeled", "case1", "police1", "coord-m", "coord-p"}
    assert len(await world.seen_by("case1", "Deltagere")) == 1
    assert len(await world.seen_by("police1", "beder dig være med")) == 1
    assert not world.rows("SELECT kind, error FROM deliveries WHERE state IN ('parked', 'unknown')")


async def test_a_name_that_somebody_else_has_is_not_ours(world: World) -> None:
    """Another channel is called like that: the case gets the next name, and nothing is said in the other one."""
    await wants_channels(world)
    await world.fault("ratelimit", CREATE, rate=1.0, retry_after=1)
    await opens(world, PAIRS[0])
    await world.stage.stop_bot()
    await world.heal()
    await asyncio.sleep(1.2)
    ((code,),) = world.rows("SELECT code FROM cases")
    taken = str((await world.call(CREATE, name=names(str(code))[0], is_private=True))["channel"]["id"])
    await world.call("conversations.leave", channel=taken)
    await world.stage.start_bot()
    await world.advance(10)
    await world.quiet()
    headline = await acts.headline(world)
    made = next(c for c in (await world.state())["channels"] if c["id"] == headline["channel"])
    assert (made["name"], made["is_private"], made["id"] != taken) == (names(str(code))[1], True, True)


async def test_what_must_not_stand_there_is_seen_in_a_private_channel_too(world: World) -> None:
    """Typed at its top or in a thread, by whoever takes part: she alone is told."""
    headline = await accepted(world)
    sanne, palle = world.person("case1"), world.person("police1")
    await sanne.act("message", channel=headline["channel"], text=TYPED)
    whisper = await sanne.message("the whisper", "hører hjemme her", "Personnummer")
    assert (whisper["ephemeral_to"], whisper["channel"]) == ("U0CASE1", headline["channel"])
    await palle.act("message", channel=headline["channel"], thread_ts=headline["ts"], text=TYPED)
    await palle.message("the whisper", "hører hjemme her", "Personnummer")
    await palle.act("message", channel=headline["channel"], text="@bindeled aftale: svar om samtale på fredag kl. 12")
    await palle.message("what was understood", "Svar om samtale", "followup.propose")
    assert [row for (row,) in world.rows("SELECT case_id IS NOT NULL FROM incidents")] == [1, 1]


async def test_whoever_declines_is_taken_out_and_reads_no_more(world: World) -> None:
    """The next in line comes in; that one came and one went is in the audit."""
    await wants_channels(world)
    await opens(world, PAIRS[0])
    palle = world.person("police1")
    request = await palle.message("the request", "beder dig være med", "case.decline", "Gå til kanalen")
    await world.quiet()
    assert "police1" in await handles(world)
    await palle.click(request, "case.decline")
    form = await palle.view("case.decline")
    await palle.act("submit", view_id=form["id"], values={"reason": {"case.reason": "no-time"}})
    await world.person("police2").message("the request", "beder dig være med", "Gå til kanalen")
    await world.quiet()
    assert await handles(world) == {"bindeled", "case1", "police2", "coord-m", "coord-p"}
    assert not await world.seen_by("police1", "Deltagere")
    verbs = [verb for (verb,) in world.rows("SELECT verb FROM audit WHERE verb LIKE 'channel.%' ORDER BY id")]
    assert verbs == ["channel.make", *["channel.let-in"] * 4, *verbs[5:]]
    assert sorted(verbs[5:]) == ["channel.let-in", "channel.let-out"]


async def test_a_coordinator_sees_whom_slack_does_not_let_in(world: World) -> None:
    """Somebody of another organisation is asked later on: all others are in, and her coordinator reads why she is not."""
    headline = await accepted(world)
    await world.change_directory(slack_ids={"police3": "U0POLICE3"})
    sanne, vera = world.person("case1"), world.person("coord-p")
    await sanne.click(headline, "case.invite")
    form = await sanne.view("case.invite")
    found = await sanne.act("options", view_id=form["id"], action_id="case.person", query="petra")
    petra = next(o for g in found["ack"]["option_groups"] for o in g["options"])
    await sanne.act("submit", view_id=form["id"], values={"person": {"case.person": petra["value"]}})
    await world.quiet()
    said = (await vera.act("command", channel="alle", command="/bindeled", text="hænger"))["ack"]
    assert "Invitation til sagens kanal" in said["text"]
    assert "Petra Politi" in said["text"]
    assert "police3" not in await handles(world)


async def test_at_the_end_the_bots_messages_go_and_the_channel_is_archived(world: World) -> None:
    """Both sides are told; what people wrote stays in it; nothing of the case stays with us."""
    headline = await accepted(world)
    sanne = world.person("case1")
    await sanne.act("message", channel=headline["channel"], text="Tak for samarbejdet")
    await closes(sanne, headline)
    await world.quiet()
    assert not (await channel_of(world))["is_archived"]
    await world.advance(91 * DAY)
    for _ in range(10):  # taken away, then archived, then deleted
        await world.advance(2 * 3600)
        await world.quiet()
        if not world.count("cases"):
            break
    channel = await channel_of(world)
    assert channel["is_archived"]
    left = [m for m in (await world.state())["messages"] if m["channel"] == channel["id"]]
    assert not [m for m in left if m["bot_id"] and m["blocks"]]
    assert [m for m in left if m["text"] == "Tak for samarbejdet"]
    for handle in ("case1", "police1"):
        (said,) = await world.seen_by(handle, "er nu slettet i Bindeled")
        assert "arkiverer Bindeled den" in said["text"]
    assert world.count("cases") == 0
