"""The directory's files: CSV as programs and Danish spreadsheets write it, and XLSX. Bytes in, tables out; and back."""

from __future__ import annotations

import csv
import io
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from bot.domain.directory_files.tables import Cell, Table, What, closest, escaped, named_columns, table_of
from bot.errors import BindeledError, WrongUseError

DELIMITERS = ",;\t"
Lines = Iterator[tuple[int, Sequence[Cell]]]
Sheets = Mapping[What, Sequence[Mapping[str, str]]]


def read(path: Path) -> tuple[list[Table], list[str]]:
    """The tables of a file, and the names of sheets that are none of ours and were left out.

    Raises `WrongUseError` where the file cannot be read or holds no such table.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WrongUseError(f"{path} cannot be read ({error.strerror}): give a CSV or XLSX file.") from error
    sheets = _xlsx(path, content) if _is_xlsx(path) else _csv(path, content)
    tables, others, headers = [], [], []
    for name, lines in sheets:
        header = next(lines, (1, ()))[1]
        table = table_of(name, header, lines)
        headers.append(header)
        if table is not None:
            tables.append(table)
        elif any(header):
            others.append(name)
    if not tables:
        raise WrongUseError(_no_table(path, headers))
    return tables, others


def _no_table(path: Path, headers: Iterable[Sequence[Cell]]) -> str:
    columns = max(
        (named_columns(header) for header in headers), key=lambda c: len(set(c) & closest(c).needed), default=()
    )
    about = closest(columns)
    missing = ", ".join(column for column in about.columns if column in about.needed - set(columns))
    return f"{path} is no directory file: its first line lacks the columns {missing} of {about} (docs/directory.md)."


def _is_xlsx(path: Path) -> bool:
    known = {".xlsx": True, ".csv": False, ".txt": False}
    if path.suffix.lower() not in known:
        raise WrongUseError(f"{path.name} is neither .csv nor .xlsx: save it as one of the two.")
    return known[path.suffix.lower()]


def _csv(path: Path, content: bytes) -> Iterator[tuple[str, Lines]]:
    text = _decoded(path, content)
    told, _, rest = text.partition("\n")
    told = told.rstrip("\r")
    if told.lower().startswith("sep=") and len(told) == len("sep=;"):  # a line by which spreadsheets are told
        yield "", _csv_lines(path, rest, told[-1], before=1)
        return
    best = max(DELIMITERS, key=lambda d: len(set(named_columns(told.replace('"', "").split(d)))))
    yield "", _csv_lines(path, text, best, before=0)


def _csv_lines(path: Path, text: str, delimiter: str, *, before: int) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = before + 1
    try:
        for cells in reader:
            yield begins, cells
            begins = before + reader.line_num + 1
    except csv.Error as error:
        raise WrongUseError(f"{path} cannot be read from line {begins} on ({error}): save it as CSV anew.") from error


def _decoded(path: Path, content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongUseError(f"{path} is neither UTF-8 nor Windows-1252 text: save it as CSV UTF-8.")


def _xlsx(path: Path, content: bytes) -> Iterator[tuple[str, Lines]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of decorations it does not keep: nothing we read
        try:
            # Formulas are wanted as they stand, not as their last result: they are refused.
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
            raise WrongUseError(f"{path} is no XLSX file: save it as XLSX anew.") from error
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write wrong ones
            rows = sheet.iter_rows(values_only=True)
            yield sheet.title, ((number, [_cell(value) for value in row]) for number, row in enumerate(rows, start=1))


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | float | date | datetime) or value is None else str(value)


def write(path: Path, sheets: Sheets) -> None:
    """Write tables, readable by their owner alone: one into a CSV, each into a sheet of its own of an XLSX."""
    content = _xlsx_bytes(sheets) if _is_xlsx(path) else _csv_bytes(sheets)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise BindeledError(f"{path} cannot be written ({error.strerror}): choose another folder.") from error


def _csv_bytes(sheets: Sheets) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for what, rows in sheets.items():
        writer.writerow(what.columns)
        writer.writerows(_escaped(what, row) for row in rows)
    return text.getvalue().encode()


def _xlsx_bytes(sheets: Sheets) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for what, rows in sheets.items():
        sheet = book.create_sheet(what.value)
        sheet.freeze_panes = "B2"
        for line in (what.columns, *(_escaped(what, row) for row in rows)):
            sheet.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _escaped(what: What, row: Mapping[str, str]) -> list[str]:
    return [row[column] if column == "phone" else escaped(row[column]) for column in what.columns]
