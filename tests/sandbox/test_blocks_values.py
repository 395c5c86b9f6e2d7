from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.blocks import (
    chosen,
    initial_values,
    interactive_elements,
    problems_in_blocks,
    unanswered,
    with_block_ids,
)
from bot.sandbox.blocks.walk import every_block
from tests.sandbox.blockkit import Json, asking, option, plain


def sent(value: str) -> Json:
    """The option as Slack sends it back."""
    return {"text": {**plain(value), "emoji": True}, "value": value}


def field(element: Json, block_id: str = "b", **more: object) -> Json:
    """An input block with its ids."""
    return asking({"action_id": "a", **element}, block_id=block_id, **more)


A_AND_B = [option("a"), option("b")]
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hej"}]}]}

# type → (more fields, value key, initial field, its value, what Slack sends for it, what it sends untouched)
FRESH: dict[str, tuple[Json, str, str, object, object, object]] = {
    "plain_text_input": ({}, "value", "initial_value", "Hej", "Hej", None),
    "email_text_input": ({}, "value", "initial_value", "a@b.dk", "a@b.dk", None),
    "url_text_input": ({}, "value", "initial_value", "https://a.dk", "https://a.dk", None),
    "number_input": ({"is_decimal_allowed": False}, "value", "initial_value", "7", "7", None),
    "rich_text_input": ({}, "rich_text_value", "initial_value", RICH, RICH, None),
    "static_select": ({"options": A_AND_B}, "selected_option", "initial_option", option("a"), sent("a"), None),
    "external_select": ({}, "selected_option", "initial_option", option("a"), sent("a"), None),
    "radio_buttons": ({"options": A_AND_B}, "selected_option", "initial_option", option("a"), sent("a"), None),
    "users_select": ({}, "selected_user", "initial_user", "U1", "U1", None),
    "conversations_select": ({}, "selected_conversation", "initial_conversation", "C1", "C1", None),
    "channels_select": ({}, "selected_channel", "initial_channel", "C1", "C1", None),
    "datepicker": ({}, "selected_date", "initial_date", "2026-04-14", "2026-04-14", None),
    "timepicker": ({}, "selected_time", "initial_time", "15:00", "15:00", None),
    "datetimepicker": ({}, "selected_date_time", "initial_date_time", 1_700_000_000, 1_700_000_000, None),
    "checkboxes": ({"options": A_AND_B}, "selected_options", "initial_options", [option("b")], [sent("b")], []),
    "multi_static_select": (
        {"options": A_AND_B},
        "selected_options",
        "initial_options",
        [option("a")],
        [sent("a")],
        [],
    ),
    "multi_external_select": ({}, "selected_options", "initial_options", [option("a")], [sent("a")], []),
    "multi_users_select": ({}, "selected_users", "initial_users", ["U1"], ["U1"], []),
    "multi_conversations_select": ({}, "selected_conversations", "initial_conversations", ["C1"], ["C1"], []),
    "multi_channels_select": ({}, "selected_channels", "initial_channels", ["C1"], ["C1"], []),
}


@pytest.mark.parametrize("kind", FRESH)
def test_a_fresh_view_holds_every_field_under_its_own_key(kind):
    """state.values names each field, touched or not, under the value key of its type."""
    more, key, initial, given_value, filled, untouched = FRESH[kind]
    empty, full = {"type": kind, **more}, {"type": kind, **more, initial: given_value}
    assert problems_in_blocks([field(full)], surface="modal") == []
    assert initial_values({"blocks": [field(empty)]}) == {"b": {"a": {"type": kind, key: untouched}}}
    assert initial_values({"blocks": [field(full)]}) == {"b": {"a": {"type": kind, key: filled}}}


def test_files_start_empty():
    """A file_input holds a list of files, empty at first."""
    view = {"blocks": [field({"type": "file_input"})]}
    assert initial_values(view) == {"b": {"a": {"type": "file_input", "files": []}}}


def test_menus_outside_input_blocks_are_part_of_the_state_and_buttons_are_not():
    """state.values also holds the menus of section and actions blocks; buttons and overflow menus keep nothing."""
    blocks = [
        {
            "type": "section",
            "block_id": "s",
            "text": plain(),
            "accessory": {"type": "users_select", "action_id": "u"},
        },
        {
            "type": "actions",
            "block_id": "x",
            "elements": [
                {"type": "button", "text": plain(), "action_id": "p"},
                {"type": "overflow", "options": A_AND_B, "action_id": "o"},
                {"type": "datepicker", "action_id": "d"},
            ],
        },
    ]
    assert initial_values({"blocks": blocks}) == {
        "s": {"u": {"type": "users_select", "selected_user": None}},
        "x": {"d": {"type": "datepicker", "selected_date": None}},
    }


