"""The import rules of docs/architecture.md, read from the code itself."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
OURS = ("bot", "handlers", "storage")
PURE = ("domain", "understanding", "guard", "data", "texts")
OUTSIDE_WORLD = frozenset({"sqlalchemy", "alembic", "slack_bolt", "slack_sdk", "apscheduler", "aiohttp"})


@dataclass(frozen=True)
class Rule:
    """Modules under `room` may import of ours only what begins with one of `may`, and of `foreign` nothing."""

    room: str
    may: tuple[str, ...]
    foreign: frozenset[str] = frozenset()


RULES = (
    *(Rule(f"bot.{room}", (f"bot.{room}",), OUTSIDE_WORLD) for room in PURE),
    Rule("storage", ("storage", "bot.domain"), OUTSIDE_WORLD - {"sqlalchemy", "alembic"}),
    Rule(
        "bot.usecases",
        ("bot.usecases", "bot.domain", "storage", "bot.guard", "bot.understanding", "bot.data"),
        OUTSIDE_WORLD,
    ),
    Rule(
        "handlers",
        ("handlers", "bot.usecases", "bot.domain", "bot.texts"),
        frozenset({"sqlalchemy", "alembic", "apscheduler"}),
    ),
    Rule("bot.sandbox", ("bot.sandbox",), frozenset({"slack_bolt", "slack_sdk", "sqlalchemy", "apscheduler"})),
)


def module_name(path: Path) -> str:
    """The dotted name of a file below the root."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Every module a file names in an import, with the imported name joined on where it may be a module."""
    found: set[str] = set()
    package = module_name(path) if path.name == "__init__.py" else module_name(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def within(name: str, room: str) -> bool:
    """Whether a dotted name is the room or lies in it."""
    return name == room or name.startswith(f"{room}.")


MODULES = {module_name(p): p for top in OURS for p in sorted((ROOT / top).rglob("*.py"))}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.room)
def test_a_room_imports_only_what_its_rule_allows(rule: Rule) -> None:
    """Domain knows nothing; storage knows domain; use cases know no Slack; the edge knows no tables; the stand-in no bot."""
    broken = [
        f"{name} imports {target}"
        for name, path in MODULES.items()
        if within(name, rule.room)
        for target in sorted(imports(path))
        if (target.split(".")[0] in OURS and not any(within(target, may) for may in rule.may))
        or target.split(".")[0] in rule.foreign
    ]
    assert not broken, "\n".join(broken)


def test_a_use_case_never_imports_another() -> None:
    """What two use cases share goes down to the domain or to storage; `intake` alone is a door they share."""
    broken = [
        f"{name} imports {target}"
        for name, path in MODULES.items()
        if within(name, "bot.usecases")
        for target in imports(path)
        if within(target, "bot.usecases") and not within(target, "bot.usecases.intake") and target != "bot.usecases"
    ]
    assert not broken, "\n".join(broken)


def test_only_the_shell_and_the_demo_know_the_composition_root_and_the_stand_in() -> None:
    """`bot.app` and `bot.sandbox` are named by `bot.cli`, `bot.demo`, the way in (`bot.server`) and themselves alone."""
    broken = [
        f"{name} imports {target}"
        for name, path in MODULES.items()
        for target in imports(path)
        if (within(target, "bot.app") or within(target, "bot.sandbox"))
        and not any(within(name, room) for room in ("bot.cli", "bot.demo", "bot.sandbox", "bot.app", "bot.server"))
    ]
    assert not broken, "\n".join(broken)


def test_a_capability_bears_the_same_name_in_every_layer() -> None:
    """Each module of the edge, apart from its plumbing, has a use case of the same name."""
    plumbing = {
        "channel_steps",
        "deps",
        "errors",
        "fallback",
        "home",
        "middleware",
        "parsing",
        "replies",
        "reports",
        "typed",
        "under_way",
    }
    edge = {p.stem for p in (ROOT / "handlers").glob("*.py")} - {"__init__"} - plumbing
    usecases = {p.stem for p in (ROOT / "bot" / "usecases").glob("*.py")}
    assert edge <= usecases, sorted(edge - usecases)


def test_only_the_clocks_ask_what_time_it_is() -> None:
    """`now` comes from bot/clock.py or bot/sandbox/clock.py; every other module is handed the moment."""
    asks = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")
    clocks = {"bot.clock", "bot.sandbox.clock"}
    asking = [name for name, path in MODULES.items() if name not in clocks and asks.search(path.read_text("utf-8"))]
    assert asking == []


def test_most_modules_fit_the_mind() -> None:
    """No module of ours is longer than 300 lines: one that grows past it is split by meaning."""
    long = {name: n for name, path in MODULES.items() if (n := len(path.read_text("utf-8").splitlines())) > 300}
    assert long == {}


def test_only_the_demo_can_move_time() -> None:
    """A production run cannot be given a clock: nobody but the demo's own command reaches the one that moves."""
    reaching = {name for name, path in MODULES.items() if any(within(target, "bot.demo") for target in imports(path))}
    assert {name for name in reaching if not within(name, "bot.demo")} == {"bot.cli.demo"}
    makes_a_product = [
        (name, ast.unparse(call.args[1]))
        for name, path in MODULES.items()
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "build"
        and len(call.args) == 3
    ]
    assert makes_a_product == [("bot.cli.run", "SystemClock()"), ("bot.demo.stage", "self._clock")]


def test_the_machines_clock_cannot_be_moved() -> None:
    """The clock of a production run only tells the time: it has no state that anybody could set."""
    clock = SystemClock()
    assert [name for name in dir(SystemClock) if not name.startswith("_")] == ["now"]
    assert vars(clock) == {}
    settings = {*Settings.model_fields, *(str(f.validation_alias) for f in Settings.model_fields.values())}
    assert not [name for name in settings if re.search(r"clock|now|time(?!out)", name, re.IGNORECASE)]
