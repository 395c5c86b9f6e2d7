"""The pieces cards are made of: small functions that give Block Kit as plain dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.domain.intake import GuardedText
from bot.domain.routing import Link
from bot.texts.catalogue import Mrkdwn, Texts, escape
from bot.texts.dates import day, when

Block = dict[str, Any]

MOST_LINES = 12
"""Lines with buttons in one part of a headline (Slack: 50 blocks a message, and nobody reads that many)."""
MOST_SECTION = 3000
MOST_FIELDS, MOST_FIELD = 10, 2000
MOST_TEXT = 4000
"""Slack's limit for the `text` of a message that is edited."""


@dataclass(frozen=True, slots=True)
class Card:
    """A message: blocks for the eye and `text` that says the same to a screen reader and in a notification."""

    text: str
    blocks: Sequence[Block] = field(default=())
    again: str = ""
    """With what value the same can be asked for again; empty where it cannot."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a list, perhaps with the button of its next step."""

    text: Mrkdwn
    button: Block | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one capability says in a headline: a paragraph, what is open, what was settled, and what can be done next."""

    lead: Mrkdwn
    lines: tuple[Line, ...] = ()
    past: tuple[Mrkdwn, ...] = ()
    more: Callable[[int], Mrkdwn] | None = None
    """Says how many lines did not fit."""
    buttons: tuple[Block, ...] = ()
    fields: tuple[Mrkdwn, ...] = ()
    """Short texts side by side (Slack: at most ten in one section)."""


def plain(text: str) -> Block:
    """A plain text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def section(text: Mrkdwn, accessory: Block | None = None) -> Block:
    """A paragraph of mark-up, cut at Slack's limit, perhaps with one element beside it."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": clip(text, MOST_SECTION)}}
    return {**block, "accessory": accessory} if accessory else block


def columns(lead: Mrkdwn, fields: Sequence[Mrkdwn]) -> Block:
    """A paragraph with short texts side by side under it."""
    shown = [{"type": "mrkdwn", "text": clip(one, MOST_FIELD)} for one in fields[:MOST_FIELDS]]
    return {**section(lead), "fields": shown}


def context(text: Mrkdwn) -> Block:
    """A line of small print."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": clip(text, MOST_SECTION)}]}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(clip(text, 150))}


def words_of(block: Block) -> str:
    """What a paragraph or a line of small print says, for the `text` of its message."""
    return str(block["text"]["text"] if block["type"] == "section" else block["elements"][0]["text"])


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(block_id: str, *elements: Block) -> Block:
    """A row of buttons; `block_id` must differ from every other in the message."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(
    text: str, action_id: str, value: str, style: Literal["primary", "danger"] | None = None, label: str | None = None
) -> Block:
    """A button; `label` tells a screen reader more than the button's own words."""
    made: Block = {"type": "button", "text": plain(clip(text, 75)), "action_id": action_id, "value": value}
    if style:
        made["style"] = style
    if label:
        made["accessibility_label"] = clip(label, 75)
    return made


def option(text: str, value: str) -> Block:
    """One choice of a list."""
    return {"text": plain(clip(text, 75)), "value": value}


def select(action_id: str, options: Sequence[Block], *, placeholder: str, initial: str | None = None) -> Block:
    """A closed list of which one is chosen; `initial` is the value chosen beforehand."""
    made: Block = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "options": list(options),
    }
    chosen = next((o for o in options if o["value"] == initial), None)
    return {**made, "initial_option": chosen} if chosen else made


def typeahead(action_id: str, *, placeholder: str, initial: Block | None = None) -> Block:
    """A list that the bot fills while somebody types; `initial` is the option chosen beforehand."""
    made: Block = {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "min_query_length": 0,
    }
    return {**made, "initial_option": initial} if initial else made


def datepicker(action_id: str, initial: date) -> Block:
    """A day of the calendar."""
    return {"type": "datepicker", "action_id": action_id, "initial_date": initial.isoformat()}


