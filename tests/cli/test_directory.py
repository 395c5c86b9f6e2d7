from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.__main__ import main
from bot.cli.directory_words import FLAWS, HOLES
from bot.cli.spreadsheets import read
from bot.domain import directory_files
from bot.domain.holes import HoleKind

ROOT = Path(__file__).resolve().parents[2]
CONTACTS = """\
key;agency;agency_type;country;unit;name;role;phone;email;municipalities;substitute;valid_until;confirmed_at
anna;midt-og-vestsjaellands-politi;police;DK;Lokalpolitiet;Anna Prøve;contact;00 00 02 01;anna@x.example;259;bo;31-12-2098;2026-01-01
bo;midt-og-vestsjaellands-politi;politi;DK;Lokalpolitiet;"Bo ""B"" Prøve";contact;+45 00 00 02 02;bo@x.example;259;;;
mia;Køge Kommune;kommune;DK;;Mia Prøve;contact;;mia@x.example;259;;;
"""
RULES = """\
key,country,municipality,district,kind,urgency,unit,contact,reason,decided_by,confirmed_at
r1,DK,259,,,,,anna,"fast kontakt, aftalt",kredsrådet,2026-01-01
"""

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """`bindeled directory …` in a folder of its own; gives back exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BINDELED_DATA", str(tmp_path / "data"))
    for name in ("SLACK_BOT_TOKEN", "DATABASE_URL", "BINDELED_COORDINATORS"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["directory", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def filled(shell: Shell, tmp_path: Path) -> Shell:
    """The same, with a small directory."""
    (tmp_path / "contacts.csv").write_text(CONTACTS, encoding="utf-8-sig")
    (tmp_path / "rules.csv").write_text(RULES, encoding="utf-8")
    assert shell("import", "contacts.csv", "--apply", "--workspace", "T1")[0] == 0
    assert shell("import", "rules.csv", "--apply")[0] == 0
    return shell


def test_nothing_is_written_until_it_is_said(shell, tmp_path):
    """Without --apply the change is told, and told again the next time."""
    (tmp_path / "c.csv").write_text(CONTACTS, encoding="utf-8")
    for _ in range(2):
        code, out, _err = shell("import", "c.csv", "--workspace", "T1")
        assert code == 0
        assert "+ contact anna: " in out
        assert out.endswith("5 added, 0 changed, 0 ended: nothing is written yet; add --apply to write it.\n")
    assert shell("import", "c.csv", "--workspace", "T1", "--apply")[1].endswith(
        "5 added, 0 changed, 0 ended: written.\n"
    )
    assert shell("import", "c.csv")[1] == "0 added, 0 changed, 0 ended: the directory is as the file says.\n"


def test_a_file_with_a_child_in_it_is_refused_without_its_words(shell, tmp_path):
    """Line, column and kind are named; nothing is written, and the words stand nowhere."""
    text = CONTACTS.replace("Lokalpolitiet;Anna", "cpr 010112-1234;Anna")
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    code, out, err = shell("import", "c.csv", "--workspace", "T1", "--apply")
    assert (code, out) == (1, "")
    assert err.splitlines()[0].startswith(
        "c.csv:2: unit: holds what looks like a national identity number: take it out"
    )
    assert "010112" not in err


def test_a_change_and_an_end_are_told(filled, tmp_path):
    """What differs, before and after; --replace ends what the file leaves out."""
    text = CONTACTS.replace("Anna Prøve", "Anna Ny").replace("anna;", "anna;", 1)
    (tmp_path / "contacts.csv").write_text("\n".join(text.splitlines()[:3]) + "\n", encoding="utf-8")
    code, out, _ = filled("import", "contacts.csv", "--replace")
    assert code == 0
    assert out.splitlines() == [
        "~ contact anna: name Anna Prøve → Anna Ny",
        "- contact mia",
        "0 added, 1 changed, 1 ended: nothing is written yet; add --apply to write it.",
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("told", ["", "sep={}\r\n"])
def test_a_csv_of_any_spreadsheet_is_read(tmp_path, encoding, delimiter, told):
    """Danish Excel writes semicolons and Windows letters; others tabs, commas, marks of order, UTF-16."""
    text = told.format(delimiter) + CONTACTS.replace(";", delimiter).replace("\n", "\r\n")
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(encoding))
    ((table,), others) = read(path)
    assert others == []
    first = 2 if told else 1
    assert [(row.line - first, row.cells["name"]) for row in table.rows] == [
        (1, "Anna Prøve"), (2, 'Bo "B" Prøve'), (3, "Mia Prøve"),
    ]  # fmt: skip


def test_every_bad_row_is_named_at_once_and_none_is_written(shell, tmp_path):
    """File, line, column and reason for each; exit code 1; a good row beside them is not written."""
    (tmp_path / "c.csv").write_text(
        CONTACTS.replace("00 00 02 01", "12").replace(";contact;;mia", ";boss;;mia") + "x;y\n", encoding="utf-8"
    )
    code, out, err = shell("import", "c.csv", "--apply", "--workspace", "T1")
    assert (code, out) == (1, "")
    assert "c.csv:2: phone: 12 cannot be a telephone number in DK\n" in err
    assert "c.csv:4: role: boss is none of: " in err
    assert "c.csv:5: name: is missing\n" in err
    assert err.endswith("bindeled: 3 bad rows in c.csv: mend them and try again; nothing was written.\n")
    assert shell("export", "e.csv", "--workspace", "T1")[1] == "0 contacts written to e.csv.\n"


def test_a_column_or_cell_out_of_place_is_named(shell, tmp_path):
    """A misspelt column or a missing quotation mark must not lose anything unseen."""
    text = RULES.replace(",reason,", ",reason,reasons,").replace('"', "")
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    code, _, err = shell("import", "r.csv", "--workspace", "T1")
    assert code == 1
    assert "r.csv:1: reasons: is no column of this table\n" in err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "none.csv cannot be read (No such file or directory): give a CSV or XLSX file."),
        ("x.ods", b"", "x.ods is neither .csv nor .xlsx: save it as one of the two."),
        ("x.xlsx", b"no zip", "x.xlsx is no XLSX file: save it as XLSX anew."),
        ("x.csv", b"key,agency,name\n", "x.csv is no directory file: its first line lacks the columns"),
        ("x.csv", b"", "x.csv is no directory file"),
        ("x.csv", b"\x81\xff", "x.csv is neither UTF-8 nor Windows-1252 text: save it as CSV UTF-8."),
    ],
)
def test_what_is_no_such_file_is_wrong_use(shell, tmp_path, name, content, said):
    """One sentence, exit code 2."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, out, err = shell("import", name, "--workspace", "T1")
    assert (code, out) == (2, "")
    assert err.startswith(f"bindeled: {said}")
    assert len(err.splitlines()) == 1


