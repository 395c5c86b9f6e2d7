"""Where this machine's Chromium is, and how it is started."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = "no Chromium on this machine: apt-get install chromium"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]
ENVIRONMENT = {**os.environ, "LANG": "da_DK.UTF-8", "LANGUAGE": "da"}
"""Dates in fields are written as the browser's own language writes them."""


def chromium() -> str | None:
    """The path of the system's Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
