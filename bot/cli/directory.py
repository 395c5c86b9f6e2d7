"""`bindeled directory`: the directory from and into files, and the holes in it."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.directory_files.changes import Plan
    from bot.settings import Settings
    from storage.uow import UnitOfWork


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    reading = verbs.add_parser("import", help="show what a file would change; --apply writes it")
    reading.add_argument(
        "file", type=Path, metavar="FILE", help="CSV or XLSX with contacts or rules (docs/directory.md)"
    )
    reading.add_argument("--apply", action="store_true", help="write it: all rows or none")
    reading.add_argument("--replace", action="store_true", help="end what the file leaves out")
    writing = verbs.add_parser("export", help="write the directory into a file")
    writing.add_argument("file", type=Path, metavar="FILE", help="CSV (one of the two) or XLSX (both)")
    writing.add_argument("what", nargs="?", choices=("contacts", "rules"), help="a CSV takes contacts unless told")
    checking = verbs.add_parser("check", help="list the holes; exit code 1 where there are any")
    choosing = verbs.add_parser("room", help="choose the channel for the case threads of a municipality")
    choosing.add_argument("country", choices=("DK", "NO", "SE"))
    choosing.add_argument("municipality", metavar="MUNICIPALITY", help="its official code")
    choosing.add_argument("channel", metavar="CHANNEL", help="the channel's id (C… or G…)")
    for verb in (reading, writing, checking, choosing):
        verb.add_argument(
            "--workspace", metavar="T…", help="which workspace, where the database does not hold exactly one"
        )


def run(arguments: argparse.Namespace) -> int:
    """0 done; 1 bad rows or holes; 2 wrong use."""
    verbs = {"import": _import, "export": _export, "check": _check, "room": _room}
    return verbs[arguments.verb](arguments)


def _import(arguments: argparse.Namespace) -> int:
    from bot.cli import directory_words as words
    from bot.cli.spreadsheets import read
    from bot.errors import BindeledError
    from bot.lexicons import guard
    from bot.usecases import directory, intake

    read_tables, others = read(arguments.file)
    with _working(arguments.workspace) as (work, workspace_id):
        tables = intake.inspect(work, workspace_id, guard(), read_tables)
        if arguments.apply:
            made = directory.apply_import(work, directory.shell(workspace_id), tables, replaces=arguments.replace)
        else:
            made = directory.plan_import(work, workspace_id, tables, replaces=arguments.replace)
    for name in others:
        print(f"Sheet {name} has no columns of ours and is left out.", file=sys.stderr)
    if made.flaws:
        print("\n".join(words.flaw(flaw, arguments.file.name) for flaw in made.flaws), file=sys.stderr)
        raise BindeledError(f"{_count(made)} in {arguments.file}: mend them and try again; nothing was written.")
    if made.changes:
        print("\n".join(words.change(change) for change in made.changes))
    print(_summary(made, applied=arguments.apply))
    return 0


def _count(made: Plan) -> str:
    rows = len({(flaw.sheet, flaw.line) for flaw in made.flaws})
    return f"{rows} bad row{'s' if rows > 1 else ''}"


def _summary(made: Plan, *, applied: bool) -> str:
    from collections import Counter

    from bot.domain.directory_files.changes import Verb

    done = Counter(change.verb for change in made.changes)
    counts = f"{done[Verb.ADD]} added, {done[Verb.CHANGE]} changed, {done[Verb.END]} ended"
    if not made.changes:
        return f"{counts}: the directory is as the file says."
    return f"{counts}: written." if applied else f"{counts}: nothing is written yet; add --apply to write it."


def _export(arguments: argparse.Namespace) -> int:
    from bot.cli.spreadsheets import write
    from bot.domain.directory_files.tables import What
    from bot.usecases import directory

    single = arguments.file.suffix.lower() != ".xlsx"
    wanted = [What(arguments.what or What.CONTACTS)] if single or arguments.what else list(What)
    with _working(arguments.workspace) as (work, workspace_id):
        sheets = {what: directory.export(work, workspace_id, what) for what in wanted}
    write(arguments.file, sheets)
    print(f"{', '.join(f'{len(rows)} {what}' for what, rows in sheets.items())} written to {arguments.file}.")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from bot.cli import directory_words as words
    from bot.data.municipalities import municipality
    from bot.usecases import directory

    with _working(arguments.workspace) as (work, workspace_id):
        found = directory.check(work, workspace_id)
    zones = directory.facts().zones
    if not found:
        print("The directory has no holes.")
        return 0
    for hole in found:
        place = municipality(hole.country, hole.municipality)
        print(words.hole(hole, place.display_name if place else "", zones[hole.country]))
    print(f"{len(found)} hole{'s' if len(found) > 1 else ''}.")
    return 1


def _room(arguments: argparse.Namespace) -> int:
    from bot.errors import WrongUseError
    from bot.usecases import directory

    if not (arguments.channel[:1] in {"C", "G"} and arguments.channel.isalnum() and arguments.channel.isupper()):
        raise WrongUseError("CHANNEL must be a channel's id (C…): copy it from the channel's details in Slack.")
    if (arguments.country, arguments.municipality) not in directory.facts().district_of:
        raise WrongUseError(
            f"{arguments.country} has no municipality {arguments.municipality}: give its official code."
        )
    with _working(arguments.workspace) as (work, workspace_id):
        directory.choose_room(
            work,
            directory.shell(workspace_id),
            country=arguments.country,
            municipality=arguments.municipality,
            channel=arguments.channel,
        )
    print(f"{arguments.channel} is the room of {arguments.country} {arguments.municipality}.")
    return 0


@contextmanager
def _working(workspace: str | None) -> Iterator[tuple[UnitOfWork, str]]:
    """A unit of work on the database, and the workspace that is meant."""
    from bot import settings
    from bot.app import open_database
    from bot.clock import SystemClock
    from bot.usecases import directory
    from bot.working_time import calendar
    from storage.uow import UnitOfWork

    loaded = settings.load()
    engine = open_database(loaded)
    try:
        work = UnitOfWork(engine, SystemClock().now(), calendar)
        yield work, workspace or _only(directory.workspaces(work), loaded)
    finally:
        engine.dispose()


def _only(known: list[str], settings: Settings) -> str:
    from bot.app import web_client
    from bot.errors import WrongUseError
    from bot.slack_access import who_we_are

    if len(known) == 1:
        return known[0]
    if known:
        raise WrongUseError(f"The database holds the workspaces {', '.join(known)}: say which with --workspace.")
    if settings.bot_token is None:
        raise WrongUseError("The database holds no workspace yet: say which with --workspace, or set SLACK_BOT_TOKEN.")
    return asyncio.run(who_we_are(web_client(settings))).team_id
