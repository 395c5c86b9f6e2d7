"""`bindeled guard`: one JSON object a line in, one with its findings a line out, flushed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from bot.guard import Finding


def configure(parser: argparse.ArgumentParser) -> None:
    """Say which options the command takes."""
    parser.add_argument("--names", type=Path, metavar="FILE", help="your own list of further names, one or more a line")
    parser.add_argument(
        "--measure", action="store_true", help="print how well the guard does on the project's own cases"
    )


def as_json(finding: Finding, lang: str) -> dict[str, object]:
    """A finding as the command writes it; `why` is a sentence in `lang`, English where that is not offered."""
    from bot.texts.guard_reasons import why

    return {
        "start": finding.start,
        "end": finding.end,
        "kind": finding.kind.value,
        "certainty": finding.certainty,
        "outcome": finding.outcome.value,
        "why": why(finding.why, lang),
    }


def run(args: argparse.Namespace) -> int:
    """Answer every line of standard input; 0 at its end, 1 with a plain sentence where a line or a list cannot be read."""
    from bot.guard import Registered, load_guard

    if args.measure:
        from bot.guard.measure import table

        print(table())
        return 0
    try:
        guard = load_guard(args.names)
    except (OSError, UnicodeDecodeError):
        print(f"The list {args.names} cannot be read: give the name of a UTF-8 text file.", file=sys.stderr)
        return 1
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            text, lang = str(case["text"]), str(case.get("lang", "en"))
            contacts = Registered(names=tuple(str(name) for name in case.get("contacts") or ()))
        except (ValueError, KeyError, TypeError, AttributeError):
            print(
                f'Line {number} is not an object like {{"id", "text", "lang", "contacts"}}: correct it and try again.',
                file=sys.stderr,
            )
            return 1
        found = [as_json(f, lang) for f in guard.look(text, lang=lang, contacts=contacts)]
        print(json.dumps({"findings": found}, ensure_ascii=False), flush=True)
    return 0
