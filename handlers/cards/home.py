"""App Home as its owner sees it: what waits, her cases, her contact, herself; and for a coordinator what is hers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

from bot.domain.people import Actor
from bot.domain.tasks import MyCase, Task, Tasks
from bot.texts.catalogue import LANGUAGES, Mrkdwn
from handlers.cards import tasks as task_cards
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    button,
    context,
    divider,
    header,
    link,
    option,
    section,
    select,
)

PAGE = 8
"""Lines of each list: three lists, the contact and the rest fit well below Slack's limit."""
MOST_BLOCKS = 100
"""Slack's limit for one Home."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of each list is shown, from 0; Home keeps it in the buttons that turn them."""

    on_me: int = 0
    waiting: int = 0
    cases: int = 0

    def as_value(self) -> str:
        """As a button carries it."""
        return f"{self.on_me}:{self.waiting}:{self.cases}"

    @classmethod
    def parse(cls, value: str) -> Self:
        """From a button's value; the first pages where another version wrote it."""
        numbers = [int(part) for part in value.split(":") if part.isdecimal()]
        return cls(*(min(number, 1000) for number in numbers)) if len(numbers) == len(cls.__slots__) else cls()


@dataclass(frozen=True, slots=True)
class Coordinating:
    """What a coordinator's own agency lacks: holes in the directory, what waits too long, what could not be sent."""

    holes: int
    late: int
    undelivered: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that Home is written from. `coordinating` is None for everybody but coordinators."""

    tasks: Tasks
    cases: Sequence[MyCase]
    case_count: int
    contact: Card
    coordinating: Coordinating | None = None
    hours: Block | None = None
    """When she may be written to."""


def home(reader: Reader, actor: Actor, found: Found, pages: Pages) -> Block:
    """The whole Home, within Slack's limits whatever is open."""
    blocks = [
        *_list(reader, found.tasks.on_me, pages, "on_me"),
        *_list(reader, found.tasks.i_wait_for, pages, "waiting"),
        *_cases(reader, found, pages),
        divider(),
        *found.contact.blocks,
        divider(),
        *_herself(reader, actor, found.hours),
        *(_coordinating(reader, found.coordinating) if found.coordinating else []),
    ]  # fmt: skip
    return {"type": "home", "blocks": blocks[:MOST_BLOCKS]}


def stranger(card: Card) -> Block:
    """Home of somebody nobody knows: why, and the way on."""
    return {"type": "home", "blocks": list(card.blocks)}


def _list(reader: Reader, tasks: Sequence[Task], pages: Pages, which: Literal["on_me", "waiting"]) -> list[Block]:
    t, mine = reader.texts, which == "on_me"
    title = header(t("tasks.on_me" if mine else "tasks.i_wait_for"))
    if not tasks:
        return [title, context(t.md(f"home.{which}.none"))]
    shown = min(getattr(pages, which), (len(tasks) - 1) // PAGE)
    page = tasks[shown * PAGE : (shown + 1) * PAGE]
    rows = [task_cards.row(reader, task) if mine else section(task_cards.line(reader, task)) for task in page]
    return [title, *rows, *_pager(reader, pages, which, shown, len(tasks))]


def _cases(reader: Reader, found: Found, pages: Pages) -> list[Block]:
    t = reader.texts
    if not found.case_count:
        return [header(t("home.cases")), context(t.md("home.cases.none"))]
    lines = [section(_case(reader, case)) for case in found.cases]
    pager = _pager(reader, pages, "cases", pages.cases, found.case_count)
    return [header(t("home.cases")), *lines, *pager]


def _case(reader: Reader, case: MyCase) -> Mrkdwn:
    t = reader.texts
    code = link(case.permalink, case.code) if case.permalink else Mrkdwn(case.code)
    lead = t.md("home.case", code=code, kind=t(f"kind.{case.kind}"), day=str(case.day))
    step = task_cards.line(reader, replace(case.following, code=None)) if case.following else t.md("home.case.nothing")
    return Mrkdwn(f"{lead}\n{step}")


def _pager(reader: Reader, pages: Pages, which: str, shown: int, count: int) -> list[Block]:
    last = (count - 1) // PAGE
    if not last:
        return []
    t, turns = reader.texts, []
    if shown > 0:
        turns.append(button(t("upkeep.before.button"), "home.before", replace(pages, **{which: shown - 1}).as_value()))
    if shown < last:
        turns.append(button(t("upkeep.after.button"), "home.after", replace(pages, **{which: shown + 1}).as_value()))
    where = t.md("home.page", first=str(shown * PAGE + 1), last=str(min((shown + 1) * PAGE, count)), count=str(count))
    return [context(where), actions(f"home-{which}", *turns)]


def _herself(reader: Reader, actor: Actor, hours: Block | None) -> list[Block]:
    t, me = reader.texts, actor.contact
    if me is None or actor.agency is None:
        return []
    said = t.md("home.me", name=me.name, role=t(f"role.{me.role}"), agency=actor.agency.name)
    buttons = [
        button(t("absence.set.button"), "absence.set", "absence:::"),
        button(t("home.help"), "home.help", "help"),
    ]
    own = [option(name, code) for code, name in LANGUAGES.items()]
    language = select("language.choose", own, placeholder=t("home.language"), initial=t.language)
    return [
        header(t("home.you")), section(said), section(t.md("home.language.say"), language), *([hours] if hours else []),
        actions("home-me", *buttons),
    ]  # fmt: skip


def _coordinating(reader: Reader, found: Coordinating) -> list[Block]:
    t = reader.texts
    lines = [
        t.count("home.holes", found.holes) if found.holes else t.md("home.holes.none"),
        t.count("home.stuck", found.late) if found.late else t.md("home.stuck.none"),
        t.count("home.undelivered", found.undelivered) if found.undelivered else t.md("home.undelivered.none"),
    ]
    buttons = [
        button(t("home.holes.button"), "home.holes", "show"),
        button(t("home.stuck.button"), "home.stuck", "show"),
        button(t("home.incidents"), "home.incidents", "show"),
        button(t("home.contacts"), "home.contacts", "edit"),
        button(t("home.rules"), "home.rules", "edit"),
        button(t("room.set_up.button"), "room.set_up", "set up"),
        button(t("preference.office.button"), "preference.office", "edit"),
    ]
    return [header(t("home.coordinator")), section(Mrkdwn("\n".join(lines))), actions("home-coordinator", *buttons)]
