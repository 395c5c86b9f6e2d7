"""The page on a phone, 360 pixels wide and touched."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.acts import opens
from tests.browser.window import PHONE, Windows
from tests.stage import World

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]


async def test_everything_is_within_reach_of_a_thumb(demo: World, windows: Windows) -> None:
    """List of conversations, a room, its thread, a form, Home, the tour: one at a time, none wider than the screen."""
    await opens(demo)
    window = await windows.open(demo.stage.running.page, "case1", size=PHONE, touch=True)
    page = window.page
    await window.sees("er åbnet")
    await window.fits()
    await page.locator("#conversation").get_by_role("button", name="Kanaler").tap()
    await expect(page.locator("#conversation")).to_be_hidden()
    await window.fits()
    await page.locator("#sidebar").get_by_role("button", name="samarbejde-koege").tap()
    await window.sees("Deltagere")
    await window.fits()
    await window.button("Flere handlinger").tap()
    await page.get_by_role("menuitem", name="Svar i tråd").tap()
    await window.writes("Set.", within="#thread")
    await window.sees("Set.", within="#thread")
    await expect(page.locator("#conversation")).to_be_hidden()
    await window.fits()
    await window.button("Luk tråden").tap()
    await window.sees("1 svar")
    await window.button("Foreslå opfølgning").tap()
    await expect(page.locator("dialog.modal")).to_be_visible()
    await window.fits()
    box = await page.locator("dialog.modal").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    await page.locator("dialog.modal").get_by_role("button", name="Luk", exact=True).last.tap()
    await window.be(demo.stage.running.page, "case1", tab="home")
    await window.sees("Kontakt i politiet", within="#home")
    await window.fits()
    await window.button("Rundtur").tap()
    await window.sees("Spørg.", within="#tour")
    await window.fits()
    await window.button("Luk rundturen").tap()
    await expect(page.locator("#tour")).to_be_hidden()
