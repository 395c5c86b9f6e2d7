from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.app import reader
from bot.data.guidance import topics
from bot.domain.digests import NOTICES
from bot.domain.matters import MatterKind, MatterState
from bot.domain.reminders import HELPED
from bot.sandbox.blocks import problems_in_blocks, problems_in_view
from bot.texts.catalogue import LANGUAGES, texts
from handlers import agreements as edge
from handlers.cards.headline import headline
from handlers.cards.parts import MOST_LINES, MOST_TEXT
from handlers.cards.tasks import VERBS
from tests.conftest import ROOT
from tests.texts.cards import LONG, Stage

USUAL, CROWDED = Stage(), Stage(LONG, many=40)
stages = pytest.mark.parametrize("stage", [USUAL, CROWDED], ids=["usual", "crowded"])
languages = pytest.mark.parametrize("language", LANGUAGES)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a card's JSON."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from objects(inner)


def said(blocks: Any) -> Iterator[str]:
    """What a message's blocks say, its buttons apart."""
    for block in blocks:
        if block["type"] in {"section", "header"}:
            yield block["text"]["text"]
            yield from (field["text"] for field in block.get("fields", ()))
        if block["type"] == "context":
            yield from (element["text"] for element in block["elements"])


def plainly(text: str) -> str:
    """A text without what only the eye sees: italics and line breaks."""
    return " ".join(text.replace("_", " ").split())


@languages
@stages
def test_slack_takes_every_message(stage, language):
    """No message is one Slack would refuse, also with forty follow-ups and names as long as they can be."""
    for name, card in stage.cards(language):
        assert problems_in_blocks(list(card.blocks), surface="message") == [], name


@languages
@stages
def test_slack_takes_every_form(stage, language):
    """No form is one Slack would refuse."""
    for name, view in stage.views(language):
        assert problems_in_view(view) == [], name


@languages
@stages
def test_the_text_says_what_the_blocks_say(stage, language):
    """Who hears a message instead of seeing it misses nothing, up to what Slack takes where a message is edited."""
    for name, card in stage.cards(language):
        assert 0 < len(card.text) <= MOST_TEXT, name
        if len(card.text) < MOST_TEXT:
            for words in said(card.blocks):
                assert plainly(words) in plainly(card.text), name


def is_cut(value: object) -> bool:
    """Whether a text was cut; what only announces more ends in a word of its own: "Mere …"."""
    return isinstance(value, str) and value.endswith("…") and not value.endswith(" …")


@languages
def test_a_usual_message_says_all_of_it(language):
    """With usual names and a few follow-ups nothing is cut anywhere, neither in messages nor in forms."""
    for name, made in [*((n, c.blocks) for n, c in USUAL.cards(language)), *USUAL.views(language)]:
        meant = {texts(language)(key) for key in ("case.more.button", "room.working")}
        words = [v for o in objects(made) for v in o.values() if isinstance(v, str)]
        cut = [v for v in words if is_cut(v) and v not in meant]
        assert cut == [], name


@languages
def test_names_are_escaped_once(language):
    """A name with Slack's own marks is shown as written: never as mark-up, never escaped twice."""
    for name, card in CROWDED.cards(language):
        for text in (card.text, *(o["text"] for o in objects(list(card.blocks)) if o.get("type") == "mrkdwn")):
            assert "<Ø" not in text, name
            assert "&amp;lt;" not in text, name


@languages
def test_every_button_tells_a_screen_reader_which_one_it_is(language):
    """Two buttons with the same words in one message differ in what is read out or in what they carry."""
    for name, card in CROWDED.cards(language):
        buttons = [o for o in objects(list(card.blocks)) if o.get("type") == "button"]
        marks = [(b["action_id"], b["value"]) for b in buttons]
        assert len(marks) == len(set(marks)), name


@languages
@pytest.mark.parametrize("rung", ["ask", "again", "substitute", "coordinator"])
def test_a_question_that_was_answered_asks_nothing_any_more(language, rung):
    """Once it is agreed, every message that asked for it says so and has no buttons."""
    cards = dict(USUAL.cards(language))
    card = cards[f"nudge {rung} {MatterState.AGREED}"]
    assert texts(language)("followup.status.agreed") in card.text
    assert not [o for o in objects(list(card.blocks)) if o.get("type") == "button"]


@languages
def test_what_is_settled_can_only_be_taken_back(language):
    """Nobody is offered to answer what is settled; whoever answered a follow-up can undo it, and a consultation may become a case."""
    settled = [s for s in MatterState if not s.is_open]
    for name, card in USUAL.cards(language):
        if name.split()[-1] in settled:
            buttons = {o["action_id"] for o in objects(list(card.blocks)) if o.get("type") == "button"}
            assert buttons <= {"followup.undo", "case.open"}, name


