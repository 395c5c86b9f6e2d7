from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.directory_files.changes import Plan, plan
from bot.domain.directory_files.tables import Row, Table, What, escaped, slug
from bot.usecases import directory
from storage import audit
from tests.world import HOME, MONDAY, World

ANNA = {
    "key": "anna", "agency": "agency-p", "agency_type": "police", "country": "DK", "unit": "Station",
    "unit_kind": "local", "name": "Anna Prøve", "role": "contact", "phone": "00 00 01 01",
    "email": "Anna@police.example", "slack_id": "", "languages": "da, en", "hours": "man-fre 8-15", "best_time": "8-9",
    "municipalities": "259;253", "kinds": "neglect", "leader": "", "substitute": "", "valid_from": "",
    "valid_until": "31-12-2026", "confirmed_by": "the board", "confirmed_at": "2026-02-01",
}  # fmt: skip
RULE = {
    "key": "r", "country": "DK", "municipality": "259", "district": "", "kind": "neglect", "urgency": "", "unit": "",
    "contact": "p-worker", "reason": "agreed", "decided_by": "the board", "confirmed_at": "2026-02-01",
}  # fmt: skip


def contacts(*rows: dict[str, Any]) -> Table:
    """A table of contacts; each row is Anna, but for what is given."""
    return Table(What.CONTACTS, "", tuple(Row(at, {**ANNA, **row}) for at, row in enumerate(rows, start=2)))


def rules(*rows: dict[str, Any]) -> Table:
    """A table of rules; each row is the same, but for what is given."""
    return Table(What.RULES, "", tuple(Row(at, {**RULE, **row}) for at, row in enumerate(rows, start=2)))


def planned(world: World, *tables: Table, replaces: bool = False) -> Plan:
    """What the tables would change."""
    return world.do(directory.plan_import, HOME, tables, replaces=replaces)


def applied(world: World, *tables: Table, replaces: bool = False, workspace_id: str = HOME) -> Plan:
    """What the tables have changed."""
    return world.do(directory.apply_import, directory.shell(workspace_id), tables, replaces=replaces)


def told(made: Plan) -> list[str]:
    """The changes, in short, of a plan without flaws."""
    assert flaws(made) == []
    return [f"{change.verb} {change.record} {change.key}" for change in made.changes]


def flaws(made: Plan) -> list[tuple[int, str, str]]:
    """The flaws, in short."""
    return [(flaw.line, flaw.column, flaw.key) for flaw in made.flaws]


def as_tables(world: World, workspace_id: str = HOME) -> tuple[Table, Table]:
    """What an export writes, as an import would read it."""

    def table(what: What) -> Table:
        rows = world.do(directory.export, workspace_id, what)
        cells: list[dict[str, Any]] = [{c: v if c == "phone" else escaped(v) for c, v in row.items()} for row in rows]
        for row in cells:  # the ids of the test world are plainly invented: no file may hold them
            row.update({"slack_id": ""} if what is What.CONTACTS else {})
        return Table(what, "", tuple(Row(at, row) for at, row in enumerate(cells, start=2)))

    return table(What.CONTACTS), table(What.RULES)


def test_a_plan_writes_nothing(both_worlds):
    """What would change is told, and nothing has changed."""
    before = both_worlds.snapshot()
    assert told(planned(both_worlds, contacts({}), rules({}))) == ["add contact anna", "add rule r"]
    assert both_worlds.snapshot() == before


def test_what_is_applied_is_there_as_people_meant_it(both_worlds):
    """Numbers become E.164, e-mail is small, a last day counts to its end in the country's zone; the audit knows."""
    applied(both_worlds, contacts({}))
    anna = both_worlds.contact("anna")
    assert (anna.phone, anna.email, anna.languages) == ("+4500000101", "anna@police.example", ("da", "en"))
    assert anna.municipalities == ("259", "253")
    assert anna.valid_until.isoformat() == "2026-12-31T23:00:00+00:00"
    assert (anna.confirmed_by, anna.confirmed_at.isoformat()) == ("the board", "2026-01-31T23:00:00+00:00")
    assert both_worlds.verbs("contact:anna") == ["contact.add"]
    assert told(planned(both_worlds, contacts({}))) == []


