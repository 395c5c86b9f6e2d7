"""What a rule refuses.

Refused            a person asked for something a rule does not allow; carries a text key for her
├── NotAllowed     she may not, somebody else may
├── NotFound       there is no such record, or none she may know of
├── Settled        it has been answered already; nothing changes
└── BadInput       one field cannot be used as given
Repeated           Slack delivered the same interaction twice; the first one counted
"""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - "Refused" is the word the house uses
    """A rule says no. `key` names the sentence for the person, `values` fill its places."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class NotAllowed(Refused):
    """This person may not; the sentence says who may."""


class NotFound(Refused):
    """No such record, or none this person may know of: the two look the same to her."""


class Settled(Refused):
    """Answered already; nothing changes."""


class BadInput(Refused):
    """One field cannot be used as given; `field` is the block it stands in."""

    def __init__(self, key: str, *, field: str, **values: str) -> None:
        super().__init__(key, **values)
        self.field = field


class Repeated(Exception):  # noqa: N818 - not an error of anybody's
    """Slack delivered this interaction before and it was acted on: do nothing, answer as if done."""
