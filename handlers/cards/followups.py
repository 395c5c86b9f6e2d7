"""Follow-ups as people see them: the request, the reminder, the receipt, and their part of the headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.cases import CaseView, Followup
from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.matters import Matter, MatterState
from bot.texts.catalogue import Mrkdwn
from handlers.cards import agreements as shared
from handlers.cards.agreements import ASKING, by_when
from handlers.cards.parts import (
    MOST_LINES,
    Block,
    Card,
    Line,
    Part,
    Reader,
    actions,
    button,
    number,
    section,
    with_note,
)

MOST_SETTLED = 5
"""Settled follow-ups in a headline."""
CAPABILITY = "followup"


def choose_case(reader: Reader, cases: Sequence[tuple[str, str]]) -> Card:
    """Which case is it about? `cases` are pairs of what the button carries and a code, at most five are shown."""
    t = reader.texts
    if not cases:
        return Card(t("followup.no_cases"), [section(t.md("followup.no_cases"))])
    buttons = [
        {**button(code, "followup.propose", value), "action_id": f"followup.propose.{at}"}
        for at, (value, code) in enumerate(cases[:5])
    ]
    return Card(t("followup.which_case"), [section(t.md("followup.which_case")), actions("cases", *buttons)])


def offer(reader: Reader, value: str, what: str, when: str) -> Card:
    """What was understood from a message in the thread, to be looked at in the form; `value` is what the button carries."""
    t = reader.texts
    said = t.md(
        "followup.understood", what=what or t("followup.understood.what"), when=when or t("followup.understood.when")
    )
    return Card(
        said, [section(said), actions("cases", button(t("followup.look.button"), "followup.propose", value, "primary"))]
    )


def card(reader: Reader, item: ToSend) -> Card:
    """What is sent about a follow-up: the receipt to the asker, what became of it, the request, the reminder."""
    delivery = item.original or item.delivery
    if delivery.kind is DeliveryKind.RECEIPT:
        return _told(reader, item, delivery.rung)
    return nudge(reader, item)


def nudge(reader: Reader, item: ToSend) -> Card:
    """A request to agree, or a reminder, about one follow-up; where it is settled, what became of it."""
    t, view = reader.texts, item.case
    followup = _followup(view, item.matter)
    rung = (item.original or item.delivery).rung or ""
    asker = followup.asker.name if followup.asker else ""
    lead = t.md(f"nudge.followup.{rung}", asker=asker, code=view.case.code, owner=followup.owner.name)
    said = Mrkdwn(f"{lead}\n{_about(reader, followup)}")
    status, names = _standing(reader, followup, rung)
    return shared.message(
        said, status, _buttons(reader, followup, names), url=shared.thread(reader, item),
        passed=shared.handed_over(reader, item, followup.owner, followup.asker or followup.owner),
    )  # fmt: skip


def _standing(reader: Reader, item: Followup, rung: str) -> tuple[Mrkdwn, Sequence[str]]:
    """How a follow-up stands for its owner, and what she can do."""
    t, matter = reader.texts, item.matter
    if not matter.state.is_open:
        return shared.settled(reader, matter), shared.BACK.get(matter.state, ())
    if item.counter is not None and item.counter.matter.state.is_open:
        when = _countered(reader, item)
        return t.md("followup.status.countered", when=when), ("agree",) if _asked(matter) else ("done",)
    if rung in ASKING and matter.state is MatterState.AGREED:
        return t.md("followup.status.agreed"), ()
    return Mrkdwn(""), _owners(matter)


def _told(reader: Reader, item: ToSend, word: str | None) -> Card:
    """To the asker, one message edited in place: where it is. With a `word`: a message of its own about what became of it."""
    t, view = reader.texts, item.case
    followup = _followup(view, item.matter)
    matter, owner = followup.matter, followup.owner
    lead = t.md(f"told.followup.{shared.told(word, matter)}", code=view.case.code, owner=owner.name)
    same = "" if word else _same(reader, view, followup)
    said = Mrkdwn("\n".join(filter(None, (lead, _about(reader, followup), same))))
    mine = item.recipient is not None and item.recipient.id == matter.asker_id
    return shared.message(
        said, status(reader, followup), _buttons(reader, followup, _askers(matter) if mine else ()),
        url=shared.thread(reader, item), passed=shared.handed_over(reader, item, owner, followup.asker or owner),
    )  # fmt: skip


def status(reader: Reader, item: Followup) -> Mrkdwn:
    """Where a follow-up is, for whoever waits for it."""
    t, matter = reader.texts, item.matter
    if not matter.state.is_open:
        return shared.settled(reader, matter)
    if item.counter is not None and item.counter.matter.state.is_open:
        return t.md("followup.status.countered", when=_countered(reader, item))
    if matter.state is MatterState.AGREED:
        return t.md("followup.status.promised", owner=item.owner.name)
    return t.md("followup.status.waiting", owner=item.owner.name, phone=number(item.owner.phone))


def part(reader: Reader, view: CaseView) -> Part:
    """What the headline says of the follow-ups: each open one with its next step, and the last of the settled."""
    t = reader.texts
    still_open = [f for f in view.followups if f.matter.state.is_open]
    done = [f for f in view.followups if not f.matter.state.is_open][-MOST_SETTLED:]
    unseen = (t.count("case.followups.unseen", view.unseen),) if view.unseen else ()
    written = still_open[: MOST_LINES + 1]  # what a headline can show, and one more to say that there are more
    uncounted = len(still_open) - len(written) + view.unseen_open
    return Part(
        t.md("case.followups" if still_open or done else "case.followups.none"),
        lines=tuple(Line(line(reader, f), _next_step(reader, f)) for f in written),
        past=(*(line(reader, f) for f in done), *unseen),
        more=lambda left: t.count("case.followups.more", left + uncounted),
        buttons=(
            button(t("followup.propose.button"), "followup.propose", view.case.id),
            button(t("more.button"), "agreement.more", view.case.id),
        ),
    )


def rows(reader: Reader, view: CaseView) -> Iterator[tuple[Mrkdwn, list[Block]]]:
    """Each follow-up that is open or was just settled, with everything that can be done about it by either side."""
    for item in view.followups:
        if item.matter.state.is_open:
            ways = (*_owners(item.matter), *_askers(item.matter), *shared.later(item.matter))
            yield line(reader, item), _buttons(reader, item, tuple(dict.fromkeys(ways)))
    for item in [f for f in view.followups if not f.matter.state.is_open][-3:]:
        yield line(reader, item), _buttons(reader, item, ("reopen",))


def line(reader: Reader, item: Followup) -> Mrkdwn:
    """A follow-up in the headline."""
    t, matter = reader.texts, item.matter
    settled = reader.when(matter.settled_at) if matter.settled_at else ""
    said = t.md(
        f"followup.line.{matter.state}", what=_what(reader, item), owner=_owner(reader, item), due=_due(reader, item),
        settled=settled,
    )  # fmt: skip
    if item.counter is not None and matter.state.is_open and item.counter.matter.state.is_open:
        return Mrkdwn(
            f"{said}\n{t.md('followup.line.countered', when=_countered(reader, item), name=item.counter.answerer.name)}"
        )
    reason = shared.why(reader, matter) if not matter.state.is_open else ""
    return Mrkdwn(f"{said} {reason}".strip())


def _about(reader: Reader, item: Followup) -> Mrkdwn:
    what = _what(reader, item)
    return reader.texts.md("followup.about", what=what, due=_due(reader, item), owner=_owner(reader, item))


def _what(reader: Reader, item: Followup) -> str:
    return with_note(reader.texts(f"what.{item.what}"), item.note)


def _due(reader: Reader, item: Followup) -> str:
    return by_when(reader, item.matter.due_at, item.event, item.event_days)


def _owner(reader: Reader, item: Followup) -> str:
    if item.role is None:
        return item.owner.name
    return reader.texts("followup.owner.role", role=reader.texts(f"side.contact.{item.role}"), name=item.owner.name)


def _countered(reader: Reader, item: Followup) -> str:
    counter = item.counter
    if counter is None:
        return ""
    when = by_when(reader, counter.due_at, counter.event, counter.event_days)
    return reader.texts("counter.terms", when=when, owner=counter.owner.name)


def _same(reader: Reader, view: CaseView, item: Followup) -> Mrkdwn:
    """That the same step is agreed on this case already."""
    others = [
        f for f in view.followups if f.what is item.what and f.matter.id != item.matter.id and f.matter.state.is_open
    ]
    if not others or not item.matter.state.is_open:
        return Mrkdwn("")
    first = others[0]
    return reader.texts.md("followup.same", owner=first.owner.name, due=_due(reader, first))


def _asked(matter: Matter) -> bool:
    return matter.state is MatterState.PROPOSED


def _owners(matter: Matter) -> tuple[str, ...]:
    """What its owner can do."""
    if _asked(matter):
        return ("agree", "decline", "counter", "pass")
    return ("done", "redate", "wont-do", "help") if matter.state is MatterState.AGREED else ()


def _askers(matter: Matter) -> tuple[str, ...]:
    """What whoever asked can do."""
    if _asked(matter):
        return ("withdraw", "counter")
    if matter.state is MatterState.AGREED:
        return ("redate",)
    return ("undo",) if matter.state is MatterState.WITHDRAWN else ("reopen",)


def _next_step(reader: Reader, item: Followup) -> Block:
    return _buttons(reader, item, ("agree",) if _asked(item.matter) else ("done",), plain=True)[0]


def _buttons(reader: Reader, item: Followup, names: Sequence[str], *, plain: bool = False) -> list[Block]:
    made = shared.verbs(reader, CAPABILITY, item.matter, reader.texts(f"what.{item.what}"), names)
    return [{key: value for key, value in one.items() if key != "style"} for one in made] if plain else made


def _followup(view: CaseView, matter: Matter | None) -> Followup:
    return next(f for f in view.followups if matter is not None and f.matter.id == matter.id)
