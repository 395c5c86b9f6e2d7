"""Every element in a form and in a message: what a person chooses is what the app is sent."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.gallery import OPTIONS
from tests.browser.window import Window, Windows
from tests.sandbox.bench import ROOM, Bench, modal, plain, text_input

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

Json = dict[str, Any]


def field(name: str, kind: str, **more: Any) -> Json:
    """One field of a form; its label is its name."""
    element = {"type": kind, "action_id": f"f.{name}", **more}
    return {"type": "input", "block_id": name, "label": plain(name), "element": element}


FIELDS = [
    field("tekst", "plain_text_input"),
    field("liste", "static_select", options=OPTIONS),
    field("flere", "multi_static_select", options=OPTIONS),
    field("udefra", "external_select", min_query_length=2),
    field("person", "users_select"),
    field("dag", "datepicker"),
    field("tid", "timepicker"),
    field("stund", "datetimepicker"),
    field("kryds", "checkboxes", options=OPTIONS),
    field("valg", "radio_buttons", options=OPTIONS),
    field("tal", "number_input", is_decimal_allowed=False),
]


class App:
    """A small app: a button opens a form; a submit answers with errors, then pushes, then updates."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.sent: list[Json] = []
        self.used: list[Json] = []

    async def start(self, blocks: list[Json]) -> None:
        """Connect, and post a button that opens a form of these blocks."""
        app = self.bench.app()

        async def opens(ack: Any, body: Json, client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(*blocks))

        async def sent(ack: Any, body: Json) -> None:
            self.sent.append(body["view"]["state"]["values"])
            if len(self.sent) == 1:
                await ack(response_action="errors", errors={"tekst": "Skriv noget andet"})
            else:
                second = modal(text_input("to", "f.to"), callback_id="m.two", title=plain("Nummer to"))
                await ack(response_action="push", view=second)

        async def second(ack: Any) -> None:
            third = modal(
                {"type": "section", "text": plain("Færdig")}, callback_id="m.three", title=plain("Nummer tre")
            )
            third.pop("submit")
            await ack(response_action="update", view=third)

        async def used(ack: Any, body: Json) -> None:
            self.used.append(body["actions"][0])
            await ack()

        async def offered(ack: Any, body: Json) -> None:
            await ack(options=[{"text": plain(f"Fundet {body['value']}"), "value": f"v-{body['value']}"}])

        app.action("open")(opens)
        app.view("m.c")(sent)
        app.view("m.two")(second)
        app.options("f.udefra")(offered)
        app.action("a.over")(used)
        app.action("a.liste")(used)
        app.action("a.sikker")(used)
        await self.bench.connect(app)
        button = {"type": "button", "action_id": "open", "text": plain("Åbn")}
        sure = {
            "title": plain("Helt sikker?"),
            "text": plain("Det kan ikke fortrydes."),
            "confirm": plain("Gør det"),
            "deny": plain("Lad være"),
        }
        elements = [
            button,
            {"type": "overflow", "action_id": "a.over", "options": [{"text": plain("Mere"), "value": "m"}]},
            {"type": "static_select", "action_id": "a.liste", "placeholder": plain("Vælg straks"), "options": OPTIONS},
            {"type": "button", "action_id": "a.sikker", "text": plain("Slet alt"), "confirm": sure},
        ]
        await self.bench.web.chat_postMessage(
            channel=ROOM, text="x", blocks=[{"type": "actions", "elements": elements}]
        )


async def fills_in(window: Window) -> None:
    """Fill in every field as a person would."""
    dialog = window.page.locator("dialog.modal")
    await dialog.get_by_label("tekst").fill("Hej")
    await window.chooses("liste", "Valg 2")
    await window.chooses("flere", "Valg 1")
    await window.chooses("flere", "Valg 3")
    outside = dialog.get_by_role("combobox", name="udefra")
    await outside.fill("k")
    await window.sees("Skriv mindst 2 tegn", within="dialog.modal")
    await outside.fill("kø")
    await window.page.get_by_role("option", name="Fundet kø").click()
    await dialog.get_by_role("combobox", name="person").fill("palle")
    await window.page.get_by_role("option", name="Palle Politi").click()
    await dialog.get_by_label("dag").first.fill("2026-12-24")
    await dialog.get_by_label("tid", exact=True).fill("08:15")
    moment = dialog.get_by_role("group", name="stund")
    await moment.get_by_label("Dag").fill("2026-07-01")
    await moment.get_by_label("Klokkeslæt").fill("12:00")
    await dialog.get_by_label("Valg 2").first.check()
    await dialog.get_by_label("Valg 3").last.check()
    await dialog.get_by_label("tal").fill("7")