@languages
def test_a_reminder_is_answered_with_one_tap(language):
    """Every reminder of what is agreed carries done, other terms, what will not be done with its reasons, and help."""
    for name, card in USUAL.cards(language):
        if name.startswith(("nudge due", "nudge overdue", "nudge day")) and name.endswith(MatterState.AGREED):
            buttons = [
                o["action_id"] for o in objects(list(card.blocks)) if o.get("type") in {"button", "static_select"}
            ]
            assert buttons == ["followup.done", "followup.redate", "followup.wont-do", "followup.help"], name


@languages
def test_every_reminder_of_the_owner_can_be_put_off_with_one_tap(language):
    """Whatever it is about it carries the same list, and says what was chosen; the asker sees until when, and no list."""
    for name, card in USUAL.cards(language):
        lists = [o for o in objects(list(card.blocks)) if o.get("action_id") == "reminder.snooze"]
        if name.startswith("reminder "):
            assert len(lists) == 1, name
            assert len({o["value"].partition(":")[0] for o in lists[0]["options"]}) == 1, name
            assert (":alarm_clock:" in card.text) == ("None" not in name), name
            assert ":raising_hand:" in card.text, name
        if name.startswith("kept in mind"):
            assert (lists, ":raising_hand:" in card.text) == ([], False), name
            assert (":alarm_clock:" in card.text) == ("None" not in name), name


def test_whatever_can_stand_in_a_digest_is_answered_there_with_one_tap():
    """Every kind of matter that may wait for the morning has its button in the list, asked and agreed."""
    asked = {(kind, MatterState.PROPOSED) for kind in set(MatterKind) - NOTICES}
    owed = {(kind, MatterState.AGREED) for kind in HELPED}
    assert asked | owed <= set(VERBS)


@languages
def test_danger_now_comes_before_everything(language):
    """In an answer about danger now 112 stands first; otherwise it does not stand in the way."""
    for name, card in USUAL.cards(language):
        if name.startswith("contact "):
            assert card.text.splitlines()[0].count("112") == name.endswith(" now"), name
            assert "114" in card.text


def test_every_button_of_what_is_agreed_has_a_listener():
    """Whatever a card offers, somebody hears it: answers are put together from a capability and a verb."""
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "handlers").glob("*.py"))
    heard = {
        *(f"{capability}.pass" for capability in edge.CAPABILITIES),
        *(f"{capability}.{verb}" for capability in edge.AGAIN for verb in ("undo", "reopen")),
    }
    for name, card in USUAL.cards("da"):
        shown = {str(o["action_id"]) for o in objects(list(card.blocks)) if "action_id" in o}
        ours = {one for one in shown if one.partition(".")[0] in {*edge.CAPABILITIES, "agreement"}}
        unheard = {one for one in ours - heard if f'"{one}"' not in written and not one.startswith("followup.propose")}
        assert not unheard, name


@pytest.mark.parametrize("left_out", ["nothing", "open lines", "open rows", "settled rows"])
def test_the_way_to_the_whole_case_stands_in_a_headline_that_leaves_something_out(left_out):
    """Where all of it is there one button less stands in the thread; what is only counted is one tap away."""
    view = replace(USUAL.view, unseen=0, unseen_open=0, deadlines=())
    changed = {
        "open lines": replace(view, followups=tuple(view.followups[0] for _ in range(MOST_LINES + 1))),
        "open rows": replace(view, unseen_open=1),
        "settled rows": replace(view, unseen=1),
    }
    card = headline(reader("da", "DK"), changed.get(left_out, view))
    ids = [one["action_id"] for block in card.blocks for one in block.get("elements", ()) if "action_id" in one]
    assert ("case.more" in ids) is (left_out != "nothing")
    assert ids.count("agreement.more") == 1


@languages
def test_where_no_law_is_named_none_is_pointed_to(language):
    """A topic with its law shows where to read it; one that rests on no law says nothing about one."""
    cards = dict(USUAL.cards(language))
    before, after = texts(language)("guidance.basis", basis="|").split("|")
    for topic in topics("DK"):
        shown = [words for words in said(cards[f"guidance {topic.key}"].blocks) if words.endswith(after)]
        law = topic.legal_basis if topic.legal_basis_sure else ""
        assert shown == ([f"{before}{law}{after}"] if law else []), topic.key
