"""The main steps with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.window import Windows
from tests.stage import World

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

NAME = "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || '').trim()"
MOST_TABS = 60


async def tab_to(page: Page, name: str, *, back: bool = False) -> None:
    """Press Tab until what has the focus begins with these words."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        if str(await page.evaluate(NAME)).startswith(name):
            return
    raise AssertionError(f"no way to {name} by Tab")


async def test_a_case_is_asked_for_opened_and_answered_without_a_mouse(demo: World, windows: Windows) -> None:
    """Ask, open, fill in, send, go to the thread, reply, edit what was said, change who one is."""
    window = await windows.open(demo.stage.running.page, "case1")
    page, keys = window.page, window.page.keyboard
    await tab_to(page, "Skriv til Bindeled")
    await keys.type("hvem er min politikontakt?")
    await keys.press("Enter")
    await expect(window.button("Åbn sag")).to_be_visible()
    await tab_to(page, "Åbn sag", back=True)
    await keys.press("Enter")
    dialog = page.locator("dialog.modal")
    await expect(dialog.get_by_role("combobox").first).to_be_focused()
    await keys.type("fysisk")
    await expect(page.get_by_role("option")).to_have_count(1)
    await keys.press("Enter")
    await tab_to(page, "Åbn sag")
    await keys.press("Enter")
    await expect(dialog).to_have_count(0)
    await window.sees("er åbnet")
    await tab_to(page, "Gå til tråden", back=True)
    await keys.press("Enter")
    await window.sees("Deltagere")
    await tab_to(page, "Svar i tråd")
    await keys.press("Enter")
    await tab_to(page, "Svar i tråden")
    await keys.type("Jeg ringer i dag.")
    await keys.press("Enter")
    await window.sees("Jeg ringer i dag.", within="#thread")
    await tab_to(page, "Tråd", back=True)  # the list of the thread
    await keys.press("End")
    await tab_to(page, "Flere handlinger")
    await keys.press("Enter")
    await keys.type("red")
    await keys.press("Enter")
    await keys.press("End")
    await keys.type(" Kl. 12.")
    await keys.press("Enter")
    await window.sees("Jeg ringer i dag. Kl. 12.", "(redigeret)", within="#thread")
    await keys.press("Escape")
    await expect(page.locator("#thread")).to_be_hidden()
    await page.locator("#me").focus()
    await keys.press("Enter")
    await keys.type("Palle")
    await keys.press("Enter")
    await expect(page.locator("#me")).to_contain_text("Palle Politi")


async def test_a_form_keeps_the_focus_and_gives_it_back(demo: World, windows: Windows) -> None:
    """Tab goes round inside the form; Escape closes it and the focus returns to the button that opened it."""
    window = await windows.open(demo.stage.running.page, "case1")
    page, keys = window.page, window.page.keyboard
    await window.writes("hvem er min politikontakt?")
    await window.button("Åbn sag").focus()
    await keys.press("Enter")
    dialog = page.locator("dialog.modal")
    await expect(dialog.get_by_role("combobox").first).to_be_focused()
    seen: list[str] = []
    for _ in range(30):
        await keys.press("Tab")
        assert await page.evaluate("!!document.activeElement.closest('dialog')")
        seen.append(str(await page.evaluate(NAME)))
    assert "Luk" in seen
    assert len(seen) > len(set(seen))
    await keys.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(window.button("Åbn sag")).to_be_focused()


async def test_arrows_walk_through_messages_and_tabs(demo: World, windows: Windows) -> None:
    """Up and down go from message to message, left and right between Home and messages; the skip link skips."""
    window = await windows.open(demo.stage.running.page, "case1")
    page, keys = window.page, window.page.keyboard
    for text in ("hvem er min politikontakt?", "hvem er min kontakt?"):
        await window.writes(text)
        await expect(page.locator("#conversation .message")).to_have_count(2 if "politi" in text else 4)
    await page.locator("#conversation-list").focus()
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    assert await page.evaluate("document.activeElement.textContent.includes('hvem er min kontakt?')")
    await page.get_by_role("tab", name="Beskeder").focus()
    await keys.press("ArrowLeft")
    await expect(page.get_by_role("tab", name="Hjem")).to_be_focused()
    await window.sees("Kontakt i politiet", within="#home")
    assert await page.evaluate("document.querySelector('a, button, input').className") == "skip"
    await page.locator(".skip").focus()
    await keys.press("Enter")
    await expect(page.locator("#conversation")).to_be_focused()
