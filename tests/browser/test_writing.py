"""Writing, completing, editing, deleting, reacting, and what others see of it at once."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.window import Windows
from tests.sandbox.bench import PUBLIC, ROOM, Bench, manifest, standin
from tests.stage import World

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]


async def test_what_one_writes_the_other_sees_at_once(bench: Bench, windows: Windows) -> None:
    """Two windows, two people: a message, its edit, a reaction, a reply with unread marks, its deletion."""
    sanne = await windows.open(bench.running.page, "case1", channel=ROOM)
    palle = await windows.open(bench.running.page, "police1", channel=PUBLIC)
    await sanne.page.locator("#conversation .writes").press_sequentially("Ved du noget nyt, @pal")
    await expect(sanne.page.get_by_role("option", name="Palle Politi")).to_be_visible()
    await sanne.page.keyboard.press("Enter")
    await sanne.page.keyboard.press("Enter")
    await sanne.sees("@Palle Politi (demo)")
    entry = palle.page.locator("#sidebar").get_by_role("button", name="samarbejde-koege")
    await expect(entry).to_contain_text("1")
    await entry.click()
    await palle.sees("Ved du noget nyt, @Palle Politi (demo)")
    await expect(palle.page.locator(".mention.me")).to_have_count(1)
    await expect(entry).not_to_contain_text("1")
    await palle.goes_to("alle")
    await sanne.writes("Er du der?")
    await expect(entry).to_contain_text("1")
    await entry.click()
    await expect(palle.page.locator("#conversation .day.new")).to_have_text("Nye beskeder")
    message = palle.page.locator("#conversation .message").last
    await message.hover()
    await message.get_by_role("button", name="Tilføj en reaktion").click()
    await palle.page.get_by_role("menuitem", name="eyes").click()
    await expect(sanne.page.locator(".reaction")).to_contain_text("1")
    await sanne.page.locator(".reaction").click()
    await expect(palle.page.locator(".reaction")).to_contain_text("2")
    await message.hover()
    await message.get_by_role("button", name="Svar i tråd").click()
    await palle.writes("Ja.", within="#thread")
    await expect(sanne.page.locator("#sidebar").get_by_role("button", name="Tråde")).to_contain_text("1")
    await sanne.page.locator("#sidebar").get_by_role("button", name="Tråde").click()
    await sanne.page.locator(".thread-entry").click()
    await sanne.sees("Ja.", within="#thread")
    await palle.page.locator("#thread .message").last.hover()
    await palle.page.locator("#thread").get_by_role("button", name="Flere handlinger").last.click()
    await palle.page.get_by_role("menuitem", name="Slet").click()
    await palle.page.locator("dialog.confirm").get_by_role("button", name="Slet").click()
    await expect(sanne.page.locator("#thread")).not_to_contain_text("Ja.")


async def test_commands_are_completed_and_sent(demo: World, windows: Windows) -> None:
    """A slash offers the commands; the answer is only for her; in a thread Slack's refusal is shown and nothing is lost."""
    window = await windows.open(demo.stage.running.page, "case1", channel=ROOM)
    page = window.page
    await page.locator("#conversation .writes").press_sequentially("/kon")
    await expect(page.get_by_role("option", name="/kontakt")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await window.sees("Kun synlig for dig", "Palle Politi (demo)")
    await page.get_by_role("button", name="Fjern").click()
    await expect(page.locator(".only-you")).to_have_count(0)
    await window.writes("Hej alle")
    last = page.locator("#conversation .message").last
    await last.hover()
    await last.get_by_role("button", name="Svar i tråd").click()
    box = page.locator("#thread .writes")
    await box.fill("/sag")
    await box.press("Enter")
    await window.sees("not supported in threads", within="#thread .composer")
    await expect(box).to_have_value("/sag")


async def test_people_elsewhere_have_neither_commands_nor_home(demo: World, windows: Windows) -> None:
    """A person of another workspace sees the shared channel alone."""
    window = await windows.open(demo.stage.running.page, "police3")
    await window.sees("#samarbejde-ekstern")
    await expect(window.page.locator("#sidebar .entry")).to_have_count(2)  # her threads and the one channel
    await expect(window.page.get_by_role("tab")).to_have_count(0)
    await expect(window.page.locator("#conversation").get_by_role("button", name="Genveje")).to_have_count(0)


async def test_a_shortcut_stands_in_the_menu_of_a_message(browser: object, windows: Windows) -> None:  # noqa: ARG001 - skipped without a browser
    """The app's message shortcuts are offered; one that the app does not answer is told as what it is."""
    async with standin(manifest=manifest()) as bench:
        await bench.did("case1", "message", channel=ROOM, text="hej")
        window = await windows.open(bench.running.page, "case1", channel=ROOM)
        message = window.page.locator("#conversation .message").last
        await message.hover()
        await message.get_by_role("button", name="Flere handlinger").click()
        await window.page.get_by_role("menuitem", name="Aftal").click()
        await window.sees("Botten kan ikke nås", within="#notices")
        await window.sees("Botten er ikke forbundet", within="#top")


async def test_a_channel_is_joined_before_one_writes(bench: Bench, windows: Windows) -> None:
    """A public channel can be read and joined."""
    await bench.did("case4", "leave", channel=PUBLIC)
    window = await windows.open(bench.running.page, "case4", channel=PUBLIC)
    await window.sees("Du er ikke medlem")
    await window.button("Bliv medlem").click()
    await window.writes("Så er jeg her")
    await window.sees("Så er jeg her")


async def test_a_link_to_a_message_opens_where_it_stands(bench: Bench, windows: Windows) -> None:
    """Followed from outside, by somebody the page does not know yet."""
    written = [(await bench.did("case1", "message", channel=ROOM, text=f"Besked {n}"))["ts"] for n in range(30)]
    ts = written[3]
    link = str((await bench.web.chat_getPermalink(channel=ROOM, message_ts=ts))["permalink"])
    window = await windows.open(bench.running.page, "case1")
    await window.page.goto("about:blank")
    await window.page.goto(link)
    await window.sees("#samarbejde-koege")
    await expect(window.page.locator(".pointed-at")).to_contain_text("Besked 3")
    await expect(window.page.locator(".pointed-at")).to_be_in_viewport()


async def test_nothing_is_missed_while_much_happens(bench: Bench, windows: Windows) -> None:
    """Two write as fast as they can; after each round both windows show every message."""
    sanne = await windows.open(bench.running.page, "case1", channel=ROOM)
    palle = await windows.open(bench.running.page, "police1", channel=ROOM)
    for n in range(1, 9):
        await sanne.writes(f"fra Sanne {n}")
        await palle.writes(f"fra Palle {n}")
        for window in (sanne, palle):
            await expect(window.page.locator("#conversation .message")).to_have_count(2 * n)
