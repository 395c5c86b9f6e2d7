"""The form in which a stranger says where she works."""

from __future__ import annotations

from handlers.parsing import Form


class MembershipForm(Form):
    """A municipality or police district, as `municipality:DK:259` or `district:KEY`."""

    place: str
