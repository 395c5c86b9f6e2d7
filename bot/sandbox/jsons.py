"""What travels over the wire: JSON objects, read and written without a schema of ours."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""One JSON object. Its fields are Slack's, not ours, and are checked where they are used."""
