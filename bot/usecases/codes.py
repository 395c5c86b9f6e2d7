"""A code somebody typed leads to its thread; to whoever may not know the case, no code exists."""

from __future__ import annotations

from bot.domain.cases import CaseView
from bot.domain.codes import read_code
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Actor
from storage import audit, cases
from storage.uow import UnitOfWork


def find(work: UnitOfWork, actor: Actor, *, typed: str) -> CaseView:
    """The case with this code. `typed` is what has the shape of one (`intake.code`).

    Raises `BadInput` for a code that was mistyped, and `NotFound`, always the same, both for one that does not exist
    and for one of a case in which neither she takes part nor, where she coordinates, her agency does.
    """
    code = read_code(typed)
    if code is None:
        raise BadInput("code.error.mistyped", field="code", typed=typed.upper())
    with work.reading():
        agency, contact = actor.check_known()
        # One question to the database decides, whether the code exists or not: the answer takes as long either way.
        case_id = cases.known_to(
            work, actor.workspace_id, code, contact.id, agency_id=agency.id if actor.is_coordinator else None
        )
        found = cases.view(work, actor.workspace_id, case_id) if case_id else None
    if found is None:
        raise NotFound("code.error.unknown", code=code)
    return found


def note(work: UnitOfWork, actor: Actor, *, case_id: str) -> None:
    """Leave the audit row of a look-up, after the answer has gone out."""
    with work:
        audit.record(work, actor, "case.find", case_id)
        work.commit()
