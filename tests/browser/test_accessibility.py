"""Nobody is kept out: names, labels, headings, landmarks, contrast, sizes, in every part of the page, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.acts import opens
from tests.browser.gallery import everything
from tests.browser.window import PHONE, WIDE, Window, Windows
from tests.sandbox.bench import Bench
from tests.stage import World

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

LOOK = Path(__file__).with_name("accessibility.js").read_text("utf-8")


async def is_open_to_all(window: Window, where: str) -> None:
    """The checker finds nothing in what stands there now."""
    await window.page.wait_for_timeout(80)  # fonts and folds settle
    assert await window.page.evaluate(LOOK) == [], where


async def test_the_checker_finds_what_it_is_for(windows: Windows, bench: Bench) -> None:
    """A nameless button, faint words, a double id, a leaping heading and a dead reference are each reported."""
    window = await windows.open(bench.running.page, "case1")
    await window.page.evaluate(
        """() => {
            const main = document.querySelector("main");
            const make = (tag, attributes, text = "") => {
                const node = document.createElement(tag);
                for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
                node.textContent = text;
                main.prepend(node);
                return node;
            };
            make("button", {});
            make("p", { id: "top" }, "twice");
            make("p", {}, "faint").style.color = "#bbb";
            make("h4", {}, "deep");
            make("input", { "aria-describedby": "nowhere" });
            make("div", { tabindex: "3" }, "first");
        }"""
    )
    found = "\n".join(await window.page.evaluate(LOOK))
    for rule in ("without a name", "contrast", "given twice", "leaps", "leads nowhere", "order of its own"):
        assert rule in found, found


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_every_part_is_open_to_all(demo: World, windows: Windows, size: tuple[int, int]) -> None:
    """Conversation, form with an error, list, thread, menu, Home, tour, wire, list of people."""
    await opens(demo)
    base, page = demo.stage.running.page, None
    window = await windows.open(base, "case1", size=size)
    page = window.page
    await window.sees("er åbnet")
    await is_open_to_all(window, "conversation")
    await window.button("Åbn sag").click()
    await page.locator("dialog.modal").get_by_role("button", name="Åbn sag").last.click()
    await expect(page.locator("dialog.modal .wrong")).to_have_count(1)
    await is_open_to_all(window, "form with an error")
    await page.get_by_role("combobox", name="Hvad drejer").click()
    await expect(page.get_by_role("listbox")).to_be_visible()
    await is_open_to_all(window, "form with an open list")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog.modal")).to_have_count(0)
    await page.get_by_role("link", name="Gå til tråden").last.click()
    await window.sees("Deltagere")
    await window.button("Svar i tråd").click()
    await window.writes("Tak.", within="#thread")
    await window.sees("Tak.", within="#thread")
    await is_open_to_all(window, "thread")
    await page.locator("#me").click()
    await is_open_to_all(window, "list of people")
    await page.keyboard.press("Escape")
    await window.be(base, "coord-m", tab="home")
    await window.sees("Kontakt i politiet", within="#home")
    await is_open_to_all(window, "Home")
    if size == PHONE:
        await window.button("Rundtur").click()
    await window.sees("Spørg.", within="#tour")
    await is_open_to_all(window, "tour")
    await window.button("Trafik").click()
    await window.sees("chat.postMessage", within="#wire")
    await is_open_to_all(window, "wire")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_every_kind_of_block_is_open_to_all(bench: Bench, windows: Windows, size: tuple[int, int]) -> None:
    """Whatever an app may post, the page shows it so that everybody can use it, and no wider than the window."""
    await everything(bench)
    window = await windows.open(bench.running.page, "case1", size=size, channel="C0SAMARBEJDEKOEGE")
    await window.sees("Sidste blok")
    await is_open_to_all(window, "gallery")
    await window.fits()
