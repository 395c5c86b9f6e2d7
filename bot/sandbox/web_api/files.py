"""`files.*`: a file is announced, brought to an address, completed, and may be taken away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import posting
from bot.sandbox.errors import RefusedError
from bot.sandbox.model.things import Upload
from bot.sandbox.web_api.arguments import bad

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.web_api.call import Call, Method

MOST_BYTES = 1_000_000_000


def get_upload_url(call: Call) -> Json:
    """`files.getUploadURLExternal`: where to bring a file of this name and length."""
    name = call.args.need("filename")
    length = call.args.number("length", 0)
    if length <= 0:
        raise bad("must be greater than 0 [json-pointer:/length]")
    if length > MOST_BYTES:
        raise RefusedError("file_upload_size_restricted")
    model = call.model
    upload = Upload(model.new_id("F"), name, length, model.seconds(), title=name)
    model.uploads[upload.id] = upload
    return {"upload_url": f"{call.standin.base}/upload/v1/{upload.id}", "file_id": upload.id}


def complete_upload(call: Call) -> Json:
    """`files.completeUploadExternal`: the files become visible, in a channel if one is named."""
    given = call.args.data("files")
    if not isinstance(given, list) or not given or not all(isinstance(item, dict) for item in given):
        raise bad("missing required field: files")
    uploads: list[Upload] = []
    for item in given:
        upload = call.model.uploads.get(str(item.get("id")))
        if upload is None or upload.content is None or upload.done:
            raise RefusedError("file_not_found")
        upload.title = str(item.get("title") or upload.title)
        uploads.append(upload)
    channel = call.joined_channel("channel_id") if "channel_id" in call.args else None
    for upload in uploads:
        upload.done = True
        if channel is not None:
            upload.channels.append(channel.id)
    files = [file_object(call, upload) for upload in uploads]
    if channel is not None:
        content = {"text": call.args.text("initial_comment"), "files": files}
        posting.post_as_bot(call.standin, channel, content, thread_ts=call.args.text("thread_ts") or None)
    call.model.changes.note()
    return {"files": files}


def delete(call: Call) -> Json:
    """`files.delete`: the file goes, also from the messages that showed it."""
    upload = call.model.uploads.get(call.args.need("file"))
    if upload is None:
        raise RefusedError("file_not_found")
    del call.model.uploads[upload.id]
    for messages in call.model.messages.values():
        for message in messages.values():
            message.files = [file for file in message.files if file["id"] != upload.id]
    call.model.changes.note()
    return {}


def file_object(call: Call, upload: Upload) -> Json:
    """A file in Slack's shape."""
    kind = upload.name.rpartition(".")[2].lower()
    return {
        "id": upload.id,
        "created": upload.created,
        "timestamp": upload.created,
        "name": upload.name,
        "title": upload.title,
        "mimetype": "application/octet-stream",
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": call.bot.id,
        "user_team": call.model.home_team.id,
        "size": len(upload.content or b""),
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": f"{call.standin.base}/files/{upload.id}",
        "url_private_download": f"{call.standin.base}/files/{upload.id}",
        "channels": upload.channels,
        "groups": [],
        "ims": [],
    }


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.delete": delete,
}
