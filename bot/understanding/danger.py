"""Whether danger to life or health is going on or close: not denied, not over, not a figure of speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.together import told_together

if TYPE_CHECKING:
    from bot.understanding.matching import Match
    from bot.understanding.reading import Reading

_ENOUGH = 3.0
_CLOSE_TO = 2.0
_CASE = ("child", "kids", "parent", "h-helpless")
_SORTS, _SORTS_BESIDE_A_QUESTION = 2, 3
_FEW = 4
_SOON = frozenset({"urgency.now", "urgency.same-day"})
_HARM = frozenset({"kind.physical-violence", "kind.sexual-abuse", "kind.witness-to-violence", "kind.honour-control"})
_FIGURE_OF_SPEECH = frozenset({"acute.word", "acute.risk", "acute.help"})
_STILL_SO = frozenset(
    f"acute.{what}"
    for what in (
        *("abduct", "alone", "away", "bleed", "blood", "breath", "cold", "coming", "coming-armed", "dying", "edge"),
        *("farewell", "fire", "fuel", "gas", "hang", "hanging", "hide", "hostage", "limp", "lost", "missing", "now"),
        *("pills", "poison", "rail", "seizure", "smoke", "unconscious", "water", "extended", "height", "hear"),
        *("found", "risk"),
    )
)
"""What lasts or is too dangerous to be put aside by "yesterday": whoever is told of with it may still be in it."""
_ENDS_IN_TIME = frozenset(
    f"acute.{what}"
    for what in (
        *("abduct", "alone", "bleed", "blood", "breath", "dying", "found", "hear", "limp", "lost"),
        *("missing", "risk", "unconscious", "burn", "poison", "pills", "fire", "smoke", "water"),
    )
)
"""What may still go on a day later, but not a month: a date that far back does put it aside."""
_CAN_BE_USUAL = frozenset({"acute.hide"})
"""What lasts, and still is no danger now where it is said to happen every week."""
_NEEDS_SOMEBODY = frozenset({"acute.weapon", "acute.shots", "acute.kill", "acute.dying"})
"""Where something the bot has nothing to do with is spoken of, these are a danger only when somebody is in it."""
_HINTS = (
    ("h-act", "fight", "p-burn", "p-hitting", "p-stabs", "p-drag"),
    ("h-state", "p-hurt", "p-fit"),
    ("h-place", "p-road", "p-cell"),
    ("h-thing", "p-smoke"),
    ("h-body",),
    ("h-fear",),
    ("h-mad", "p-drunk", "p-rage"),
    ("h-gone",),
    ("p-cold",),
)
"""Sorts of words that say little alone: what was done, to what part, with what, where, in what state, in what mood."""
_ASKED = frozenset(f"contact.{what}" for what in ("who", "who-call", "desk", "number", "need", "where", "cover"))
_OVERLAID = frozenset({"calm.mild", "calm.threat"})
"""These take away only the very words they stand on."""


def is_acute(reading: Reading) -> bool:
    """Whether help must come first."""
    calm = {m.meaning for m in reading.family("calm.")}
    if "calm.over" in calm:
        return False
    if _happens_now(reading):
        return True
    best: dict[str, float] = {}
    for m in reading.family("acute."):
        spoken = m.meaning in _FIGURE_OF_SPEECH and (calm & {"calm.not", "calm.if", "calm.measure"})
        unmanned = m.meaning in _NEEDS_SOMEBODY and not reading.says("they", "parent", "child", sentence=m.sentence)
        other = (m.meaning == "acute.word" or unmanned) and reading.weight("off.", m.sentence)
        if not (spoken or other or m.meaning == "acute.now" or _past(m, reading) or _not_meant(m, reading)):
            best[m.meaning] = max(best.get(m.meaning, 0.0), m.weight)
    harm = {m.meaning for m in reading.family("kind.")} & _HARM
    heard = reading.family("calm.told") or reading.family("calm.long")
    if harm and not heard and any(not reading.weight("contact.who", m.sentence) for m in reading.family("acute.now")):
        best["acute.now"] = _ENOUGH
    soon = {m.sentence for m in reading.family("urgency.") if m.meaning in _SOON}
    if soon & {m.sentence for m in reading.family("acute.") if m.meaning in best and m.weight >= _CLOSE_TO}:
        return True
    return sum(best.values()) >= _ENOUGH


def adds_up(reading: Reading, *, told: bool) -> bool:
    """Whether words that say little alone are a danger together, in a message that is not understood otherwise.

    Somebody must be in it, and nothing may say that it is over, dated, usual, private or a story. Who only tells of a
    child or a parent, and asks nothing, is heard with less; who tells of a kind of case or asks for a contact with more.
    """
    if reading.family("calm.") or _elsewhere(reading) or reading.dated():
        return False
    if not reading.says("they", *_CASE, "actor", "h-helpless") or any(
        reading.opens(s, "how", "when", "why", "what", "who") for s in {word.sentence for word in reading.words}
    ):
        return False
    sorts = sum(reading.says(*hints) for hints in _HINTS)
    now = reading.says("h-now")
    if reading.says("who") or any(m.meaning in _ASKED for m in reading.matches):
        return sorts >= _SORTS_BESIDE_A_QUESTION and now
    tells = not (reading.asks_anything() or reading.opens(0, "may"))
    if told:
        return _goes_on(reading, sorts, now=now, tells=tells)
    few = len(reading.words) <= _FEW or reading.says("how", "what", "why")
    if sorts >= _SORTS or (sorts and (now or (tells and not few))):
        return True
    moves = now and not reading.says("p-rest")
    return bool(sorts or moves or reading.family("live.")) and reading.says(*_CASE) and tells


def _goes_on(reading: Reading, sorts: int, *, now: bool, tells: bool) -> bool:
    """Whether a kind of case that is told of goes on now: harm in the tense of now, in a state, or just done."""
    if sorts >= _SORTS:
        return now or bool(reading.family("live.harm") and tells) or reading.says("h-state", "h-fear", "h-gone")
    return now and tells and not (reading.family("contact.") or reading.says("p-report"))


def _elsewhere(reading: Reading) -> bool:
    """Whether something else is spoken of: a phrase of the office, or a word of it in a message with no child in it."""
    return bool(reading.family("off.phrase") or (reading.family("off.") and not reading.says("p-small")))


def is_told(reading: Reading) -> bool:
    """Whether what is told together is a danger, in a message that tells of now (`together`).

    Casework asks for a contact about the same facts afterwards: there, something must say that it is now, or the facts
    must be such that nobody asks anything about them but help (`acute.at-once`).
    """
    far = [m for m in reading.family("calm.") if m.meaning not in _OVERLAID and not reading.recent(m)]
    if far or reading.dated() or (reading.family("off.") and not reading.says("p-small", "p-menace")):
        return False
    asked = any(m.meaning in _ASKED for m in reading.matches) and reading.asks_anything()
    if asked and not reading.says("h-now", "now", "now-strong", "just-now"):
        return told_together(reading, "acute.at-once") is not None
    return told_together(reading, "acute.") is not None


def _happens_now(reading: Reading) -> bool:
    """Whether somebody tells of harm while it is done: in the tense of now, with a sign that now is meant."""
    signs = [m for m in reading.family("live.sign") if not _past(m, reading)]
    asks = bool(reading.weight("contact.who"))
    for m in reading.family("live."):
        if m.meaning == "live.sign" or _not_meant(m, reading):
            continue
        now = _now(m, reading)
        if now:
            return True
        if _dated(m, reading) or _habit(m, reading):
            continue
        if signs or (m.meaning == "live.doing" and not asks):
            return True
    return False


def _past(m: Match, reading: Reading) -> bool:
    """Whether a cue tells of what is behind: a date or a habit stands in its sentence, and no "now" beside it."""
    if m.meaning in _ENDS_IN_TIME and reading.family("calm.long", m.sentence):
        return m.meaning == "acute.dying" or not reading.beside(m, "just-now", "now-strong")
    if m.meaning in _CAN_BE_USUAL and _habit(m, reading):
        return not _now(m, reading)
    if m.meaning in _STILL_SO or _now(m, reading):
        return False
    return _dated(m, reading) or _habit(m, reading)


def _now(m: Match, reading: Reading) -> bool:
    return reading.beside(m, "now", "now-strong")


def _dated(m: Match, reading: Reading) -> bool:
    return bool(reading.family("calm.past", m.sentence)) or reading.says("past", sentence=m.sentence)


def _habit(m: Match, reading: Reading) -> bool:
    return bool(reading.family("calm.habit", m.sentence))


def _not_meant(m: Match, reading: Reading) -> bool:
    """Whether the words of a cue are a figure of speech or belong to a story, a drill or a course.

    A figure of speech takes away only what it shares words with; a story what stands in its clause, unless somebody
    tells of it as it happens: the one who films is no film.
    """
    for calm in reading.family("calm."):
        if calm.meaning in {"calm.idiom", *_OVERLAID} and calm.start < m.end and m.start < calm.end:
            return True
        if calm.meaning == "calm.told" and calm.start < m.end and m.start < calm.end and not _now(m, reading):
            return True
        if calm.meaning == "calm.fiction" and _story_of(calm, m, reading) and not _now(m, reading):
            return True
    return False


def _story_of(calm: Match, m: Match, reading: Reading) -> bool:
    """Whether a cue stands in a story: in its sentence, or right after one that asks about it ("seen the last episode?")."""
    return calm.sentence == m.sentence or (calm.sentence == m.sentence - 1 and reading.asks(calm.sentence))
