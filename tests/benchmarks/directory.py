"""How long 20,000 contacts and 20,000 rules take to come in and go out, and how long a look-up takes among many rules.

    python -m tests.benchmarks.directory [--rows 20000] [--rules 20000]

Each file is read and written by the command itself, in a process of its own, so that its memory can be told. It gates
nothing; the aim is less than 10 s and 300 MB for 20,000 rows, and the same look-up at ten times the rules.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.data.kinds import kinds
from bot.data.municipalities import municipalities
from bot.domain.directory_files.tables import CONTACT_COLUMNS, RULE_COLUMNS
from bot.usecases.directory import Entries


def fill(folder: Path, rows: int) -> tuple[Path, Path]:
    """A file of contacts and one of rules, with every column in use."""
    places = municipalities("DK")
    every = [kind.key for kind in kinds()]
    people, rules = folder / "contacts.csv", folder / "rules.csv"
    with people.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, CONTACT_COLUMNS)
        writer.writeheader()
        for n in range(rows):
            place = places[n % len(places)]
            writer.writerow(
                {
                    "key": f"p{n}", "agency": place.district, "agency_type": "police", "country": "DK",
                    "unit": f"Unit {n % 40}", "unit_kind": "local", "name": f"Person {n}", "role": "contact",
                    "phone": f"+45 00{n:06}", "email": f"p{n}@police.example", "slack_id": f"U{n:08}",
                    "languages": "da|en", "hours": "man-fre 8-15, tor 8-17", "best_time": "8-9",
                    "municipalities": place.code, "kinds": every[n % len(every)], "leader": "p0" if n else "",
                    "substitute": f"p{(n + 1) % rows}", "valid_from": "2026-01-01", "valid_until": "2098-12-31",
                    "confirmed_by": "the board", "confirmed_at": "2026-01-01",
                }
            )  # fmt: skip
    urgencies = ("", "now", "same-day", "next-day", "routine")
    with rules.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, RULE_COLUMNS)
        writer.writeheader()
        for n in range(rows):
            writer.writerow(
                {
                    "key": f"r{n}", "country": "DK", "municipality": places[n % len(places)].code,
                    "kind": every[n % len(every)], "urgency": urgencies[n % len(urgencies)], "contact": f"p{n}",
                    "reason": f"agreed {n}", "decided_by": "the board", "confirmed_at": "2026-01-01",
                }
            )  # fmt: skip
    return people, rules


def command(folder: Path, *words: str) -> None:
    """Run `bindeled directory …` and say how long it took and how much memory it had at most."""
    begins = time.perf_counter()
    environment = {**os.environ, "BINDELED_DATA": str(folder / "data")}
    with (folder / "out").open("wb") as out:
        arguments = [sys.executable, "-m", "bot", "directory", *words, "--workspace", "T1"]
        process = subprocess.Popen(arguments, stdout=out, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - begins
    name = " ".join(Path(word).name for word in words)
    print(f"{name:<40} {took:6.2f} s {usage.ru_maxrss / 1024:6.0f} MB  exit {os.waitstatus_to_exitcode(status)}")  # noqa: T201 - this is its face


def many(rules: int) -> Entries:
    """All 745 municipalities, 2,000 contacts and so many rules, as the directory takes them."""
    from bot.domain.people import Agency, Contact, Role, Side
    from bot.domain.routing import RoutingRule

    places = [(c, place.code) for c in ("DK", "NO", "SE") for place in municipalities(c)]
    every = [kind.key for kind in kinds()]
    agency = Agency("", "", "police", "Police", Side.POLICE, "DK", "da")
    people = [
        Contact("", "", f"p{n}", "police", "", Side.POLICE, f"Person {n}", Role.CONTACT, email=f"p{n}@x.example")
        for n in range(2000)
    ]
    made = [
        RoutingRule(
            f"r{n}", places[n % 745][0], f"p{n % 2000}", "agreed", "the board", None,
            municipality=places[n % 745][1], kind=every[n // 745 % len(every)],
        )
        for n in range(rules)
    ]  # fmt: skip
    return Entries([agency], people, made)


def look_ups(rules: int) -> None:
    """The median and the slowest hundredth of a look-up among so many rules, the version check included."""
    from bot.clock import SystemClock
    from bot.domain.directory_index import Question
    from bot.domain.people import Side
    from bot.usecases import directory
    from bot.working_time import calendar
    from storage import snapshots
    from storage.engine import open_engine
    from storage.uow import UnitOfWork
    from storage.upgrade import upgrade

    places = [(c, place.code, place.district) for c in ("DK", "NO", "SE") for place in municipalities(c)]
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/b.db")
        upgrade(engine)
        work = UnitOfWork(engine, SystemClock().now(), calendar)
        directory.put(work, "T1", many(rules))
        times = []
        for n in range(2001):
            land, code, district = places[n % 98]
            begins = time.perf_counter()
            with work.reading():
                index = snapshots.directory_of(work, "T1")
            found = index.find(Question(land, code, district, "neglect", "now"), side=Side.POLICE, now=work.now)
            times.append((time.perf_counter() - begins) * 1000)
            assert found is not None
        engine.dispose()
    first, *others = times
    others.sort()
    slow = others[int(len(others) * 0.99)]
    print(  # noqa: T201 - this is its face
        f"look-up among {rules:>6} rules: median {statistics.median(others):.3f} ms, p99 {slow:.3f} ms;"
        f" the first, which reads them, {first:.0f} ms"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="figures of the directory")
    parser.add_argument("--rows", type=int, default=20000)
    parser.add_argument("--rules", type=int, default=20000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people, rules = fill(folder, arguments.rows)
        command(folder, "import", str(people))
        command(folder, "import", str(people), "--apply")
        command(folder, "import", str(rules), "--apply")
        command(folder, "export", str(folder / "all.xlsx"))
        command(folder, "import", str(folder / "all.xlsx"), "--replace")
        command(folder, "check")
    for count in (arguments.rules, arguments.rules * 10):
        look_ups(count)


if __name__ == "__main__":
    main()
