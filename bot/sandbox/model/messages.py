"""What changes messages: posting, editing, deleting, reacting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import Message, User


def keep(model: Model, message: Message) -> Message:
    """Put a message into its channel. A first reply makes its parent a thread."""
    model.messages[message.channel][message.ts] = message
    if _is_reply(message):
        model.threads[message.channel, str(message.thread_ts)].append(message)
    model.changes.note()
    return message


def _is_reply(message: Message) -> bool:
    return message.ephemeral_to is None and message.thread_ts not in {None, message.ts}


def edit(model: Model, message: Message, by: User) -> None:
    """Note that a message was edited; the caller has changed its fields."""
    message.edited = {"user": by.id, "ts": f"{model.seconds()}.000000"}
    model.changes.note()


def delete(model: Model, message: Message) -> bool:
    """Take a message away. A thread's first message stays as a tombstone; then the answer is True."""
    if message.ephemeral_to is None and model.replies(message):
        message.subtype = "tombstone"
        message.text = "This message was deleted."
        message.user, message.by_bot = "USLACKBOT", False
        message.blocks, message.attachments, message.files = [], [], []
        message.metadata, message.reactions = None, {}
        model.changes.note()
        return True
    del model.messages[message.channel][message.ts]
    if _is_reply(message):
        model.threads[message.channel, str(message.thread_ts)].remove(message)
    model.changes.note()
    return False


def react(model: Model, message: Message, user: User, name: str) -> bool:
    """Add a reaction; False if this person had already given it."""
    people = message.reactions.setdefault(name, [])
    if user.id in people:
        return False
    people.append(user.id)
    model.changes.note()
    return True


def unreact(model: Model, message: Message, user: User, name: str) -> bool:
    """Take a reaction back; False if this person had not given it."""
    people = message.reactions.get(name, [])
    if user.id not in people:
        return False
    people.remove(user.id)
    if not people:
        del message.reactions[name]
    model.changes.note()
    return True


def forget_ephemeral(model: Model, user: User) -> int:
    """A person reloads: what was shown to them alone is gone. Returns how many messages."""
    gone = 0
    for messages in model.messages.values():
        for ts in [ts for ts, m in messages.items() if m.ephemeral_to == user.id]:
            del messages[ts]
            gone += 1
    model.changes.note()
    return gone
