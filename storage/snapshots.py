"""The directory of each workspace, kept in memory while it is the same as in the database.

Several processes share one database: every look-up reads one small row that says which versions hold, and only what
has changed since is read again. What another process commits is therefore seen by the next look-up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from bot.domain.directory_index import ContactBook, DirectoryIndex, RuleBook
from storage import directory
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Kept:
    contacts_version: str
    rules_version: str
    index: DirectoryIndex


@dataclass
class _Shelf:
    by_workspace: dict[str, _Kept] = field(default_factory=dict)


_SHELVES: WeakKeyDictionary[Engine, _Shelf] = WeakKeyDictionary()
"""One for each database of this process; it goes when the engine goes. Threads may read the same thing twice, no more."""


def directory_of(work: UnitOfWork, workspace_id: str) -> DirectoryIndex:
    """The directory of a workspace as this unit of work sees it: all that has not ended."""
    shelf = _SHELVES.setdefault(work.connection.engine, _Shelf())
    kept = shelf.by_workspace.get(workspace_id)
    contacts_version, rules_version = directory.versions(work, workspace_id)
    if kept and (kept.contacts_version, kept.rules_version) == (contacts_version, rules_version):
        return kept.index
    same_contacts = kept is not None and kept.contacts_version == contacts_version
    same_rules = kept is not None and kept.rules_version == rules_version
    index = DirectoryIndex(
        kept.index.contacts if kept and same_contacts else ContactBook(directory.kept_contacts(work, workspace_id)),
        kept.index.rules if kept and same_rules else RuleBook(directory.kept_rules(work, workspace_id)),
        kept.index.agencies if kept and same_contacts else {a.id: a for a in directory.agencies_of(work, workspace_id)},
    )
    shelf.by_workspace[workspace_id] = _Kept(contacts_version, rules_version, index)
    return index
