"""What is stuck: past its time, or not sent, with its reason; and the line in a thread that stands in for a message."""

from __future__ import annotations

from bot.domain.deliveries import STEPS, DeliveryKind, ToSend
from bot.domain.stuck import Stuck, Undelivered
from bot.texts.catalogue import Mrkdwn
from handlers.cards import tasks
from handlers.cards.parts import Card, Reader, button, header, joined, mention, section

REASONS = {
    "nobody-to-reach": "nobody",
    "users_not_found": "nobody",
    "user_not_found": "nobody",
    "account_inactive": "nobody",
    "cannot_dm_bot": "nobody",
    "user_disabled": "nobody",
    "no-answer": "no_answer",
    "channel_not_found": "room",
    "not_in_channel": "room",
    "is_archived": "room",
    "missing_scope": "rights",
    "restricted_action": "workspace",
    "user_is_restricted": "guest",
    "ura_max_channels": "guest",
    "cant_invite": "guest",
    "user_team_not_in_channel": "guest",
    "invitee_cant_see_channel": "guest",
}
OTHER = "other"
"""What a coordinator can do about it; every other word of Slack's is shown as it is."""


TO_PERSONS = frozenset({DeliveryKind.NUDGE, DeliveryKind.RECEIPT, DeliveryKind.DIGEST, DeliveryKind.FILE})


def stuck(reader: Reader, found: Stuck) -> Card:
    """To a coordinator: what waits too long in her agency, then what could not be sent; one sentence where it is neither."""
    t, given_up = reader.texts, found.undelivered
    if not found.tasks and not given_up:
        said = t.md("stuck.none")
        return Card(said, [section(said)])
    late, rows = tasks.lines(reader, found.tasks, "home.stuck.title", answerable=True)
    if not given_up:
        return Card(joined(*late), rows)
    lines = [_line(reader, one) for one in given_up]
    buttons = [
        button(t("stuck.retry.button"), "stuck.retry", one.id, label=t("stuck.retry.label", person=one.person or ""))
        for one in given_up
    ]
    blocks = [section(line, tap) for line, tap in zip(lines, buttons, strict=True)]
    return Card(joined(*late, t("stuck.title"), *lines), [*rows, header(t("stuck.title")), *blocks])


def _line(reader: Reader, one: Undelivered) -> Mrkdwn:
    t = reader.texts
    why = t(f"stuck.why.{_why(one)}", reason=one.reason)
    what = t(f"stuck.step.{one.kind}") if one.kind in STEPS else t("stuck.message")
    what = t(f"task.{one.about}") if one.about else what
    return t.md(
        "stuck.line", what=what, person=one.person or "", code=one.code or "", when=reader.when(one.due_at), why=why
    )


def _why(one: Undelivered) -> str:
    """Of a person Slack does not know it says that the channel is not found."""
    found = REASONS.get(one.reason, OTHER)
    return "nobody" if found == "room" and one.kind in TO_PERSONS else found


def in_thread(reader: Reader, item: ToSend) -> Card:
    """Somebody who could not be written to is called in the case's thread: that something waits, and where to find it."""
    contact = item.recipient
    person = mention(contact.slack_id, contact.name) if contact else Mrkdwn("")
    said = reader.texts.md("stuck.mention", person=person)
    return Card(said, [section(said)])
