"""`bindeled`: finds the command, hands it its arguments, and says in one sentence what went wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from bot import __version__

COMMANDS = {
    "demo": "a local stand-in for Slack and the bot in one process; --play acts the main job",
    "sandbox": "the local stand-in for Slack alone",
    "run": "connect to Slack and work",
    "check": "say what is still missing before run works, and the next step",
    "directory": "the directory from and into files, and the holes in it",
    "manifest": "print the Slack app manifest",
    "ask": "answer a question in the terminal",
    "guard": "say what must not be in a text (reads JSON lines)",
    "purge": "delete the cases whose retention time is over",
    "db": "bring the database up to date, back it up, restore it",
}
"""Each command is a module of `bot.cli` with `configure(parser)` and `run(arguments) -> exit code`."""


class Parser(argparse.ArgumentParser):
    """Says in one sentence what was wrong with a command line, and where to read more."""

    def error(self, message: str) -> NoReturn:
        """End with 2; the usage is one --help away."""
        self.exit(2, f"bindeled: {message}. See {self.prog} --help.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives back its exit code (0, 1 failure, 2 wrong use)."""
    given = list(sys.argv[1:] if argv is None else argv)
    name = next((word for word in given if not word.startswith("-")), None)
    parser = Parser(
        prog="bindeled", description="Connects municipal caseworkers and police who work on the same case, in Slack."
    )
    parser.add_argument("--version", action="version", version=f"bindeled {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command, does in COMMANDS.items():
        chosen = commands.add_parser(command, help=does, description=does)
        if command == name:  # the other commands' modules are not even read
            import_module(f"bot.cli.{command}").configure(chosen)
    arguments = parser.parse_args(given)
    try:
        return int(import_module(f"bot.cli.{arguments.command}").run(arguments))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from bot.cli.failures import in_words
        from bot.errors import BindeledError

        said = error if isinstance(error, BindeledError) else in_words(error)
        if said is None:
            raise
        print(f"bindeled: {said}", file=sys.stderr)  # noqa: T201 - the shell is where this is read
        return said.exit_code


if __name__ == "__main__":
    raise SystemExit(main())
