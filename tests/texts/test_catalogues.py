from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.data.kinds import kinds
from bot.domain.absences import AbsenceState, HalfDays
from bot.domain.callbacks import LATE, LINE, Reach
from bot.domain.cases import CaseSubject, FollowupWhat, ParticipantState
from bot.domain.channels import Apart
from bot.domain.clearances import Level, Towards
from bot.domain.closing import CloseReason, CoopAnswer, CoopQuestion, LeftReason, ReopenReason
from bot.domain.corrections import Wrong
from bot.domain.deadlines import Basis
from bot.domain.deliveries import STEPS
from bot.domain.directory_files import refusing
from bot.domain.followups import EVENTS, Group
from bot.domain.holes import HoleKind
from bot.domain.incidents import Ending
from bot.domain.ladders import SNOOZED
from bot.domain.matters import MatterKind, MatterState
from bot.domain.opening import ROOM_AGAIN
from bot.domain.people import Role, Side
from bot.domain.reminders import Later
from bot.domain.setup import Step
from bot.domain.timeline_files import NAMES
from bot.domain.tracks import STAGES, Track
from bot.domain.urgency import Urgency
from bot.guard import Kind
from bot.manifest import MESSAGE_SHORTCUTS
from bot.texts.catalogue import FALLBACK, LANGUAGES, MissingTextError, Mrkdwn, escape, names, texts
from handlers.cards import agreements as agreement_cards
from handlers.cards import clearances as clearance_cards
from handlers.cards import closing as closing_cards
from handlers.cards import confirmations as confirmation_cards
from handlers.cards import incidents as incident_cards
from handlers.cards import reminders as reminder_cards
from handlers.cards import stuck as stuck_cards
from handlers.cards import tasks as task_cards
from handlers.cards.cases import DECLINE_REASONS, KINDS
from tests.texts.cards import ASKING, DEADLINE_RUNGS, EXPIRING, REMINDING

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "bot" / "texts" / "locale"
READ = [
    p
    for top in ("bot", "handlers", "storage")
    for p in sorted((ROOT / top).rglob("*.py"))
    if not {"sandbox", "guard", "understanding"} & set(p.parts)
]
SETTLED = [s for s in MatterState if not s.is_open]
COMMANDS = ("contact", "case", "agree", "help")
SORTS = ("call", "sparring")
CALLBACK_VERBS = ("accept", "done", "later", "pass", "withdraw")
ANSWERS = (
    "agree", "decline", "counter", "redate", "pass", "done", "wont-do", "help", "withdraw", "undo", "reopen", "renew", "revoke",
    "nothing-new", "given",
)  # fmt: skip