def test_every_element_is_found_where_it_stands():
    """Elements come in the order shown; only those outside input blocks, or told to, dispatch."""
    blocks = [
        {"type": "section", "block_id": "1", "accessory": {"type": "image"}},
        {"type": "section", "block_id": "2", "accessory": {"type": "button", "action_id": "a"}},
        field({"type": "plain_text_input"}, "3"),
        field({"type": "plain_text_input"}, "4", dispatch_action=True),
        {"type": "carousel", "elements": [{"type": "card", "block_id": "5", "actions": [{"type": "button"}]}]},
        {"type": "actions", "block_id": "6", "elements": [{"type": "workflow_button"}]},
    ]
    found = [(each.block_id, each.input, each.dispatch) for each in interactive_elements({"blocks": blocks})]
    assert found == [
        ("2", False, True),
        ("3", True, False),
        ("4", True, True),
        ("5", False, True),
        ("6", False, False),
    ]
    assert list(interactive_elements(blocks)) == list(interactive_elements({"blocks": blocks}))


BOXES = {"type": "checkboxes", "options": A_AND_B}
MULTI = {"type": "multi_static_select", "options": A_AND_B, "max_selected_items": 1}
GROUPED = {"type": "static_select", "option_groups": [{"label": plain(), "options": A_AND_B}]}
FEEDBACK = {
    "type": "feedback_buttons",
    "positive_button": {"text": plain("Ja"), "value": "1"},
    "negative_button": {"text": plain("Nej"), "value": "0"},
}


@pytest.mark.parametrize(
    ("element", "choice", "held"),
    [
        ({"type": "plain_text_input"}, "Hej", {"value": "Hej"}),
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "plain_text_input", "multiline": True}, "a\nb", {"value": "a\nb"}),
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", {"value": "1.5"}),
        ({"type": "number_input", "is_decimal_allowed": False}, 3, {"value": "3"}),
        ({"type": "email_text_input"}, "a@b.dk", {"value": "a@b.dk"}),
        ({"type": "url_text_input"}, "https://a.dk/x", {"value": "https://a.dk/x"}),
        (GROUPED, "b", {"selected_option": sent("b")}),
        (GROUPED, None, {"selected_option": None}),
        (BOXES, ["b", "a"], {"selected_options": [sent("b"), sent("a")]}),
        (BOXES, None, {"selected_options": []}),
        ({"type": "external_select"}, option("z"), {"selected_option": sent("z")}),
        ({"type": "multi_external_select"}, [option("z")], {"selected_options": [sent("z")]}),
        ({"type": "datepicker"}, "2028-02-29", {"selected_date": "2028-02-29"}),
        ({"type": "timepicker"}, "23:59", {"selected_time": "23:59"}),
        ({"type": "datetimepicker"}, 1_700_000_000, {"selected_date_time": 1_700_000_000}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "multi_conversations_select"}, ["C1", "D1"], {"selected_conversations": ["C1", "D1"]}),
        ({"type": "channels_select"}, "C1", {"selected_channel": "C1"}),
        ({"type": "rich_text_input"}, "Hej", {"rich_text_value": RICH}),
        ({"type": "rich_text_input"}, RICH, {"rich_text_value": RICH}),
        ({"type": "file_input"}, ["F1"], {"files": [{"id": "F1"}]}),
        ({"type": "overflow", "options": A_AND_B}, "a", {"selected_option": sent("a")}),
        ({"type": "button", "text": plain(), "value": "v"}, None, {"text": {**plain(), "emoji": True}, "value": "v"}),
        ({"type": "button", "text": plain(), "value": "v"}, "v", {"text": {**plain(), "emoji": True}, "value": "v"}),
        (FEEDBACK, "0", {"text": {**plain("Nej"), "emoji": True}, "value": "0"}),
    ],
)
def test_a_choice_is_held_as_slack_sends_it(element, choice, held):
    """What a person may choose ends up under the element's value key, options written out."""
    assert chosen(element, choice) == {"type": element["type"], **held}


