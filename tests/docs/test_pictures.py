"""The pictures of README and guides: small, shown somewhere, and what makes them small keeps them as they are."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tests.palette import SIGNATURE, opened, small

ROOT = Path(__file__).resolve().parents[2]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))
PAGES = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_every_picture_is_shown_and_small(picture: Path) -> None:
    """No picture lies there unused, and none is larger than 150 kB or keeps more than 256 colours."""
    assert any(f"pictures/{picture.name})" in page.read_text("utf-8") for page in PAGES)
    assert picture.stat().st_size <= 150_000
    assert b"PLTE" in picture.read_bytes()[:64]


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize("kind", range(5))
def test_a_small_picture_looks_the_same(kind: int) -> None:
    """Whatever filter the browser wrote a row with, each pixel keeps its colour."""
    # The same bytes under every filter make five different pictures; each must come out as it went in.
    rows = [bytes([kind, *((x * 7 + y * 13 + c * 29) % 256 for x in range(9) for c in range(3))]) for y in range(6)]
    header = struct.pack(">IIBBBBB", 9, 6, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(rows))
    png = SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    *_size, before = opened(png)
    made = small(png)
    parts = made.split(b"PLTE")
    palette = parts[1]
    at = made.index(b"IDAT")
    (length,) = struct.unpack(">I", made[at - 4 : at])
    indexed = zlib.decompress(made[at + 4 : at + 4 + length])
    for y, row in enumerate(before):
        line = indexed[y * 10 + 1 : (y + 1) * 10]
        assert b"".join(palette[3 * i : 3 * i + 3] for i in line) == bytes(row)
