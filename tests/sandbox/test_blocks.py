from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models import blocks as sdk

from bot.sandbox.blocks import Surface, problems_in_blocks, problems_in_message, problems_in_options, problems_in_view
from bot.sandbox.blocks.elements import ELEMENTS, PLACES
from bot.sandbox.blocks.layout import SURFACES_OF_BLOCK, blocks_on
from tests.sandbox.blockkit import (
    actions,
    asking,
    button,
    cells,
    mrkdwn,
    option,
    options_of,
    plain,
    rich,
    section,
    select,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SURFACES: tuple[Surface, ...] = get_args(Surface)


CONFIRM = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}


def text_of(length: int) -> dict[str, Any]:
    """A section whose text has this many characters."""
    return section(text=mrkdwn("x" * length))


LIMITS: dict[str, tuple[Callable[[int], Any], int, int]] = {
    "header text": (lambda n: {"type": "header", "text": plain("x" * n)}, 1, 150),
    "section text": (text_of, 1, 3000),
    "section field text": (lambda n: section(fields=[plain("x" * n)]), 1, 2000),
    "section fields": (lambda n: section(fields=[mrkdwn()] * n), 1, 10),
    "block_id": (lambda n: {"type": "divider", "block_id": "x" * n}, 1, 255),
    "action_id": (lambda n: actions(button(action_id="x" * n)), 1, 255),
    "button text": (lambda n: actions(button(text=plain("x" * n))), 1, 75),
    "button value": (lambda n: actions(button(value="x" * n)), 0, 2000),
    "button url": (lambda n: actions(button(url="https://a".ljust(n, "x"))), 0, 3000),
    "button label": (lambda n: actions(button(accessibility_label="x" * n)), 1, 75),
    "actions elements": (lambda n: actions(*[button() for _ in range(n)]), 1, 25),
    "context elements": (lambda n: {"type": "context", "elements": [mrkdwn()] * n}, 1, 10),
    "overflow options": (lambda n: actions({"type": "overflow", "options": options_of(n)}), 1, 5),
    "checkboxes options": (lambda n: actions({"type": "checkboxes", "options": options_of(n)}), 1, 10),
    "radio options": (lambda n: actions({"type": "radio_buttons", "options": options_of(n)}), 1, 10),
    "select options": (lambda n: actions({"type": "static_select", "options": options_of(n)}), 1, 100),
    "select groups": (
        lambda n: actions({"type": "static_select", "option_groups": [{"label": plain(), "options": [option()]}] * n}),
        1,
        100,
    ),
    "group label": (
        lambda n: actions(
            {"type": "static_select", "option_groups": [{"label": plain("x" * n), "options": [option()]}]}
        ),
        1,
        75,
    ),
    "option text": (lambda n: actions(select(options=[option("a", text=plain("x" * n))])), 1, 75),
    "option value": (lambda n: actions(select(options=[option("x" * n, text=plain())])), 1, 150),
    "option description": (lambda n: actions(select(options=[option(description=plain("x" * n))])), 1, 75),
    "placeholder": (lambda n: actions(select(placeholder=plain("x" * n))), 1, 150),
    "confirm title": (lambda n: actions(button(confirm={**CONFIRM, "title": plain("x" * n)})), 1, 100),
    "confirm text": (lambda n: actions(button(confirm={**CONFIRM, "text": plain("x" * n)})), 1, 300),
    "confirm yes": (lambda n: actions(button(confirm={**CONFIRM, "confirm": plain("x" * n)})), 1, 30),
    "confirm no": (lambda n: actions(button(confirm={**CONFIRM, "deny": plain("x" * n)})), 1, 30),
    "input label": (lambda n: asking(select(), label=plain("x" * n)), 1, 2000),
    "input hint": (lambda n: asking(select(), hint=plain("x" * n)), 1, 2000),
    "max_length": (lambda n: asking({"type": "plain_text_input", "max_length": n}), 1, 3000),
    "datetime digits": (
        lambda n: asking({"type": "datetimepicker", "initial_date_time": n}),
        1_000_000_000,
        9_999_999_999,
    ),
    "image alt": (lambda n: {"type": "image", "image_url": "https://a.dk/b.png", "alt_text": "x" * n}, 1, 2000),
    "image title": (
        lambda n: {"type": "image", "image_url": "https://a.dk/b.png", "alt_text": "x", "title": plain("x" * n)},
        1,
        2000,
    ),
    "markdown": (lambda n: {"type": "markdown", "text": "x" * n}, 1, 12_000),
    "table rows": (lambda n: {"type": "table", "rows": [cells(2)] * n}, 1, 100),
    "table cells": (lambda n: {"type": "table", "rows": [cells(n)]}, 1, 20),
    "table characters": (lambda n: {"type": "table", "rows": [cells(1, "x" * n)]}, 1, 10_000),
    "card body": (lambda n: {"type": "card", "body": mrkdwn("x" * n)}, 1, 200),
    "carousel": (lambda n: {"type": "carousel", "elements": [{"type": "card", "title": plain()}] * n}, 1, 10),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_documented_limit_is_kept_to_the_character(name):
    """At both ends of a limit the block is taken, one beyond either end it is refused."""
    build, least, most = LIMITS[name]
    assert problems_in_blocks([build(least)], surface="message") == []
    assert problems_in_blocks([build(most)], surface="message") == []
    assert problems_in_blocks([build(most + 1)], surface="message") != []
    if least > 0:
        assert problems_in_blocks([build(least - 1)], surface="message") != []


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_takes_so_many_blocks_and_no_more(surface, most):
    """50 blocks fit a message, 100 a view; the refusal reads as Slack's."""
    assert problems_in_blocks([{"type": "divider"}] * most, surface=surface) == []
    (problem,) = problems_in_blocks([{"type": "divider"}] * (most + 1), surface=surface)
    assert problem.startswith(f"[ERROR] no more than {most} items allowed [json-pointer:")


REFUSED: dict[str, tuple[Any, str]] = {
    "unknown block": ({"type": "sektion"}, "unsupported type: sektion [json-pointer:/blocks/0/type]"),
    "no type": ({"text": mrkdwn()}, "missing required field: type [json-pointer:/blocks/0]"),
    "unknown field": (
        {"type": "divider", "color": "red"},
        "invalid additional property: color [json-pointer:/blocks/0]",
    ),
    "not an object": ("divider", "must provide an object [json-pointer:/blocks/0]"),
    "too long": (text_of(3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    "empty text": (text_of(0), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "null text": (section(text=None), "must provide an object [json-pointer:/blocks/0/text]"),
    "no text": ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    "mrkdwn header": (
        {"type": "header", "text": mrkdwn()},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "emoji in mrkdwn": (
        section(text={**mrkdwn(), "emoji": True}),
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
    ),
    "wrong style": (
        actions(button(style="default")),
        "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    "bad url": (actions(button(url="ring mig")), "invalid url [json-pointer:/blocks/0/elements/0/url]"),
    "url in a menu": (
        actions(select(options=[option(url="https://a.dk")])),
        "invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]",
    ),
    "input in actions": (
        actions({"type": "plain_text_input"}),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "button in input": (asking(button()), "unsupported type: button [json-pointer:/blocks/0/element/type]"),
    "not offered": (
        actions(select(initial_option=option("c"))),
        "must match one of the provided options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    "two sources": (
        actions(select(option_groups=[{"label": plain(), "options": [option()]}])),
        "must define exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    "no such day": (
        actions({"type": "datepicker", "initial_date": "2026-02-30"}),
        "must be a valid date (YYYY-MM-DD) [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    "no such time": (
        actions({"type": "timepicker", "initial_time": "24:00"}),
        "must be a valid time (HH:mm) [json-pointer:/blocks/0/elements/0/initial_time]",
    ),
    "repeated action_id": (
        actions(button(action_id="x"), button(action_id="x")),
        "`action_id` already exists in this block: x [json-pointer:/blocks/0/elements/1/action_id]",
    ),
    "min over max": (
        asking({"type": "plain_text_input", "min_length": 5, "max_length": 4}),
        "must not be greater than max_length [json-pointer:/blocks/0/element/min_length]",
    ),
    "start longer than the field": (
        asking({"type": "plain_text_input", "initial_value": "fire", "max_length": 3}),
        "must be less than 4 characters [json-pointer:/blocks/0/element/initial_value]",
    ),
    "half a second": (
        asking({"type": "datetimepicker", "initial_date_time": 1_700_000_000.5}),
        "must provide an integer [json-pointer:/blocks/0/element/initial_date_time]",
    ),
    "truth as a word": (section(expand="true"), "must provide a boolean [json-pointer:/blocks/0/expand]"),
    "confirm without text": (
        actions(button(confirm={"title": plain(), "confirm": plain(), "deny": plain()})),
        "missing required field: text [json-pointer:/blocks/0/elements/0/confirm]",
    ),
    "image from nowhere": (
        {"type": "image", "alt_text": "x"},
        "must define exactly one of: image_url, slack_file [json-pointer:/blocks/0]",
    ),
    "too many chosen": (
        actions({"type": "multi_users_select", "initial_users": ["U1", "U2"], "max_selected_items": 1}),
        "no more than 1 items allowed [json-pointer:/blocks/0/elements/0/initial_users]",
    ),
    "empty filter": (
        actions({"type": "conversations_select", "filter": {}}),
        "must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users` [json-pointer:/blocks/0/elements/0/filter]",
    ),
    "rich text without words": (
        rich({"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    "rich text of an unknown style": (
        rich({"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"bald": True}}]}),
        "invalid additional property: bald [json-pointer:/blocks/0/elements/0/elements/0/style]",
    ),
    "list in a list": (
        rich({"type": "rich_text_list", "style": "bullet", "elements": [{"type": "rich_text_list"}]}),
        "unsupported type: rich_text_list [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_named_with_its_place(name):
    """One wrong thing gives one problem, in Slack's words, with the JSON pointer of what is wrong."""
    block, expected = REFUSED[name]
    assert problems_in_blocks([block], surface="message") == [f"[ERROR] {expected}"]


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://bindeled.example/sag?k=1#top", True),
        ("http://localhost:3000", True),
        ("slack://user?team=T1&id=U1", True),
        ("mailto:post@kommune.example", True),
        ("https://", False),
        ("https://a b", False),
        ("kommune.example", False),
        ("", False),
    ],
)
def test_a_button_opens_only_what_is_an_address(url, fine):
    """Web addresses need a host, other programs a scheme."""
    assert (problems_in_blocks([actions(button(url=url))], surface="message") == []) is fine


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("kind", SURFACES_OF_BLOCK)
def test_a_block_is_known_only_where_slack_shows_it(kind, surface):
    """A block that a surface does not have is an unsupported type there; elsewhere its type is never the problem."""
    problems = problems_in_blocks([{"type": kind}], surface=surface)
    foreign = any("unsupported type" in problem for problem in problems)
    assert foreign is (surface not in SURFACES_OF_BLOCK[kind])


@pytest.mark.parametrize(
    ("element", "surfaces"),
    [
        ({"type": "plain_text_input"}, {"message", "modal", "home"}),
        ({"type": "email_text_input"}, {"modal"}),
        ({"type": "url_text_input"}, {"modal"}),
        ({"type": "number_input", "is_decimal_allowed": False}, {"modal"}),
        ({"type": "file_input"}, {"modal"}),
        ({"type": "rich_text_input"}, {"modal", "home"}),
        ({"type": "datetimepicker"}, {"message", "modal"}),
        ({"type": "multi_external_select"}, {"message", "modal", "home"}),
    ],
    ids=lambda each: each.get("type") if isinstance(each, dict) else None,
)
def test_a_field_stands_only_on_the_surfaces_slack_lists(element, surfaces):
    """The table "available in surfaces" of the elements page decides where an input block may hold an element."""
    assert {s for s in SURFACES if problems_in_blocks([asking(element)], surface=s) == []} == surfaces


@pytest.mark.parametrize(
    ("fields", "fine"),
    [
        ({"is_decimal_allowed": False, "initial_value": "5", "min_value": "1", "max_value": "9"}, True),
        ({"is_decimal_allowed": True, "initial_value": "-1.5"}, True),
        ({"is_decimal_allowed": False, "initial_value": "1.5"}, False),
        ({"is_decimal_allowed": False, "initial_value": "10", "max_value": "9"}, False),
        ({"is_decimal_allowed": False, "initial_value": "0", "min_value": "1"}, False),
        ({"is_decimal_allowed": False, "min_value": "10", "max_value": "9"}, False),
        ({"is_decimal_allowed": False, "initial_value": 5}, False),
        ({"is_decimal_allowed": False, "initial_value": "fem"}, False),
        ({}, False),
    ],
)
def test_the_numbers_of_a_number_field_agree(fields, fine):
    """Numbers are strings, whole where decimals are not allowed, and in order."""
    assert (problems_in_blocks([asking({"type": "number_input", **fields})], surface="modal") == []) is fine


def test_every_element_has_its_place():
    """No element is described without saying where it may stand, and none is placed without being described."""
    assert set(PLACES) == set(ELEMENTS)
    assert set(SURFACES_OF_BLOCK) == {kind for surface in SURFACES for kind in blocks_on(surface).kinds}


def test_block_ids_are_unique_across_the_surface():
    """A block_id used a second time is a problem at the second block, also inside a container."""
    twice = {"type": "divider", "block_id": "x"}
    inner = {"type": "container", "title": plain(), "child_blocks": [twice]}
    assert problems_in_blocks([twice, inner], surface="message") == [
        "[ERROR] `block_id` already exists: x [json-pointer:/blocks/1/child_blocks/0/block_id]"
    ]


def test_the_same_action_id_may_stand_in_two_blocks():
    """Action ids need to be unique within their block only."""
    assert problems_in_blocks([actions(button(action_id="x"))] * 2, surface="message") == []


def test_only_one_element_takes_the_focus():
    """A second focus_on_load is refused."""
    focused = asking({"type": "plain_text_input", "focus_on_load": True})
    (problem,) = problems_in_blocks([focused, focused], surface="modal")
    assert "json-pointer:/view/blocks/1/element/focus_on_load" in problem


def test_a_message_counts_markdown_and_tables_over_all_its_parts():
    """12,000 characters of markdown and one table are for the whole message, attachments included."""
    table = {"type": "table", "rows": [cells(1)]}
    markdown = {"type": "markdown", "text": "x" * 6001}
    assert problems_in_message({"blocks": [table, {"type": "markdown", "text": "x" * 12_000}]}) == []
    assert len(problems_in_message({"blocks": [markdown, markdown]})) == 1
    assert problems_in_message({"blocks": [table], "attachments": [{"blocks": [table]}]}) == [
        "[ERROR] only_one_table_allowed [json-pointer:/blocks]"
    ]


def test_columns_of_a_table_may_be_skipped():
    """`column_settings` takes null for a column that keeps its default."""
    settings = [None, {"align": "right", "is_wrapped": True}]
    assert (
        problems_in_blocks([{"type": "table", "rows": [cells(2)], "column_settings": settings}], surface="message")
        == []
    )
    wrong = {"type": "table", "rows": [cells(2)], "column_settings": [{"align": "middle"}]}
    assert len(problems_in_blocks([wrong], surface="message")) == 1


def test_figures_must_be_consistent():
    """Data tables have rows of one width under a plain header; charts plot only what is on their axis."""
    rows = [cells(2), cells(1)]
    assert len(problems_in_blocks([{"type": "data_table", "caption": "x", "rows": rows}], surface="message")) == 1
    head = [rich({"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]})]
    assert (
        len(problems_in_blocks([{"type": "data_table", "caption": "x", "rows": [head, cells(1)]}], surface="message"))
        == 1
    )
    plot: dict[str, Any] = {
        "type": "line",
        "series": [{"name": "s", "data": [{"label": "uge 1", "value": 1.5}]}],
        "axis_config": {"categories": ["uge 1"]},
    }
    chart: dict[str, Any] = {"type": "data_visualization", "title": "x", "chart": plot}
    assert problems_in_blocks([chart], surface="message") == []
    chart["chart"] = {**plot, "series": plot["series"] * 2}
    assert problems_in_blocks([chart], surface="message") == [
        "[ERROR] names must be unique [json-pointer:/blocks/0/chart/series]"
    ]
    chart["chart"] = {**plot, "axis_config": {"categories": ["uge 2"]}}
    assert len(problems_in_blocks([chart], surface="message")) == 1


@pytest.mark.parametrize(
    ("payload", "pointers"),
    [
        ({"text": "hej"}, []),
        ({"blocks": None, "attachments": None, "metadata": None}, []),
        ({"blocks": "[]"}, ["/blocks"]),
        ({"attachments": [{"text": "x", "color": "#fff", "blocks": [section()]}]}, []),
        ({"attachments": [{"blocks": [{"type": "foo"}]}, "x"]}, ["/attachments/1", "/attachments/0/blocks/0/type"]),
        ({"attachments": [{"text": 5}]}, ["/attachments/0/text"]),
        ({"attachments": [{"actions": [{}] * 6}]}, ["/attachments/0/actions"]),
        ({"metadata": {"event_type": "case", "event_payload": {"a": 1}}}, []),
        ({"metadata": {"event_type": "case"}}, ["/metadata"]),
        ({"metadata": {"event_type": "case", "event_payload": "x"}}, ["/metadata/event_payload"]),
        ({"metadata": {"event_type": "case", "event_payload": {}, "more": 1}}, ["/metadata"]),
    ],
)
def test_the_parts_of_a_message_are_told_apart_by_their_pointers(payload, pointers):
    """Problems in blocks, attachments and metadata each point into their own part of the message."""
    assert [problem.rpartition("json-pointer:")[2].rstrip("]") for problem in problems_in_message(payload)] == pointers


@pytest.mark.parametrize(
    ("response", "fine"),
    [
        ({"options": []}, True),
        ({"options": options_of(100)}, True),
        ({"options": options_of(101)}, False),
        ({"option_groups": [{"label": plain(), "options": options_of(3)}]}, True),
        ({"option_groups": [{"label": plain(), "options": []}]}, False),
        ({"options": [], "option_groups": []}, False),
        ({"options": [option(text=plain("x" * 76))]}, False),
        ({"options": [option("x" * 151, text=plain())]}, False),
        ({"options": [option(text=mrkdwn())]}, False),
        ({}, False),
        (None, False),
        ([option()], False),
    ],
)
def test_an_answer_of_options_is_checked_like_a_menu(response, fine):
    """The answer to block_suggestion has options or groups, at most 100, each within the limits of an option."""
    assert (problems_in_options(response) == []) is fine


OFFICIAL = [
    sdk.SectionBlock(text="*Hej*", accessory=sdk.ButtonElement(text="Find", action_id="a", value="v", style="primary")),
    sdk.SectionBlock(fields=["a", "b"], expand=True),
    sdk.HeaderBlock(text="Sag"),
    sdk.DividerBlock(),
    sdk.ContextBlock(
        elements=[sdk.MarkdownTextObject(text="x"), sdk.ImageElement(alt_text="x", image_url="https://a.dk/x")]
    ),
    sdk.ActionsBlock(
        elements=[
            sdk.StaticSelectElement(placeholder="Vælg", action_id="a", options=[sdk.Option(text="A", value="a")]),
            sdk.OverflowMenuElement(action_id="b", options=[sdk.Option(text="A", value="a", url="https://a.dk")]),
            sdk.DatePickerElement(action_id="c", initial_date="2026-04-14"),
            sdk.TimePickerElement(action_id="d", initial_time="15:00", timezone="Europe/Copenhagen"),
            sdk.DateTimePickerElement(action_id="e", initial_date_time=1_628_633_820),
            sdk.UserMultiSelectElement(action_id="f", initial_users=["U1"], max_selected_items=3),
            sdk.ConversationSelectElement(action_id="g", filter=sdk.ConversationFilter(include=["public"])),
        ]
    ),
    sdk.InputBlock(label="Hvad", element=sdk.PlainTextInputElement(multiline=True, max_length=120), optional=True),
    sdk.InputBlock(label="Hvem", element=sdk.ExternalDataSelectElement(action_id="x", min_query_length=2)),
    sdk.ImageBlock(alt_text="x", image_url="https://a.dk/x.png", title="T"),
    sdk.MarkdownBlock(text="**x**"),
    sdk.RichTextBlock(
        elements=[
            sdk.RichTextListElement(
                style="ordered",
                indent=1,
                elements=[
                    sdk.RichTextSectionElement(
                        elements=[
                            sdk.RichTextElementParts.User(user_id="U1"),
                            sdk.RichTextElementParts.Date(timestamp=1_628_633_820, format="{date}"),
                            sdk.RichTextElementParts.Text(
                                text="x", style=sdk.RichTextElementParts.TextStyle(bold=True)
                            ),
                        ]
                    )
                ],
            )
        ]
    ),
    sdk.ContextActionsBlock(
        elements=[
            sdk.FeedbackButtonsElement(
                action_id="f",
                positive_button=sdk.FeedbackButtonObject(text="Ja", value="1"),
                negative_button=sdk.FeedbackButtonObject(text="Nej", value="0"),
            ),
            sdk.IconButtonElement(action_id="i", icon="trash", text="Slet"),
        ]
    ),
    sdk.VideoBlock(alt_text="x", video_url="https://a.dk/v", thumbnail_url="https://a.dk/t", title="T"),
    sdk.PlanBlock(title="P", tasks=[sdk.TaskCardBlock(task_id="1", title="T", status="pending")]),
]


@pytest.mark.parametrize("block", OFFICIAL, ids=lambda block: str(block.type))
def test_what_slacks_own_sdk_builds_is_taken(block):
    """The blocks of Slack's SDK, which checks them itself, pass."""
    assert problems_in_blocks([block.to_dict()], surface="message") == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([*ELEMENTS, *SURFACES_OF_BLOCK]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "element", "fields", "options", "blocks", "rows", "block_id", "value"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(JSON, st.sampled_from(SURFACES))
def test_any_json_gets_an_answer(value, surface):
    """Whatever an app sends, the check answers with problems instead of failing."""
    problems = [
        *problems_in_blocks(value, surface=surface),
        *problems_in_message({"blocks": value, "attachments": value, "metadata": value}),
        *problems_in_options(value),
        *problems_in_view(value),
        *problems_in_view({"type": "modal", "title": plain(), "blocks": value}),
    ]
    assert all(problem.startswith("[ERROR] ") for problem in problems)