def test_a_change_is_told_in_words_of_the_columns(both_worlds):
    """Only what differs, before and after."""
    applied(both_worlds, contacts({}))
    (change,) = planned(both_worlds, contacts({"phone": "+45 00000102", "hours": ""})).changes
    assert change.fields == (("phone", "+4500000101", "+4500000102"), ("hours", "man-fre 8-15", ""))


def test_a_column_that_is_left_out_stays_as_it_is(both_worlds):
    """A file with a few columns touches no others."""
    applied(both_worlds, contacts({}))
    few = {name: ANNA[name] for name in ("key", "agency", "agency_type", "country", "name", "role")}
    table = Table(What.CONTACTS, "", (Row(2, {**few, "name": "Anna Ny"}),))
    (change,) = planned(both_worlds, table).changes
    assert change.fields == (("name", "Anna Prøve", "Anna Ny"),)


def test_what_the_file_leaves_out_stays_unless_it_replaces(both_worlds):
    """Only `replaces` ends, only the kind of record the file holds, and an end is no deletion."""
    assert told(planned(both_worlds, contacts({}))) == ["add contact anna"]
    rows = as_tables(both_worlds)[0].rows
    fewer = Table(What.CONTACTS, "", tuple(row for row in rows if row.cells["key"] != "p-apart"))
    made = applied(both_worlds, fewer, replaces=True)
    assert told(made) == ["end contact p-apart"]
    assert "p-apart" not in {row.cells["key"] for row in as_tables(both_worlds)[0].rows}
    assert told(planned(both_worlds, *as_tables(both_worlds), replaces=True)) == []
    again = applied(both_worlds, Table(What.CONTACTS, "", rows))
    assert told(again) == ["add contact p-apart"]
    assert both_worlds.verbs("contact:p-apart") == ["contact.add", "contact.end", "contact.add"]


def test_nobody_may_lean_on_a_contact_who_ends(both_worlds):
    """A substitute whom the file leaves out, and so ends, is a flaw."""
    made = planned(both_worlds, contacts({"substitute": "p-worker"}), replaces=True)
    assert flaws(made) == [(2, "substitute", "unknown-contact")]
    assert flaws(planned(both_worlds, contacts({"substitute": "p-worker"}))) == []


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        ("key", "", "missing"), ("key", "a b", "key"), ("agency", "", "missing"), ("agency_type", "town", "choice"),
        ("country", "FI", "choice"), ("unit_kind", "x", "choice"), ("name", "=1+1", "formula"),
        ("name", "  @SUM(A1)", "formula"), ("unit", "-2", "formula"), ("name", "x" * 121, "too-long"),
        ("name", "A\x07", "control"), ("role", "boss", "choice"), ("phone", "12", "phone"), ("phone", "=45", "formula"),
        ("phone", "+45 00 00 01 01 ext 5", "phone"), ("email", "anna", "email"), ("slack_id", "C123", "slack_id"),
        ("languages", "da|danish", "language"), ("hours", "efter aftale", "hours"),
        ("municipalities", "259|999", "municipality"), ("municipalities", 259.5, "municipality"),
        ("kinds", "neglect|x", "choice"), ("leader", "nobody", "unknown-contact"), ("substitute", "anna", "oneself"),
        ("valid_from", "2026-02-30", "day"), ("valid_until", "soon", "day"), ("confirmed_at", "2026-03-03", "future"),
    ],
)  # fmt: skip
def test_each_column_says_what_is_wrong_with_it(world, column, value, key):
    """One wrong cell, one flaw, in its line and column; a good row beside it is not written either."""
    before = world.snapshot()
    made = applied(world, contacts({"key": "good"}, {column: value}))
    assert flaws(made) == [(3, column, key)]
    assert world.snapshot() == before


