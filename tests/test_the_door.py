"""No free text goes round the guard, read from the code: what is typed is wrapped at the edge, and one door opens it.

The types say the rest: `Typed` is no `str`, so mypy refuses it wherever a text is taken.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from bot.domain.intake import Typed
from handlers.parsing import Form
from handlers.typed import PARDON
from tests.test_architecture import MODULES, within
from tests.texts.cards import Stage

DOOR = "bot.usecases.intake"
WATCH = "bot.usecases.watching"
"""Looks at what people write to each other: kinds and reasons come out, never a text."""
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}
RAW = frozenset({"text", "value", "values", "state"})
"""Under these names a payload of Slack's holds what somebody typed."""
NOT_TYPED = frozenset(
    {
        ("bot.usecases.coordinators", "appoint", "name"),  # from the person's profile in Slack
        ("bot.usecases.coordinators", "appoint", "email"),  # likewise
        ("bot.usecases.identity", "recognise", "email"),  # likewise
        ("bot.usecases.memberships", "claim", "name"),  # likewise
        ("bot.usecases.memberships", "claim", "email"),  # likewise
        ("bot.usecases.memberships", "Place", "name"),  # from the bundled lists
        *(("bot.usecases.defaults", "UnitLink", column) for column in ("name", "unit", "phone")),  # bundled facts
    }
)
"""Texts of use cases that nobody types into the bot, though a typed field bears the same name."""


def edge() -> Iterator[tuple[str, ast.Module]]:
    """The modules that see payloads; cards only write blocks."""
    return ((n, t) for n, t in TREES.items() if within(n, "handlers") and not within(n, "handlers.cards"))


def fields_of(view: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The fields of a form: those one types into, and those one chooses in; the guard's own questions left out."""
    inputs = [b for b in view["blocks"] if b["type"] == "input" and not b["block_id"].startswith(PARDON)]
    typed = {block["block_id"] for block in inputs if block["element"]["type"] == "plain_text_input"}
    return typed, {block["block_id"] for block in inputs} - typed


VIEWS = [fields_of(view) for _, view in Stage().views("da")]
TYPED = {name for typed, _ in VIEWS for name in typed} - {name for _, chosen in VIEWS for name in chosen}
"""Names that only fields one types into bear."""


def parsed_as(names: set[str]) -> list[type[Form]]:
    """The forms with exactly these fields."""
    return [form for form in Form.__subclasses__() if form.model_fields.keys() - Form.model_fields.keys() == names]


def functions(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Every node below a function's name (the innermost one), or below "" outside of all."""
    for node in ast.iter_child_nodes(tree):
        here = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else inside
        yield here, node
        yield from functions(node, here)


def raw_name(node: ast.AST) -> object:
    """The name under which a payload is read here: `body["text"]`, `body.get("text")`."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
        return node.args[0].value if isinstance(node.args[0], ast.Constant) else None
    return None


def test_only_the_door_makes_a_guarded_text_and_only_storage_gives_one_back() -> None:
    """`GuardedText.passed` stands in `usecases/intake.py`, `GuardedText.kept` in storage; nobody calls the class."""
    makers = {
        (name, node.func.attr if isinstance(node.func, ast.Attribute) else "")
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and "GuardedText" in ast.unparse(node.func)
    }
    assert (DOOR, "passed") in makers
    assert [m for m in makers if m != (DOOR, "passed") and not (within(m[0], "storage") and m[1] == "kept")] == []


def test_only_the_door_reads_what_was_typed() -> None:
    """Everywhere else a typed text is carried, not opened."""
    readers = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "as_typed"
    }
    assert readers == {DOOR, WATCH, "bot.domain.intake"}


def test_only_the_wrapping_reads_typed_words_from_a_payload() -> None:
    """`handlers/typed.py` and, in `handlers/parsing.py`, the form's values and the first word of a command."""
    readers = {(name, inside) for name, tree in edge() for inside, node in functions(tree) if raw_name(node) in RAW}
    allowed = {("handlers.parsing", inside) for inside in ("from_view", "_chosen", "matches")}
    assert {r for r in readers if r[0] != "handlers.typed"} == allowed


def test_only_the_edge_wraps_what_was_typed() -> None:
    """No handler makes a typed text of its own."""
    makers = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Typed"
    }
    assert makers == {"handlers.typed", "handlers.forms.followups"}


def test_every_field_one_types_into_is_wrapped() -> None:
    """Each form with such a field is parsed by one that wraps it, and none of them is read as a click."""
    assert {"note", "best_time", "name"} <= TYPED
    for typed, chosen in VIEWS:
        parsed = parsed_as(typed | chosen)
        assert parsed or not typed, (typed, chosen)
        for form in parsed:
            assert {n for n, field in form.model_fields.items() if field.annotation is Typed} == typed, form
    clicked = [block for _, view in Stage().views("da") for block in view["blocks"] if block.get("dispatch_action")]
    assert {block["element"]["type"] for block in clicked} <= {"static_select", "external_select"}


def test_a_use_case_takes_free_text_as_guarded_text_alone() -> None:
    """No parameter, and no field of a value that is handed in, bears the name of a typed field and is a plain text."""
    bare = {
        (name, inside, str(said))
        for name, tree in TREES.items()
        if within(name, "bot.usecases")
        for inside, node in functions(tree)
        for said, annotation in _declared(node)
        if said in TYPED and annotation is not None and ast.unparse(annotation) in {"str", "str | None"}
    }
    assert bare == NOT_TYPED


def _declared(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(node, ast.FunctionDef):
        for argument in (*node.args.args, *node.args.kwonlyargs):
            yield argument.arg, argument.annotation
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id, node.annotation
