"""How well the guard does on the project's own cases: the table of `docs/guard.md`.

    python -m bot.guard.measure

The cases (`cases.txt`) were invented for this; they say what the guard was made for, not how it does in the wild.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib.resources import files

from bot.guard.findings import Registered
from bot.guard.guard import Guard, load_guard

CONTACTS = Registered(names=("Pernille Holmskov", "Trond Eikrem Vold", "Agneta Sjöwall", "Yusuf Demirbas"))
_MARK = re.compile(r"\[\[(.+?)\|([A-Z_]+)\]\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:n|u([0-9a-f]{4}))")


@dataclass(frozen=True)
class Case:
    """One text with the stretches that must be noticed: (start, end, kind)."""

    lang: str
    group: str
    text: str
    spans: tuple[tuple[int, int, str], ...]


def read_case(line: str) -> Case:
    """A line of cases.txt → a case."""
    lang, group, marked = (part.strip() for part in line.split(" | ", 2))
    marked = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else "\n", marked)
    text, spans, at = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        spans.append((len(text), len(text) + len(found[1]), found[2]))
        text += found[1]
        at = found.end()
    return Case(lang, group, text + marked[at:], tuple(spans))


def cases() -> list[Case]:
    """The project's own cases."""
    lines = (files("bot.guard") / "cases.txt").read_text("utf-8").splitlines()
    return [read_case(line) for line in lines if line and not line.startswith("#")]


def missed(guard: Guard, case: Case) -> bool:
    """Whether the guard is wrong about a case: a stretch unnoticed, or anything noticed in a clean one."""
    found = guard.look(case.text, lang=case.lang, contacts=CONTACTS)
    if not case.spans:
        return bool(found)
    return not all(any(f.start < end and start < f.end for f in found) for start, end, _ in case.spans)


def table(guard: Guard | None = None) -> str:
    """A Markdown table: per group the number of cases, and how many were noticed or wrongly flagged."""
    guard = guard or load_guard()
    groups: dict[str, list[bool]] = {}
    for case in cases():
        groups.setdefault(case.group, []).append(missed(guard, case))
    rows = ["| group | cases | noticed | wrongly flagged |", "| --- | ---: | ---: | ---: |"]
    for group, wrong in groups.items():
        count = len(wrong)
        share = (
            f"{round(100 * sum(wrong) / count)} %"
            if group.startswith("clean")
            else f"{round(100 * (count - sum(wrong)) / count)} %"
        )
        rows.append(
            f"| {group} | {count} | – | {share} |"
            if group.startswith("clean")
            else f"| {group} | {count} | {share} | – |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
