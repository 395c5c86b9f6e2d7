"""`bindeled manifest`: the Slack app manifest, in one language."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument(
        "--language", choices=("da", "nb", "nn", "sv", "en"), default="da", help="language of commands and descriptions"
    )
    parser.add_argument("--no-thread-guard", action="store_true", help="leave out the scopes to read channel messages")


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    from bot.manifest import as_yaml

    print(as_yaml(arguments.language, thread_guard=not arguments.no_thread_guard), end="")
    return 0
