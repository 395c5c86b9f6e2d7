"""`auth.test`, `api.test` and `apps.connections.open`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.web_api.call import Call, Method


def api_test(call: Call) -> Json:
    """`api.test`: gives back what it was given."""
    return {"args": call.args.values}


def auth_test(call: Call) -> Json:
    """`auth.test`: who this token is."""
    model = call.model
    return {
        "url": f"{call.standin.base}/",
        "team": model.home_team.name,
        "user": model.bot.handle,
        "team_id": model.home_team.id,
        "user_id": model.bot.id,
        "bot_id": model.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(call: Call) -> Json:
    """`apps.connections.open`: an address for one WebSocket."""
    address = call.standin.base.replace("http://", "ws://", 1)
    return {"url": f"{address}/socket?ticket={call.standin.sockets.new_ticket()}"}


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "apps.connections.open": open_connection,
}