EXPANDED: dict[str, tuple[str, ...]] = {
    "kind.{}": tuple(k.key for k in kinds()),
    "urgency.{}": tuple(Urgency),
    "role.{}": tuple(Role),
    "what.{}": tuple(FollowupWhat),
    "close.reason.{}": tuple(CloseReason),
    "close.left.{}": tuple(LeftReason),
    "coop.{}": tuple(CoopQuestion),
    "coop.answer.{}": tuple(CoopAnswer),
    "reopen.reason.{}": tuple(ReopenReason),
    "step.{}": closing_cards.STEPS,
    "decline.{}": DECLINE_REASONS,
    "participant.{}": tuple(ParticipantState),
    "subject.{}": tuple(CaseSubject),
    "track.{}": tuple(Track),
    "case.open.stage.{}": tuple(Track),
    "stage.none.{}": tuple(Track),
    "stage.{}.{}": tuple(f"{track}.{stage}" for track, stages in STAGES.items() for stage in stages),
    "case.page.{}.button": ("before", "after"),
    "nudge.room.{}": ("ask", *(name for name, _ in ROOM_AGAIN)),
    "contact.title.{}": tuple(Side),
    "request.{}": (MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN),
    "followup.line.{}": tuple(MatterState),
    "answer.{}": ANSWERS,
    "answer.settled.{}": (*(s for s in SETTLED if s is not MatterState.ACCEPTED), MatterState.ACCEPTED),
    "reason.{}": tuple(sorted(agreement_cards.KNOWN)),
    "event.{}": EVENTS,
    "side.{}": clearance_cards.BY,
    "side.contact.{}": tuple(s for s in Side if s is not Side.OTHER),
    "towards.{}": tuple(Towards),
    "level.{}": tuple(Level),
    "what.group.{}": tuple(Group),
    "clearance.form.{}": ("towards", "level", "by"),
    "clearance.status.{}": ("replaced", "revoked"),
    "told.followup.{}": ("receipt", "declined", "wont-do", "uncleared"),
    "told.counter.{}": ("receipt", "declined"),
    "told.clearance.{}": ("receipt", "declined", "revoked", "again"),
    "told.word.{}": ("receipt", "declined", "nothing-new"),
    "nudge.counter.{}": (*ASKING, SNOOZED),
    "nudge.clearance.{}": (*ASKING, SNOOZED, *EXPIRING),
    "nudge.word.{}": (*ASKING, *REMINDING, "late"),
    "manifest.shortcut.{}": tuple(MESSAGE_SHORTCUTS.values()),
    "manifest.shortcut.{}.description": tuple(MESSAGE_SHORTCUTS.values()),
    "nudge.participation.{}": (*ASKING, SNOOZED),
    "nudge.followup.{}": (*ASKING, *REMINDING),
    "settled.{}": (*SETTLED, MatterState.AGREED),
    "why.default.{}": ("emergency", "control-room"),
    "task.{}": tuple(MatterKind),
    "channel.apart.{}": tuple(Apart),
    "channel.status.{}": (MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN),
    "stuck.step.{}": tuple(STEPS),
    "stuck.why.{}": (*stuck_cards.REASONS.values(), stuck_cards.OTHER),
    "tasks.line.{}": tuple(s for s in MatterState if s.is_open),
    "{}.button": (*task_cards.VERBS.values(), *closing_cards.WAYS[True], *closing_cards.WAYS[False]),
    "callback.about.{}": SORTS,
    "callback.reach.{}": tuple(Reach),
    "callback.receipt.{}": SORTS,
    "callback.status.{}": (MatterState.DONE, MatterState.WITHDRAWN),
    "callback.{}.button": (*CALLBACK_VERBS, "ask"),
    "callback.{}.label": (*CALLBACK_VERBS, "ask"),
    "nudge.callback.{}": ("ask", "due", *LINE, *(f"{LATE}{audience}" for audience in LINE)),
    "nudge.handover.{}": (*ASKING, SNOOZED),
    "handover.status.{}": (MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN),
    "handover.receipt.{}": (MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN),
    "succession.status.{}": (MatterState.DONE, MatterState.WITHDRAWN),
    "handover.{}.button": ("accept", "decline"),
    "membership.status.{}": (MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN),
    "setup.step.{}": tuple(Step),
    "home.{}.none": ("on_me", "waiting"),
    "nudge.correction.{}": ("ask", "again", SNOOZED),
    "wrong.{}": tuple(Wrong),
    "absence.half.{}": tuple(HalfDays),
    "absence.line.{}": tuple(AbsenceState),
    "absence.request.{}": (MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN),
    "nudge.substitution.{}": (*ASKING, SNOOZED),
    "hole.{}": tuple(HoleKind),
    "directory.{}": ("name", "unit", "phone", "email", "hours", "best_time"),
    "flaw.{}": (*refusing.SAID, "other"),
    "nudge.confirmation.{}": ("ask", "again", SNOOZED),
    "reminder.later.{}": (*Later, reminder_cards.DATE),
    "confirmation.status.{}": confirmation_cards.REPLIES,
    "nudge.deadline.{}": DEADLINE_RUNGS,
    "deadline.event.{}": tuple(sorted(NAMES)),
    "deadline.basis.{}": (Basis.TARGET, Basis.AGREED, Basis.RECOMMENDED),
    "deadline.status.{}": (MatterState.DONE, MatterState.WITHDRAWN),
    "deadline.{}.button": ("done", "help"),
    "deadline.{}.label": ("done", "help"),
    "guard.ask.{}": ("person", "together"),
    "guard.tick.{}": ("person", "together"),
    "guard.hint.{}": ("person", "together"),
    "guard.kind.{}": tuple(Kind),
    "incident.kind.{}": tuple(Kind),
    "incident.thanks.{}": tuple(Ending),
    "incident.over.{}": tuple(Ending),
    "incident.line.{}": (*Ending, "open"),
    "incident.stood.{}": tuple(unit for unit, _ in incident_cards.UNITS),
    "manifest.command.{}": COMMANDS,
    "manifest.hint.{}": COMMANDS,
}
"""What may stand in the place of a key that is put together: whoever puts a new one together adds its line here."""


