"""Counter-proposals as people see them: the question to the other one, the receipt, the form for other terms."""

from __future__ import annotations

from bot.domain.cases import Counter, Followup
from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.followups import COUNTERED
from bot.domain.matters import MatterState
from bot.texts.catalogue import Mrkdwn
from bot.usecases.counters import Redating
from handlers.cards import agreements as shared
from handlers.cards import proposals
from handlers.cards.agreements import by_when
from handlers.cards.parts import Block, Card, Reader, field_, modal, moment_picker, number, section

CAPABILITY = "counter"


def card(reader: Reader, item: ToSend) -> Card:
    """What is sent about a counter-proposal: the question, and to whoever made it where it is."""
    t, view, matter = reader.texts, item.case, item.matter
    followup = next(f for f in view.followups if f.counter and matter and f.counter.matter.id == matter.id)
    counter = followup.counter
    if counter is None:  # the search above found one
        raise ValueError("a counter-proposal without its terms")
    delivery = item.original or item.delivery
    receipt = delivery.kind is DeliveryKind.RECEIPT
    lead = t.md(
        f"told.counter.{delivery.rung or 'receipt'}" if receipt else f"nudge.counter.{delivery.rung}",
        code=view.case.code, name=counter.proposer.name, answerer=counter.answerer.name,
    )  # fmt: skip
    said = Mrkdwn(f"{lead}\n{_terms(reader, followup, counter)}")
    names: tuple[str, ...] = ()
    if counter.matter.state is MatterState.PROPOSED:
        names = ("withdraw",) if receipt else ("agree", "decline", "redate", "pass")
    buttons = shared.verbs(reader, CAPABILITY, counter.matter, t(f"what.{followup.what}"), names)
    passed = shared.handed_over(reader, item, counter.answerer, counter.proposer)
    status = _status(reader, counter, receipt=receipt)
    return shared.message(said, status, buttons, url=shared.thread(reader, item), passed=passed)


def _terms(reader: Reader, followup: Followup, counter: Counter) -> Mrkdwn:
    before = by_when(reader, followup.matter.due_at, followup.event, followup.event_days)
    now = by_when(reader, counter.due_at, counter.event, counter.event_days)
    about = reader.texts.md(
        "counter.about", what=reader.texts(f"what.{followup.what}"), now=now, owner=counter.owner.name, before=before
    )
    return Mrkdwn(
        " ".join(filter(None, (about, shared.why(reader, counter.matter) if counter.matter.state.is_open else "")))
    )


def _status(reader: Reader, counter: Counter, *, receipt: bool) -> Mrkdwn:
    t, matter = reader.texts, counter.matter
    if not matter.state.is_open:
        return shared.settled(reader, matter)
    if not receipt:
        return Mrkdwn("")
    return t.md("followup.status.waiting", owner=counter.answerer.name, phone=number(counter.answerer.phone))


def form(reader: Reader, found: Redating, *, matter_id: str) -> Block:
    """The form that proposes other terms: another date, another owner, why."""
    t, followup = reader.texts, found.followup
    owners = proposals.owners(reader, found.view)
    return modal(
        callback_id="followup.redate", title=t("counter.title"), submit=t("counter.submit"), close=t("close"),
        meta=matter_id,
        blocks=[
            section(t.md("counter.intro", what=t(f"what.{followup.what}"))),
            field_("due", t("followup.form.due"), moment_picker("followup.due", found.suggested)),
            *proposals.instead(reader, event=None, days=None),
            field_("owner", t("followup.form.owner"), proposals.chosen(owners, followup.owner.id, t("choose"))),
            shared.reasons_field(reader, "answer.reason", COUNTERED, "counter.reason", optional=True),
        ],
    )  # fmt: skip
