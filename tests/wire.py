"""What must hold of everything the bot sends, whatever the scenario: read from the wire (DESIGN.md sections 1 and 6)."""

from __future__ import annotations

import re

from bot.demo.person import Seen

FORM_ERRORS = frozenset(
    {
        "invalid_blocks", "invalid_blocks_format", "invalid_arguments", "invalid_arg_name", "missing_scope", "no_text",
        "msg_too_long", "invalid_metadata_format", "metadata_too_large", "view_too_large", "unknown_method",
        "invalid_auth", "not_authed", "not_allowed_token_type", "invalid_trigger_id", "invalid_json",
        "user_not_in_channel", "message_not_found", "cant_update_message", "invalid_cursor", "thread_not_found",
    }
)  # fmt: skip
"""Refusals that say the call itself was wrong: the bot earns none of them, whatever is broken around it."""
POSTING = frozenset({"chat.postMessage", "chat.postEphemeral", "chat.update"})
OPAQUE = re.compile(r"[0-9a-f]{24}")


def check_form(lines: list[Seen], state: Seen) -> None:
    """Every call well-formed, every message with its text, metadata one opaque id, every whisper to one person."""
    calls = [line for line in lines if line["kind"] == "api"]
    refused = [(x["method"], x["answer"]) for x in calls if (x["answer"] or {}).get("error") in FORM_ERRORS]
    assert not refused
    for line in calls:
        if line["method"] in POSTING:
            assert line["body"].get("text"), line["body"]
            check_metadata(line["body"].get("metadata"))
    for line in lines:
        if line["kind"] == "response_url":
            assert line["status"] == 200, line
            assert line["body"].get("text"), line["body"]
            # What takes the place of a message is seen by whoever saw that one.
            replaces = line["body"].get("replace_original") is True
            assert replaces or line["body"]["response_type"] == "ephemeral", line["body"]
        if line["kind"] == "ack" and line["method"].startswith("/") and line["body"]:
            assert line["body"]["response_type"] == "ephemeral", line["body"]
            assert line["body"]["text"], line["body"]
    check_messages(state)


def check_metadata(metadata: Seen | None) -> None:
    """One opaque id and nothing else."""
    if metadata is not None:
        assert set(metadata) == {"event_type", "event_payload"}
        assert set(metadata["event_payload"]) == {"id"}
        assert OPAQUE.fullmatch(metadata["event_payload"]["id"])


def check_messages(state: Seen) -> None:
    """In channels the bot shows to all only headlines; every answer to a person is for her alone."""
    direct = {channel["id"] for channel in state["channels"] if channel["is_im"]}
    for message in state["messages"]:
        if message["bot_id"] and message["channel"] not in direct and message["ephemeral_to"] is None:
            assert message["metadata"], f"said to a whole channel, and no delivery: {message['text']}"
