"""How long a headline takes of our own time, in an empty thread and in one of a thousand follow-ups, in a full room.

    python -m tests.benchmarks.headline [--cases 500] [--followups 1000] [--rounds 200]

One update is what the delivery does beside waiting for Slack: claim, check and read, write the card, report back. Half
of the follow-ups in the crowded thread are open, or (second line) all but five are settled. It gates nothing; the aim
is less than 10 ms at the median, and the same in every line.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, insert, update

from bot.app import reader
from bot.domain.cases import Case, FollowupWhat
from bot.domain.deliveries import DeliveryKind
from bot.domain.matters import MatterKind, MatterState
from bot.usecases import delivery
from handlers.cards.headline import headline
from storage import deliveries, matters
from storage.engine import open_engine
from storage.schema import new_id
from storage.upgrade import upgrade
from tests.world import HOME, World


def opened(folder: Path, name: str) -> Engine:
    """A fresh embedded database, as safe as the product's own."""
    engine = open_engine(f"sqlite:///{folder / name}.db")
    upgrade(engine)
    return engine


def crowd(world: World, case: Case, followups: int, *, still_open: int) -> None:
    """So many follow-ups in one case, all but a few of them settled."""
    first = world.propose(case)
    rows = []
    for n in range(followups):
        state = MatterState.AGREED if n < still_open else MatterState.DONE
        settled = None if state.is_open else world.now + timedelta(minutes=n)
        due = world.now + timedelta(hours=n)
        made = replace(
            first, id=new_id(), kind=MatterKind.FOLLOWUP, state=state, settled_at=settled, due_at=due
        )  # fmt: skip
        rows.append({name: getattr(made, name) for name in made.__dataclass_fields__})
    with world.work() as work:
        work.connection.execute(insert(matters.matters), rows)
        whats = [{"matter_id": row["id"], "what": FollowupWhat.ANSWER_ABOUT_TALK} for row in rows]
        work.connection.execute(insert(matters.followups), whats)
        work.commit()


def quiet(world: World) -> None:
    """Whatever else was to be sent is not measured."""
    with world.work() as work:
        work.connection.execute(update(deliveries.deliveries).values(state="cancelled"))
        work.commit()


def one(world: World, case: Case) -> tuple[float, float]:
    """One update of the headline: milliseconds on the clock, and of the processor."""
    with world.work() as work:
        deliveries.refresh_headline(work, HOME, case.id, case.channel)
        work.commit()
    begins, busy = time.perf_counter(), time.process_time()
    (claimed,) = world.do(delivery.claim, workspace_id=HOME, limit=20)
    item = world.do(delivery.begin, claimed.id)
    assert item is not None
    assert item.delivery.kind is DeliveryKind.HEADLINE
    card = headline(reader("da", "DK"), item.case)
    assert card.blocks
    world.do(delivery.report_sent, claimed.id, delivery.Sent("C", "1.1"))
    took = (time.perf_counter() - begins) * 1000, (time.process_time() - busy) * 1000
    world.later(seconds=2)
    return took


def measured(name: str, world: World, case: Case, rounds: int) -> None:
    """The medians of so many updates; on a machine that is busy the processor's time tells more than the clock's."""
    quiet(world)
    for _ in range(10):
        one(world, case)
    took = [one(world, case) for _ in range(rounds)]
    clock, processor = (statistics.median(times) for times in zip(*took, strict=True))
    print(f"{name:<58} median {clock:6.2f} ms, of the processor {processor:6.2f} ms")  # noqa: T201 - this is its face


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--followups", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=200)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty = World(opened(Path(folder), "empty"))
        measured("an empty thread in an empty room", empty, empty.accepted_case(), wish.rounds)
        full = World(opened(Path(folder), "full"))
        for _ in range(wish.cases):
            full.open_case()
        alone = full.accepted_case()
        measured(f"an empty thread among {wish.cases} cases", full, alone, wish.rounds)
        for still_open in (5, wish.followups // 2):
            case = full.accepted_case()
            crowd(full, case, wish.followups, still_open=still_open)
            measured(
                f"{wish.followups} follow-ups, {still_open} open, among {wish.cases} cases", full, case, wish.rounds
            )


if __name__ == "__main__":
    main()
