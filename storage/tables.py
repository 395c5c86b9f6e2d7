"""All tables, for those who need the whole schema at once (migrations, purge, tests)."""

from __future__ import annotations

from storage import (
    absences,
    audit,
    callbacks,
    cases,
    channels,
    clearances,
    closing,
    corrections,
    deadline_rows,
    deliveries,
    digests,
    directory,
    drafts,
    followups,
    handovers,
    incidents,
    intake,
    matters,
    memberships,
    rooms,
    tracks,
)
from storage.schema import metadata

__all__ = [
    "absences",
    "audit",
    "callbacks",
    "cases",
    "channels",
    "clearances",
    "closing",
    "corrections",
    "deadline_rows",
    "deliveries",
    "digests",
    "directory",
    "drafts",
    "followups",
    "handovers",
    "incidents",
    "intake",
    "matters",
    "memberships",
    "metadata",
    "rooms",
    "tracks",
]
