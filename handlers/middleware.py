"""Once per request: which workspace, which person, which agency, role and language. Strangers go no further."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.usecases import identity
from handlers.deps import Deps
from handlers.parsing import Payload, is_said_in_channel

UNANSWERED = frozenset({"member_joined_channel", "member_left_channel", "user_change", "reaction_added"})
"""Events nobody waits for an answer to: a stranger causes silence, not a sentence."""

OPENED_HOME = "app_home_opened"
"""A stranger sees there how she can become known, and nothing else."""
JOINED = "member_joined_channel"
"""The bot itself was invited somewhere."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Put it before every listener."""

    async def establish(
        body: Payload, context: AsyncBoltContext, client: AsyncWebClient, next_: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        if context.user_id is None or is_said_in_channel(body):  # who it is, is asked where it matters
            await next_()
            return None
        if context.user_id == context.bot_user_id and body.get("event", {}).get("type") == JOINED:
            context["actor"] = Actor(deps.workspace_id, context.user_id, deps.language)
            await next_()
            return None
        context["actor"] = await who(deps, client, context.user_id)
        if context["actor"].is_stranger:
            if body.get("event", {}).get("type") in UNANSWERED:
                return BoltResponse(status=200)
            if body.get("event", {}).get("type") != OPENED_HOME and not _says_where_she_works(body):
                raise NotFound("refused.stranger")
        await next_()
        return None

    app.use(establish)


def _says_where_she_works(body: Payload) -> bool:
    """The one thing a stranger may do: it changes nothing before a coordinator confirms it."""
    actions = body.get("actions") or [{}]
    named = {body.get("action_id"), actions[0].get("action_id"), body.get("view", {}).get("callback_id")}
    return bool(named & {"membership.ask", "membership.place"})


async def who(deps: Deps, client: AsyncWebClient, slack_id: str) -> Actor:
    """The person with this Slack id, from the directory or by her work e-mail; a stranger where neither knows her."""
    actor = await deps.run(identity.who_is, workspace_id=deps.workspace_id, slack_id=slack_id, language=deps.language)
    if not actor.is_stranger:
        return actor
    email = await _email(client, slack_id)
    if not email:
        return actor
    return await deps.run(
        identity.recognise, workspace_id=deps.workspace_id, slack_id=slack_id, email=email, language=deps.language
    )


async def _email(client: AsyncWebClient, slack_id: str) -> str:
    try:
        found = await client.users_info(user=slack_id)
    except SlackApiError:
        return ""  # somebody of another organisation whose profile we may not read: the directory's Slack ids decide
    user: Payload = found["user"]
    return "" if user.get("is_bot") else str(user.get("profile", {}).get("email") or "")
