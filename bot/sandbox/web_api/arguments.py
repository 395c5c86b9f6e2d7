"""The arguments of a Web API call: JSON, form and query merged, read with the type the method expects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

YES = frozenset({"1", "true", "True", "yes"})
NO = frozenset({"0", "false", "False", "no", ""})


class Args:
    """Reads arguments; what has the wrong type is refused as `invalid_arguments`, as Slack does."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """A text; numbers are taken as written."""
        value = self.values.get(name, default)
        if isinstance(value, bool | dict | list):
            raise bad(f"must be a string [json-pointer:/{name}]")
        return str(value)

    def need(self, name: str, code: str | None = None) -> str:
        """A text that must be there; else `code`, or `invalid_arguments` naming the field."""
        value = self.text(name)
        if value:
            return value
        if code:
            raise RefusedError(code)
        raise bad(f"missing required field: {name}")

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A truth value in any of the spellings the SDKs send."""
        value = self.values.get(name, default)
        if isinstance(value, bool):
            return value
        if str(value) in YES:
            return True
        if str(value) in NO:
            return False
        raise bad(f"must be a boolean [json-pointer:/{name}]")

    def number(self, name: str, default: int, *, code: str = "invalid_arguments") -> int:
        """A whole number."""
        value = self.values.get(name, default)
        try:
            return int(str(value))
        except ValueError:
            if code != "invalid_arguments":
                raise RefusedError(code) from None
            raise bad(f"must be an integer [json-pointer:/{name}]") from None

    def data(self, name: str, *, code: str = "invalid_arguments") -> Any:  # noqa: ANN401 - JSON of any shape, checked by its reader
        """A JSON value, given as such or as its text; None where absent; `code` where it is no JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise RefusedError(code) from None

    def names(self, name: str) -> list[str]:
        """A list of texts: a JSON list or separated by commas."""
        value = self.values.get(name, "")
        if isinstance(value, str) and value.startswith("["):
            value = self.data(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in str(value).split(",") if part.strip()]


def bad(message: str) -> RefusedError:
    """`invalid_arguments` with one explanation."""
    return RefusedError.because("invalid_arguments", [message])
