"""Who we are to Slack: asked once at the start, and by `bindeled check`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BindeledError


@dataclass(frozen=True, slots=True)
class Access:
    """What `auth.test` says. `scopes` is the header Slack answers with."""

    team_id: str
    team: str
    scopes: str


async def who_we_are(client: AsyncWebClient) -> Access:
    """The workspace the token belongs to. Raises `BindeledError` where Slack refuses it or cannot be reached."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error") if isinstance(error.response.data, dict) else error.response.status_code
        message = f"Slack does not accept SLACK_BOT_TOKEN ({code}): copy the Bot User OAuth Token anew and restart."
        raise BindeledError(message) from error
    except (OSError, TimeoutError) as error:
        message = f"Slack cannot be reached at {client.base_url}: check the network and SLACK_API_URL."
        raise BindeledError(message) from error
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Access(str(answer["team_id"]), str(answer.get("team", "")), str(headers.get("x-oauth-scopes", "")))


def granted_scopes(access: Access) -> set[str]:
    """The scopes the installed app was given."""
    return {scope.strip() for scope in access.scopes.split(",") if scope.strip()}


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a member; the e-mail is empty where we may not read it."""

    name: str
    email: str


async def profile_of(client: AsyncWebClient, slack_id: str) -> Profile | None:
    """The profile of a member, or None where Slack knows nobody, or no person, by this id."""
    try:
        answer = await client.users_info(user=slack_id)
    except SlackApiError:
        return None
    user: dict[str, Any] = answer["user"]
    said: dict[str, Any] = user.get("profile") or {}
    if user.get("is_bot") or user.get("deleted"):
        return None
    name = str(user.get("real_name") or said.get("real_name") or user.get("name") or slack_id)
    return Profile(name, str(said.get("email") or ""))