def catalogue(language: str) -> dict[str, Message]:
    """A language's messages, by key."""
    with (LOCALE / language / "LC_MESSAGES" / "bindeled.po").open("rb") as file:
        return {_key(message): message for message in read_po(file, locale=language) if message.id}


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """The sentences of a message: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def places(sentence: str) -> set[str]:
    """The places to be filled."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def pattern(node: ast.JoinedStr) -> str:
    """A key that is put together, with `{}` where something is put in."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def said_by(tree: ast.AST) -> Iterator[str]:
    """Every key, or pattern of keys, that is looked up or refused with."""
    lookups, refusals = {"t", "texts", "md", "count"}, {"Refused", "NotAllowed", "NotFound", "Settled", "BadInput"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in lookups | refusals:
                yield from keys_in(node.args[0])
        if isinstance(node, ast.JoinedStr) and pattern(node).startswith("why."):
            yield pattern(node)
        if isinstance(node, ast.Constant) and re.fullmatch(r"why(\.[a-z_]+)+", str(node.value)):
            yield str(node.value)


def keys_in(node: ast.expr) -> Iterator[str]:
    """The keys an expression can be: a word, a pattern, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield pattern(node)
    elif isinstance(node, ast.IfExp):
        yield from keys_in(node.body)
        yield from keys_in(node.orelse)


TREES = {path: ast.parse(path.read_text("utf-8")) for path in READ}
USED = {key: path.name for path, tree in TREES.items() for key in said_by(tree)}
WORDS = {
    n.value
    for tree in TREES.values()
    for n in ast.walk(tree)
    if isinstance(n, ast.Constant) and isinstance(n.value, str)
}
languages = pytest.mark.parametrize("language", LANGUAGES)


@languages
def test_a_language_that_is_offered_is_complete(language):
    """Every key of English, each with a sentence, none of them doubtful."""
    ours, english = catalogue(language), catalogue(FALLBACK)
    assert ours.keys() == english.keys()
    assert [key for key, message in ours.items() if not all(forms(message)) or message.fuzzy] == []


@languages
def test_a_sentence_has_the_same_places_in_every_language(language):
    """What is filled in in English is filled in everywhere, in every plural form."""
    english = catalogue(FALLBACK)
    for key, message in catalogue(language).items():
        wanted = set().union(*(places(form) for form in forms(english[key])))
        for form in forms(message):
            assert places(form) == wanted, (language, key)


@languages
def test_a_sentence_that_counts_has_all_plural_forms_of_its_language(language):
    """One for each way the language counts."""
    english = catalogue(FALLBACK)
    for key, message in catalogue(language).items():
        if message.pluralizable:
            assert len(forms(message)) == Catalog(locale=language).num_plurals, key
        assert message.pluralizable == english[key].pluralizable, key


def test_every_language_that_is_there_is_offered():
    """A catalogue nobody can choose is a mistake, and so is a language without one."""
    assert {path.name for path in LOCALE.iterdir() if path.is_dir()} == set(LANGUAGES)


