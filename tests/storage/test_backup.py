"""A backup is made while others write, and comes back whole: into either database, from either database."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text

from storage import backup
from storage.engine import open_engine
from storage.errors import DatabaseError
from storage.upgrade import check_schema, config, upgrade
from tests.databases import schema_of_its_own
from tests.world import MONDAY, World


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a schema to restore into."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'target.db'}")
        yield engine
        engine.dispose()
        return
    with schema_of_its_own(request.getfixturevalue("postgresql_address")) as address:
        engine = open_engine(address)
        yield engine
        engine.dispose()


def filled(engine: Engine) -> World:
    """A world in which something was agreed."""
    world = World(engine)
    world.propose(world.accepted_case())
    world.deliver()
    return world


def test_the_drill_everything_comes_back_and_the_work_goes_on(engine: Engine, target: Engine, tmp_path: Path) -> None:
    """Every row is the same on either database, and new rows are numbered after the old ones."""
    world, path = filled(engine), tmp_path / "all.jsonl.gz"
    counted = backup.write(engine, path, MONDAY)
    assert path.stat().st_mode & 0o777 == 0o600
    assert backup.restore(target, path) == counted
    check_schema(target)
    restored = copy(world)
    restored.engine = target
    assert restored.snapshot() == world.snapshot()
    assert len(restored.verbs(restored.accepted_case().id)) == 2


def test_what_is_written_meanwhile_is_either_in_it_or_not(sqlite: Engine, target: Engine, tmp_path: Path) -> None:
    """A case and its request are never torn apart, and nobody waits for the backup."""
    world, path, stop = filled(sqlite), tmp_path / "meanwhile.jsonl.gz", threading.Event()

    def open_cases() -> None:
        while not stop.is_set():
            world.open_case()

    writer = threading.Thread(target=open_cases)
    writer.start()
    try:
        backup.write(sqlite, path, MONDAY)
    finally:
        stop.set()
        writer.join()
    backup.restore(target, path)
    with target.connect().execution_options(reading=True) as connection:
        torn = "SELECT count(*) FROM cases c WHERE NOT EXISTS (SELECT 1 FROM matters m WHERE m.case_id = c.id)"
        assert connection.scalar(text(torn)) == 0


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda whole: whole[: len(whole) // 2], "cut short"),
        (lambda _whole: b"Dear all, here is the agenda.", "no backup of Bindeled"),
        (lambda whole: gzip.compress(gzip.decompress(whole).rsplit(b"\n", 2)[0] + b"\n"), "cut short"),
        (lambda whole: gzip.compress(gzip.decompress(whole).replace(b'"revision":"', b'"revision":"9', 1)), "newer Bindeled"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_restores_nothing(
    sqlite: Engine, target: Engine, tmp_path: Path, harm: Callable[[bytes], bytes], says: str
) -> None:
    """Cut short, something else, or of a newer program: one sentence, and the database stays empty."""
    filled(sqlite)
    path = tmp_path / "harmed.jsonl.gz"
    backup.write(sqlite, path, MONDAY)
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(DatabaseError, match=says):
        backup.restore(target, path)
    upgrade(target)
    with target.connect().execution_options(reading=True) as connection:
        assert connection.scalar(text("SELECT count(*) FROM contacts")) == 0


def test_a_row_that_is_missing_is_noticed_and_nothing_is_half_restored(
    sqlite: Engine, target: Engine, tmp_path: Path
) -> None:
    """The last line says how many rows there are."""
    filled(sqlite)
    path = tmp_path / "missing.jsonl.gz"
    backup.write(sqlite, path, MONDAY)
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    path.write_bytes(gzip.compress(b"".join(line for line in lines if not line.startswith(b'["audit"'))))
    with pytest.raises(DatabaseError, match="does not hold what it says"):
        backup.restore(target, path)
    with target.connect().execution_options(reading=True) as connection:
        assert connection.scalar(text("SELECT count(*) FROM contacts")) == 0


def test_nothing_is_restored_over_what_is_there(engine: Engine, tmp_path: Path) -> None:
    """Whoever has a filled database is told to take a new one; nothing is overwritten."""
    world, path = filled(engine), tmp_path / "all.jsonl.gz"
    backup.write(engine, path, MONDAY)
    before = world.snapshot()
    with pytest.raises(DatabaseError, match="not empty"):
        backup.restore(engine, path)
    assert world.snapshot() == before


def test_a_backup_of_an_older_schema_is_brought_up_to_date(target: Engine, tmp_path: Path) -> None:
    """It is restored as it was and upgraded then, like the database it came from."""
    old = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
    command.upgrade(config(old), "0001")
    with old.begin() as connection:
        connection.execute(text("INSERT INTO agencies VALUES ('a', 'T', 'koege', 'Køge', 'municipality', 'DK', 'da')"))
    path = tmp_path / "old.jsonl.gz"
    backup.write(old, path, MONDAY)
    old.dispose()
    backup.restore(target, path)
    check_schema(target)
    with target.connect().execution_options(reading=True) as connection:
        assert connection.scalar(text("SELECT name FROM agencies")) == "Køge"


def test_an_upgrade_keeps_every_row_of_a_filled_database(empty_engine: Engine) -> None:
    """From the first schema to this one, on both databases."""
    command.upgrade(config(empty_engine), "0001")
    with empty_engine.begin() as connection:
        for statement in FIRST_ROWS:
            connection.execute(text(statement))
    upgrade(empty_engine)
    check_schema(empty_engine)
    with empty_engine.connect().execution_options(reading=True) as connection:
        found = connection.execute(text("SELECT c.code, m.state FROM matters m JOIN cases c ON c.id = m.case_id")).all()
    assert [tuple(row) for row in found] == [("K472-M53-7", "proposed")]


FIRST_ROWS = (
    "INSERT INTO agencies VALUES ('a', 'T', 'koege', 'Køge', 'municipality', 'DK', 'da')",
    (
        "INSERT INTO contacts (id, workspace_id, key, agency_id, name, role, unit, unit_kind, phone, email, hours, "
        "municipalities, kinds) VALUES ('c', 'T', 'c', 'a', 'Name', 'contact', '', '', '', '', '', '', '')"
    ),
    "INSERT INTO rooms VALUES ('r', 'T', 'DK', '259', 'C1', 'da')",
    (
        "INSERT INTO cases (id, workspace_id, code, kind, urgency, country, municipality, room_id, opened_by, opened_at) "
        "VALUES ('k', 'T', 'K472-M53-7', 'neglect', 'now', 'DK', '259', 'r', 'c', '2026-03-02 09:00:00')"
    ),
    (
        "INSERT INTO matters (id, workspace_id, kind, state, case_id, side, owner_id, asker_id, clock, created_at, revision) "
        "VALUES ('m', 'T', 'followup', 'proposed', 'k', 'police', 'c', 'c', 'agreed', '2026-03-02 09:00:00', 1)"
    ),
)
"""One row of what the first version could keep."""