def test_an_xlsx_holds_both_and_comes_back_the_same(filled, tmp_path):
    """Two sheets, one file; every code and number is text; nothing changes when it is read again."""
    assert filled("export", "all.xlsx")[1] == "3 contacts, 1 rules written to all.xlsx.\n"
    assert (tmp_path / "all.xlsx").stat().st_mode & 0o077 == 0
    book = load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames == ["contacts", "rules"]
    assert {cell.data_type for row in book["contacts"].iter_rows() for cell in row if cell.value} == {"s"}
    code, out, _ = filled("import", "all.xlsx", "--replace")
    assert (code, out) == (0, "0 added, 0 changed, 0 ended: the directory is as the file says.\n")
    assert filled("import", "all.xlsx", "--apply", "--workspace", "T2")[0] == 0
    for workspace in ("T1", "T2"):
        filled("export", f"{workspace}.csv", "contacts", "--workspace", workspace)
        filled("export", f"{workspace}-rules.csv", "rules", "--workspace", workspace)
    assert (tmp_path / "T1.csv").read_bytes() == (tmp_path / "T2.csv").read_bytes()
    assert (tmp_path / "T1-rules.csv").read_bytes() == (tmp_path / "T2-rules.csv").read_bytes()


def test_a_workbook_of_a_person_is_read(shell, tmp_path):
    """Days as days, numbers as numbers, empty rows, a sheet of notes beside it, which is named."""
    book = Workbook()
    sheet = book.create_sheet("Kontakter", 0)
    sheet.append(["Key", "Agency", "Agency type", "Country", "Name", "Role", "Phone", "Municipalities", "Valid until"])
    sheet.append([])
    sheet.append(["a", "oslo-politidistrikt", "police", "NO", "Anne", "contact", 22000000, 301, date(2098, 12, 31)])
    book.create_sheet("Noter").append(["husk", "at", "ringe"])
    book.save(tmp_path / "b.xlsx")
    code, out, err = shell("import", "b.xlsx", "--workspace", "T1")
    assert (code, err) == (0, "Sheet Noter has no columns of ours and is left out.\n")
    assert "phone +4722000000, municipalities 0301, valid_until 2098-12-31" in out
    sheet.cell(row=3, column=5, value="=A1")
    book.save(tmp_path / "b.xlsx")
    code, _, err = shell("import", "b.xlsx", "--workspace", "T1")
    assert code == 1
    assert "b.xlsx[Kontakter]:3: name: begins like a formula (= + - @): put the text alone\n" in err


