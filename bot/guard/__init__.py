"""Text → findings: what must not be in a text about a case. Pure; stores nothing.

    guard = load_guard()
    for finding in guard.look("mor til Signe ringede", lang="da"):
        ...  # finding.kind, finding.start, finding.end, finding.outcome, finding.why

What is found, what is not, and how well: `docs/guard.md`.
"""

from bot.guard.findings import Finding, Kind, Outcome, Registered
from bot.guard.guard import Guard, load_guard

__all__ = ["Finding", "Guard", "Kind", "Outcome", "Registered", "load_guard"]
