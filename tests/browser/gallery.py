"""One message with every block and element, and one with every mark of Slack's mark-up."""

from __future__ import annotations

from typing import Any

from tests.sandbox.bench import ROOM, Bench, button, plain

Json = dict[str, Any]

OPTIONS = [{"text": plain(f"Valg {n}"), "value": str(n), "description": plain(f"Mere om {n}")} for n in (1, 2, 3)]
MARKS = (
    "*fed* _kursiv_ ~streget~ `kode` *fed med _kursiv_ i*\n"
    "> et citat\n&gt; og mere af det\n"
    "• første\n• anden\n"
    "```\nfast *skrift*\n```\n"
    "<@U0POLICE1> i <#C0ALLE> og <!here>, <https://example.org/a?b=1&amp;c=2|et link>, <tel:+4500000201|+45 00 00 02 01>\n"
    "<!date^1795327804^{date_short_pretty} kl. {time}|21. november> :white_check_mark: :ukendt_emoji: a_b_c 2*3*4 &lt;b&gt;"
)
RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "Rig tekst", "style": {"bold": True}}]},
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": word}]} for word in ("en", "to")
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "citeret"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "fast"}]},
    ],
}


def elements() -> list[Json]:
    """One of each element that may stand in an actions block."""
    pick = {"placeholder": plain("Vælg her")}
    return [
        {"type": "button", "action_id": "a.button", "text": plain("Knap"), "style": "danger"},
        {"type": "static_select", "action_id": "a.static", "options": OPTIONS, **pick},
        {"type": "external_select", "action_id": "a.external", "min_query_length": 2, **pick},
        {"type": "users_select", "action_id": "a.user", **pick},
        {"type": "conversations_select", "action_id": "a.conversation", **pick},
        {"type": "channels_select", "action_id": "a.channel", **pick},
        {"type": "overflow", "action_id": "a.overflow", "options": OPTIONS},
        {"type": "datepicker", "action_id": "a.date", "initial_date": "2026-11-24", **pick},
        {"type": "timepicker", "action_id": "a.time", "initial_time": "12:30", **pick},
        {"type": "datetimepicker", "action_id": "a.moment", "initial_date_time": 1795327804},
        {"type": "checkboxes", "action_id": "a.checks", "options": OPTIONS, "initial_options": OPTIONS[:1]},
        {"type": "radio_buttons", "action_id": "a.radio", "options": OPTIONS},
    ]


def section(text: str, **more: Json) -> Json:
    """A paragraph of mark-up."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


async def everything(bench: Bench) -> None:
    """Post it all into the room of Køge."""
    fields = [{"type": "mrkdwn", "text": "*Felt*\nværdi"}, {"type": "plain_text", "text": "Ren :eyes: tekst"}]
    blocks = [
        {"type": "header", "text": plain("Overskrift :bell:")},
        section(MARKS),
        section("Med knap", accessory={**button()["elements"][0], "action_id": "a.side"}),
        section("Med liste", accessory={"type": "static_select", "action_id": "a.sidelist", "options": OPTIONS}),
        {"type": "section", "fields": fields},
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "Småt med _skråt_"}]},
        {"type": "image", "image_url": "https://example.org/x.png", "alt_text": "Et billede"},
        {"type": "actions", "block_id": "alle", "elements": elements()},
        RICH,
        {"type": "markdown", "text": "# Slacks anden opmærkning"},
        section("Sidste blok"),
    ]
    await bench.web.chat_postMessage(channel=ROOM, text="alt", blocks=blocks)
