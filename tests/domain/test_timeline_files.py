from __future__ import annotations

import pytest

from bot.domain.deadlines import Amount, Unit
from bot.domain.matters import DueClock
from bot.domain.people import Side
from bot.domain.timeline_files import read

ROW = {
    "key": "answer-from-police", "agency": "police-midt", "country": "DK", "side": "police", "name": "Svar fra politiet",
    "length": "2", "unit": "working_days", "event": "police.asked", "ends": "police.report-received|police.ended",
}  # fmt: skip


def test_a_row_of_its_own_is_an_agreed_deadline():
    """What is left out is what an agency most likely means: agreed, in working time, from the opening."""
    (found,), wrong = read([ROW])
    assert wrong == ()
    assert (found.key, found.agency, found.side, found.attach) == ("answer-from-police", "police-midt", Side.POLICE, "")
    assert (found.deadline.amount, found.deadline.clock) == (Amount(2, Unit.WORKING_DAYS), DueClock.AGREED)
    assert found.deadline.ends == ("police.report-received", "police.ended")
    assert found.deadline.name_en == "Svar fra politiet"


def test_a_changed_row_is_another_version():
    """What a case began with can be told apart from what holds now; the order of the columns is no change."""
    (first,), _ = read([ROW])
    (same,), _ = read([dict(reversed(ROW.items()))])
    (changed,), _ = read([{**ROW, "length": "3"}])
    assert first.deadline.version == same.deadline.version != changed.deadline.version


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"length": "two"}, "length says 'two'"),
        ({"unit": "fortnights"}, "unit says 'fortnights': write one of hours, calendar_days"),
        ({"event": "police.arrest"}, "event says 'police.arrest': write one of"),
        ({"side": "court"}, "side says 'court'"),
        ({"country": "FI"}, "country says 'FI': write one of DK, NO, SE"),
        ({"clock": "sundial"}, "clock says 'sundial'"),
        ({"agency": ""}, "agency is empty: every row needs key, agency"),
        ({"colour": "red"}, "there is no column colour"),
        ({"name": "x" * 121}, "name is longer than 120 characters"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_what_may_stand_there(change, said):
    """One sentence with its line; the rows that are right are still read."""
    found, wrong = read([{**ROW, **change}, {**ROW, "key": "other"}])
    assert [timeline.key for timeline in found] == ["other"]
    assert len(wrong) == 1
    assert wrong[0].startswith("Line 2: ")
    assert said in wrong[0]


def test_one_agency_has_a_timeline_once():
    """Two rows of one key would leave open which holds."""
    _, wrong = read([ROW, ROW, {**ROW, "agency": "another"}])
    assert wrong == ("Line 3: police-midt has answer-from-police twice: keep one of the rows.",)
