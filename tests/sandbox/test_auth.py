"""Who is let in, and how arguments are read."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.bench import ROOM, Bench, manifest, refused, standin


async def test_the_bot_learns_who_it_is(bench: Bench):
    """auth.test names team, user and bot; the granted scopes come in a header."""
    who = await bench.web.auth_test()
    assert (who["team_id"], who["user_id"]) == (bench.running.team_id, bench.running.bot_user_id)
    assert who["bot_id"] == "B0BINDELED"
    async with standin(manifest=manifest()) as other:
        assert "chat:write" in (await other.web.auth_test()).headers["x-oauth-scopes"]


@pytest.mark.parametrize(("token", "code"), [("xoxb-wrong", "invalid_auth"), (None, "not_authed")])
async def test_a_wrong_or_missing_token_is_refused(bench: Bench, token: str | None, code: str):
    """invalid_auth and not_authed."""
    with refused(code):
        await AsyncWebClient(token=token, base_url=bench.running.api_url).auth_test()


async def test_each_token_has_its_methods(bench: Bench):
    """The app token opens connections and nothing else, the bot token everything but that."""
    with refused("not_allowed_token_type"):
        await bench.web.api_call("apps.connections.open")
    with refused("not_allowed_token_type"):
        await AsyncWebClient(token=bench.running.app_token, base_url=bench.running.api_url).auth_test()


async def test_an_unknown_method_is_refused(bench: Bench):
    """unknown_method, also for methods Slack has and the stand-in has not."""
    with refused("unknown_method"):
        await bench.web.api_call("admin.users.list")


async def test_a_missing_scope_says_which(bench: Bench):
    """missing_scope with what is needed and what is there."""
    async with standin(manifest=manifest(scopes=["chat:write", "commands"], events=[])) as other:
        with refused("missing_scope") as answer:
            await other.web.users_info(user="U0CASE1")
        assert (answer["needed"], answer["provided"]) == ("users:read", "chat:write,commands")
    assert (await bench.web.users_info(user="U0CASE1"))["ok"]


async def test_without_its_scope_no_email_is_told():
    """users.info without users:read.email has no e-mail in the profile."""
    async with standin(manifest=manifest(scopes=["users:read", "commands"], events=[])) as bench:
        assert "email" not in (await bench.web.users_info(user="U0CASE1"))["user"]["profile"]


@pytest.mark.parametrize(
    "call",
    [
        {"json": {"channel": ROOM, "text": "hej"}},
        {"data": {"channel": ROOM, "text": "hej"}},
        {"params": {"channel": ROOM, "text": "hej"}},
        {"params": {"channel": ROOM}, "json": {"text": "hej", "team_id": "T0KOEGE"}},
    ],
)
async def test_arguments_come_as_json_form_and_query(bench: Bench, call: dict[str, Any]):
    """All three are merged, and team_id is allowed everywhere."""
    assert (await bench.web.api_call("chat.postMessage", **call))["message"]["text"] == "hej"


async def test_the_token_may_stand_in_the_body(bench: Bench):
    """A form with `token` is as good as the header."""
    async with bench.http.post(f"{bench.running.api_url}auth.test", data={"token": bench.running.bot_token}) as answer:
        assert (await answer.json())["ok"] is True


@pytest.mark.parametrize(("body", "code"), [("{", "invalid_json"), ("[1]", "json_not_object")])
async def test_a_body_that_is_no_object_is_refused(bench: Bench, body: str, code: str):
    """invalid_json, json_not_object."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {bench.running.bot_token}"}
    async with bench.http.post(f"{bench.running.api_url}chat.postMessage", data=body, headers=headers) as answer:
        assert (await answer.json())["error"] == code


@pytest.mark.parametrize(
    ("method", "arguments", "field"),
    [
        ("chat.postMessage", {"channel": {"id": ROOM}, "text": "x"}, "channel"),
        ("users.info", {"user": "U0CASE1", "include_locale": "måske"}, "include_locale"),
        ("users.info", {}, "user"),
        ("chat.update", {"channel": ROOM, "text": "x"}, "ts"),
        ("files.getUploadURLExternal", {"filename": "a", "length": "lang"}, "length"),
    ],
)
async def test_ill_typed_or_missing_arguments_are_named(
    bench: Bench, method: str, arguments: dict[str, Any], field: str
):
    """invalid_arguments with the field's name in response_metadata.messages."""
    with refused("invalid_arguments") as answer:
        await bench.web.api_call(method, json=arguments)
    assert field in answer["response_metadata"]["messages"][0]


async def test_an_unknown_team_is_refused(bench: Bench):
    """team_not_found."""
    with refused("team_not_found"):
        await bench.web.api_call("auth.test", json={"team_id": "T0NOWHERE"})


async def test_no_token_is_seen_on_the_wire(bench: Bench):
    """Neither tokens nor socket tickets nor the signing secret can be read in the traffic."""
    await bench.web.api_call("auth.test", json={"token": bench.running.bot_token})
    await (await bench.socket()).close()
    await bench.act("case1", "message", channel=ROOM, text=f"mit token er {bench.running.bot_token}")
    seen = str(await bench.get("wire"))
    tickets = [line["answer"]["url"] for line in await bench.wire("api", "apps.connections.open")]
    for secret in (bench.running.bot_token, bench.running.app_token, bench.running.signing_secret):
        assert secret not in seen
    assert all(url.endswith("?ticket=[redacted]") for url in tickets)
    assert tickets
