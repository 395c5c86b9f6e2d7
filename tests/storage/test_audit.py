from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from bot.domain.errors import Repeated
from storage import audit
from tests.world import ELSEWHERE, HOME, World


def take(world: World, key: str, workspace_id: str = HOME) -> None:
    """Take an interaction and commit."""
    actor = replace(world.actor("m-worker"), workspace_id=workspace_id)
    with world.work() as work:
        audit.take(work, actor, key)
        work.commit()


def test_an_interaction_is_taken_once(both_worlds):
    """What Slack delivers a second time is recognised."""
    take(both_worlds, "event:1")
    take(both_worlds, "event:2")
    with pytest.raises(Repeated):
        take(both_worlds, "event:1")


def test_the_same_key_in_another_workspace_is_another_interaction(both_worlds):
    """Keys are Slack's and belong to a workspace."""
    take(both_worlds, "event:1")
    take(both_worlds, "event:1", ELSEWHERE)


def test_what_was_not_done_may_be_done_by_the_repetition(both_worlds):
    """An act that failed gives its key back, so that Slack's next try counts."""
    with both_worlds.work() as work:
        audit.take(work, both_worlds.actor("m-worker"), "event:1")
    take(both_worlds, "event:1")


def test_of_two_deliveries_at_the_same_moment_one_counts(both_worlds):
    """Where Slack delivers the same interaction to two processes at once, exactly one acts."""
    together = Barrier(2)

    def racer(_number: int) -> bool:
        together.wait(10)
        try:
            take(both_worlds, "event:race")
        except Repeated:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(racer, range(2))) == [False, True]


def test_old_keys_are_forgotten(both_worlds):
    """A key is kept as long as a repetition can come, and no longer."""
    take(both_worlds, "event:1")
    both_worlds.now += audit.KEEP_INBOX
    assert forget(both_worlds) == 0
    both_worlds.now += timedelta(seconds=1)
    assert forget(both_worlds) == 1
    take(both_worlds, "event:1")


def forget(world: World) -> int:
    """Tidy the inbox; how many keys went."""
    with world.work() as work:
        gone = audit.forget_old_keys(work)
        work.commit()
        return gone


def test_the_audit_remembers_who_did_what_in_order(both_worlds):
    """Verbs of one record come back oldest first, those of other records and workspaces not at all."""
    actor = both_worlds.actor("m-worker")
    with both_worlds.work() as work:
        for verb in ("case.open", "case.accept"):
            audit.record(work, actor, verb, "record")
        audit.record(work, actor, "case.decline", "another record")
        audit.record(work, replace(actor, workspace_id=ELSEWHERE), "case.decline", "record")
        work.commit()
    with both_worlds.work().reading() as work:
        assert audit.verbs_for(work, HOME, "record") == ["case.open", "case.accept"]
        assert audit.verbs_for(work, ELSEWHERE, "record") == ["case.decline"]


def test_a_row_says_who_and_when(both_worlds):
    """Each audit row carries the person, her Slack id, and the moment of the unit of work."""
    actor = both_worlds.actor("m-worker")
    with both_worlds.work() as work:
        audit.record(work, actor, "case.open", "record")
        work.commit()
    with both_worlds.work().reading() as work:
        row = work.connection.execute(audit.audit.select().where(audit.audit.c.record == "record")).one()
    assert actor.contact is not None
    assert (row.contact_id, row.slack_id, row.at) == (actor.contact.id, "U-M-WORKER", both_worlds.now)
