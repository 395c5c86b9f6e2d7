"""When somebody may be written to: the line in Home, the two forms, and what holds from now on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time

from bot.domain.preferences import DIGEST_TIMES, HALF_HOURS, NEVER, WEEK, Rhythm, Span
from bot.texts.catalogue import Mrkdwn
from bot.texts.dates import clock, clocks, weekday, weekdays
from bot.usecases.preferences import Mine, Office
from handlers.cards.parts import Block, Card, Reader, button, context, field_, joined, modal, option, section, select
from handlers.forms.preferences import AS_OFFICE, NO_QUIET


def line(reader: Reader, mine: Mine) -> Block:
    """In Home: what holds now, with the way to change it."""
    t = reader.texts
    said = Mrkdwn(f"*{t.md('preference.title')}*\n{_holds(reader, mine.holds)}")
    return section(said, button(t("preference.edit.button"), "preference.edit", "own"))


def way(reader: Reader) -> Block:
    """The button alone, for whoever has no Home."""
    return button(reader.texts("preference.title"), "preference.edit", "own")


def form(reader: Reader, mine: Mine) -> Block:
    """A person's own choice, filled with what holds now. "As my agency" undoes hers."""
    t, usual, prefers = reader.texts, mine.usual, mine.contact.prefers
    as_office = {
        "quiet": option(t("preference.as_office", what=_quiet(reader, usual.quiet)), AS_OFFICE),
        "digest": option(t("preference.as_office", what=clock(usual.digest_at, t.language)), AS_OFFICE),
    }
    quiet = [as_office["quiet"], option(t("preference.no_quiet"), NO_QUIET)]
    return modal(
        callback_id="preference.edit", title=t("preference.form.title"), submit=t("preference.form.submit"),
        close=t("close"), meta="",
        blocks=[
            section(t.md("preference.form.intro")),
            _days(reader, mine.weekdays, mine.holds, t("preference.days.hint", days=weekdays(usual.days, t.language))),
            *_quiet_fields(reader, quiet, prefers.quiet, initial=AS_OFFICE),
            _digest(reader, mine.holds, as_office["digest"], prefers.digest_at),
        ],
    )  # fmt: skip


def office_form(reader: Reader, office: Office) -> Block:
    """A coordinator's choice for her agency, filled with what holds now."""
    t, now = reader.texts, office.hours
    usual = weekdays(office.usual.days, t.language)
    hours = _times(
        reader, sorted({*HALF_HOURS, now.starts, now.ends, office.usual_hours.starts, office.usual_hours.ends})
    )
    opens, closes = f"{now.starts:%H:%M}", f"{now.ends:%H:%M}"
    return modal(
        callback_id="preference.office", title=t("preference.office.title"), submit=t("preference.form.submit"),
        close=t("close"), meta="",
        blocks=[
            section(t.md("preference.office.intro", agency=office.agency.name)),
            _days(reader, WEEK, office.holds, t("preference.office.days.hint", days=usual)),
            field_("hours_from", t("preference.hours_from"), _one(reader, "hours_from", hours, opens)),
            field_("hours_until", t("preference.hours_until"), _one(reader, "hours_until", hours, closes)),
            *_quiet_fields(reader, [option(t("preference.no_quiet"), NO_QUIET)], office.holds.quiet, initial=NO_QUIET),
            _digest(reader, office.holds, None, office.holds.digest_at),
        ],
    )  # fmt: skip


def said(reader: Reader, mine: Mine) -> Card:
    """What holds from now on, and what comes all the same."""
    return _card(reader, _holds(reader, mine.holds))


def office_said(reader: Reader, office: Office) -> Card:
    """The same for an agency."""
    hours = reader.texts.md("preference.holds.hours", hours=_span(reader, office.hours))
    return _card(reader, Mrkdwn(f"{_holds(reader, office.holds)}\n{hours}"))


def _card(reader: Reader, holds: Mrkdwn) -> Card:
    always = reader.texts.md("preference.always")
    return Card(joined(holds, always), [section(holds), context(always)])


def _holds(reader: Reader, holds: Rhythm) -> Mrkdwn:
    t = reader.texts
    return t.md(
        "preference.holds", days=weekdays(holds.days, t.language), quiet=_quiet(reader, holds.quiet),
        digest=clock(holds.digest_at, t.language),
    )  # fmt: skip


def _quiet(reader: Reader, quiet: Span) -> str:
    return reader.texts("preference.none") if quiet == NEVER else _span(reader, quiet)


def _span(reader: Reader, span: Span) -> str:
    return clocks(span.starts, span.ends, reader.texts.language)


def _days(reader: Reader, offered: Iterable[int], holds: Rhythm, hint: str) -> Block:
    t = reader.texts
    options = {day: option(weekday(day, t.language), str(day)) for day in offered}
    ticks: Block = {"type": "checkboxes", "action_id": "preference.days", "options": list(options.values())}
    ticked = [options[day] for day in sorted(holds.days) if day in options]
    if ticked:
        ticks["initial_options"] = ticked
    # Optional for Slack, so that it is we who say what is wrong where no day is ticked.
    return field_("days", t("preference.days"), ticks, hint=hint, optional=True)


def _quiet_fields(reader: Reader, ways: Sequence[Block], quiet: Span | None, *, initial: str) -> list[Block]:
    t, times = reader.texts, _times(reader, HALF_HOURS)
    begins, ends = initial, None
    if quiet is not None:
        begins, ends = (NO_QUIET, None) if quiet == NEVER else (f"{quiet.starts:%H:%M}", f"{quiet.ends:%H:%M}")
    return [
        field_("quiet_from", t("preference.quiet_from"), _one(reader, "quiet_from", [*ways, *times], begins)),
        field_(
            "quiet_until", t("preference.quiet_until"), _one(reader, "quiet_until", times, ends),
            hint=t("preference.quiet.hint"), optional=True,
        ),
    ]  # fmt: skip


def _digest(reader: Reader, holds: Rhythm, as_office: Block | None, own: time | None) -> Block:
    t = reader.texts
    offered = sorted({*(at for at in DIGEST_TIMES if at >= holds.begins), *([own] if own else [])}) or DIGEST_TIMES
    options = [*([as_office] if as_office else []), *_times(reader, offered)]
    chosen = f"{own:%H:%M}" if own else AS_OFFICE
    return field_(
        "digest", t("preference.digest"), _one(reader, "digest", options, chosen), hint=t("preference.digest.hint")
    )


def _times(reader: Reader, times: Iterable[time]) -> list[Block]:
    return [option(clock(at, reader.texts.language), f"{at:%H:%M}") for at in times]


def _one(reader: Reader, name: str, options: Sequence[Block], initial: str | None) -> Block:
    return select(f"preference.{name}", options, placeholder=reader.texts("choose"), initial=initial)
