from __future__ import annotations

import pytest

from bot.sandbox.blocks import problems_in_view
from tests.sandbox.blockkit import asking, home, modal, plain

DIVIDER = {"type": "divider"}


FIELD = asking({"type": "plain_text_input"})


@pytest.mark.parametrize(
    "view",
    [
        modal(),
        modal(submit=plain(), close=plain(), blocks=[FIELD]),
        modal(
            private_metadata="",
            callback_id="followup.propose",
            external_id="x",
            notify_on_close=True,
            clear_on_close=False,
        ),
        home(private_metadata="x", callback_id="home", external_id="y"),
        home(blocks=[FIELD]),
        home(blocks=[]),
    ],
)
def test_a_good_view_passes(view):
    """Everything the views page lists is taken; a home needs no submit for its inputs."""
    assert problems_in_view(view) == []


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ({"type": "modal", "blocks": [DIVIDER]}, "missing required field: title [json-pointer:/view]"),
        ({"type": "home"}, "missing required field: blocks [json-pointer:/view]"),
        (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(close=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
        (modal(close=None), "must provide an object [json-pointer:/view/close]"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
        (modal(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
        (modal(submit_disabled=True), "invalid additional property: submit_disabled [json-pointer:/view]"),
        (modal(id="V1"), "invalid additional property: id [json-pointer:/view]"),
        (home(title=plain()), "invalid additional property: title [json-pointer:/view]"),
        (modal(blocks=[]), "no less than 1 items allowed [json-pointer:/view/blocks]"),
        (modal(blocks=[FIELD]), "must define `submit` to use an `input` block in modals [json-pointer:/view]"),
        (modal(blocks=[DIVIDER] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (modal(blocks="x"), "must provide an array [json-pointer:/view/blocks]"),
        (
            home(blocks=[{"type": "alert", "text": plain()}]),
            "unsupported type: alert [json-pointer:/view/blocks/0/type]",
        ),
        (home(type="page"), "unsupported type: page [json-pointer:/view/type]"),
        ([], "must provide an object [json-pointer:/view]"),
    ],
)
def test_a_wrong_view_is_refused_in_slacks_words(view, problem):
    """Each wrong field of a view is named once, with its place below /view."""
    assert problems_in_view(view) == [f"[ERROR] {problem}"]
