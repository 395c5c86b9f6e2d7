"""`bindeled db`: the database itself."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("verb", choices=("upgrade",), help="upgrade: bring the schema up to date")


def run(_arguments: argparse.Namespace) -> int:
    """Do it; nothing happens where nothing is to be done."""
    from bot.app import open_database
    from bot.settings import load

    open_database(load()).dispose()
    print("The database is up to date.")
    return 0
