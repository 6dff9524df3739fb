"""Bytes become text and come back unchanged."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wslgo.text.source import BOM, UTF8, UTF16_BE, UTF16_LE, Source, decode

TEXT = "[wsl2]\r\nkernel=C:\\\\启动🚀\n"
ENCODINGS = (UTF8, UTF16_LE, UTF16_BE)
BYTES = st.binary() | st.builds(lambda text, encoding: text.encode(encoding), st.text(), st.sampled_from(ENCODINGS))


@given(BYTES)
@example(b"\xff\xfe\x00\xd8")
@example(b"\xfe\xff\xdc")
@example(b"a\x00b\x00\x00\xdcc")
def test_any_bytes_survive_decoding_and_encoding(data: bytes) -> None:
    assert decode(data).encode() == data


@given(BYTES)
def test_the_text_of_a_utf8_reader_survives_encoding(data: bytes) -> None:
    assert Source(decode(data).as_utf8()).encode() == data


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_byte_order_mark_names_the_encoding_and_stays_in_the_text(encoding: str) -> None:
    source = decode((BOM + TEXT).encode(encoding))
    assert source == Source(BOM + TEXT, encoding)
    assert source.has_bom


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_of_ascii_without_a_byte_order_mark_is_recognised(encoding: str) -> None:
    assert decode(b"# only ASCII\n".decode().encode(encoding)) == Source("# only ASCII\n", encoding)


@pytest.mark.parametrize("data", [b"", b"\0", b"a\0", b"a=b\0c\n", b"\0\0\0\0", "# 启".encode(), b"\xef\xbb"])
def test_other_bytes_are_utf8(data: bytes) -> None:
    assert decode(data).encoding == UTF8


def test_half_a_utf16_unit_is_kept() -> None:
    assert decode(b"\xff\xfea\0b") == Source(BOM + "a", UTF16_LE, tail=b"b")


def test_bytes_that_are_not_utf8_are_kept_one_by_one() -> None:
    assert decode("启a".encode("gbk")).text == "\udcc6\udcf4a"


def test_a_utf8_reader_sees_the_bytes_of_utf16() -> None:
    assert decode("ab".encode(UTF16_LE)).as_utf8() == "a\0b\0"
    assert decode((BOM + "a").encode(UTF16_BE)).as_utf8() == "\udcfe\udcff\0a"


def test_line_ends_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n\x0cd").text == "a\r\nb\rc\n\fd"
