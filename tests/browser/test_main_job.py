"""The main job by hand, as three people in three windows: in Denmark, and in Norway."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.async_api import expect

from bot.texts.catalogue import Texts, texts
from tests.browser.window import Window, Windows
from tests.stage import World

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]


@dataclass(frozen=True)
class Cast:
    """Three people of one country, what they read, and whom the first of them asks for."""

    language: str
    caseworker: str
    police: str
    coordinator: str
    asked: str
    phone: str
    room: str

    @property
    def words(self) -> Texts:
        """The bot's texts as these people read them."""
        return texts(self.language)


CASTS = [
    Cast("da", "case1", "police1", "coord-m", "Palle Politi (demo)", "+45 00 00 02 01", "samarbejde-koege"),
    Cast("nb", "no-case1", "no-police1", "no-coord", "Pål Politi (demo)", "+47 00 00 05 01", "samarbeid-drammen"),
]


@pytest.mark.parametrize("cast", CASTS, ids=lambda cast: cast.language)
async def test_the_main_job_by_hand(demo: World, windows: Windows, cast: Cast) -> None:
    """She asks and opens, he accepts and agrees and is reminded, the coordinator sees her Home; nobody reloads."""
    base, t = demo.stage.running.page, cast.words
    asker = await windows.open(base, cast.caseworker, language=cast.language)
    police = await windows.open(base, cast.police, language=cast.language)
    coordinator = await windows.open(base, cast.coordinator, language=cast.language)
    await asks_and_opens(asker, cast)
    await police.button(t("case.accept.button")).click()
    await expect(police.button(t("case.accept.button"))).to_have_count(0)
    await proposes(asker, cast)
    await police.button(t("followup.agree.button")).click()
    done = police.button(t("followup.done.button"))
    tomorrow = police.button("I morgen kl. 8")
    for _ in range(5):
        await tomorrow.click()
        await expect(tomorrow).to_be_enabled()
        if await done.count():
            break
    await expect(asker.page.locator("#now")).to_contain_text(re.compile(r"08[.:]0\d"))
    await done.click()
    await expect(done).to_have_count(0)
    await expect(asker.button(t("followup.done.button"))).to_have_count(0)  # the headline shows it, too
    await coordinator.page.get_by_role("tab", name="Hjem").click()
    await coordinator.sees(cast.asked, cast.phone, within="#home")


async def asks_and_opens(asker: Window, cast: Cast) -> None:
    """She asks in a direct message and opens a case from the answer; a field left empty is said under that field."""
    await asker.writes("hvem er min politikontakt?")
    await asker.sees(cast.asked, cast.phone)
    opens = cast.words("case.open.button")
    await asker.button(opens).click()
    dialog = asker.page.locator("dialog.modal")
    await dialog.get_by_role("button", name=opens).last.click()
    await expect(dialog.locator(".wrong")).to_have_count(1)
    await dialog.get_by_role("combobox").first.click()
    await asker.page.get_by_role("option").first.click()
    await asker.submits(cast.words("case.open.submit"))


async def proposes(asker: Window, cast: Cast) -> None:
    """She follows the link to the case and proposes there that he does something."""
    t = cast.words
    await asker.page.get_by_role("link", name=t("case.thread")).first.click()
    await expect(asker.page.locator("#conversation h2").first).to_contain_text(cast.room)
    await asker.button(t("followup.propose.button")).click()
    dialog = asker.page.locator("dialog.modal")
    await dialog.get_by_role("combobox").first.click()
    await asker.page.get_by_role("option").first.click()
    await dialog.get_by_role("combobox").nth(1).click()
    await asker.page.get_by_role("option", name=cast.asked).click()
    await asker.submits(t("followup.form.submit"))
