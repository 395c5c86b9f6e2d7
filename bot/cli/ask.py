"""`bindeled ask`: a question answered in the terminal, without settings and without a database."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from bot.understanding import Question

ROUTED = frozenset({"find_contact", "acute", "sparring", "open_case"})
"""Intents that are answered with a contact."""
COUNTRIES = ("DK", "NO", "SE")


class Link(TypedDict):
    """One link of the chain of contacts (docs: contracts, `ask`)."""

    unit: str
    name: str | None
    role: str | None
    phone: str
    available: bool | str
    why: str


class Asked(TypedDict, total=False):
    """One line of `--jsonl`."""

    id: str
    text: str
    lang: str
    country: str


class Answer(TypedDict):
    """What `--json` prints."""

    intent: str
    country: str
    municipality: str | None
    kind: str | None
    urgency: str | None
    topic: str | None
    candidates: list[str]
    confidence: float
    chain: list[Link]


def default_chain(question: Question, _own: str | None) -> Sequence[Link]:
    """The bundled defaults for a question: what holds where nothing is agreed locally."""
    from bot.clock import SystemClock
    from bot.data.countries import country
    from bot.texts.catalogue import texts
    from bot.usecases.defaults import default_chain as chain
    from bot.working_time import calendar

    if question.intent.value not in ROUTED:
        return ()
    language = country(question.country).language
    links = chain(
        question.country,
        kind=question.kind,
        acute=question.intent.value == "acute",
        urgency=question.urgency,
        language=language,
        now=SystemClock().now(),
        working_time=lambda: calendar(question.country, "police"),
    )
    return [
        Link(
            unit=link.unit,
            name=link.name,
            role=None,
            phone=link.phone,
            available=link.available if isinstance(link.available, bool) else link.available.isoformat(),
            why=texts(language)(link.why),
        )
        for link in links
    ]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `ask`."""
    parser.add_argument(
        "text", nargs="?", metavar="TEXT", help="the question, in Danish, Norwegian, Swedish or English"
    )
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--jsonl", action="store_true", help="read one question a line, write one answer a line")
    parser.add_argument("--country", choices=COUNTRIES, default="DK", help="the asker's country (default: DK)")
    parser.add_argument("--municipality", metavar="CODE", help="the asker's own municipality, used where none is named")


def run(
    args: argparse.Namespace,
    chain: Callable[[Question, str | None], Sequence[Link]] = default_chain,
    lines: Iterable[str] | None = None,
) -> int:
    """Answer one question, or every line of standard input (`lines` in its stead). `chain` gives the contacts.

    Returns 0; 1 for a line that is no question; 2 where neither a text nor `--jsonl` is given or the code is unknown.
    """
    from bot.data.municipalities import municipality
    from bot.lexicons import understanding

    own: str | None = args.municipality
    if own is not None and municipality(args.country, own) is None:
        print(f"No municipality in {args.country} has the code {own}: give the official number.", file=sys.stderr)
        return 2
    if not args.jsonl and not args.text:
        print("There is no question: write it in quotation marks after `bindeled ask`.", file=sys.stderr)
        return 2
    reader = understanding()
    if not args.jsonl:
        question = reader.understand(args.text, country=args.country)
        answer = _answer(question, chain(question, own))
        print(json.dumps(answer, ensure_ascii=False) if args.json else _plain(answer))
        return 0
    for number, line in enumerate(sys.stdin if lines is None else lines, start=1):
        if not line.strip():
            continue
        asked = _asked(line)
        if asked is None:
            print(
                f'Line {number} is no question: write one {{"id", "text", "lang", "country"}} a line.', file=sys.stderr
            )
            return 1
        question = reader.understand(asked["text"], country=asked.get("country", args.country))
        reply = {"id": asked.get("id"), **_answer(question, chain(question, own))}
        print(json.dumps(reply, ensure_ascii=False), flush=True)
    return 0


def _asked(line: str) -> Asked | None:
    """The question of a line, or None where the line is none."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        return None
    asked = Asked(text=found["text"])
    if isinstance(found.get("country"), str):
        asked["country"] = found["country"]
    if isinstance(found.get("id"), str):
        asked["id"] = found["id"]
    return asked


def _answer(question: Question, chain: Sequence[Link]) -> Answer:
    """The contract's fields of a question and its chain."""
    return Answer(
        intent=question.intent.value,
        country=question.country,
        municipality=question.municipality,
        kind=question.kind,
        urgency=question.urgency,
        topic=question.topic,
        candidates=list(question.candidates),
        confidence=round(question.confidence, 2),
        chain=list(chain),
    )


def _plain(answer: Answer) -> str:
    """The answer as lines of `field: value`, without what was not said."""
    shown = [(name, answer[name]) for name in ("intent", "country", "municipality", "kind", "urgency", "topic")]
    lines = [f"{name}: {value}" for name, value in shown if value is not None]
    if answer["candidates"]:
        lines.append(f"candidates: {', '.join(answer['candidates'])}")
    lines += [f"- {link['name'] or link['unit']}: {link['phone']} ({link['why']})" for link in answer["chain"]]
    return "\n".join(lines)
