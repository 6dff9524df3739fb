"""Hostile certificates: rejected with a message or read as they are, in time that grows with their size alone."""

import os
import random
import ssl
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from authorities import EXPIRED, authority, der
from wslgo.provision.model.facts import Certificate
from wslgo.provision.net import pem
from wslgo.provision.net.tls import context
from wslgo.provision.survey.authority import in_file, of
from wslgo.text.message import Text

_CONSTRUCTED = 0x20
_TIMES = (0x17, 0x18)
DATES = (
    *(b"000000000000Z", b"991332256161Z", b"99999999999999Z", b"00000101000000Z", b"99991231235959Z", b"x" * 13, b""),
    *(b"20500101000000+9999", b"-0010101000000Z", b"500101000000.5Z", b"9" * 5000 + b"Z", b"\xff" * 13),
)
LENGTHS = (b"\x00", b"\x7f", b"\x80", b"\x81\xff", b"\x82\xff\xff", b"\x84\x7f\xff\xff\xff", b"\x84\xff\xff\xff\xff")
LONG = (b"\x88" + b"\xff" * 8, b"\xff", b"\xfe" + b"\x01" * 126)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a CA certificate."""
    return der(authority(tmp_path_factory.mktemp("company"), "Corp Root CA"))


class Part:
    """A value of DER with its tag, and those in it."""

    def __init__(self, tag: int, content: "bytes | list[Part]") -> None:
        self.tag = tag
        self.content = content

    def bytes(self, other: "Part | None" = None, length: bytes = b"", content: bytes = b"") -> bytes:
        """Return it as DER, with one part of another length or content."""
        inner = (
            self.content
            if isinstance(self.content, bytes)
            else b"".join(part.bytes(other, length, content) for part in self.content)
        )
        if self is other:
            inner = content if not length else inner
            return bytes((self.tag,)) + (length or _length(len(inner))) + inner
        return bytes((self.tag,)) + _length(len(inner)) + inner

    def walk(self) -> "Iterator[Part]":
        yield self
        for part in () if isinstance(self.content, bytes) else self.content:
            yield from part.walk()


def parts(data: bytes) -> list[Part]:
    found, at = [], 0
    while at < len(data):
        tag, first, at = data[at], data[at + 1], at + 2
        count = first & 0x7F if first & 0x80 else 0
        size = int.from_bytes(data[at : at + count], "big") if count else first
        content = data[at + count : at + count + size]
        found.append(Part(tag, parts(content) if tag & _CONSTRUCTED else content))
        at += count + size
    return found


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    raw = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(raw),)) + raw


def hostile(data: bytes) -> Iterator[bytes]:
    """Return a certificate with one length, number, time or text replaced."""
    [whole] = parts(data)
    for part in whole.walk():
        for length in (*LENGTHS, *LONG):
            yield whole.bytes(part, length=length)
        contents = DATES if part.tag in _TIMES else (b"", b"\0", b"\xff" * 70, b"\x80" * 3000, b"\x01" * 3000)
        for content in contents:
            yield whole.bytes(part, content=content)
    for at in range(len(data)):
        yield data[:at]
    chance = random.Random(1)
    for _ in range(1500):
        changed = bytearray(data)
        for _ in range(chance.choice((1, 1, 2, 5))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        yield bytes(changed)
    yield b"\x30\x80" * 5000
    yield b"\x30\x84\x00\x00\xff\xff" * 5000


def judged(path: Path) -> "list[Certificate | str]":
    return [result.render() if isinstance(result, Text) else result for result in in_file(str(path))]


@pytest.mark.slow
def test_with_anything_in_it_replaced_a_certificate_is_rejected_or_read(honest: bytes, tmp_path: Path) -> None:
    path = tmp_path / "corp.cer"
    refused = 0
    for data in hostile(honest):
        found = of(data)
        assert found is None or (len(found.name) <= 64 and pem.certificates(found.pem.encode()) == (data,))
        refused += found is None
        if found is None and data:
            path.write_bytes(data)
            assert all(isinstance(result, str) and len(result) < 500 for result in judged(path))
    assert refused > 500
    assert of(honest) is not None


@pytest.mark.parametrize("date", DATES)
def test_a_malformed_time_makes_a_certificate_damaged(honest: bytes, tmp_path: Path, date: bytes) -> None:
    [whole] = parts(honest)
    end = [part for part in whole.walk() if part.tag in _TIMES][1]
    for tag in _TIMES:
        end.tag = tag
        (tmp_path / "corp.cer").write_bytes(whole.bytes(end, content=date))
        [said] = judged(tmp_path / "corp.cer")
        assert isinstance(said, Certificate) or "damaged" in said or "expired on" in said


@pytest.mark.slow
def test_an_odd_certificate_does_not_affect_the_next_one(honest: bytes) -> None:
    for data in hostile(honest):
        of(data)
        assert of(honest) is not None


def test_two_certificates_in_one_are_none(honest: bytes) -> None:
    assert of(honest + honest) is None
    assert of(honest + b"\0") is None


def test_a_file_of_very_many_certificates_is_rejected(honest: bytes, tmp_path: Path) -> None:
    path = tmp_path / "many.pem"
    path.write_text(pem.text(honest) * 1001)
    assert "more than 1000 certificates" in str(judged(path)[0])
    path.write_text(pem.text(honest) * 20)
    assert len(judged(path)) == 20


def steps(data: bytes) -> int:
    """Count the lines of wslgo that run during a search for certificates."""
    count = 0

    def traced(*_: object) -> object:
        nonlocal count
        count += 1
        return traced

    sys.settrace(traced)  # type: ignore[arg-type]
    try:
        pem.certificates(data)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize(
    "line", [b"-----BEGIN CERTIFICATE-----\n", b"-----END CERTIFICATE-----\n", b"CERTIFICATE-----"]
)
def test_lines_that_begin_and_never_end_take_time_by_their_number(line: bytes) -> None:
    assert steps(line * 4000) < 3 * steps(line * 2000)
    assert not pem.certificates(line * 100_000)


def test_a_certificate_after_one_that_does_not_end_is_found(honest: bytes) -> None:
    text = b"-----BEGIN CERTIFICATE-----\nAAAA\n" + pem.text(honest).encode()
    assert pem.certificates(text) == (honest,)
    old = pem.text(honest).replace("BEGIN ", "BEGIN X509 ").replace("END ", "END X509 ")
    assert pem.certificates(old.encode()) == (honest,)


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "large"])
def test_other_kinds_of_files_are_reported(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "corp.pem"
    make: dict[str, Callable[[], object]] = {
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "device": lambda: path.symlink_to("/dev/zero"),
        "large": lambda: path.write_bytes(bytes(5 << 20)),
    }
    make[kind]()
    [said] = judged(path)
    assert "corp.pem" in str(said)


def test_pipes_among_the_certificates_of_the_environment_are_skipped(honest: bytes, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pem")
    (tmp_path / "b.pem").symlink_to("/dev/zero")
    (tmp_path / "c.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\n\xff\n-----END CERTIFICATE-----\n")
    (tmp_path / "d.pem").write_text(f"# 某公司根证书\n{pem.text(honest)}", "utf-8")
    made = context({"SSL_CERT_FILE": str(tmp_path / "a.pem"), "SSL_CERT_DIR": f"/nowhere\0:{tmp_path}"})
    assert made.cert_store_stats()["x509_ca"] == 1
    assert made.verify_mode == ssl.CERT_REQUIRED


def test_the_certificates_of_the_system_are_read_as_before(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text(EXPIRED + "\n# more\n" + EXPIRED)
    alone = {"SSL_CERT_FILE": str(bundle), "SSL_CERT_DIR": "/nowhere"}
    assert context(alone).cert_store_stats()["x509_ca"] == 1


def test_the_folders_of_the_system_count_beside_a_file_as_in_go(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text(EXPIRED)
    beside = context({"SSL_CERT_FILE": str(bundle)}).cert_store_stats()["x509_ca"]
    assert beside >= context({"SSL_CERT_FILE": "/nowhere"}).cert_store_stats()["x509_ca"]
