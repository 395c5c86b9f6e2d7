"""From a wish on the control address to an act and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import ActRefusedError
from bot.sandbox.people import calling, clicking, modals, moving, talking
from bot.sandbox.people.acts import Act, Outcome

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import User
    from bot.sandbox.people.acts import Doing
    from bot.sandbox.standin import Standin

ACTS: dict[str, Doing] = {**talking.ACTS, **calling.ACTS, **clicking.ACTS, **modals.ACTS, **moving.ACTS}


async def perform(standin: Standin, wish: Json) -> Json:
    """Do what the wish says. The answer's `seq` is the last number before it: all that it caused has greater ones."""
    before = standin.changes.seq
    user: User | None = None
    try:
        user = _person(standin, wish)
        outcome = await _doing(wish)(Act(standin, user, wish))
    except ActRefusedError as refused:
        outcome = Outcome(error=str(refused))
    return {
        "ok": outcome.error is None,
        "seq": before,
        "acked": outcome.acked,
        "ack": outcome.ack,
        "ms": outcome.ms,
        "ts": outcome.ts,
        "view_id": Act(standin, user, wish).top_view() if user else None,
        "error": outcome.error,
    }


def _doing(wish: Json) -> Doing:
    doing = ACTS.get(str(wish.get("type")))
    if doing is None:
        raise ActRefusedError(f"unknown_type: one of {', '.join(sorted(ACTS))}")
    return doing


def _person(standin: Standin, wish: Json) -> User:
    user = standin.model.person(str(wish.get("as") or ""))
    if user is None or user.is_bot:
        raise ActRefusedError("user_not_found")
    if user.deleted:
        raise ActRefusedError("account_inactive")
    return user
