"""Everything a case holds, page by page: what its headline only counts stands here."""

from __future__ import annotations

from bot.usecases.cases import Everything
from handlers.cards import cases, followups, tracks
from handlers.cards.parts import Block, Reader, actions, button, context, divider, modal, section


def way(reader: Reader, case_id: str) -> Block:
    """The button that opens all of it."""
    return button(reader.texts("case.more.button"), "case.more", case_id)


def page(reader: Reader, found: Everything) -> Block:
    """One page of all follow-ups; on the first one the tracks with every date, and who takes part."""
    t, view = reader.texts, found.view
    blocks: list[Block] = []
    if found.page == 0:
        history = tracks.history(reader, view)
        said = [cases.about(reader, view.case), cases.people(reader, view).lead, *([history] if history else [])]
        blocks += [*(section(words) for words in said), divider()]
    lines = [followups.line(reader, item) for item in found.followups]
    blocks += [section(line) for line in lines] or [section(t.md("case.followups.none"))]
    blocks.append(context(t.md("case.more.page", page=str(found.page + 1), pages=str(found.pages))))
    turns = [
        button(t(f"case.page.{name}.button"), "case.page", f"{view.case.id}:{at}")
        for name, at in (("before", found.page - 1), ("after", found.page + 1))
        if 0 <= at < found.pages
    ]
    for at, turn in enumerate(turns):
        turn["action_id"] = f"case.page.{at}"
    return modal(
        callback_id="case.more", title=t("case.more.title"), submit=None, close=t("close"), meta=view.case.id,
        blocks=[*blocks, *([actions("turn", *turns)] if turns else [])],
    )  # fmt: skip