@pytest.mark.parametrize(
    ("element", "choice", "why"),
    [
        ({"type": "plain_text_input", "max_length": 3}, "fire", "At most 3 characters"),
        ({"type": "plain_text_input"}, "x" * 3001, "At most 3000 characters"),
        ({"type": "plain_text_input", "min_length": 3}, "to", "At least 3 characters"),
        ({"type": "plain_text_input"}, "a\nb", "only one line"),
        ({"type": "plain_text_input"}, 5, "A string is needed"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole numbers"),
        ({"type": "number_input", "is_decimal_allowed": False}, "mange", "not a number"),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, "0", "at least 1"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "5"}, "6", "at most 5"),
        ({"type": "email_text_input"}, "ikke en adresse", "not an e-mail address"),
        ({"type": "url_text_input"}, "a.dk", "not a web address"),
        (GROUPED, "c", "'c' is not offered here; there are: a, b."),
        (BOXES, "a", "takes a list"),
        (BOXES, ["a", "a"], "only once"),
        (BOXES, ["a", "c"], "not offered"),
        (MULTI, ["a", "b"], "At most 1"),
        ({"type": "external_select"}, "z", "options its app offered"),
        ({"type": "external_select"}, {"value": "z"}, "options its app offered"),
        ({"type": "datepicker"}, "2026-13-01", "not a day of the calendar"),
        ({"type": "datepicker"}, "2026-02-29", "not a day of the calendar"),
        ({"type": "datepicker"}, "14.04.2026", "not a day of the calendar"),
        ({"type": "timepicker"}, "24:00", "not a time of day"),
        ({"type": "timepicker"}, "9:00", "not a time of day"),
        ({"type": "datetimepicker"}, 999_999_999, "ten digits"),
        ({"type": "datetimepicker"}, True, "ten digits"),
        ({"type": "users_select"}, "Mette", "not a user id"),
        ({"type": "channels_select"}, "#alle", "not a channel id"),
        ({"type": "conversations_select"}, "alle", "not a conversation id"),
        ({"type": "file_input", "max_files": 1}, ["F1", "F2"], "At most 1"),
        ({"type": "overflow", "options": A_AND_B}, None, "not offered"),
        ({"type": "button", "text": plain(), "value": "v"}, "w", "carries 'v'"),
        (FEEDBACK, "2", "neither feedback button"),
        ({"type": "image"}, "x", "offers nothing"),
    ],
)
def test_what_the_client_would_not_let_a_person_choose_is_refused(element, choice, why):
    """An impossible choice raises one plain sentence that says why."""
    with pytest.raises(ValueError, match=r".") as refused:
        chosen(element, choice)
    assert why in str(refused.value)


def test_a_view_with_an_empty_required_field_is_not_submitted():
    """Fields that are not optional and hold nothing are named by their block."""
    view = {
        "blocks": [
            field({"type": "plain_text_input"}, "must"),
            field({"type": "plain_text_input"}, "may", optional=True),
            field({"type": "checkboxes", "options": A_AND_B}, "box"),
            field({"type": "datepicker", "initial_date": "2026-04-14"}, "day"),
        ]
    }
    values = initial_values(view)
    assert unanswered(view, values) == ["must", "box"]
    values["must"]["a"] = chosen({"type": "plain_text_input"}, "Hej")
    assert unanswered(view, values) == ["box"]


def test_ids_are_given_only_where_none_stand():
    """Own ids stay, missing ones look like Slack's, nothing handed in is changed."""
    blocks = [
        {"type": "divider"},
        {"type": "divider"},
        {
            "type": "actions",
            "block_id": "mine",
            "elements": [{"type": "button"}, {"type": "button", "action_id": "own"}],
        },
        {"type": "container", "child_blocks": [{"type": "divider"}]},
    ]
    first, second, third, fourth = with_block_ids(blocks)
    assert blocks[0] == {"type": "divider"}
    assert first["block_id"] != second["block_id"]
    assert third["block_id"] == "mine"
    made, own = [each.element for each in interactive_elements([third])]
    (inner,) = [block for _, block in every_block([fourth]) if block is not fourth]
    assert len(str(made["action_id"])) == 5
    assert own["action_id"] == "own"
    assert len(str(inner["block_id"])) == 5


@given(
    st.lists(
        st.sampled_from([{"type": "divider"}, {"type": "divider", "block_id": "x"}, field({"type": "datepicker"})])
    )
)
def test_giving_ids_twice_changes_nothing_more(blocks):
    """Once every block has its id, giving ids again leaves all as it is, and made-up ids never repeat."""
    once = with_block_ids(blocks)
    assert with_block_ids(once) == once
    made = [new["block_id"] for new, old in zip(once, blocks, strict=True) if "block_id" not in old]
    assert len(set(made)) == len(made)
