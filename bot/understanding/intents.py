"""What the asker wants. The order of the rules is the order of harm: danger first, a wrong contact last."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.understanding.danger import adds_up, is_acute, is_told
from bot.understanding.places import Slot
from bot.understanding.together import told_together

if TYPE_CHECKING:
    from bot.understanding.reading import Reading


class Intent(StrEnum):
    """What a message asks the bot for."""

    FIND_CONTACT = "find_contact"
    ACUTE = "acute"
    SPARRING = "sparring"
    GUIDANCE = "guidance"
    OPEN_CASE = "open_case"
    MY_TASKS = "my_tasks"
    ABSENCE = "absence"
    HELP = "help"
    UNKNOWN = "smalltalk_or_unknown"


_ENOUGH = 3.0
_CONTACT = 2.0
_EXPLICIT = 2.5
_STRONG_TOPIC = 4.0
_SHORT = 4
"""A message of so few words needs no whole sentence to be understood."""
_ASKING = ("may", "what", "how", "when", "why")
"""Words a question for a rule begins with."""
_ASKS_FOR_SOMEBODY = frozenset({"contact.who", "contact.who-call", "contact.number", "contact.where"})
_PEOPLE = ("police", "police-contact", "contact", "authority", "child", "parent", "unknown-one")
_SUBJECTS = (*_PEOPLE, "they", "kids", "actor", "staff", "young", "small")
"""Whom a message that only tells what has happened must be about."""


def _contact(reading: Reading, *, place: bool, kind: bool) -> float:
    """How surely somebody to talk to is asked for."""
    desk = reading.weight("contact.desk")
    meant = (reading.says("who") and reading.says("police")) or (
        reading.says("contact", "police-contact") and reading.says("child", "kids")
    )
    off = reading.family("off.") and not kind and not meant
    if off and not desk and not reading.says("contact"):
        return 0.0
    asks = reading.weight("contact.who") >= _EXPLICIT or reading.weight("contact.cover") >= _EXPLICIT
    if reading.new and not kind and asks and any(found.slot >= Slot.BELONGS for found in reading.places):
        return 0.0 if off else _EXPLICIT
    near = place or kind or bool(reading.places) or reading.says(*_PEOPLE) or bool(reading.weight("contact.ours"))
    if not near and (reading.new or not reading.says("call", "number")):
        return 0.0
    if reading.new and not (kind or reading.says("call", "number", *_PEOPLE)):
        return 0.0
    calm = [
        s for s in {m.sentence for m in reading.family("contact.")} if kind or meant or not reading.weight("off.", s)
    ]
    best = max([desk, *(reading.weight("contact.", sentence) for sentence in calm)])
    if not (place or kind):
        return best
    story = reading.family("calm.fiction") and not reading.says("nude")
    told = (
        kind and not story and not reading.opens(0, "how") and not reading.family("off.") and reading.says(*_SUBJECTS)
    )
    few = len(reading.words) <= _SHORT and not reading.family("greet.")
    bare = told or (few and (kind or not reading.new))
    return max(best + 0.5, _CONTACT if bare else 0.0)


def _guidance(reading: Reading, topic: float, contact: float) -> bool:
    """Whether a rule is asked for."""
    if not topic and (contact > _CONTACT or not (reading.weight("ask.law") and reading.weight("ask.rule"))):
        return False
    if reading.weight("ask.decide") or (topic and reading.weight("calm.if")):
        return True
    somebody = reading.weight("contact.desk") or any(m.meaning in _ASKS_FOR_SOMEBODY for m in reading.matches)
    if somebody and contact > _CONTACT and reading.says("who", "number", "contact", "police-contact"):
        return False
    talk = reading.weight("sparring.word")
    where = {m.sentence for prefix in ("topic.", "ask.law") for m in reading.family(prefix)}
    if any(
        reading.weight("ask.", sentence)
        or (topic > _STRONG_TOPIC and reading.asks(sentence))
        or (topic > _STRONG_TOPIC and not talk and reading.opens(sentence, *_ASKING))
        for sentence in where
    ):
        return True
    return topic >= _ENOUGH and len(reading.words) <= _SHORT and contact <= _EXPLICIT


def intent_of(reading: Reading, *, place: bool, kind: bool, topic: float) -> Intent:
    """What is asked for, and `UNKNOWN` for everything that is not clearly one of ours."""
    contact = _contact(reading, place=place, kind=kind)
    explicit = contact > _CONTACT and (
        reading.weight("contact.who") >= _EXPLICIT
        or reading.weight("contact.who-call") >= _EXPLICIT
        or reading.weight("contact.reach") >= _EXPLICIT
        or reading.weight("contact.number") > 0
    )
    off = bool(reading.family("off."))
    word = reading.weight("sparring.word") > 0
    gone = reading.weight("kind.missing-child") > 0 and reading.says("child")
    rules = (
        (Intent.ACUTE, is_acute(reading)),
        (Intent.ABSENCE, reading.weight("absence.") >= _ENOUGH and not explicit and not gone),
        (Intent.OPEN_CASE, reading.weight("case.open") > 0 and not explicit),
        (
            Intent.MY_TASKS,
            _tasks(reading)
            and not (topic >= _ENOUGH and reading.weight("ask.law"))
            and not (explicit and (kind or reading.says("police-contact"))),
        ),
        (Intent.HELP, bool(reading.family("help.self")) and not (off or place or kind)),
        (Intent.SPARRING, bool(reading.family("sparring.together")) and reading.says("dont-know") and not off),
        (Intent.GUIDANCE, not off and (topic > _STRONG_TOPIC or not word) and _guidance(reading, topic, contact)),
        (
            Intent.SPARRING,
            not off and reading.sum("sparring.") >= _ENOUGH and (word or not (explicit and reading.says("who"))),
        ),
        (Intent.HELP, _help(reading, off=off) and not (place or kind or reading.says(*_PEOPLE))),
        (Intent.FIND_CONTACT, contact >= _CONTACT),
        (Intent.HELP, _help(reading, off=off)),
    )
    found = next((intent for intent, fits in rules if fits), Intent.UNKNOWN)
    if found in {Intent.UNKNOWN, Intent.FIND_CONTACT} and adds_up(reading, told=kind):
        return Intent.ACUTE
    unsure = found in {Intent.UNKNOWN, Intent.FIND_CONTACT} or (found is Intent.SPARRING and not word)
    if unsure and is_told(reading):
        return Intent.ACUTE
    asked = told_together(reading, "wants.") if found in {Intent.UNKNOWN, Intent.FIND_CONTACT} and not off else None
    if asked is None or (found is Intent.FIND_CONTACT and explicit and reading.says("who")):
        return found
    return Intent(asked.removeprefix("wants."))


def _tasks(reading: Reading) -> bool:
    """Whether the asker wants to see what waits for her; the bare word is enough where nothing else is said."""
    return reading.weight("tasks.list") + reading.weight("tasks.agreed") >= _ENOUGH or (
        reading.weight("tasks.bare") > 0 and len(reading.words) == 1
    )


def _help(reading: Reading, *, off: bool) -> bool:
    """Whether the asker wants to know what the bot can do."""
    if reading.weight("help.what"):
        return not off
    return reading.weight("help.bare") > 0 and len(reading.words) <= _SHORT and not reading.says("thanks")


def asks_for_a_rule(reading: Reading) -> bool:
    """Whether a message that is not understood has the form of a question for a rule in our field."""
    if reading.family("off.") or reading.family("live.") or not reading.says(*_PEOPLE, "staff", "parents", "school"):
        return False
    last = max((word.sentence for word in reading.words), default=0)
    return reading.opens(last, *_ASKING) or reading.asks(last) or reading.weight("ask.rule") > 1
