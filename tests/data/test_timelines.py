from __future__ import annotations

import pytest

from bot.data.timelines import attached
from bot.domain.timeline_files import NAMES
from bot.errors import BindeledError
from bot.timelines import FILE, bundled, timelines_of

HEADER = "key,agency,country,side,name,length,unit,event\n"


def test_exactly_these_timelines_are_given_to_cases():
    """Notification and inquiry, the interview of the child; nothing that would be words about a suspect."""
    assert {row.timeline.key for row in attached()} == {
        "dk-underretning-24-timer", "dk-underretning-kvittering", "dk-boernefaglig-undersoegelse", "dk-videoafhoering",
        "no-melding-gjennomgang", "no-tilbakemelding-melder", "no-undersokelse", "no-tilrettelagt-avhor-1",
        "no-tilrettelagt-avhor-2", "no-tilrettelagt-avhor-3", "se-skyddsbedomning", "se-forhandsbedomning", "se-utredning",
    }  # fmt: skip


def test_only_what_was_looked_up_is_given_to_cases():
    """Every one is sure, has a length, hangs on events there are, and names its law as the table does."""
    for row in attached():
        assert row.timeline.sure, row.timeline.key
        assert row.timeline.length, row.timeline.key
        assert {*row.events, *row.ends, *filter(None, [row.attach])} <= NAMES
        law = row.law.partition(" §")[0].lower()
        assert law.removesuffix("s retningslinjer") in row.timeline.legal_basis.lower(), row.timeline.key


def test_an_agencys_own_file_stands_beside_the_bundled_rows(tmp_path):
    """Read from the data folder, with or without the mark a spreadsheet puts in front."""
    row = "own,police-midt,DK,police,Svar fra politiet,2,working_days,police.asked\n"
    (tmp_path / FILE).write_text("\ufeff" + HEADER + row, encoding="utf-8")
    found = timelines_of(tmp_path)
    assert next(timeline.key for timeline in found("DK")) == "own"
    assert len(found("DK")) == 1 + len([t for t in bundled() if t.country == "DK"])
    assert "own" not in [timeline.key for timeline in found("NO")]


def test_a_file_with_bad_rows_stops_the_start_with_a_sentence_for_each(tmp_path):
    """Whoever wrote it reads at once which lines to change."""
    bad = "own,police-midt,DK,police,Svar,two,working_days,police.asked\n"
    (tmp_path / FILE).write_text(HEADER + bad + bad.replace("two", "2,x,y"), encoding="utf-8")
    with pytest.raises(BindeledError) as error:
        timelines_of(tmp_path)
    told = str(error.value).splitlines()
    assert told[0].endswith("timelines.csv cannot be used:")
    assert told[1].startswith("Line 2: length says 'two'")
    assert told[2].startswith("Line 3: ")


def test_a_file_that_is_no_text_is_said_so(tmp_path):
    """A spreadsheet saved under another name is not read as if it were one."""
    (tmp_path / FILE).write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(BindeledError, match="save it as CSV in UTF-8"):
        timelines_of(tmp_path)


def test_without_a_file_there_are_the_bundled_rows(tmp_path):
    """Nobody has to write one."""
    assert timelines_of(tmp_path)("SE") == tuple(t for t in bundled() if t.country == "SE")
