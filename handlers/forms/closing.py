"""The forms that close a case and open it again."""

from __future__ import annotations

from pydantic import model_validator

from bot.domain.closing import CloseReason, CoopAnswer, CoopQuestion, LeftReason, ReopenReason
from handlers.parsing import Form


class CloseForm(Form):
    """Why a case is closed, what becomes of each thing owed (`left-ID`, `rest`), three answers; `meta` is the case."""

    reason: CloseReason
    left: dict[str, LeftReason]
    rest: LeftReason | None = None
    answers: dict[CoopQuestion, CoopAnswer]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, values: dict[str, object]) -> dict[str, object]:
        gathered = {
            name: {block.removeprefix(prefix): said for block, said in values.items() if block.startswith(prefix)}
            for name, prefix in (("left", "left-"), ("answers", "coop-"))
        }
        return {**values, **gathered}


class ReopenForm(Form):
    """Why a closed case is needed again; `meta` is the case."""

    reason: ReopenReason
