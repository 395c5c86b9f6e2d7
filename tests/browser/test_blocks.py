"""How Slack's blocks and mark-up look; and that no text, however hostile, becomes anything but text."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.gallery import everything
from tests.browser.window import Window, Windows
from tests.sandbox.bench import ROOM, Bench, demo_world, standin

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

HOSTILE = (
    '<script>window.hacked = 1</script> "\' <img src=x onerror="window.hacked = 2"> &lt;b&gt; *<i>* `</code><b>`',
    '<https://example.org/"onclick=window.hacked=3|klik> <javascript:window.hacked=4|klik> <data:text/html,x|data>',
    "שלום עולם \u202eomvendt\u202c مرحبا 👩‍👩‍👧‍👦 🇩🇰 e\u0301 \u0000 ﷽",
    "<@U0INGEN> <#C0INGEN> <!subteam^S1> <!ukendt^x> <> <|> <@> *_~`",
    "a" * 39_000,
)


async def opened(bench: Bench, windows: Windows) -> Window:
    """The room of Køge as case1 sees it."""
    return await windows.open(bench.running.page, "case1", channel=ROOM)


async def test_mark_up_is_drawn_as_slack_draws_it(bench: Bench, windows: Windows) -> None:
    """Bold, italic, strike, code, fence, quote, list, mention, channel, link, date, emoji."""
    await everything(bench)
    window = await opened(bench, windows)
    words = window.page.locator(".block.section .words").first
    for tag, text in (
        ("strong", "fed"), ("em", "kursiv"), ("s", "streget"), ("code", "kode"), ("pre", "fast *skrift*"),
        ("blockquote", "et citat"), ("li", "første"), ("time", "kl. 07:10"), (".emoji", "✅"), ("strong em", "kursiv"),
    ):  # fmt: skip
        await expect(words.locator(tag).first).to_contain_text(text.replace("07:10", "07.10"))
    await expect(words.locator(".mention").first).to_have_text("@Palle Politi (demo)")
    await expect(words.get_by_role("link", name="et link")).to_have_attribute("href", "https://example.org/a?b=1&c=2")
    await expect(words.get_by_role("link", name="+45 00 00 02 01")).to_have_attribute("href", "tel:+4500000201")
    await expect(words).to_contain_text(":ukendt_emoji: a_b_c 2*3*4 <b>")


async def test_a_block_the_page_does_not_know_is_an_error_to_see(bench: Bench, windows: Windows) -> None:
    """It is not skipped: its type stands there, and what stands after it is shown, too."""
    await everything(bench)
    window = await opened(bench, windows)
    await expect(window.page.locator(".unknown-block")).to_have_count(1)
    await window.sees("Siden kan ikke vise en blok af typen “markdown”", "Sidste blok")


async def test_hostile_text_stays_text(bench: Bench, windows: Windows) -> None:
    """Markup, quotes, dangerous links, right-to-left, 39,000 characters: from the bot and from a person, shown and harmless."""
    for text in HOSTILE:
        await bench.web.chat_postMessage(channel=ROOM, text=text)
        await bench.did("case2", "message", channel=ROOM, text=text[:11_000])
    window = await opened(bench, windows)
    await expect(window.page.locator("#conversation .message")).to_have_count(2 * len(HOSTILE))
    assert await window.page.evaluate("window.hacked") is None
    assert await window.page.locator("#conversation .content :is(script, img, b, i)").count() == 0
    assert await window.page.locator("a[href^='javascript'], a[href^='data']").count() == 0
    await window.sees("window.hacked = 1", "שלום עולם")
    await window.fits()
    await expect(window.button("Vis mere")).to_be_visible()


async def test_names_with_mark_up_are_only_names(browser: object, windows: Windows) -> None:  # noqa: ARG001 - skipped without a browser
    """In lists, mentions, menus and the title."""
    name = '<img src=x onerror="window.hacked=1">*Bo* & Co'
    world = demo_world()
    for user in world.users:
        if user.handle == "case2":
            user.real_name = name
    async with standin(world=world) as bench:
        await bench.did("case1", "message", channel=ROOM, text="hej @case2")
        window = await opened(bench, windows)
        await window.sees(f"hej @{name}")
        await window.page.locator("#me").click()
        await window.page.get_by_role("menuitemradio", name=name).click()
        await window.sees(name, within="#me")
        assert await window.page.evaluate("window.hacked") is None
