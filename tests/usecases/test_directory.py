from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.setup import SetUp
from bot.usecases import directory, setup
from storage import directory as rows
from tests.world import ELSEWHERE, HOME, everybody


def test_what_is_put_again_changes_what_is_there(both_worlds):
    """The same keys keep their ids and take the new values; nothing doubles."""
    before = both_worlds.contact("p-worker")
    contacts = [replace(c, name="New name") if c.key == "p-worker" else c for c in everybody().contacts]
    rooms = [replace(room, channel="C-NEW") for room in everybody().rooms]
    both_worlds.do(directory.put, HOME, replace(everybody(), contacts=contacts, rooms=rooms))
    assert both_worlds.contact("p-worker") == replace(before, name="New name")
    found = both_worlds.do(setup.how_far, workspace_id=HOME)
    assert (found.contacts, found.rules, found.rooms) == (9, 2, 1)


def test_all_of_it_or_nothing(both_worlds):
    """One entry that cannot be put keeps out all the others."""
    before = both_worlds.snapshot()
    agencies = [replace(a, name="New name") for a in everybody().agencies]
    lost = replace(everybody().contacts[0], key="lost", agency_id="no such agency")
    with pytest.raises(KeyError):
        both_worlds.do(directory.put, HOME, replace(everybody(), agencies=agencies, contacts=[lost]))
    assert both_worlds.snapshot() == before


def test_each_workspace_has_its_own_directory(both_worlds):
    """The same keys in another workspace are other people, agencies, rules and rooms."""
    both_worlds.do(directory.put, ELSEWHERE, replace(everybody(), contacts=everybody().contacts[:1]))
    with both_worlds.work().reading() as work:
        home, elsewhere = (rows.all_contacts(work, w) for w in (HOME, ELSEWHERE))
        assert (len(home), len(elsewhere)) == (9, 1)
        assert not {c.id for c in home} & {c.id for c in elsewhere}
        assert rows.contacts_by_ids(work, ELSEWHERE, [c.id for c in home]) == {}
        assert {a.workspace_id for a in rows.agencies_of(work, ELSEWHERE)} == {ELSEWHERE}
        assert rows.kept_rules(work, "T-NOBODY") == []


def test_how_far_a_workspace_is_set_up(world):
    """What is there is counted, by workspace."""
    assert world.do(setup.how_far, workspace_id=HOME) == SetUp(1, 2, 3, 9, 0, 2, 1)
    assert world.do(setup.how_far, workspace_id=ELSEWHERE) == SetUp(0, 0, 0, 0, 0, 0, 0)