def moment_picker(action_id: str, suggested: datetime) -> Block:
    """A date and a time; `suggested` (aware) stands there beforehand."""
    return {"type": "datetimepicker", "action_id": action_id, "initial_date_time": int(suggested.timestamp())}


def text_input(action_id: str, initial: str, *, most: int) -> Block:
    """A line to type in, with what stands there now."""
    made: Block = {"type": "plain_text_input", "action_id": action_id, "max_length": most}
    return {**made, "initial_value": initial[:most]} if initial else made


def with_note(what: str, note: GuardedText | None) -> str:
    """What a follow-up is about: the entry of the closed list, and the guarded words beside it."""
    return f"{what}: {note}" if note else what


def field_(block_id: str, label: str, element: Block, *, hint: str | None = None, optional: bool = False) -> Block:
    """One field of a form."""
    made: Block = {"type": "input", "block_id": block_id, "label": plain(label), "element": element}
    if optional:
        made["optional"] = True
    return {**made, "hint": plain(hint)} if hint else made


def modal(*, callback_id: str, title: str, submit: str | None, close: str, meta: str, blocks: Iterable[Block]) -> Block:
    """A form; `meta` is an opaque id that comes back with it."""
    made: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(clip(title, 24)),
        "close": plain(clip(close, 24)),
        "private_metadata": meta,
        "blocks": list(blocks),
    }
    return {**made, "submit": plain(clip(submit, 24))} if submit else made


def clip(text: str, most: int) -> str:
    """A text within a limit of Slack's; what is cut shows as an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def joined(*paragraphs: str) -> str:
    """The `text` of a message from its paragraphs, within the limit for edits."""
    return clip("\n".join(p for p in paragraphs if p), MOST_TEXT)


def mention(slack_id: str | None, name: str) -> Mrkdwn:
    """A person as Slack shows her; by name where she has no Slack."""
    return Mrkdwn(f"<@{slack_id}>") if slack_id else Mrkdwn(escape(name))


def link(url: str, text: str) -> Mrkdwn:
    """A link with words."""
    return Mrkdwn(f"<{url}|{escape(text)}>")


def number(phone: str) -> Mrkdwn:
    """A phone number to tap; `phone` is E.164 or a short number."""
    return Mrkdwn(f"<tel:{phone}|{escape(spaced(phone))}>") if phone else Mrkdwn("")


def spaced(phone: str) -> str:
    """A Nordic number in pairs, as people read it out."""
    prefix, rest = phone[:3], phone[3:]
    if prefix not in {"+45", "+46", "+47"}:
        return phone
    return " ".join([prefix, *(rest[at : at + 2] for at in range(0, len(rest), 2))])


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a card is written: her texts and zone, and in her country who always answers and what places are called."""

    texts: Texts
    zone: ZoneInfo
    control_room: Link
    place: Callable[[str], str]
    """A municipality's code → its name."""

    def when(self, moment: datetime) -> str:
        """A moment as she reads it."""
        return when(moment, self.zone, self.texts.language)

    def day(self, moment: datetime) -> str:
        """A date as she reads it."""
        return day(moment, self.zone, self.texts.language)

    def local_day(self, local: date) -> str:
        """A local day as she reads it."""
        return self.day(datetime.combine(local, time.min, self.zone))

    def since(self, moment: datetime) -> str:
        """From when something holds: a whole day, or a moment within one."""
        local = moment.astimezone(self.zone)
        if local.time() == time.min:
            return self.texts("since.day", day=self.day(moment))
        return self.texts("since.moment", when=self.when(moment))

    def last_day(self, moment: datetime) -> date:
        """The last local day that something which ends at this moment touches."""
        return (moment - timedelta(minutes=1)).astimezone(self.zone).date()

    def until(self, moment: datetime | None) -> str:
        """Until when something holds: its last whole day, a moment within a day, or no end that is known."""
        if moment is None:
            return self.texts("until.open")
        if moment.astimezone(self.zone).time() == time.min:
            return self.texts("until.day", day=self.day(moment - timedelta(minutes=1)))
        return self.texts("until.moment", when=self.when(moment))
