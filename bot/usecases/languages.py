"""Which language a person reads: her own choice, else her agency's."""

from __future__ import annotations

from bot.data.reading import LANGUAGES
from bot.domain.errors import BadInput
from bot.domain.people import Actor
from storage import audit, directory
from storage.uow import UnitOfWork


def choose(work: UnitOfWork, actor: Actor, *, language: str, key: str) -> None:
    """From now on she reads this language, wherever she is the only reader; a thread keeps its room's.

    Raises `BadInput` for a language that is not offered, `NotFound` for a stranger, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        me = actor.check_known()[1]
        if language not in LANGUAGES:
            raise BadInput("language.error", field="language")
        directory.set_language(work, me, language)
        audit.record(work, actor, "language.choose", f"contact:{me.key}")
        work.commit()
