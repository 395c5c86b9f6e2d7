"""The app manifest: what Slack would refuse in it, and what the stand-in needs to know of it."""

from bot.sandbox.manifest.reading import Command, Manifest, Shortcut
from bot.sandbox.manifest.rules import problems_in_manifest

__all__ = ["Command", "Manifest", "Shortcut", "problems_in_manifest"]
