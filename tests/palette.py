"""Small pictures: a PNG of millions of colours becomes one of at most 256, without a library of pictures."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_COLOURS = 256
Colour = tuple[int, ...]


def small(png: bytes) -> bytes:
    """The same picture with its 256 most frequent colours; every other colour becomes the nearest of them.

    Takes what a browser writes: eight bits a channel, RGB or RGBA, not interlaced. Alpha is dropped.
    """
    width, height, channels, rows = opened(png)
    lines = [list(zip(*(row[at::channels] for at in range(3)), strict=True)) for row in rows]
    counted = Counter(colour for line in lines for colour in line)
    palette = [colour for colour, _ in counted.most_common(MOST_COLOURS)]
    index = {colour: _nearest(colour, palette) for colour in counted} | {c: at for at, c in enumerate(palette)}
    raw = b"".join(b"\0" + bytes(index[colour] for colour in line) for line in lines)
    return (
        SIGNATURE
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", bytes(value for colour in palette for value in colour))
        + _chunk(b"IDAT", zlib.compress(raw, 9))
        + _chunk(b"IEND", b"")
    )


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    return min(range(len(palette)), key=lambda at: sum((a - b) ** 2 for a, b in zip(colour, palette[at], strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def opened(png: bytes) -> tuple[int, int, int, list[bytearray]]:
    """Width, height, channels and the unfiltered rows."""
    found: dict[bytes, bytes] = {}
    for kind, data in _chunks(png):
        found[kind] = found.get(kind, b"") + data
    width, height, depth, kind_of_colour, *_rest = struct.unpack(">IIBBBBB", found[b"IHDR"])
    if depth != 8 or kind_of_colour not in (2, 6):
        raise ValueError("only RGB and RGBA with eight bits a channel can be made small")
    channels = 3 if kind_of_colour == 2 else 4
    raw, stride = zlib.decompress(found[b"IDAT"]), width * channels
    rows: list[bytearray] = []
    above = bytearray(stride)
    for at in range(0, len(raw), stride + 1):
        above = _unfiltered(raw[at], bytearray(raw[at + 1 : at + 1 + stride]), above, channels)
        rows.append(above)
    return width, height, channels, rows


def _unfiltered(kind: int, row: bytearray, above: bytearray, step: int) -> bytearray:
    """One row as it was before the PNG's filter (PNG specification, section 9)."""
    if kind == 2:
        return bytearray((value + up) & 255 for value, up in zip(row, above, strict=True))
    for at in range(len(row)) if kind else ():
        left = row[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = {1: left, 3: (left + above[at]) // 2}.get(kind)
        row[at] = (row[at] + (_paeth(left, above[at], corner) if guess is None else guess)) & 255
    return row


def _paeth(left: int, up: int, corner: int) -> int:
    near = left + up - corner
    return min((left, up, corner), key=lambda value: abs(near - value))