async def test_a_form_sends_what_was_chosen(bench: Bench, windows: Windows) -> None:
    """All fields filled in; an error stands under its field and nothing typed is lost; then push, update, close."""
    app = App(bench)
    await app.start(FIELDS)
    window = await windows.open(bench.running.page, "case1", channel=ROOM)
    await window.button("Åbn").click()
    dialog = window.page.locator("dialog.modal")
    await expect(dialog.get_by_role("heading", name="Titel")).to_be_visible()
    await fills_in(window)
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.locator("[data-block=tekst] .wrong")).to_contain_text("Skriv noget andet")
    await expect(dialog.get_by_label("tekst")).to_have_attribute("aria-invalid", "true")
    await expect(dialog.get_by_label("tekst")).to_be_focused()
    values = {block: next(iter(actions.values())) for block, actions in app.sent[0].items()}
    assert values["tekst"]["value"] == "Hej"
    assert values["liste"]["selected_option"]["value"] == "2"
    assert [option["value"] for option in values["flere"]["selected_options"]] == ["1", "3"]
    assert values["udefra"]["selected_option"]["value"] == "v-kø"
    assert values["person"]["selected_user"] == "U0POLICE1"
    assert values["dag"]["selected_date"] == "2026-12-24"
    assert values["tid"]["selected_time"] == "08:15"
    assert values["stund"]["selected_date_time"] == 1782900000  # 12.00 in Copenhagen, summer time
    assert [option["value"] for option in values["kryds"]["selected_options"]] == ["2"]
    assert values["valg"]["selected_option"]["value"] == "3"
    assert values["tal"]["value"] == "7"
    await dialog.get_by_label("tekst").fill("Noget andet")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.get_by_role("heading", name="Nummer to")).to_be_visible()
    assert app.sent[1]["liste"]["f.liste"]["selected_option"]["value"] == "2"
    await dialog.get_by_role("button", name="Tilbage").click()
    await expect(dialog.get_by_label("tekst")).to_have_value("Noget andet")
    await dialog.get_by_role("button", name="Send").click()
    await dialog.get_by_label("Felt").fill("to")
    await dialog.get_by_role("button", name="Send").click()
    await window.sees("Færdig", within="dialog.modal")
    await window.page.keyboard.press("Escape")
    await expect(dialog.get_by_role("heading", name="Titel")).to_be_visible()
    await window.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_a_field_that_the_app_takes_away_is_not_sent(bench: Bench, windows: Windows) -> None:
    """A choice that changes the form: what stays keeps what was typed, what is gone does not stop the submit."""
    app = bench.app()
    sent: list[Json] = []
    chooser = {**field("art", "static_select", options=OPTIONS), "dispatch_action": True}

    async def opens(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(
            trigger_id=body["trigger_id"],
            view=modal(field("navn", "plain_text_input"), chooser, field("mere", "plain_text_input")),
        )

    async def changes(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_update(view_id=body["view"]["id"], view=modal(field("navn", "plain_text_input"), chooser))

    async def takes(ack: Any, body: Json) -> None:
        sent.append(body["view"]["state"]["values"])
        await ack()

    app.action("open")(opens)
    app.action("f.art")(changes)
    app.view("m.c")(takes)
    await bench.connect(app)
    button = {"type": "button", "action_id": "open", "text": plain("Åbn")}
    await bench.web.chat_postMessage(channel=ROOM, text="x", blocks=[{"type": "actions", "elements": [button]}])
    window = await windows.open(bench.running.page, "case1", channel=ROOM)
    await window.button("Åbn").click()
    dialog = window.page.locator("dialog.modal")
    await dialog.get_by_label("navn").fill("A")
    await dialog.get_by_label("mere").fill("B")
    await window.chooses("art", "Valg 2")
    await expect(dialog.get_by_label("mere")).to_have_count(0)
    await expect(dialog.get_by_label("navn")).to_have_value("A")
    await window.submits("Send")
    assert {name: next(iter(values.values())) for name, values in sent[0].items()}["navn"]["value"] == "A"


async def test_what_is_left_empty_is_named_in_the_readers_language(bench: Bench, windows: Windows) -> None:
    """Every field that must be filled in says so under itself, and the first of them has the focus."""
    app = App(bench)
    await app.start(FIELDS)
    window = await windows.open(bench.running.page, "case1", channel=ROOM, language="nb")
    await window.button("Åbn").click()
    dialog = window.page.locator("dialog.modal")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.locator(".wrong")).to_have_count(len(FIELDS))
    await expect(dialog.locator(".wrong").first).to_contain_text("Fyll ut dette feltet.")
    await expect(dialog.get_by_label("tekst")).to_be_focused()
    assert app.sent == []


async def test_elements_in_a_message_are_told_at_once(bench: Bench, windows: Windows) -> None:
    """An overflow menu, a list, and a button that asks first."""
    app = App(bench)
    await app.start(FIELDS)
    window = await windows.open(bench.running.page, "case1", channel=ROOM)
    content = window.page.locator("#conversation .content")
    await content.get_by_role("button", name="Mere").click()
    await window.page.get_by_role("menuitem", name="Mere").click()
    await window.page.get_by_role("combobox", name="Vælg straks").click()
    await window.page.get_by_role("option", name="Valg 2").click()
    for answer in ("Lad være", "Gør det"):
        await window.button("Slet alt").click()
        await window.page.locator("dialog.confirm").get_by_role("button", name=answer).click()
    await bench.until(lambda _state: len(app.used) == 3)
    assert [each["action_id"] for each in app.used] == ["a.over", "a.liste", "a.sikker"]
    assert app.used[1]["selected_option"]["value"] == "2"
