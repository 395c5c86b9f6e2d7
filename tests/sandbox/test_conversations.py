"""`conversations.*`, `users.*`, `reactions.*` and `files.*` of the stand-in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.bench import PUBLIC, ROOM, SHARED, Bench, manifest, refused, standin


async def test_history_pages_backwards_with_a_cursor(bench: Bench):
    """Newest first, `limit` a page, has_more and next_cursor until the last page."""
    for n in range(5):
        await bench.web.chat_postMessage(channel=ROOM, text=str(n))
    seen, cursor = [], ""
    while True:
        page = await bench.web.conversations_history(channel=ROOM, limit=2, cursor=cursor)
        seen += [m["text"] for m in page["messages"]]
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        assert page["has_more"] == bool(cursor)
        if not cursor:
            break
    assert seen == ["4", "3", "2", "1", "0"]


async def test_history_keeps_to_its_bounds(bench: Bench):
    """`oldest` and `latest` are excluded unless `inclusive`; replies stay in their thread."""
    ts = [str((await bench.web.chat_postMessage(channel=ROOM, text=str(n)))["ts"]) for n in range(4)]
    await bench.web.chat_postMessage(channel=ROOM, text="svar", thread_ts=ts[1])
    history = bench.web.conversations_history
    between = await history(channel=ROOM, oldest=ts[0], latest=ts[3])
    assert [m["text"] for m in between["messages"]] == ["2", "1"]
    inclusive = await history(channel=ROOM, oldest=ts[0], latest=ts[3], inclusive=True)
    assert len(inclusive["messages"]) == 4
    with refused("invalid_ts_oldest"):
        await history(channel=ROOM, oldest="i går")


async def test_a_thread_tells_of_its_replies(bench: Bench):
    """The first message has reply_count and latest_reply; replies have thread_ts and parent_user_id."""
    first = str((await bench.web.chat_postMessage(channel=ROOM, text="1"))["ts"])
    reply = await bench.did("police1", "message", channel=ROOM, text="2", thread_ts=first)
    parent, answer = (await bench.web.conversations_replies(channel=ROOM, ts=first))["messages"]
    assert (parent["reply_count"], parent["latest_reply"], parent["thread_ts"]) == (1, reply["ts"], first)
    assert parent["reply_users"] == ["U0POLICE1"]
    assert (answer["thread_ts"], answer["parent_user_id"]) == (first, "U0BINDELED")
    with refused("thread_not_found"):
        await bench.web.conversations_replies(channel=ROOM, ts="1700000000.000100")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"cursor": "vrøvl"}, "invalid_cursor"),
        ({"limit": "mange"}, "invalid_limit"),
        ({"limit": 5000}, "invalid_limit"),
    ],
)
async def test_bad_pages_are_refused(bench: Bench, arguments: dict[str, Any], code: str):
    """A cursor of nobody's and impossible limits."""
    with refused(code):
        await bench.web.api_call("conversations.history", params={"channel": ROOM, **arguments})


async def test_history_needs_membership(bench: Bench):
    """A public channel the bot is not in: not_in_channel; a private one does not exist for it."""
    with refused("not_in_channel"):
        await bench.web.conversations_history(channel=PUBLIC)
    private = (await bench.web.conversations_create(name="lukket", is_private=True))["channel"]["id"]
    await bench.web.api_call("conversations.leave", params={"channel": private})
    with refused("channel_not_found"):
        await bench.web.conversations_info(channel=private)


async def test_lists_tell_only_what_the_bot_may_know(bench: Bench):
    """conversations.list has public channels and joined private ones; types and paging are kept."""
    public = (await bench.web.conversations_list())["channels"]
    assert {c["id"] for c in public} == {PUBLIC, SHARED}
    both = await bench.web.conversations_list(types="public_channel,private_channel", limit=3)
    assert len(both["channels"]) == 3
    rest = await bench.web.conversations_list(
        types="public_channel,private_channel", limit=3, cursor=both["response_metadata"]["next_cursor"]
    )
    assert len(rest["channels"]) == 1
    mine = (await bench.web.users_conversations(types="public_channel,private_channel"))["channels"]
    assert {c["id"] for c in mine} == {ROOM, SHARED, "C0SAMARBEIDDRAMMEN"}
    with refused("invalid_types"):
        await bench.web.conversations_list(types="kanal")


async def test_members_and_info_describe_a_channel(bench: Bench):
    """conversations.members pages; info tells private and shared; an external channel names its teams."""
    page = await bench.web.conversations_members(channel=ROOM, limit=3)
    assert len(page["members"]) == 3
    assert page["response_metadata"]["next_cursor"]
    info = (await bench.web.conversations_info(channel=SHARED, include_num_members=True))["channel"]
    assert (info["is_ext_shared"], info["is_private"], info["num_members"]) == (True, False, 7)
    assert info["connected_team_ids"] == ["T0POLITIET"]


