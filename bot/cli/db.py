"""`bindeled db`: the database itself: its schema, its backup, and the way back."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("upgrade", help="bring the schema up to date; a backup is made before")
    keeping = verbs.add_parser("backup", help="write everything into one file, also while the bot runs")
    keeping.add_argument("file", type=Path, nargs="?", metavar="FILE", help="default: a new file in the data folder")
    back = verbs.add_parser("restore", help="fill an empty database from a backup, SQLite or PostgreSQL")
    back.add_argument("file", type=Path, metavar="FILE", help="a file that bindeled db backup wrote")


def run(arguments: argparse.Namespace) -> int:
    """0 done; raises with one sentence where it cannot be."""
    verbs = {"upgrade": _upgrade, "backup": _backup, "restore": _restore}
    return verbs[arguments.verb](arguments)


def _upgrade(_arguments: argparse.Namespace) -> int:
    from bot.app import open_database
    from bot.settings import load

    open_database(load()).dispose()
    print("The database is up to date.")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    from bot.app import THREADS, backup_file
    from bot.clock import SystemClock
    from bot.settings import load
    from storage import backup
    from storage.engine import check_reachable, open_engine

    settings, now = load(), SystemClock().now()
    engine = open_engine(settings.database, threads=THREADS)  # as it is: the bot that runs on it may be older
    try:
        check_reachable(engine)
        path = arguments.file or backup_file(settings, now, "bindeled")
        counted = backup.write(engine, path, now)
    finally:
        engine.dispose()
    print(f"{counted.rows} rows of {counted.tables} tables written to {path}. Keep it as safe as the database itself.")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from bot.app import THREADS
    from bot.running import only_one
    from bot.settings import load
    from storage import backup
    from storage.engine import check_reachable, open_engine

    settings = load()
    if settings.database_url is None:
        settings.prepare_data_folder()
    with only_one(settings):
        engine = open_engine(settings.database, threads=THREADS)
        try:
            check_reachable(engine)
            counted = backup.restore(engine, arguments.file)
        finally:
            engine.dispose()
    print(f"{counted.rows} rows of {counted.tables} tables restored. Start with bindeled run.")
    return 0
