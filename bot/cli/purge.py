"""`bindeled purge`: delete the cases whose retention time is over, now instead of within the hour."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--dry-run", action="store_true", help="say how many it would be, and change nothing")


def run(arguments: argparse.Namespace) -> int:
    """0 done. Messages in Slack are taken away by the running bot, and the case goes when they are gone."""
    from bot import settings
    from bot.app import open_database
    from bot.clock import SystemClock
    from bot.usecases import closing, directory
    from bot.working_time import calendar
    from storage.uow import UnitOfWork

    loaded = settings.load()
    engine = open_database(loaded)
    try:
        work = UnitOfWork(engine, SystemClock().now(), calendar)
        due = gone = 0
        for workspace_id in directory.workspaces(work):
            if arguments.dry_run:
                due += closing.past_retention(work, workspace_id=workspace_id, retention=loaded.retention)
            else:
                done = closing.forget(work, workspace_id=workspace_id, retention=loaded.retention)
                due, gone = due + done.begun, gone + done.gone
    finally:
        engine.dispose()
    kept = f"closed more than {loaded.retention.days} days ago"
    if arguments.dry_run:
        print(f"{due} closed case(s) would be deleted: {kept}. Nothing was changed.")
    else:
        print(
            f"{due} case(s) {kept} are being deleted: the running bot takes its messages away. {gone} case(s) gone for good."
        )
    return 0