async def test_a_channel_is_created_invited_to_and_archived(bench: Bench):
    """The whole life of a channel, with the refusals on the way."""
    web = bench.web
    channel = str((await web.conversations_create(name="ny-kanal"))["channel"]["id"])
    for name, code in (
        ("ny-kanal", "name_taken"),
        ("Stor", "invalid_name_specials"),
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
    ):
        with refused(code):
            await web.conversations_create(name=name)
    await web.conversations_invite(channel=channel, users="U0CASE1,U0CASE2")
    for users, code in (
        ("U0CASE1", "already_in_channel"),
        ("U0NOBODY", "user_not_found"),
        ("U0BINDELED", "cant_invite_self"),
        ("U0POLICE3", "user_not_found"),
    ):
        with refused(code):
            await web.conversations_invite(channel=channel, users=users)
    await web.conversations_archive(channel=channel)
    with refused("already_archived"):
        await web.conversations_archive(channel=channel)
    with refused("is_archived"):
        await web.chat_postMessage(channel=channel, text="x")
    with refused("is_archived"):
        await web.conversations_join(channel=channel)
    assert (await bench.act("case1", "message", channel=channel, text="x"))["error"] == "is_archived"


async def test_a_private_channel_is_seen_by_its_members_alone(bench: Bench):
    """Made, filled and emptied by the bot: whoever is not in it sees neither it nor a word in it, before and after."""
    web = bench.web
    channel = str((await web.conversations_create(name="sag-1", is_private=True))["channel"]["id"])
    await web.chat_postMessage(channel=channel, text="hej")
    await web.conversations_invite(channel=channel, users="U0CASE1")

    async def sees(handle: str) -> tuple[bool, bool]:
        state = await bench.state(handle)
        there = channel in {c["id"] for c in state["channels"]}
        return there, any(m["channel"] == channel for m in state["messages"])

    assert (await sees("case1"), await sees("case2")) == ((True, True), (False, False))
    assert (await bench.act("case2", "join", channel=channel))["error"] == "channel_not_found"
    await web.conversations_kick(channel=channel, user="U0CASE1")
    assert await sees("case1") == (False, False)
    with refused("name_taken"):
        await web.conversations_create(name="sag-1")
    mine = (await web.users_conversations(types="private_channel"))["channels"]
    assert {"sag-1": "U0BINDELED"}.items() <= {c["name"]: c["creator"] for c in mine}.items()


@pytest.mark.parametrize(
    ("user", "code"),
    [
        ("U0BINDELED", "cant_kick_self"),
        ("U0CASE2", "not_in_channel"),
        ("U0NOBODY", "user_not_found"),
    ],
)
async def test_not_everyone_can_be_taken_out(bench: Bench, user: str, code: str):
    """The bot itself, somebody who is not in it, and nobody."""
    channel = str((await bench.web.conversations_create(name="sag-2", is_private=True))["channel"]["id"])
    with refused(code):
        await bench.web.conversations_kick(channel=channel, user=user)


async def test_nobody_is_taken_out_of_a_channel_the_bot_is_not_in(bench: Bench):
    """A public one is known, a private one is not."""
    with refused("not_in_channel"):
        await bench.web.conversations_kick(channel=PUBLIC, user="U0CASE1")
    private = str((await bench.web.conversations_create(name="sag-3", is_private=True))["channel"]["id"])
    await bench.web.conversations_leave(channel=private)
    with refused("channel_not_found"):
        await bench.web.conversations_kick(channel=private, user="U0CASE1")


async def test_a_bot_opens_no_archived_channel_again(bench: Bench):
    """Slack: bot tokens cannot unarchive; what is not archived is said to be so."""
    channel = str((await bench.web.conversations_create(name="sag-4", is_private=True))["channel"]["id"])
    with refused("not_archived"):
        await bench.web.conversations_unarchive(channel=channel)
    await bench.web.conversations_archive(channel=channel)
    with refused("not_in_channel"):
        await bench.web.conversations_unarchive(channel=channel)
    with refused("is_archived"):
        await bench.web.conversations_kick(channel=channel, user="U0CASE1")


async def test_the_bot_joins_public_channels_only(bench: Bench):
    """Joining makes it a member; joining again is a warning; a private one cannot be joined."""
    joined = await bench.web.conversations_join(channel=PUBLIC)
    assert joined["channel"]["is_member"] is True
    assert (await bench.web.conversations_join(channel=PUBLIC))["warning"] == "already_in_channel"
    with refused("method_not_supported_for_channel_type"):
        await bench.web.conversations_join(channel=ROOM)


