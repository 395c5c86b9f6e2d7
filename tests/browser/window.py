"""A window of the page as one person has it before her, with what she does by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

PATIENCE_MS = 10_000
WIDE = (1280, 800)
PHONE = (360, 740)

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Window:
    """One open page. `person` is its handle in the demo world."""

    page: Page

    async def be(self, base: str, person: str, **place: str) -> None:
        """Open the page as a person, somewhere."""
        where = "&".join(f"{name}={value}" for name, value in {"as": person, **place}.items())
        await self.page.goto(f"{base}#{where}")
        await expect(self.page.locator("#conversation .heading")).to_be_visible()

    def button(self, name: str, *, within: str = "body") -> Locator:
        """The last button whose name begins with these words."""
        pattern = re.compile(rf"^{re.escape(name)}(?!\w)")
        return self.page.locator(within).get_by_role("button", name=pattern).last

    async def writes(self, text: str, *, within: str = "#conversation") -> None:
        """Type into the composer and send."""
        box = self.page.locator(f"{within} .writes")
        await box.fill(text)
        await box.press("Enter")

    async def chooses(self, label: str, option: str) -> None:
        """Open a list of a form and choose from it."""
        await self.page.get_by_role("combobox", name=label).click()
        await self.page.get_by_role("option", name=option).first.click()

    async def submits(self, name: str) -> None:
        """Send the form that is open; it closes."""
        dialog = self.page.locator("dialog.modal")
        await dialog.get_by_role("button", name=name, exact=True).last.click()
        await expect(dialog).to_have_count(0)

    async def sees(self, *texts: str, within: str = "#conversation") -> None:
        """Each of these stands there, or comes in time."""
        for text in texts:
            await expect(self.page.locator(within)).to_contain_text(text)

    async def goes_to(self, channel: str) -> None:
        """Open a conversation from the sidebar."""
        await self.page.locator("#sidebar").get_by_role("button", name=channel).click()
        await expect(self.page.locator("#conversation h2").first).to_contain_text(channel)

    async def becomes(self, name: str) -> None:
        """Choose another person at the top."""
        await self.page.locator("#me").click()
        await self.page.get_by_role("menuitemradio", name=name).click()
        await expect(self.page.locator("#me")).to_contain_text(name)

    async def fits(self) -> None:
        """Nothing is wider than the window."""
        widths = await self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1], f"the page is {widths[0]} wide in a window of {widths[1]}"


@dataclass
class Windows:
    """Opens windows in one browser and listens to what they complain about."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    async def open(
        self,
        base: str,
        person: str,
        *,
        size: tuple[int, int] = WIDE,
        language: str = "da",
        touch: bool = False,
        **place: str,
    ) -> Window:
        """A new window with a memory of its own."""
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=language, has_touch=touch, is_mobile=touch
        )
        self.contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        window = Window(page)
        await window.be(base, person, **place)
        return window

    async def close(self) -> None:
        """Close all of them."""
        for context in self.contexts:
            await context.close()
