"""The main job by hand, as three people in three windows, in the page's Danish and Norwegian."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.async_api import expect

from tests.browser.window import Window, Windows
from tests.stage import World

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]


@dataclass(frozen=True)
class Words:
    """What the page itself says, in one language."""

    home: str
    tomorrow: str
    answer_in_thread: str


PAGE = {
    "da": Words("Hjem", "I morgen kl. 8", "Svar i tråd"),
    "nb": Words("Hjem", "I morgen kl. 8", "Svar i tråd"),
}


@pytest.mark.parametrize("language", PAGE)
async def test_the_main_job_by_hand(demo: World, windows: Windows, language: str) -> None:
    """She asks and opens, he accepts and agrees and is reminded, the coordinator sees her Home; nobody reloads."""
    base, words = demo.stage.running.page, PAGE[language]
    sanne = await windows.open(base, "case1", language=language)
    palle = await windows.open(base, "police1", language=language)
    karen = await windows.open(base, "coord-m", language=language)
    await asks_and_opens(sanne)
    await expect(palle.button("Tag imod")).to_be_visible()
    await palle.button("Tag imod").click()
    await palle.sees("Der er svaret ja")
    await proposes(sanne)
    await palle.button("Sig ja").click()
    await sanne.sees("Aftalt: Palle Politi")
    reminder = palle.button("Udført")
    for _ in range(5):
        await palle.button(words.tomorrow).click()
        await expect(palle.button(words.tomorrow)).to_be_enabled()
        if await reminder.count():
            break
    await reminder.click()
    await sanne.sees("Udført: Svar om samtale")
    await karen.page.get_by_role("tab", name=words.home).click()
    await karen.sees("Kontakt i politiet for Køge", within="#home")


async def asks_and_opens(sanne: Window) -> None:
    """She asks in a direct message and opens a case from the answer."""
    await sanne.writes("hvem er min politikontakt?")
    await sanne.sees("Palle Politi (demo)", "+45 00 00 02 01", "Derfor: fast kontakt for Køge", "Vagtcentralen (114)")
    await sanne.button("Åbn sag").click()
    dialog = sanne.page.locator("dialog.modal")
    await dialog.get_by_role("button", name="Åbn sag").last.click()
    await expect(dialog.locator(".wrong")).to_have_count(1)  # a field left empty is said under that field
    await sanne.chooses("Hvad drejer det sig om?", "Fysisk vold")
    await sanne.chooses("Hvor hurtigt", "samme dag")
    await sanne.submits("Åbn sag")
    await sanne.sees("er åbnet")


async def proposes(sanne: Window) -> None:
    """She follows the link to the case and proposes a follow-up there."""
    await sanne.page.get_by_role("link", name="Gå til tråden").first.click()
    await expect(sanne.page.locator("#conversation h2").first).to_contain_text("samarbejde-koege")
    await sanne.button("Foreslå opfølgning").click()
    await sanne.chooses("Hvad skal der ske?", "Svar om samtale")
    await sanne.chooses("Hvem er ansvarlig?", "Palle Politi")
    await sanne.submits("Foreslå")
