"""One browser for all tests of the page; on a machine without Chromium they are skipped with a visible reason."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.demo.stage import Stage
from tests.browser.chromium import ARGUMENTS, ENVIRONMENT, MISSING, chromium
from tests.browser.window import Windows
from tests.sandbox.bench import Bench, standin
from tests.stage import World, running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    path = chromium()
    if path is None:
        pytest.skip(MISSING)
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env=dict(ENVIRONMENT))
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def demo(browser: Browser, tmp_path: Path) -> AsyncIterator[World]:  # noqa: ARG001 - without a browser no demo is started
    """The demo as `bindeled demo` runs it."""
    stage = Stage(tmp_path, may_start_over=True)
    async with running(stage, tmp_path) as world:
        yield world
        await world.quiet()  # a bot that is stopped in the middle of an answer would rightly complain


@pytest_asyncio.fixture(loop_scope="session")
async def bench(browser: Browser) -> AsyncIterator[Bench]:  # noqa: ARG001 - likewise
    """A stand-in without any bot; what stands in it a test posts itself."""
    async with standin() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def windows(browser: Browser) -> AsyncIterator[Windows]:
    """Opens windows; when the test is over, none of them may have said that something went wrong."""
    made = Windows(browser)
    yield made
    await made.close()
    assert made.complaints == []