@pytest.mark.parametrize(
    ("users", "code"),
    [
        ("U0NOBODY", "user_not_found"),
        ("U0POLICE3", "invalid_user_combination"),
        ("U0CASE1,U0POLICE3", "invalid_user_combination"),
        ("U0BINDELED", "cannot_dm_bot"),
        ("", "users_list_not_supplied"),
    ],
)
async def test_not_everyone_can_be_written_to(bench: Bench, users: str, code: str):
    """Unknown people, people of another workspace, bots, nobody."""
    with refused(code):
        await bench.web.conversations_open(users=users)


async def test_a_direct_conversation_is_opened_once(bench: Bench):
    """Opened again it is the same one; several people share a group."""
    assert await bench.direct() == "D0CASE1"
    again = await bench.web.conversations_open(users="U0CASE1", return_im=True)
    assert again["already_open"] is True
    assert again["channel"]["user"] == "U0CASE1"
    group = await bench.web.conversations_open(users="U0CASE1,U0POLICE1")
    assert group["channel"]["is_mpim"] is True


async def test_people_are_looked_up(bench: Bench):
    """users.info, list and lookupByEmail; the language only where asked for; strangers without e-mail."""
    web = bench.web
    info = (await web.users_info(user="U0CASE1"))["user"]
    assert info["profile"]["email"] == "case1@kommune.example"
    assert "locale" not in info
    assert (await web.users_info(user="U0CASE4", include_locale=True))["user"]["locale"] == "en-GB"
    assert (await web.users_lookupByEmail(email="Police1@politi.example"))["user"]["id"] == "U0POLICE1"
    stranger = (await web.users_info(user="U0POLICE3"))["user"]
    assert (stranger["is_stranger"], stranger["profile"].get("email")) == (True, None)
    with refused("users_not_found"):
        await web.users_lookupByEmail(email="police3@politi-anden.example")
    with refused("user_not_found"):
        await web.users_info(user="U0NOBODY")
    assert "U0POLICE3" not in {u["id"] for u in (await web.users_list())["members"]}
    assert (await web.users_list(limit=2))["response_metadata"]["next_cursor"]


async def test_reactions_come_and_go_once(bench: Bench):
    """already_reacted, no_reaction, invalid_name, message_not_found."""
    ts = await bench.post_button(ROOM)
    web = bench.web
    await web.reactions_add(channel=ROOM, timestamp=ts, name="eyes")
    with refused("already_reacted"):
        await web.reactions_add(channel=ROOM, timestamp=ts, name="eyes")
    with refused("invalid_name"):
        await web.reactions_add(channel=ROOM, timestamp=ts, name="Ø!")
    with refused("message_not_found"):
        await web.reactions_add(channel=ROOM, timestamp="1700000000.000100", name="eyes")
    assert (await bench.messages())[0]["reactions"] == [{"name": "eyes", "users": ["U0BINDELED"], "count": 1}]
    await web.reactions_remove(channel=ROOM, timestamp=ts, name="eyes")
    with refused("no_reaction"):
        await web.reactions_remove(channel=ROOM, timestamp=ts, name="eyes")


async def test_a_file_is_uploaded_shared_and_deleted(bench: Bench):
    """The SDK's files_upload_v2 works whole; the file can be fetched with the token and deleted once."""
    done = await bench.web.files_upload_v2(channel=ROOM, filename="aftaler.csv", content="a;b", title="Aftaler")
    file = done["files"][0]
    headers = {"Authorization": f"Bearer {bench.running.bot_token}"}
    async with bench.http.get(file["url_private"], headers=headers) as answer:
        assert await answer.text() == "a;b"
    async with bench.http.get(file["url_private"]) as answer:
        assert answer.status == 403
    assert (await bench.messages())[0]["files"][0]["title"] == "Aftaler"
    await bench.web.files_delete(file=file["id"])
    assert (await bench.messages())[0]["files"] == []
    with refused("file_not_found"):
        await bench.web.files_delete(file=file["id"])


async def test_a_private_channel_needs_the_scope_for_private_channels():
    """With channels:* alone, conversations.info of a private channel is missing_scope."""
    async with standin(manifest=manifest(scopes=["channels:read", "channels:history", "commands"], events=[])) as bench:
        assert (await bench.web.conversations_info(channel=SHARED))["ok"]
        with refused("missing_scope") as answer:
            await bench.web.conversations_info(channel=ROOM)
        assert "groups:read" in answer["needed"]
        assert "channels:read" in answer["provided"]
