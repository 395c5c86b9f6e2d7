"""What the cards of follow-ups, clearances and promised words share: by when, the buttons, the reasons, the forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.followups import COUNTERED, DECLINED, REOPENED, WITHDRAWN, WITHOUT_CLEARANCE, WONT_DO
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.people import Contact
from bot.texts.catalogue import Mrkdwn
from bot.usecases.agreements import Passing, Reopening
from handlers.cards import channels, reminders
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    button,
    clip,
    context,
    field_,
    joined,
    modal,
    moment_picker,
    option,
    section,
    select,
)

NOTHING = Mrkdwn("")
OPTION = 75
"""Slack's limit for the words of one choice."""
ASKING = reminders.ASKING
"""The rungs on which somebody is asked to agree; once it is agreed they ask nothing any more."""
REASONS: dict[str, Sequence[str]] = {"decline": DECLINED, "withdraw": WITHDRAWN, "wont-do": WONT_DO}
"""The answers that carry a reason, chosen in the same tap."""
LATER = "later"
"""Not an answer of its own kind: the list on every reminder, where somebody sees no reminder of hers."""
KNOWN = frozenset((*DECLINED, *WITHDRAWN, *WONT_DO, *COUNTERED, *REOPENED, *WITHOUT_CLEARANCE))
TAKEN_BACK = frozenset({MatterState.DECLINED, MatterState.WONT_DO})
"""The answers that come as messages of their own, and that can be taken back."""
MOST_MORE = 12
"""Agreements with all their buttons in one answer (Slack: 50 blocks a message)."""


def by_when(reader: Reader, due_at: datetime | None, event: str | None, days: int) -> str:
    """By when, in words: a moment, or so many working days after an event, with its moment where that is known."""
    t = reader.texts
    if event is None:
        return reader.when(due_at) if due_at else ""
    of = t(f"event.{event}")
    after = str(t.count("when.days_after", days, event=Mrkdwn(of))) if days else t("when.right_after", event=of)
    return t("when.known", due=reader.when(due_at), after=after) if due_at else t("when.unknown", after=after)


def why(reader: Reader, matter: Matter) -> Mrkdwn:
    """The reason somebody chose, as a sentence of its own; empty where there is none."""
    known = matter.reason in KNOWN
    return reader.texts.md("answer.why", reason=reader.texts(f"reason.{matter.reason}")) if known else Mrkdwn("")


def verbs(reader: Reader, capability: str, matter: Matter, what: str, names: Sequence[str]) -> list[Block]:
    """The buttons of one agreement; an answer that carries a reason is a list of reasons, chosen in one tap."""
    made: list[Block] = []
    for name in names:
        if name == LATER:
            made.append(reminders.later(reader, matter))
            continue
        words = reader.texts(f"answer.{name}")
        action_id = f"{capability}.{name}"
        if name in REASONS:
            reasons = [option(reader.texts(f"reason.{why}"), f"{matter.id}:{why}") for why in REASONS[name]]
            made.append(select(action_id, reasons, placeholder=words))
        else:
            label = clip(f"{words}: {what}", OPTION)
            made.append(button(words, action_id, matter.id, None if made else "primary", label))
    return made


def thread(reader: Reader, item: ToSend) -> Mrkdwn:
    """The way to the case's thread or channel, on a line of its own."""
    way = channels.way_there(reader, item.case.case)
    return Mrkdwn(f"\n{way}") if way else way


def message(said: Mrkdwn, status: Mrkdwn, buttons: Sequence[Block], *, url: Mrkdwn, passed: Mrkdwn = NOTHING) -> Card:
    """A message about one agreement: what it is, how it stands, what can be done; nothing by who handed it over."""
    if passed:
        status, buttons = Mrkdwn(" ".join(filter(None, (status, passed)))), ()
    blocks: list[Block] = [section(Mrkdwn(f"{said}{url}"))]
    if status:
        blocks.append(context(status))
    if buttons:
        blocks.append(actions("agreement", *buttons))
    return Card(joined(said, url.strip(), status), blocks)


def handed_over(reader: Reader, item: ToSend, owner: Contact, asker: Contact) -> Mrkdwn:
    """To whoever handed her place over: who has it now; empty for everybody else."""
    if not item.is_handed_over:
        return NOTHING
    receipt = (item.original or item.delivery).kind is DeliveryKind.RECEIPT
    now = asker if receipt else owner
    return reader.texts.md("told.handed_over", name=now.name)


