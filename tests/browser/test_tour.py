"""The guided tour, the clock and starting over."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from bot.texts.catalogue import texts
from tests.browser.window import Window, Windows
from tests.sandbox.bench import Bench
from tests.stage import World

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

STEPS = 8


async def is_done(window: Window, number: int) -> None:
    """So many steps are ticked off."""
    await expect(window.page.locator("#tour li.done")).to_have_count(number)


async def leads(window: Window) -> None:
    """Become the person of the next step, where it happens."""
    await window.page.locator("#tour li.current .button").first.click()


async def lets_time_pass(window: Window, number: int) -> None:
    """Press the clock until so many steps are done."""
    clock = window.button("I morgen kl. 8")
    for _ in range(5):
        await clock.click()
        await expect(clock).to_be_enabled()
        if await window.page.locator("#tour li.done").count() >= number:
            break
    await is_done(window, number)


async def test_the_tour_leads_through_the_main_job_and_starts_over(demo: World, windows: Windows) -> None:
    """Each step is ticked off when it has happened, and only then; closed, it comes back; starting over forgets it all."""
    window = await windows.open(demo.stage.running.page, "case2")
    page = window.page
    await is_done(window, 0)
    await leads(window)
    await is_done(window, 0)
    await window.button("Skriv det for mig").click()
    await expect(page.locator("#conversation .writes")).to_have_value("hvem er min politikontakt?")
    await page.keyboard.press("Enter")
    await is_done(window, 1)
    await window.button("Åbn sag").click()
    await window.chooses("Hvad drejer det sig om?", "Fysisk vold")
    await window.submits("Åbn sag")
    await is_done(window, 2)
    await window.button("Luk rundturen").click()
    await expect(page.locator("#tour")).to_be_hidden()
    await window.button("Rundtur").click()
    await is_done(window, 2)
    await leads(window)
    await expect(page.locator("#me")).to_contain_text("Palle Politi")
    await window.button("Tag imod").click()
    await is_done(window, 3)
    await leads(window)
    await window.button("Foreslå opfølgning").click()
    await window.chooses("Hvad skal der ske?", "Aftal et møde")
    await window.chooses("Hvem er ansvarlig?", "Palle Politi")
    await window.submits("Foreslå")
    await is_done(window, 4)
    await leads(window)
    await window.button("Sig ja").click()
    await is_done(window, 5)
    await lets_time_pass(window, 6)
    await window.button("Udført").click()
    await is_done(window, 7)
    await leads(window)
    await is_done(window, STEPS)
    await window.sees("Det var det hele", within="#tour")
    await is_done(
        await windows.open(demo.stage.running.page, "case3"), STEPS
    )  # a window that was not there knows it, too
    await window.button("Start forfra").click()
    await page.locator("dialog.confirm").get_by_role("button", name="Start forfra").click()
    await window.sees("Demoen er begyndt forfra", within="#notices")
    await is_done(window, 0)
    await window.becomes("Sanne Sagsbehandler")
    await expect(page.locator("#conversation .message")).to_have_count(0)
    await window.writes("hvem er min politikontakt?")  # the bot is there again, with a new database
    await is_done(window, 1)


async def test_the_tour_speaks_three_languages(demo: World, windows: Windows) -> None:
    """The browser's language is the page's; it can be changed at any time; no place in a text is left empty."""
    for language, title, acted_in in (("da", "Rundtur", "da"), ("nb", "Omvisning", "nb"), ("en", "Guided tour", "da")):
        window = await windows.open(demo.stage.running.page, "case1", language=language)
        await expect(window.page.locator("#tour h2")).to_have_text(title)
        await expect(window.page.locator("#tour ol > li")).to_have_count(STEPS)
        said = await window.page.locator("#tour").inner_text()
        assert "{" not in said
        assert texts(acted_in)("case.open.button") in said  # what stands on the button that is to be pressed
    await window.page.locator("[data-focus=language]").click()
    await window.page.get_by_role("menuitemradio", name="Norsk").click()
    await expect(window.page.locator("#tour h2")).to_have_text("Omvisning")
    assert await window.page.evaluate("document.documentElement.lang") == "nb"


async def test_the_clock_moves_to_the_next_morning_at_eight(demo: World, windows: Windows) -> None:
    """The shown time, the bot's time and every window's time go together."""
    window = await windows.open(demo.stage.running.page, "case1")
    other = await windows.open(demo.stage.running.page, "police1")
    before = await window.page.locator("#now").inner_text()
    await window.button("I morgen kl. 8").click()
    await window.sees("08.0", within="#now")
    await other.sees("08.0", within="#now")
    assert await window.page.locator("#now").inner_text() != before
    await window.writes("hvem er min politikontakt?")
    await expect(window.page.locator("#conversation .message time").last).to_have_text(re.compile(r"08\.0\d"))


async def test_without_a_demo_there_is_neither_clock_nor_starting_over_nor_tour(bench: Bench, windows: Windows) -> None:
    """A stand-in alone has nothing to move and nothing to tell."""
    window = await windows.open(bench.running.page, "case1")
    await expect(window.button("Trafik")).to_be_visible()
    for name in ("I morgen kl. 8", "Start forfra", "Rundtur"):
        await expect(window.button(name)).to_have_count(0)


async def test_the_wire_shows_every_call_with_its_time(demo: World, windows: Windows) -> None:
    """Calls, events, interactions, acknowledgements; each can be opened; none shows a token."""
    window = await windows.open(demo.stage.running.page, "case1")
    await window.button("Trafik").click()
    await window.writes("hvem er min politikontakt?")
    wire = window.page.locator("#wire")
    row = wire.locator("li", has_text="chat.postMessage").last
    await expect(row).to_be_visible()
    await expect(row.locator("time")).to_have_text(re.compile(r"\d\d\.\d\d\.\d\d,\d{3}"))
    await row.locator("summary").click()
    await expect(row.locator("pre")).to_contain_text('"channel": "D0CASE1"')
    await wire.get_by_label("Vis").select_option("event")
    await expect(row).to_be_hidden()
    await expect(wire.locator("li:visible .kind").first).to_have_text("event")
    assert demo.stage.running.bot_token not in await wire.inner_text()