@pytest.mark.parametrize(
    ("row", "flaw"),
    [
        ({"country": "XX"}, ("country", "choice")), ({"municipality": "0301"}, ("municipality", "municipality")),
        ({"district": "oslo-politidistrikt"}, ("district", "district")),
        ({"district": "fyns-politi"}, ("district", "other-district")), ({"kind": "x"}, ("kind", "choice")),
        ({"urgency": "asap"}, ("urgency", "choice")), ({"contact": "nobody"}, ("contact", "unknown-contact")),
        ({"contact": ""}, ("contact", "nobody")), ({"unit": "No such unit"}, ("unit", "unknown-unit")),
        ({"reason": ""}, ("reason", "missing")), ({"reason": "+x"}, ("reason", "formula")),
        ({"country": "SE", "municipality": ""}, ("contact", "other-country")),
    ],
)  # fmt: skip
def test_each_column_of_a_rule_says_what_is_wrong_with_it(world, row, flaw):
    """A rule that could not be answered by is refused."""
    assert flaws(planned(world, rules({}, {"key": "r2", **row}))) == [(3, *flaw)]


def test_all_flaws_are_named_at_once(world):
    """Nobody mends a file one error at a time; whoever points to a row that is itself wrong is told of that row alone."""
    made = planned(
        world,
        contacts(
            {"key": "bo", "substitute": "anna"}, {"phone": "1", "hours": "x"}, {"key": "bo"}, {"key": "c", "role": ""}
        ),
        rules({"contact": "c"}, {"key": "r2", "kind": "x"}),
    )
    assert flaws(made) == [
        (3, "phone", "phone"), (3, "hours", "hours"), (3, "kind", "choice"),
        (4, "key", "twice"), (5, "role", "missing"),
    ]  # fmt: skip


def test_two_cannot_be_one_person_in_slack(world):
    """A Slack id stands once, in the file and in the directory."""
    assert flaws(planned(world, contacts({"slack_id": "U123"}, {"key": "b", "slack_id": "U123"}))) == [
        (3, "slack_id", "slack-id-twice")
    ]


def test_rows_of_one_agency_agree(world):
    """A key alone says nothing of the name; two names or two types are a contradiction."""
    named = {"agency": "new-agency: New Agency"}
    assert flaws(planned(world, contacts(named, {"key": "b", "agency": "new-agency"}))) == []
    other = {"key": "b", "agency": "new-agency", "agency_type": "municipality"}
    assert flaws(planned(world, contacts(named, other))) == [(3, "agency", "agency-differs")]


def test_a_bundled_authority_has_its_name(world):
    """A key of ours is enough; a name makes its own key."""
    applied(world, contacts({"agency": "fyns-politi"}, {"key": "b", "agency": "Aabenraa Kommune"}))
    assert world.contact("anna").agency_name == "Fyns Politi"
    assert (world.contact("b").agency_key, world.contact("b").agency_name) == ("aabenraa-kommune", "Aabenraa Kommune")


def test_a_spreadsheets_own_cells_are_read(world):
    """Numbers without a tail, codes that lost their zero, days as days."""
    oslo = {"country": "NO", "agency": "oslo-politidistrikt", "municipalities": 301.0, "phone": 22000000}
    applied(world, contacts({**oslo, "confirmed_at": MONDAY.replace(tzinfo=None), "valid_until": MONDAY.date()}))
    anna = world.contact("anna")
    assert (anna.municipalities, anna.phone) == (("0301",), "+4722000000")
    assert anna.valid_until == MONDAY.replace(hour=23)


