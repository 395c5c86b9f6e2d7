from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text

from bot.domain.directory_index import DirectoryIndex
from bot.usecases import directory
from storage import directory as rows
from storage import directory_changes, snapshots
from storage.engine import open_engine
from storage.upgrade import config, upgrade
from tests.world import ELSEWHERE, HOME, MONDAY, World, everybody


def kept(world: World, workspace_id: str = HOME) -> DirectoryIndex:
    """The directory as a look-up gets it."""
    with world.work().reading() as work:
        return snapshots.directory_of(work, workspace_id)


def renamed(world: World, name: str) -> None:
    """One contact gets another name."""
    contacts = [replace(c, name=name) if c.key == "p-worker" else c for c in everybody().contacts]
    world.do(directory.put, HOME, replace(everybody(), contacts=contacts))


def test_what_has_not_changed_is_not_read_again(both_worlds):
    """Two look-ups get the very same directory; after a change of a contact the rules are still the same."""
    before = kept(both_worlds)
    assert kept(both_worlds) is before
    renamed(both_worlds, "New name")
    after = kept(both_worlds)
    found = after.contacts.get("p-worker")
    assert found is not None
    assert found.name == "New name"
    assert after.rules is before.rules
    assert kept(both_worlds, ELSEWHERE) is not after


def test_what_another_process_commits_is_seen_by_the_next_look_up(both_worlds):
    """The version is read with every look-up."""
    kept(both_worlds)
    other = World.__new__(World)
    other.engine, other.now = open_engine(both_worlds.engine.url.render_as_string(hide_password=False)), both_worlds.now
    renamed(other, "From elsewhere")
    other.engine.dispose()
    found = kept(both_worlds).contacts.get("p-worker")
    assert found is not None
    assert found.name == "From elsewhere"


def test_what_was_undone_is_never_answered(both_worlds):
    """A directory read inside a change that is rolled back does not stay."""
    before = kept(both_worlds)
    with both_worlds.work() as work:
        directory_changes.end_contacts(work, HOME, ["p-worker"])
        assert snapshots.directory_of(work, HOME).contacts.get("p-worker") is None
    renamed(both_worlds, "Still here")
    found = kept(both_worlds).contacts.get("p-worker")
    assert found is not None
    assert found.name == "Still here"
    assert before.contacts.get("p-worker") is not None


def test_whoever_is_recognised_is_known_to_the_next_look_up(both_worlds):
    """A Slack id learned from an e-mail changes the directory as well."""
    contacts = [replace(c, slack_id=None) if c.key == "p-worker" else c for c in everybody().contacts]
    both_worlds.do(directory.put, HOME, replace(everybody(), contacts=contacts))
    kept(both_worlds)
    with both_worlds.work() as work:
        rows.link_slack_id(work, HOME, "p-worker@example.org", "UNEW")
        work.commit()
    found = kept(both_worlds).contacts.get("p-worker")
    assert found is not None
    assert found.slack_id == "UNEW"


def test_a_directory_of_the_first_schema_comes_along(empty_engine):
    """An upgrade keeps every contact and rule; what they could not say then is empty."""
    from alembic import command

    command.upgrade(config(empty_engine), "0001")
    with empty_engine.begin() as connection:
        connection.execute(text("INSERT INTO agencies VALUES ('a', 'T', 'police', 'Police', 'police', 'DK', 'da')"))
        connection.execute(
            text(
                "INSERT INTO contacts VALUES ('c', 'T', 'anna', 'a', 'Anna', 'contact', '', '', '114', '', NULL, '', NULL,"
                " '259', '', NULL)"
            )
        )
        connection.execute(
            text("INSERT INTO routing_rules VALUES ('T', 'r', 'DK', '259', '', '', '', 'anna', 'agreed', '', NULL)")
        )
    upgrade(empty_engine)
    world = World.__new__(World)
    world.engine, world.now = empty_engine, MONDAY
    index = kept(world, "T")
    found = index.contacts.get("anna")
    assert found is not None
    assert (found.country, found.languages, found.confirmed_at, found.leader_key) == ("DK", (), None, None)
    assert [(rule.key, rule.contact_key, rule.unit) for rule in index.rules] == [("r", "anna", "")]