def settled(reader: Reader, matter: Matter) -> Mrkdwn:
    """What became of a settled agreement, when, and why."""
    at = reader.when(matter.settled_at) if matter.settled_at else ""
    said = reader.texts.md(f"answer.settled.{matter.state}", settled=at)
    return Mrkdwn(" ".join(filter(None, (said, why(reader, matter)))))


def acted(reader: Reader, capability: str, matter: Matter, what: str) -> Card:
    """To whoever just tapped in a thread, alone: what became of it, and the way back for ten minutes."""
    said = reader.texts.md("answer.acted", what=what, status=settled(reader, matter))
    return Card(said, [section(said), actions("agreement", *verbs(reader, capability, matter, what, ("undo",)))])


def more(reader: Reader, rows: Sequence[tuple[Mrkdwn, Sequence[Block]]], whole: Block) -> Card:
    """Every open agreement of a case with everything that can be done about it, and the way to the whole case."""
    lead = reader.texts.md("more.lead" if rows else "more.none")
    blocks: list[Block] = [section(lead)]
    for at, (said, buttons) in enumerate(rows[:MOST_MORE]):
        row = f"more-{at}:{reminders.matter_of(buttons)}"
        blocks += [section(said), *([actions(row, *buttons)] if buttons else [])]
    blocks.append(actions("whole", whole))
    return Card(joined(lead, *(said for said, _ in rows[:MOST_MORE])), blocks)


def reasons_field(
    reader: Reader, label: str, reasons: Sequence[str], action_id: str, *, optional: bool = False
) -> Block:
    """The field in which a reason is chosen from a closed list."""
    t = reader.texts
    listed = [option(t(f"reason.{why}"), why) for why in reasons]
    return field_("reason", t(label), select(action_id, listed, placeholder=t("choose")), optional=optional)


def pass_form(reader: Reader, capability: str, found: Passing) -> Block:
    """The form in which somebody says who is asked instead."""
    t = reader.texts
    people = [option(clip(f"{c.name}, {t(f'role.{c.role}')}", OPTION), c.id) for c in found.receivers]
    return modal(
        callback_id=f"{capability}.pass", title=t("pass.title"), submit=t("pass.submit"), close=t("close"),
        meta=found.matter.id,
        blocks=[field_("receiver", t("pass.who"), select("pass.receiver", people, placeholder=t("choose")))],
    )  # fmt: skip


def reopen_form(reader: Reader, capability: str, found: Reopening) -> Block:
    """The form in which something settled is opened again, with a reason and a moment."""
    t, clearance = reader.texts, found.matter.kind is MatterKind.CLEARANCE
    intro = t.md("again.intro")
    if found.asking:
        intro = t.md("again.asking.clearance" if clearance else "again.asking")
    return modal(
        callback_id=f"{capability}.reopen", title=t("again.title"), submit=t("again.submit"), close=t("close"),
        meta=found.matter.id,
        blocks=[
            section(Mrkdwn(f"{t.md('again.late')} {intro}") if found.late else intro),
            reasons_field(reader, "again.reason", REOPENED, "reopen.reason"),
            field_(
                "due", t("clearance.form.until" if clearance else "followup.form.due"),
                moment_picker("reopen.due", found.suggested), optional=clearance,
                hint=t("clearance.form.until.hint") if clearance else None,
            ),
        ],
    )  # fmt: skip


def told(word: str | None, matter: Matter) -> str:
    """What a message about an answer says now: an answer that was taken back is told no more."""
    return "receipt" if word is None or (word in TAKEN_BACK and matter.state.is_open) else word


def later(matter: Matter) -> tuple[str, ...]:
    """What whoever owes it can do with her reminders, where her messages do not reach her."""
    return (LATER,) if matter.state is MatterState.AGREED else ()


def is_settled(matter: Matter) -> bool:
    """Whether nobody owes anything about it any more."""
    return not matter.state.is_open


BACK = {
    MatterState.DONE: ("undo",),
    MatterState.DECLINED: ("undo",),
    MatterState.WONT_DO: ("undo",),
}
"""What whoever answered can still do; late, *undo* leads to the form that opens it again."""
