"""The code of a case, typed after a command, in a direct message or a mention: the way to its thread."""

from __future__ import annotations

from bot.domain.errors import Refused
from bot.domain.intake import Typed
from bot.domain.people import Actor
from bot.usecases import codes, intake
from handlers.cards import codes as cards
from handlers.cards.parts import Card, section
from handlers.deps import Deps


async def answer(deps: Deps, actor: Actor, text: Typed) -> Card | None:
    """The summary and the thread of the case whose code stands in a text; None where there is nothing like a code."""
    typed = intake.code(text)
    if typed is None:
        return None
    reader = deps.reader_of(actor)
    try:
        found = await deps.run(codes.find, actor, typed=typed)
    except Refused as refused:
        said = reader.texts.md(refused.key, **refused.values)
        return Card(said, [section(said)])
    deps.later(deps.run(codes.note, actor, case_id=found.case.id))
    return cards.summary(reader, found)