def test_a_learned_slack_id_stays_with_the_same_person_only(world):
    """A file without Slack ids forgets none; an entry that goes to another e-mail does."""
    row = next(dict(row.cells) for row in as_tables(world)[0].rows if row.cells["key"] == "p-worker")
    row |= {"slack_id": "", "confirmed_at": "2026-02-02"}
    applied(world, contacts(row))
    assert world.contact("p-worker").slack_id == "U-P-WORKER"
    applied(world, contacts({**row, "email": "other@police.example"}))
    assert world.contact("p-worker").slack_id is None


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
TEXTS = st.lists(WORDS, max_size=3).map(" ".join).map(lambda text: " ".join(text.split())[:100])
NAMES = WORDS.filter(lambda name: slug(name) != "")


@st.composite
def directories(draw: st.DrawFn) -> tuple[Table, Table]:
    """Any directory a file can hold, dangerous texts included."""
    keys = draw(st.lists(st.from_regex(r"[a-zæøå0-9][\w.-]{0,8}", fullmatch=True), min_size=1, max_size=4, unique=True))
    agencies = draw(st.lists(NAMES, min_size=1, max_size=2, unique_by=slug))
    day = st.sampled_from(["", "2026-03-02", "2026-10-25", "2027-01-01"])
    rows = [
        {
            **ANNA,
            "key": key,
            "agency": f"{slug(agency)}: {agency}",
            **{column: escaped(draw(TEXTS)) for column in ("unit", "best_time", "confirmed_by")},
            "name": escaped(draw(WORDS)),
            "substitute": draw(st.sampled_from([other for other in keys if other != key] or [""])),
            "valid_from": draw(st.sampled_from(["", "2025-03-30"])),
            "valid_until": draw(day),
            "role": draw(st.sampled_from(["contact", "desk", "leader"])),
            "kinds": "|".join(draw(st.sets(st.sampled_from(["neglect", "unsure"])))),
        }
        for key in keys
        for agency in (draw(st.sampled_from(agencies)),)
    ]
    ruled = [
        {**RULE, "key": f"r-{key}", "contact": key, "reason": escaped(draw(WORDS)), "decided_by": escaped(draw(TEXTS))}
        for key in keys
    ]
    return contacts(*rows), rules(*ruled)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables=directories())
def test_what_is_exported_can_be_imported_and_is_the_same(world, tables):
    """Into the same workspace nothing changes; into an empty one the same directory comes to be."""
    here, elsewhere = world.key(), world.key()
    assert flaws(applied(world, *tables, workspace_id=here)) == []
    exported = as_tables(world, here)
    assert told(world.do(directory.plan_import, here, exported, replaces=True)) == []
    assert flaws(applied(world, *exported, workspace_id=elsewhere)) == []
    assert as_tables(world, elsewhere) == exported


def test_an_import_of_thousands_is_one_transaction_with_an_audit_row_each(world):
    """Every contact and rule leaves its verb; none leaves a text."""
    rows = [{"key": f"p{n}", "email": f"p{n}@police.example"} for n in range(2000)]
    applied(world, contacts(*rows), rules(*({"key": f"r{n}", "contact": f"p{n}"} for n in range(2000))))
    with world.work().reading() as work:
        found = work.connection.execute(select(audit.audit).where(audit.audit.c.slack_id == directory.SHELL)).all()
    assert sum(row.verb == "contact.add" and row.record.startswith("contact:p") for row in found) >= 2000
    assert {row.verb for row in found} == {"agency.add", "contact.add", "rule.add"}
    assert not any("Anna" in row.record or "agreed" in row.record for row in found)


def test_a_plan_is_the_same_whenever_it_is_made(world):
    """Nothing in it hangs on the order of rows or on chance."""
    table = contacts(*({"key": f"p{n}"} for n in range(5)))
    turned = Table(What.CONTACTS, "", tuple(reversed(table.rows)))
    with world.work().reading() as work:
        held = directory.held(work, HOME)
    now = MONDAY + timedelta(days=1)
    one, other = (plan([t], held, directory.facts(), now=now) for t in (table, turned))
    assert sorted(told(one)) == sorted(told(other))
