from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from storage.engine import check_reachable, open_engine
from storage.errors import DatabaseError, DatabaseFromTheFutureError, DatabaseOutdatedError
from storage.tables import metadata
from storage.upgrade import check_schema, config, upgrade


def say_revision(engine: Engine, revision: str) -> None:
    """Pretend that another program's migrations ran here."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def tables(engine: Engine) -> set[str]:
    """The tables there are."""
    with engine.connect().execution_options(reading=True) as connection:
        return set(inspect(connection).get_table_names())


def test_the_migrations_make_exactly_the_tables_the_code_uses(empty_engine):
    """On both databases the migrated schema and `storage.tables` are the same."""
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_upgrade_of_an_up_to_date_database_changes_nothing(empty_engine):
    """Whoever upgrades twice has upgraded once, and what was written stays."""
    upgrade(empty_engine)
    with empty_engine.begin() as connection:
        connection.execute(text("INSERT INTO inbox VALUES ('T', 'key', '2026-03-02 09:00:00')"))
    upgrade(empty_engine)
    check_schema(empty_engine)
    with empty_engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM inbox")) == 1


def test_a_case_of_an_older_schema_keeps_its_channel(empty_engine):
    """Before, a case stood wherever the room of its municipality was: that is where its thread is."""
    made = config(empty_engine)
    before = ScriptDirectory.from_config(made).get_revision("0007").down_revision
    command.upgrade(made, str(before))
    rows = """
        INSERT INTO agencies VALUES ('a', 'T', 'a', 'A', 'police', 'DK', 'da');
        INSERT INTO contacts (id, workspace_id, key, agency_id, name, role, unit, unit_kind, phone, email, hours,
            municipalities, kinds, languages, best_time, confirmed_by)
            VALUES ('c', 'T', 'c', 'a', 'C', 'contact', '', '', '', '', '', '', '', '', '', '');
        INSERT INTO rooms VALUES ('r', 'T', 'DK', '259', 'C-OLD', 'da');
        INSERT INTO cases
            (id, workspace_id, code, kind, urgency, country, municipality, room_id, opened_by, opened_at) VALUES
            ('k', 'T', 'K472-M53-7', 'neglect', 'now', 'DK', '259', 'r', 'c', '2026-03-02 09:00:00')"""
    with empty_engine.begin() as connection:
        for row in rows.split(";"):
            connection.execute(text(row))
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        assert connection.execute(text("SELECT channel, subject FROM cases")).all() == [("C-OLD", "case")]


def test_a_database_from_the_future_is_refused_untouched(empty_engine):
    """A schema this program does not know is left alone; the sentence says what to install or restore."""
    upgrade(empty_engine)
    say_revision(empty_engine, "9999")
    with pytest.raises(DatabaseFromTheFutureError, match=r"newer Bindeled: install that version, or restore a backup"):
        upgrade(empty_engine)
    with pytest.raises(DatabaseOutdatedError):
        check_schema(empty_engine)


def test_a_database_that_was_never_upgraded_is_refused(empty_engine):
    """A program does not work on an old schema; the sentence names the command that helps."""
    with pytest.raises(DatabaseOutdatedError, match="bindeled db upgrade"):
        check_schema(empty_engine)
    assert tables(empty_engine) == set()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://somebody@host/name", "SQLite or PostgreSQL, not in mysql"),
        ("nosuch://host", "SQLite or PostgreSQL, not in nosuch"),
        ("no address at all", "no address SQLAlchemy can read"),
        ("", "no address SQLAlchemy can read"),
        ("postgresql://host:port/name", "no address SQLAlchemy can read"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address, says):
    """Another database, or no address at all, is refused with a sentence that says what to use."""
    with pytest.raises(DatabaseError, match=says):
        open_engine(address)


def test_a_database_that_does_not_answer_is_named_without_its_password():
    """Where nobody listens the sentence names the address, never the password in it."""
    engine = open_engine("postgresql://somebody:hush@127.0.0.1:1/name")
    with pytest.raises(DatabaseError, match="cannot be opened") as error:
        check_reachable(engine)
    assert "127.0.0.1" in str(error.value)
    assert "hush" not in str(error.value)
    engine.dispose()


def test_a_folder_that_is_not_there_is_said(tmp_path):
    """A SQLite file in a folder that does not exist cannot be opened, in words."""
    engine = open_engine(f"sqlite:///{tmp_path / 'nowhere' / 'bindeled.db'}")
    with pytest.raises(DatabaseError, match=r"nowhere.*cannot be opened"):
        check_reachable(engine)


def test_a_file_that_is_no_database_is_said(tmp_path):
    """A file with something else in it cannot be opened, in words, and is left as it was."""
    path = tmp_path / "bindeled.db"
    path.write_text("Kære alle, her er dagsordenen. " * 100, encoding="utf-8")
    before = path.read_bytes()
    engine = open_engine(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match="cannot be opened"):
        check_reachable(engine)
    assert path.read_bytes() == before


def test_sqlite_keeps_what_was_agreed_through_a_power_cut(tmp_path):
    """Every connection writes through to the disk, holds foreign keys, and overwrites what is deleted."""
    wanted = {"synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    engine = open_engine(f"sqlite:///{tmp_path / 'bindeled.db'}")
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    engine.dispose()
    assert found == wanted


def test_an_error_of_the_database_does_not_repeat_what_was_to_be_written(empty_engine):
    """Its words end in logs: the statement may stand there, the values may not."""
    upgrade(empty_engine)
    statement = text("INSERT INTO guard_pardons (agency_id, digest) VALUES (:agency, :digest)")
    with empty_engine.connect() as connection, pytest.raises(IntegrityError) as error:
        connection.execute(statement, {"agency": "nobody", "digest": "hemmelig"})
    assert "hemmelig" not in str(error.value).partition("[SQL")[2]
