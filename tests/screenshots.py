"""Takes the pictures of README and guides: `python -m tests.screenshots [FOLDER]`, from the demo as it is.

Run from the root of the repository, with the `test` extra and a Chromium. What the bot says, the case codes and the dates
are those of the moment; run it again after the texts have changed, and look at each picture.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import async_playwright, expect

from bot.demo.stage import Stage
from tests.browser.chromium import ARGUMENTS, ENVIRONMENT, MISSING, chromium
from tests.browser.test_main_job import CASTS, Cast, proposes
from tests.browser.window import PHONE, Window, Windows
from tests.palette import small

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZE = (1300, 760)
MOST_BYTES = 150_000
SAID = {"da": "Jeg ringer til dig i dag kl. 14.", "nb": "Jeg ringer deg i dag kl. 14."}


@dataclass(frozen=True)
class Camera:
    """Writes pictures into a folder, named after the language and the step."""

    folder: Path
    language: str

    async def takes(self, window: Window, name: str) -> None:
        """One picture, small enough to lie in a repository."""
        await window.page.mouse.move(0, 0)
        await expect(window.page.locator(".notice")).to_have_count(0)
        picture = await asyncio.to_thread(small, await window.page.screenshot())
        path = self.folder / f"{self.language}-{name}.png"
        path.write_bytes(picture)
        print(f"{path.name}: {len(picture) // 1000} kB")
        if len(picture) > MOST_BYTES:
            raise SystemExit(f"{path.name} is larger than {MOST_BYTES} bytes.")


async def main_job(stage: Stage, windows: Windows, cast: Cast, camera: Camera) -> None:
    """The steps a reader of the guide follows, each with its picture."""
    base, t = stage.running.page, cast.words
    asker = await windows.open(base, cast.caseworker, language=cast.language, size=SIZE)
    await asker.writes("hvem er min politikontakt?")
    await asker.sees(cast.asked, cast.phone)
    await expect(asker.page.locator("#tour li.done")).to_have_count(1)
    await camera.takes(asker, "1-answer")
    await asker.page.locator("#tour .end, #tour .heading .bare").first.click()
    await asker.button(t("case.open.button")).click()
    dialog = asker.page.locator("dialog.modal")
    await dialog.get_by_role("combobox").first.click()
    await asker.page.get_by_role("option").first.click()
    await camera.takes(asker, "2-open")
    await asker.submits(t("case.open.submit"))
    police = await windows.open(base, cast.police, language=cast.language, size=SIZE)
    await police.page.locator("#tour .heading .bare").click()
    await expect(police.button(t("case.accept.button"))).to_be_visible()
    await camera.takes(police, "3-asked")
    await police.button(t("case.accept.button")).click()
    await proposes(asker, cast)
    await police.button(t("followup.agree.button")).click()
    await expect(asker.button(t("followup.done.button"))).to_be_visible()
    last = asker.page.locator("#conversation .message").last
    await last.hover()
    await last.locator(".tools button").nth(1).click()
    await asker.writes(SAID[cast.language], within="#thread")
    await asker.sees("kl. 14", within="#thread")
    await camera.takes(asker, "4-thread")
    while not await police.button(t("followup.done.button")).count():
        await police.button("I morgen kl. 8").click()
        await expect(police.button("I morgen kl. 8")).to_be_enabled()
    await camera.takes(police, "5-reminder")
    coordinator = await windows.open(base, cast.coordinator, language=cast.language, size=SIZE, tab="home")
    await coordinator.sees(cast.asked, within="#home")
    await camera.takes(coordinator, "6-home")
    phone = await windows.open(base, cast.caseworker, language=cast.language, size=PHONE, touch=True)
    await phone.sees(cast.asked)
    await camera.takes(phone, "7-phone")
    if cast is not CASTS[0]:
        return  # the traffic looks the same in every language
    await coordinator.page.locator("[data-focus=wire]").click()
    await coordinator.sees("views.publish", within="#wire")
    await camera.takes(coordinator, "8-wire")


async def take(folder: Path) -> None:
    """All pictures, each language in a demo of its own."""
    path = chromium()
    if path is None:
        raise SystemExit(f"{MISSING}.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env=dict(ENVIRONMENT))
        for cast in CASTS:
            windows = Windows(browser)
            with TemporaryDirectory() as data:
                async with Stage(Path(data), may_start_over=True) as stage:
                    await main_job(stage, windows, cast, Camera(folder, cast.language))
                    await windows.close()
        await browser.close()


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    chosen.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(chosen))
