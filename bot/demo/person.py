"""A demo person at the control address: does what people do, and waits to see what people would see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp

Seen = dict[str, Any]
PATIENCE = 10.0
"""Seconds within which something that should appear must have appeared."""


class NotSeenError(Exception):
    """Something a person should have seen did not appear, or an act was refused."""


class Person:
    """One person of the demo world, by handle."""

    def __init__(self, session: aiohttp.ClientSession, control_url: str, handle: str) -> None:
        self._session = session
        self._control = control_url
        self.handle = handle

    async def act(self, type_: str, **what: object) -> Seen:
        """Do something; raises `NotSeenError` where the stand-in or the bot refused it."""
        wish = {"as": self.handle, "type": type_, **what}
        async with self._session.post(f"{self._control}act", json=wish) as response:
            answer: Seen = await response.json()
        if not answer.get("ok") or answer.get("error"):
            raise NotSeenError(f"{self.handle} could not {type_}: {answer.get('error')}")
        return answer

    async def state(self) -> Seen:
        """What this person sees now."""
        async with self._session.get(f"{self._control}state", params={"as": self.handle}) as response:
            seen: Seen = await response.json()
        return seen

    async def sees(self, what: str, found: Callable[[Seen], Seen | None]) -> Seen:
        """The first thing `found` finds in what she sees; raises `NotSeenError` where it does not appear in time."""
        loop = asyncio.get_running_loop()
        patience = loop.time() + PATIENCE
        while True:
            state = await self.state()
            thing = found(state)
            if thing is not None:
                return thing
            if loop.time() > patience:
                raise NotSeenError(f"{self.handle} should have seen {what}, and did not")
            params = {"after": str(state["seq"]), "timeout": "1"}
            async with self._session.get(f"{self._control}wait", params=params) as response:
                await response.read()

    async def message(self, what: str, *words: str, without: tuple[str, ...] = ()) -> Seen:
        """The newest message she sees that holds all of these words (or action ids) and none of the others."""

        def newest(state: Seen) -> Seen | None:
            fitting = [
                m
                for m in state["messages"]
                if all(word in written(m) for word in words) and not any(word in written(m) for word in without)
            ]
            return max(fitting, key=lambda m: float(m["ts"]), default=None)

        return await self.sees(what, newest)

    async def click(self, message: Seen, action_id: str) -> Seen:
        """Tap the first button with this action id."""
        for block in message["blocks"]:
            for element in [*block.get("elements", ()), block.get("accessory") or {}]:
                if element.get("action_id") == action_id:
                    return await self.act(
                        "click",
                        channel=message["channel"],
                        ts=message["ts"],
                        action_id=action_id,
                        block_id=block["block_id"],
                    )
        raise NotSeenError(f"{self.handle} finds no button {action_id} in: {message['text']}")

    async def view(self, callback_id: str) -> Seen:
        """The form that has opened for her."""
        return await self.sees(
            f"the form {callback_id}",
            lambda state: next((v for v in state["views"] if v["callback_id"] == callback_id), None),
        )


def written(message: Seen) -> str:
    """What a message says to any reader, and the action ids of what can be tapped in it (not the buttons' labels)."""
    elements = [
        element
        for block in message["blocks"]
        for element in (*block.get("elements", ()), block.get("accessory"))
        if element is not None
    ]
    return " ".join(
        [message["text"], *(str(element.get("action_id", element.get("text", ""))) for element in elements)]
    )
