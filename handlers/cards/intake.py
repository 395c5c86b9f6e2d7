"""What the guard says to the one who typed: an error below a field, the question "a person?", a line under an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.intake import Found, Held
from bot.texts.catalogue import Mrkdwn
from bot.texts.guard_reasons import why
from handlers.cards.parts import Block, Card, Reader, clip, context, field_, joined, option

MOST_ASKED = 5
"""Questions in one form; what is left over is asked when these are answered."""
MOST_SHOWN = 40
"""Characters of a word in its question."""
TOGETHER = "QUASI"


def stopped(reader: Reader, held: Held) -> dict[str, str]:
    """By field: why it cannot stand there, and what to write instead."""
    return {field: _reasons(reader, [f for f in held.stopped if f.field == field]) for field in _fields(held.stopped)}


def _fields(found: Iterable[Found]) -> list[str]:
    return list(dict.fromkeys(one.field for one in found))


def _reasons(reader: Reader, found: Sequence[Found]) -> str:
    t = reader.texts
    whys = dict.fromkeys(why(one.why, t.language) for one in found)
    instead = t("guard.instead.name") if any(one.kind == "NAME" for one in found) else t("guard.instead.other")
    return " ".join((*whys, instead))


def asking(reader: Reader, held: Held, view: Mapping[str, str], blocks: Sequence[Block], words: Sequence[str]) -> Block:
    """The open form again, with a question and a tick below each field that may name somebody; what was typed stays.

    `blocks` are the form's with what was entered into them, `words` what each finding is about, in the order of `held`.
    """
    asked = list({one.digest: (one, word) for one, word in zip(held.found, words, strict=True)}.values())[:MOST_ASKED]
    made: list[Block] = []
    for block in blocks:
        made += [block, *(_question(reader, one, word) for one, word in asked if one.field == block.get("block_id"))]
    kept = {name: view[name] for name in ("callback_id", "title", "submit", "close", "private_metadata") if view[name]}
    return {"type": "modal", **kept, "blocks": made}


def _question(reader: Reader, found: Found, word: str) -> Block:
    t, sort = reader.texts, "together" if found.kind == TOGETHER else "person"
    said = clip(" ".join(word.split()), MOST_SHOWN)
    tick = {
        "type": "checkboxes",
        "action_id": "guard.pardon",
        "options": [option(t(f"guard.tick.{sort}"), found.digest)],
    }
    hint = f"{why(found.why, t.language)} {t(f'guard.hint.{sort}')}"
    # A block of its own for each word: a tick given to one must not count for another.
    block_id = f"guard.pardon.{found.digest[:16]}"
    return field_(block_id, t(f"guard.ask.{sort}", words=said), tick, hint=hint, optional=True)


def reminded(reader: Reader, card: Card, kinds: Sequence[str], *, message: bool) -> Card:
    """An answer with a last line that names what must not be written to the bot, by kind, never by its words.

    `message`: it stands in Slack and can be deleted; what follows a command does not.
    """
    if not kinds:
        return card
    t = reader.texts
    what = Mrkdwn(", ".join(t(f"guard.kind.{kind}") for kind in kinds))
    said = t.md("guard.said.message" if message else "guard.said.command", what=what)
    last = len(card.blocks) - (bool(card.blocks) and card.blocks[-1]["type"] == "actions")  # its buttons stay below
    blocks = [*card.blocks[:last], context(said), *card.blocks[last:]]
    return replace(card, text=joined(card.text, said), blocks=blocks)
