"""Text → what is to be agreed: a step from the closed list, and the event it hangs on. Keys only, never a word of the text.

"aftale: giv besked 2 arbejdsdage efter videoafhøringen" says a step, an event and a number of days; a plain moment in it is
for `moments` to find. What is found is always shown in a form before it counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.moment_words import AMOUNT, NUMBERS
from bot.understanding.text import fold

TRIGGER = re.compile(
    r"^\W*(?:aftal(?:e|t)?|avtale|avtal|agree(?:ment)?|opfølgning|oppfølging|uppføljning|follow-?up)\b\W*"
)
"""How a message in a thread begins that proposes something."""

_EVENTS = (
    (r"video-?afhør\w*|afhøring\w*|(?:tilrettelagt\w*\s+)?avhør\w*|avhøyr\w*|barnførhør\w*|førhør\w*|interview\w*", "police.interview-held"),
    (r"(?:børne|barne|barn)?samtal\w*(?:\s+(?:med|with)\s+\w+)?|talk(?:ed)?\s+with\s+the\s+child", "municipality.child-talked-with"),
    (r"politi-?anmeldels\w*|anmeldels\w*|polisanmælan\w*|police\s+report\w*", "police.report-received"),
    (r"underretning\w*|bekymringsmelding\w*|orosanmælan\w*|notification\w*", "municipality.received"),
    (r"vurdering\w*|bedømning\w*|assessment\w*", "municipality.assessed"),
    (r"(?:børne|barne|barna)hus\w*|children'?s\s+house\w*", "childrens-house.held"),
)  # fmt: skip
_DAYS = r"(?:arbejdsdag|hverdag|arbeidsdag|virkedag|yrkedag|kvardag|arbetsdag|vardag|dag|working\s+day|business\s+day|day)\w*"
_AFTER = re.compile(
    rf"\b(?:(?P<amount>{AMOUNT})\s+{_DAYS}\s+)?(?:efter|etter|after|når|nær|when|once)\s+(?:\w+\s+){{0,2}}?"
    rf"(?P<event>{'|'.join(words for words, _ in _EVENTS)})"
)
_STEPS = tuple(
    (re.compile(rf"\b(?:{words})"), what)
    for words, what in (
        (r"sagssamråd|samrådsmøt|samrådsmøt|case council", "case-council"),
        (r"bekymringssamtal|orossamtal|concern talk", "concern-talk"),
        (r"handleplan|tiltaksplan|prevention plan|forebyggelsesplan", "prevention-plan"),
        (r"sikker (?:mail|post)|digital post|sikker e-?post|sæker e-?post|secure (?:mail|e-?mail)", "send-by-secure-mail"),
        (r"send (?:vurdering|bedømning|assessment)|(?:sende|skicka|send) (?:\w+ )?(?:vurdering|bedømning|assessment)", "send-assessment"),
        (r"anmeld|politianmeld|polisanmæl|report (?:it )?to the police", "report-to-police"),
        (r"retsmedicin|rettsmedisin|rættsmedicin|forensic|medical exam", "medical-examination"),
        (r"skole|skule|skola|school", "inform-school"),
        (r"(?:tal\w*|snak\w*|samtal\w*|prata?|talk) (?:med|with) (?:\w+ )?(?:foræld|foreld|førældr|parents|mor|far)", "talk-with-parents"),
        (r"svar\w* om (?:samtal|børnesamtal)|answer about", "answer-about-talk"),
        (r"børnesamtal|barnesamtal|barnsamtal|(?:tal\w*|snak\w*|samtal\w*|prata?|talk) (?:med|with) (?:the )?(?:barn|child)", "talk-with-child"),
        (r"beskyt|beskytt|skydda|protect|i sikkerhed|i sikkerhet", "protect-child"),
        (r"dato|datum|date", "date-for-interview"),
        (r"(?:inddrag|involver|inkluder|involve)\w* (?:\w+ )?(?:børnehus|barnehus|barnahus|children)", "involve-childrens-house"),
        (r"status|statusen", "status-of-investigation"),
        (r"afgørels|avgjør|beslut|decision|tiltale|åtal", "tell-decision"),
        (r"anholdel|ransag|pågripels|gripande|arrest|before you", "tell-before-step"),
        (r"møde|møte|møt|meeting", "agree-on-meeting"),
        (r"ring|besked|nyt|beskjed|nytt|besked|news|call", "call-back-with-news"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Agreement:
    """What a text proposes; None is what it does not say."""

    what: str | None = None
    event: str | None = None
    days: int = 0
    """Working days after the event."""


def agreement(text: str) -> Agreement:
    """What a text proposes: a step, perhaps an event and how many working days after it."""
    plain = fold(text)
    event, days = None, 0
    if hit := _AFTER.search(plain):
        said = hit.group("event")
        event = next(name for words, name in _EVENTS if re.fullmatch(words, said))
        amount = hit.group("amount")
        days = 0 if amount is None else int(amount) if amount.isdigit() else NUMBERS[amount]
        plain = plain[: hit.start()] + " " + plain[hit.end() :]
    what = next((what for pattern, what in _STEPS if pattern.search(plain)), None)
    return Agreement(what, event, days)


def proposal_in(text: str) -> str | None:
    """What stands after "aftale:" where a message begins with it, else None."""
    plain = fold(re.sub(r"<@[^>]*>", " ", text)).strip()
    hit = TRIGGER.match(plain)
    return plain[hit.end() :] if hit else None
