from __future__ import annotations

import pytest

from bot.domain.cases import FollowupWhat
from bot.domain.followups import EVENTS
from bot.understanding.agreements import Agreement, agreement, proposal_in

HELD = "police.interview-held"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ring tilbage fredag kl. 12", Agreement("call-back-with-news")),
        ("tal med forældrene på mandag", Agreement("talk-with-parents")),
        ("send det med sikker mail i morgen", Agreement("send-by-secure-mail")),
        ("giv skolen besked", Agreement("inform-school")),
        ("2 arbejdsdage efter videoafhøringen", Agreement(None, HELD, 2)),
        ("to virkedager etter det tilrettelagte avhøret", Agreement(None, HELD, 2)),
        ("svar om samtale 2 yrkedagar etter avhøyret", Agreement("answer-about-talk", HELD, 2)),
        ("tala med föräldrarna tre arbetsdagar efter barnförhöret", Agreement("talk-with-parents", HELD, 3)),
        ("talk with the parents 2 working days after the video interview", Agreement("talk-with-parents", HELD, 2)),
        ("status efter anmeldelsen", Agreement("status-of-investigation", "police.report-received")),
        ("vi er i dialog om sagen", Agreement()),
    ],
)
def test_what_is_proposed_is_read_in_five_languages(text, found):
    """A step of the closed list and an event; what is not said is None, and the form asks for it."""
    assert agreement(text) == found


@pytest.mark.parametrize(
    "text", ["<@U1> aftale: ring fredag", "avtale ring fredag", "<@U1>: Avtal – ring fredag", "agree: ring fredag"]
)
def test_a_message_that_begins_with_the_word_proposes(text):
    """In every language, with or without a mention before it."""
    assert proposal_in(text) == "ring fredag"


@pytest.mark.parametrize("text", ["hvem er min kontakt?", "vi har en aftale fredag", "aftalebogen"])
def test_all_else_is_a_question(text):
    """The word somewhere else proposes nothing."""
    assert proposal_in(text) is None


def test_every_key_is_of_the_closed_lists():
    """What is read is what the form offers."""
    from bot.understanding import agreements

    assert {what for _, what in agreements._STEPS} <= set(FollowupWhat)  # noqa: SLF001 - the list itself is tested
    assert {event for _, event in agreements._EVENTS} <= set(EVENTS)  # noqa: SLF001 - likewise
