"""Conversion of bytes to text and back without loss.

The text keeps a byte order mark as U+FEFF at offset 0, line ends as they are, and undecodable bytes as lone surrogates
(PEP 383), because WSL, Go and VS Code each treat them differently: the parsers decide, not the reader.
"""

from wslgo.text.typing import NamedTuple

UTF8 = "utf-8"
UTF16_LE = "utf-16-le"
UTF16_BE = "utf-16-be"
BOM = "\ufeff"

_SNIFFED = 512  # like VS Code for a file without a byte order mark


class Source(NamedTuple):
    """The text of a file, which can be turned back into its bytes."""

    text: str
    encoding: str = UTF8
    tail: bytes = b""  # an odd last byte of UTF-16

    @property
    def has_bom(self) -> bool:
        """Return whether the file begins with a byte order mark."""
        return self.text.startswith(BOM)

    def encode(self) -> bytes:
        """Return the bytes of the file."""
        return _encode(self.text, self.encoding) + self.tail

    def as_utf8(self) -> str:
        """Return the text that a program reads that supports only UTF-8; it differs from `text` for UTF-16."""
        if self.encoding == UTF8:
            return self.text
        return self.encode().decode(UTF8, "surrogateescape")


def decode(data: bytes) -> Source:
    """Return the bytes as text; `decode(data).encode() == data` is true for all bytes."""
    encoding = _encoding_of(data)
    if encoding == UTF8:
        return Source(data.decode(UTF8, "surrogateescape"))
    whole = len(data) & ~1
    return Source(data[:whole].decode(encoding, "surrogatepass"), encoding, data[whole:])


def _encode(text: str, encoding: str) -> bytes:
    errors = "surrogateescape" if encoding == UTF8 else "surrogatepass"
    return text.encode(encoding, errors)


def _encoding_of(data: bytes) -> str:
    if data.startswith(b"\xff\xfe"):
        return UTF16_LE
    if data.startswith(b"\xfe\xff"):
        return UTF16_BE
    head = data[:_SNIFFED]
    # After four letters of ASCII the zeros are those of text that was appended in another encoding.
    if 0 not in head or len(head) < 4 or (0 not in head[:4] and head[:4].isascii()):
        return UTF8
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if even == 0 and odd >= half * 0.9:
        return UTF16_LE
    if odd == 0 and even >= half * 0.9:
        return UTF16_BE
    return UTF8