@languages
def test_what_is_compiled_is_what_is_written(language):
    """The compiled catalogue a person reads from says what the written one says."""
    with (LOCALE / language / "LC_MESSAGES" / "bindeled.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for key, message in catalogue(language).items():
        assert (compiled.ngettext(key, f"{key}.many", 1) if message.pluralizable else compiled.gettext(key)) == forms(
            message
        )[0]


def test_every_key_the_code_puts_together_is_known_here():
    """A key made of parts is checked for all that its parts can be."""
    assert {key for key in USED if "{}" in key} == EXPANDED.keys()


def test_no_key_is_missing():
    """Whatever the code can look up is there."""
    wanted = {key for key in USED if "{}" not in key}
    wanted |= {key.replace("{}.{}", "{}").replace("{}", part) for key, parts in EXPANDED.items() for part in parts}
    assert sorted(wanted - catalogue(FALLBACK).keys()) == []


def test_no_key_is_unused():
    """Translators translate nothing for nobody."""
    made = {key.replace("{}.{}", "{}").replace("{}", part) for key, parts in EXPANDED.items() for part in parts}
    assert sorted(catalogue(FALLBACK).keys() - made - WORDS) == []


@languages
def test_kinds_of_case_are_called_as_the_facts_call_them(language):
    """The form and the bundled facts use one name, and the form offers every kind there is."""
    assert {k.key: texts(language)(f"kind.{k.key}") for k in kinds()} == {
        k.key: names(language, k.names) for k in kinds()
    }
    assert sorted(KINDS) == sorted(k.key for k in kinds())


LIMITS = (
    (re.compile(r"\.button$"), 75),
    (re.compile(r"^(kind|urgency|what|decline|wrong|subject|stage\.(municipality|police|childrens-house|none))\.[^.]+$"), 75),
    (re.compile(r"\.(title|submit)$|^close$"), 24),
    (re.compile(r"placeholder$|^choose$"), 150),
    (re.compile(r"^manifest\.description$"), 140),
    (re.compile(r"^manifest\.long_description$"), 4000),
    (re.compile(r"^manifest\.command\."), 2000),
    (re.compile(r"^manifest\.hint\."), 1000),
)  # fmt: skip
"""Slack's limits for what is shown as it stands: https://docs.slack.dev/reference/block-kit, …/app-manifest."""


@languages
def test_words_fit_where_slack_shows_them(language):
    """Buttons, choices, titles and the manifest are short enough in every language."""
    for key, message in catalogue(language).items():
        for limit, most in LIMITS:
            if limit.search(key) and key != "case.title":
                assert len(forms(message)[0]) <= most, (language, key)


@languages
def test_a_label_read_out_fits_with_its_longest_word(language):
    """What a screen reader says of a button is not cut."""
    t = texts(language)
    longest = max((t(f"what.{what}") for what in FollowupWhat), key=len)
    for verb in ANSWERS:
        assert len(f"{t(f'answer.{verb}')}: {longest}") <= 75, verb


def test_a_language_that_is_not_offered_reads_english():
    """Nobody is left without words."""
    assert texts("fi").language == FALLBACK
    assert texts("fi")("close") == texts("en")("close")


@languages
def test_a_key_that_is_nowhere_is_a_mistake_that_shows(language):
    """A missing text never reaches a person as its key."""
    for look_up in (texts(language), texts(language).md, lambda key: texts(language).count(key, 2)):
        with pytest.raises(MissingTextError, match=r"no\.such\.key"):
            look_up("no.such.key")


@languages
@pytest.mark.parametrize("n", [1, 2, 0, 17])
def test_counts_name_their_number(language, n):
    """One and many read as the language counts."""
    assert str(n) in texts(language).count("case.followups.more", n)


def test_what_people_are_called_cannot_become_mark_up():
    """Values are escaped in mark-up, what is mark-up already is not, and plain text stays as it is."""
    assert escape("<!channel> & co") == "&lt;!channel&gt; &amp; co"
    assert escape(Mrkdwn("<@U1>")) == "<@U1>"
    assert "&lt;b&gt;" in texts("en").md("help.unknown_command", command="<b>")
    assert "<b>" in texts("en")("help.unknown_command", command="<b>")
