"""What is done in Slack about the channel of a case. Each step may be done twice: the second time changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.cases import Case
from bot.domain.channels import names
from bot.domain.deliveries import DeliveryKind, Sent, ToSend

PAGE = 200
DONE = {
    DeliveryKind.LET_IN: frozenset({"already_in_channel"}),
    DeliveryKind.LET_OUT: frozenset({"not_in_channel", "channel_not_found", "user_not_found"}),
    DeliveryKind.ARCHIVE: frozenset({"already_archived", "channel_not_found"}),
}
"""Slack's words for what has been done before, or cannot be needed any more: the channel is gone."""


async def take(client: AsyncWebClient, item: ToSend, post_to: str) -> Sent:
    """Do what a step says; `post_to` is the person (or the channel) it is about. Raises what Slack refuses."""
    case, kind = item.case.case, item.delivery.kind
    if kind is DeliveryKind.CHANNEL:
        return Sent(await made(client, case), "")
    try:
        await STEPS[kind](client, case.channel, post_to)
    except SlackApiError as error:
        if _code(error) not in DONE[kind]:
            raise
    return Sent(case.channel, "")


async def made(client: AsyncWebClient, case: Case) -> str:
    """The id of the case's new private channel, or of the one that was made before a crash or a lost answer.

    A name that is taken is either our own channel, or somebody else's: then the next name is tried.
    """
    ours: Mapping[str, str] | None = None
    for name in names(case.code):
        try:
            return str((await client.conversations_create(name=name, is_private=True))["channel"]["id"])
        except SlackApiError as error:
            if _code(error) != "name_taken":
                raise
            refused = error
        ours = await _made_by_us(client) if ours is None else ours
        if name in ours:
            return ours[name]
    raise refused


async def _made_by_us(client: AsyncWebClient) -> Mapping[str, str]:
    """The private channels the bot itself has made and is in, by name."""
    me, cursor = str((await client.auth_test())["user_id"]), ""
    found: dict[str, str] = {}
    while True:
        page = await client.users_conversations(
            types="private_channel", exclude_archived=True, limit=PAGE, cursor=cursor
        )
        found |= {str(one["name"]): str(one["id"]) for one in page["channels"] if one.get("creator") == me}
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return found


async def _let_in(client: AsyncWebClient, channel: str, slack_id: str) -> None:
    await client.conversations_invite(channel=channel, users=slack_id)


async def _let_out(client: AsyncWebClient, channel: str, slack_id: str) -> None:
    await client.conversations_kick(channel=channel, user=slack_id)


async def _archive(client: AsyncWebClient, channel: str, _: str) -> None:
    await client.conversations_archive(channel=channel)


STEPS: Mapping[DeliveryKind, Callable[[AsyncWebClient, str, str], Awaitable[None]]] = {
    DeliveryKind.LET_IN: _let_in,
    DeliveryKind.LET_OUT: _let_out,
    DeliveryKind.ARCHIVE: _archive,
}


def _code(error: SlackApiError) -> str:
    return str(error.response.data.get("error", "")) if isinstance(error.response.data, dict) else ""
