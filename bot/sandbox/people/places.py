"""Where a person can click: in a message, in the modal before them, in their Home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.blocks import chosen, initial_values, interactive_elements
from bot.sandbox.errors import ActRefusedError
from bot.sandbox.model import sight
from bot.sandbox.model.views import stack_of, values_of
from bot.sandbox.payloads import interactions

if TYPE_CHECKING:
    from bot.sandbox.blocks import Placed
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import Channel, Message, View
    from bot.sandbox.people.acts import Act

EXTERNAL = frozenset({"external_select", "multi_external_select"})


@dataclass(frozen=True)
class Place:
    """A message or a view, with its elements and what the person has entered in it so far."""

    act: Act
    channel: Channel | None = None
    message: Message | None = None
    view: View | None = None

    @property
    def key(self) -> str:
        """A name for this place, to remember offered options by."""
        return self.view.id if self.view else f"{self.message.channel}:{self.message.ts}" if self.message else ""

    def elements(self) -> list[Placed]:
        """Everything that can be used here, in attachments too."""
        if self.view is not None:
            return list(interactive_elements(self.view.body))
        if self.message is None:
            return []
        own = list(interactive_elements(self.message.blocks))
        for attachment in self.message.attachments:
            own += interactive_elements(attachment.get("blocks") or [])
        return own

    def find(self, action_id: str, block_id: str | None) -> Placed:
        """The element with this action, in this block if one is named; ActRefusedError `no_such_action`."""
        for placed in self.elements():
            if placed.element.get("action_id") == action_id and block_id in {None, placed.block_id}:
                return placed
        raise ActRefusedError("no_such_action")

    def enter(self, placed: Placed, value: object) -> Json:
        """Choose a value in an element as a person would. ActRefusedError where the client would not let them."""
        element = placed.element
        if element.get("type") in EXTERNAL:
            value = self._offered(placed, value)
        try:
            held: Json = dict(chosen(element, value))
        except ValueError as error:
            raise ActRefusedError(f"invalid_choice: {error}") from None
        typed = self._typed()
        if typed is not None and placed.block_id in self._stateful(placed):
            typed.setdefault(placed.block_id, {})[str(element["action_id"])] = held
        return held

    def _stateful(self, placed: Placed) -> set[str]:
        fresh = initial_values({"blocks": self._blocks()})
        action_id = str(placed.element["action_id"])
        return {block_id for block_id, actions in fresh.items() if action_id in actions}

    def _blocks(self) -> list[Json]:
        if self.view is not None:
            return list(self.view.body["blocks"])
        return list(self.message.blocks) if self.message else []

    def _typed(self) -> Json | None:
        if self.view is not None:
            return self.view.typed
        if self.message is None:
            return None
        key = (self.act.user.id, self.message.channel, self.message.ts)
        return self.act.model.typed_in_messages.setdefault(key, {})

    def _offered(self, placed: Placed, value: object) -> object:
        """External selects: only what the app offered in its last answer, or what it set beforehand."""
        element = placed.element
        asked = (self.act.user.id, self.key, placed.block_id, str(element["action_id"]))
        initial = element.get("initial_option") or element.get("initial_options") or []
        known = [*self.act.model.offered.get(asked, []), *(initial if isinstance(initial, list) else [initial])]

        def option(wanted: object) -> Json:
            for each in known:
                if wanted in (each, each["value"]):
                    return dict(each)
            raise ActRefusedError("option_not_offered")

        if value in (None, "", []):
            return value
        if element.get("type") == "external_select":
            return option(value)
        return [option(each) for each in (value if isinstance(value, list) else [value])]

    def payload(self) -> Json:
        """Container, message or view, and state, as an interaction carries them."""
        model = self.act.model
        if self.view is not None:
            return interactions.in_view(model, self.view)
        if self.channel is None or self.message is None:
            return {}
        values: Json = initial_values({"blocks": self.message.blocks})
        for block_id, actions in (self._typed() or {}).items():
            values.setdefault(block_id, {}).update(actions)
        return interactions.in_message(model, self.channel, self.message) | {"state": {"values": values}}


def place_of(act: Act) -> Place:
    """Where the act takes place: `view_id`, `home: true`, or `channel` and `ts`; only what the person sees."""
    if act.wish.get("home"):
        act.inside()
        home = act.model.homes.get(act.user.id)
        if home is None:
            raise ActRefusedError("no_home")
        return Place(act, view=home)
    if "view_id" in act.wish:
        return Place(act, view=shown_view(act))
    channel = act.channel()
    message = act.message(channel)
    if not sight.sees_message(act.user, channel, message):
        raise ActRefusedError("message_not_found")
    return Place(act, channel=channel, message=message)


def shown_view(act: Act) -> View:
    """The modal named by `view_id`, if it is the one before the person."""
    view = act.model.views.get(act.text("view_id"))
    if view is None or view.user != act.user.id:
        home = act.model.homes.get(act.user.id)
        if home is not None and home.id == act.wish["view_id"]:
            return home
        raise ActRefusedError("view_not_found")
    if stack_of(act.model, act.user)[-1] is not view:
        raise ActRefusedError("view_not_on_top")
    return view


def entered(view: View) -> Json:
    """What a view holds now."""
    return values_of(view)