def test_what_a_spreadsheet_would_run_leaves_marked(filled, tmp_path):
    """A text that came in marked goes out marked, in both kinds of file, and is no change when it comes back."""
    (tmp_path / "contacts.csv").write_text(CONTACTS.replace("Lokalpolitiet", "'=1+1"), encoding="utf-8")
    assert filled("import", "contacts.csv", "--apply")[0] == 0
    for name in ("e.csv", "e.xlsx"):
        filled("export", name, "contacts")
        assert filled("import", name)[1].startswith("0 added, 0 changed")
    assert ",'=1+1," in (tmp_path / "e.csv").read_text(encoding="utf-8")
    assert load_workbook(tmp_path / "e.xlsx")["contacts"]["E2"].value == "'=1+1"


def test_holes_are_listed_and_counted(filled):
    """Exit code 1 where there are any, each in one line."""
    code, out, _ = filled("check")
    assert code == 1
    lines = out.splitlines()
    assert 'contact bo (Bo "B" Prøve): never confirmed' in lines
    assert "contact mia (Mia Prøve): no telephone number" in lines
    assert "municipality DK 259 Køge: no police person for any kind of case" not in lines
    assert lines[-1] == f"{len(lines) - 1} holes."


def test_which_workspace_is_said_where_it_is_not_clear(shell, filled):
    """One is taken; with none or several the sentence says how to name it."""
    assert filled("export", "e.csv")[0] == 0
    assert filled("import", "contacts.csv", "--apply", "--workspace", "T2")[0] == 0
    code, _, err = shell("check")
    assert (code, err) == (2, "bindeled: The database holds the workspaces T1, T2: say which with --workspace.\n")


def test_an_empty_database_needs_a_workspace(shell):
    """Nothing is guessed."""
    code, _, err = shell("check")
    assert code == 2
    assert err == "bindeled: The database holds no workspace yet: say which with --workspace, or set SLACK_BOT_TOKEN.\n"


def test_a_room_is_chosen_by_the_channels_id(filled):
    """A municipality that exists, a channel's id; anything else is wrong use."""
    assert filled("room", "DK", "259", "C0ABC")[:2] == (0, "C0ABC is the room of DK 259.\n")
    assert filled("room", "DK", "999", "C0ABC")[0] == 2
    assert filled("room", "DK", "259", "#koege")[0] == 2


def test_every_flaw_and_every_hole_has_its_sentence():
    """Whatever the rules can find, the shell can say."""
    folder = Path(directory_files.__path__[0])
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    noted = set(re.findall(r'wrong\([^()]*?"([a-z-]+)"(?:\)|, \w+=)', source))
    noted |= set(re.findall(r'Flaw\(name, [^()]*?"([a-z-]+)", \{', source)) | {"email", "slack_id"}
    noted |= {"guarded"}  # found by the guard, not by the rules of a row
    assert noted == set(FLAWS)
    assert set(HOLES) == set(HoleKind)
