"""A small language for saying what JSON Slack takes: each spec reads a value and names what Slack would refuse.

A problem is worded as Slack words it in `response_metadata.messages`, for example
`[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]`. The wordings seen in the wild (GitHub issues
of Slack's own SDKs) are kept to the letter; the others follow their manner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


def problem(message: str, at: str) -> str:
    """One refusal in Slack's own form, `at` being the JSON pointer of what is wrong."""
    return f"[ERROR] {message} [json-pointer:{at}]"


@runtime_checkable
class Spec(Protocol):
    """Says what a value must be like."""

    def problems(self, value: object, at: str) -> Iterator[str]:
        """Everything Slack would refuse in `value`, which stands at the JSON pointer `at`."""
        ...


@dataclass(frozen=True)
class Str:
    """A string of `least` to `most` characters, matching `pattern` or being one of `one_of`.

    `like` names what the pattern describes ("a user id"), `wrong` is the message where Slack has its own for it.
    """

    least: int = 1
    most: int | None = None
    pattern: str | None = None
    like: str = ""
    wrong: str = ""
    one_of: tuple[str, ...] = ()

    def problems(self, value: object, at: str) -> Iterator[str]:
        """Wrong type, too short, too long, of the wrong form."""
        if not isinstance(value, str):
            yield problem("must provide a string", at)
        elif len(value) < self.least:
            yield problem(f"must be more than {self.least - 1} characters", at)
        elif self.most is not None and len(value) > self.most:
            yield problem(f"must be less than {self.most + 1} characters", at)
        elif self.one_of and value not in self.one_of:
            yield problem(f"must be one of: {', '.join(self.one_of)}", at)
        elif self.pattern is not None and not re.search(self.pattern, value):
            yield problem(self.wrong or f"must be {self.like}", at)


@dataclass(frozen=True)
class Num:
    """A number, whole unless `decimal`, from `least` to `most`."""

    least: float | None = None
    most: float | None = None
    decimal: bool = False

    def problems(self, value: object, at: str) -> Iterator[str]:
        """Wrong type, too small, too large."""
        kinds = (int, float) if self.decimal else (int,)
        if isinstance(value, bool) or not isinstance(value, kinds):
            yield problem("must provide a number" if self.decimal else "must provide an integer", at)
        elif self.least is not None and value < self.least:
            yield problem(f"must be greater than or equal to {self.least:g}", at)
        elif self.most is not None and value > self.most:
            yield problem(f"must be less than or equal to {self.most:g}", at)


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def problems(self, value: object, at: str) -> Iterator[str]:
        """Anything that is not a boolean (Slack does not take 0 and 1 in JSON)."""
        if not isinstance(value, bool):
            yield problem("must provide a boolean", at)


@dataclass(frozen=True)
class Anything:
    """What Slack looks at elsewhere or not at all."""

    def problems(self, value: object, at: str) -> Iterator[str]:  # noqa: ARG002 (the face of a spec)
        """Never any."""
        return iter(())


@dataclass(frozen=True)
class AnyObject:
    """An object whose keys are the app's own business."""

    def problems(self, value: object, at: str) -> Iterator[str]:
        """Anything that is not an object."""
        if not isinstance(value, Mapping):
            yield problem("must provide an object", at)


@dataclass(frozen=True)
class Items:
    """An array of `least` to `most` items, each like `item`; `distinct` ones must differ."""

    item: Spec
    least: int = 1
    most: int | None = None
    distinct: bool = False

    def problems(self, value: object, at: str) -> Iterator[str]:
        """Wrong type, too few, too many, and what is wrong in each item."""
        if not isinstance(value, list):
            yield problem("must provide an array", at)
            return
        if len(value) < self.least:
            yield problem(f"no less than {self.least} items allowed", at)
        if self.most is not None and len(value) > self.most:
            yield problem(f"no more than {self.most} items allowed", at)
        if self.distinct and any(value[i] in value[:i] for i in range(len(value))):
            yield problem("items must be unique", at)
        for index, each in enumerate(value):
            yield from self.item.problems(each, f"{at}/{index}")


Rule = Callable[[Mapping[str, object]], Iterable[tuple[str, str]]]
"""A rule over several fields of one object: yields (where below the object, message)."""


@dataclass(frozen=True)
class Shape:
    """An object with the fields in `need`, perhaps those in `may`, no others, and the `rules` between them."""

    need: Mapping[str, Spec] = field(default_factory=dict)
    may: Mapping[str, Spec] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def problems(self, value: object, at: str) -> Iterator[str]:
        """Missing, unknown and wrong fields; the rules are asked only where the fields are right."""
        if not isinstance(value, Mapping):
            yield problem("must provide an object", at)
            return
        fields = {**self.need, **self.may}
        found = [problem(f"missing required field: {name}", at) for name in self.need if name not in value]
        found += [problem(f"invalid additional property: {name}", at) for name in value if name not in fields]
        for name, each in value.items():
            if name in fields:
                found += fields[name].problems(each, f"{at}/{name}")
        yield from found
        if not found:
            for rule in self.rules:
                yield from (problem(message, f"{at}{below}") for below, message in rule(value))


@dataclass(frozen=True)
class ByType:
    """An object whose `type` says which shape it has."""

    kinds: Mapping[str, Shape]

    def problems(self, value: object, at: str) -> Iterator[str]:
        """An unknown type, or what is wrong in the shape of that type."""
        if not isinstance(value, Mapping):
            yield problem("must provide an object", at)
        elif "type" not in value:
            yield problem("missing required field: type", at)
        elif not isinstance(value["type"], str):
            yield problem("must provide a string", f"{at}/type")
        elif value["type"] not in self.kinds:
            yield problem(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            yield from self.kinds[value["type"]].problems(value, at)


@dataclass(frozen=True)
class Either:
    """A value that fits one of several specs; when it fits none, the problems of the first are told."""

    specs: tuple[Spec, ...]

    def problems(self, value: object, at: str) -> Iterator[str]:
        """None when any spec fits."""
        tried = [list(spec.problems(value, at)) for spec in self.specs]
        if all(tried):
            yield from tried[0]


TYPE = Str()
"""The `type` field itself, already read by `ByType`."""


def typed(
    need: Mapping[str, Spec] | None = None, may: Mapping[str, Spec] | None = None, rules: tuple[Rule, ...] = ()
) -> Shape:
    """A shape that also has its `type`."""
    return Shape({"type": TYPE, **(need or {})}, may or {}, rules)


def one_of_fields(*names: str, required: bool = True) -> Rule:
    """The rule that exactly one (or, not `required`, at most one) of the fields stands there."""

    def rule(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        there = [name for name in names if name in value]
        if len(there) > 1 or (required and not there):
            yield "", f"must define {'exactly' if required else 'at most'} one of: {', '.join(names)}"

    return rule


def at_least_one_field(*names: str) -> Rule:
    """The rule that not all of the fields may be absent."""

    def rule(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        if not any(name in value for name in names):
            yield "", "must define either " + " or ".join(f"`{name}`" for name in names)

    return rule


def in_order(low: str, high: str) -> Rule:
    """The rule that one numeric field (perhaps written as a string) is not above another."""

    def rule(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        if low in value and high in value and float(str(value[low])) > float(str(value[high])):
            yield f"/{low}", f"must not be greater than {high}"

    return rule
