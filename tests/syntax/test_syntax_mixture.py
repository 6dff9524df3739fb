"""Files that change their encoding in the middle."""

import pytest

from wslgo.syntax.encoding import Mixture, mixture
from wslgo.text.source import BOM, UTF8, UTF16_LE, decode


def utf16(text: str) -> bytes:
    return text.encode(UTF16_LE)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a=1\n" + utf16("b=2\r\n"), Mixture(4, "b=2\r\n")),
        (b"a=1" + utf16("b=2\r\n"), Mixture(3, "\r\nb=2\r\n")),
        (b"[wsl2]\n" + utf16("b=2\n") * 100, Mixture(7, "b=2\n" * 100)),
        (b"a=1\n" + utf16("b=2\n") + b"c=3\n", Mixture(4, "b=2\nc=3\n")),
        (b"a=1\n" + utf16(BOM + "b=2\n"), Mixture(4, "b=2\n")),
        ("# 内存\n".encode() + utf16("# 交换\nb=2\n"), Mixture(5, "# 交换\nb=2\n")),
        ((BOM + "a=1\n").encode() + utf16("b=2\n"), Mixture(5, "b=2\n")),
        (utf16(BOM + "a=1\n") + b"b=22\n", Mixture(5, "b=22\n")),
    ],
)
def test_the_rest_of_the_file_is_read_as_it_was_written(data: bytes, expected: Mixture) -> None:
    assert mixture(decode(data)) == expected


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"a=1\n", "# 内存\n".encode(), b"a\0b", b"\0\0\0\0", b"a=1\n\0", utf16("a=1\n")),
        *(utf16(BOM + "a=1\nb=2\n"), utf16(BOM + "a=1\n# 内存\n"), b"a=1\n" + "b=2\n".encode("utf-16-be")),
    ],
)
def test_other_files_have_one_encoding_or_none(data: bytes) -> None:
    assert mixture(decode(data)) is None


def test_a_short_head_does_not_make_the_file_utf16() -> None:
    data = b"[wsl2]\r\n" + utf16("memory=8GB\r\n") * 20
    assert decode(data).encoding == UTF8
    assert decode(data).encode() == data
