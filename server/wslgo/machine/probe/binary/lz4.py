"""Blocks of LZ4, which nvcc writes with `--compress-mode=speed` and wrote by default before 13.0.

Source: lz4_Block_format.md. The standard library has no decoder, and the text of a kernel is a few kilobytes.
"""

_MATCH = 4  # the shortest
_MORE = 15
_FULL = 255


def lz4_block(data: bytes, size: int) -> bytes | None:
    """Return the content of a block, at most `size` bytes; None if it is damaged."""
    out, place = bytearray(), 0
    try:
        while place < len(data) and len(out) < size:
            token = data[place]
            length, place = _length(data, token >> 4, place + 1)
            out += data[place : place + length]
            place += length
            if place >= len(data):
                break
            distance = int.from_bytes(data[place : place + 2], "little")
            length, place = _length(data, token & _MORE, place + 2)
            if not _copy(out, distance, min(length + _MATCH, size - len(out))):
                return None
    except IndexError:
        return None
    return bytes(out[:size])


def _length(data: bytes, start: int, place: int) -> tuple[int, int]:
    if start < _MORE:
        return start, place
    while True:
        start, place = start + data[place], place + 1
        if data[place - 1] != _FULL:
            return start, place


def _copy(out: bytearray, distance: int, length: int) -> bool:
    """Repeat what was `distance` bytes ago; return whether there is so much."""
    if not 0 < distance <= len(out):
        return False
    piece = out[-distance:]
    out += (piece * (length // distance + 1))[:length] if length > distance else piece[:length]
    return True
