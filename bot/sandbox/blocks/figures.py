"""Blocks that show figures: table, data_table, data_visualization.

Source: https://docs.slack.dev/reference/block-kit/blocks/table-block, data-table-block and data-visualization-block
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.sandbox.blocks.composition import BLOCK_ID
from bot.sandbox.blocks.rich_text import RICH_TEXT
from bot.sandbox.blocks.schema import ByType, Either, Flag, Items, Num, Shape, Str, problem, typed

TABLE_CHARACTERS = 10_000
_CELL_KINDS: dict[str, Shape] = {
    "raw_text": typed({"text": Str()}),
    "raw_number": typed({"value": Num(decimal=True), "text": Str()}),
}
_CELL = ByType({**_CELL_KINDS, "rich_text": RICH_TEXT})


class Null:
    """JSON's null, which the column settings of a table take to skip a column."""

    def problems(self, value: object, at: str) -> Iterator[str]:
        """Anything but null."""
        if value is not None:
            yield problem("must be null", at)


def cell_characters(value: object) -> int:
    """How many characters the cells below this value show."""
    if isinstance(value, Mapping):
        own = value.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(
            cell_characters(each) for each in value.values() if isinstance(each, list | Mapping)
        )
    return sum(cell_characters(each) for each in value) if isinstance(value, list) else 0


def same_width(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The rule that all rows of a data table have the same number of cells."""
    rows = table["rows"]
    if isinstance(rows, list) and len({len(row) for row in rows}) > 1:
        yield "/rows", "all rows must have the same number of cells"


def plain_header(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The rule that the first row of a data table, its header, has no rich text."""
    rows = table["rows"]
    if isinstance(rows, list) and any(cell.get("type") == "rich_text" for cell in rows[0]):
        yield "/rows/0", "rich_text cannot be used for header cells"


def not_too_much(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The rule that all cells together stay within 10,000 characters."""
    if cell_characters(table["rows"]) > TABLE_CHARACTERS:
        yield "/rows", f"must be less than {TABLE_CHARACTERS + 1} characters in all cells"


_COLUMN = Shape(may={"align": Str(one_of=("left", "center", "right")), "is_wrapped": Flag()})

TABLE = typed(
    {"rows": Items(Items(_CELL, most=20), most=100)},
    {"block_id": BLOCK_ID, "column_settings": Items(Either((_COLUMN, Null())), least=0, most=20)},
    (not_too_much,),
)

DATA_TABLE = typed(
    {"rows": Items(Items(_CELL, most=20), least=2, most=101), "caption": Str()},
    {"block_id": BLOCK_ID, "page_size": Num(1, 100), "row_header_column_index": Num(0, 19)},
    (same_width, plain_header, not_too_much),
)


def named_once(plot: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The rule that every series has its own name and only points that stand on the axis."""
    axis, series = plot["axis_config"], plot["series"]
    if not isinstance(axis, Mapping) or not isinstance(series, list):
        return
    if len({each["name"] for each in series}) < len(series):
        yield "/series", "names must be unique"
    for index, each in enumerate(series):
        if {point["label"] for point in each["data"]} - set(axis["categories"]):
            yield f"/series/{index}/data", "labels must be among the categories of the axis"


_POINT = Shape({"label": Str(most=20), "value": Num(decimal=True)})
_PLOT = typed(
    {
        "series": Items(Shape({"name": Str(most=20), "data": Items(_POINT, most=20)}), most=6),
        "axis_config": Shape(
            {"categories": Items(Str(most=20), most=20)}, {"x_label": Str(most=50), "y_label": Str(most=50)}
        ),
    },
    rules=(named_once,),
)

DATA_VISUALIZATION = typed(
    {
        "title": Str(most=50),
        "chart": ByType(
            {"pie": typed({"segments": Items(_POINT, most=6)}), **dict.fromkeys(("bar", "area", "line"), _PLOT)}
        ),
    },
    {"block_id": BLOCK_ID},
)
