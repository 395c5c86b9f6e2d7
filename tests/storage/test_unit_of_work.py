from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import DBAPIError, StatementError

from storage.audit import audit, inbox
from storage.uow import UnitOfWork
from tests.world import HOME, MONDAY, OFFICE


def unit(engine: Engine) -> UnitOfWork:
    """A unit of work on Monday."""
    return UnitOfWork(engine, MONDAY, lambda _country, _side: OFFICE)


def write(work: UnitOfWork, key: str, at: datetime = MONDAY) -> None:
    """Any row."""
    work.connection.execute(insert(inbox).values(workspace_id=HOME, key=key, at=at))


def rows(engine: Engine) -> list[tuple[str, datetime]]:
    """What is there."""
    with unit(engine).reading() as work:
        return [(row.key, row.at) for row in work.connection.execute(select(inbox).order_by(inbox.c.key))]


def test_what_was_committed_stays(engine):
    """A unit that commits keeps what it did."""
    with unit(engine) as work:
        write(work, "kept")
        work.commit()
    assert rows(engine) == [("kept", MONDAY)]


def test_a_unit_that_is_left_without_a_commit_leaves_nothing(engine):
    """Whoever forgets to commit has done nothing."""
    with unit(engine) as work:
        write(work, "lost")
    assert rows(engine) == []


def test_an_error_undoes_all_of_a_unit(engine):
    """An error in between leaves nothing half done, and reaches the caller."""

    def fails_in_between() -> None:
        with unit(engine) as work:
            write(work, "lost")
            raise LookupError

    with pytest.raises(LookupError):
        fails_in_between()
    assert rows(engine) == []


def test_what_follows_a_commit_is_not_kept(engine):
    """A commit is the last thing a unit does: what comes after it is undone."""
    with unit(engine) as work:
        write(work, "kept")
        work.commit()
        write(work, "too late")
    assert [key for key, _ in rows(engine)] == ["kept"]


def test_a_reading_unit_cannot_write(engine):
    """A unit that said it only reads is held to it by the database, and leaves the connection fit for writers."""
    with pytest.raises(DBAPIError), unit(engine).reading() as work:
        write(work, "never")
    for key in ("after", "again"):
        with unit(engine) as work:
            write(work, key)
            work.commit()
    assert [key for key, _ in rows(engine)] == ["after", "again"]


def test_a_reader_waits_for_no_writer(engine):
    """While somebody writes, others read what was there before."""
    with unit(engine) as work:
        write(work, "not yet")
        assert rows(engine) == []


def test_a_unit_is_of_use_only_when_entered(engine):
    """The connection of a unit that was not entered, or was left, is a mistake that says so."""
    work = unit(engine)
    with pytest.raises(RuntimeError, match="before it is entered"):
        _ = work.connection
    with work:
        pass
    with pytest.raises(RuntimeError, match="before it is entered"):
        _ = work.connection


def test_a_naive_moment_never_reaches_the_database(engine):
    """A moment without a zone is refused, not guessed."""
    with pytest.raises(StatementError, match="without a zone"), unit(engine) as work:
        write(work, "naive", datetime(2026, 3, 2, 9))  # noqa: DTZ001 - that is the mistake


def test_moments_come_back_in_utc(engine):
    """Whatever zone a moment was given in, the same moment comes back, in UTC."""
    tokyo = datetime(2026, 3, 2, 18, 30, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
    with unit(engine) as work:
        write(work, "moment", tokyo)
        work.commit()
    ((_, found),) = rows(engine)
    assert found == tokyo
    assert found.tzinfo is UTC


def test_a_missing_moment_stays_missing(engine):
    """No moment is not midnight."""
    with unit(engine) as work:
        values = {"workspace_id": HOME, "at": MONDAY, "verb": "look", "record": "x"}
        work.connection.execute(insert(audit).values(values))
        work.commit()
    with unit(engine).reading() as work:
        assert work.connection.scalar(select(audit.c.contact_id)) is None
