"""Answers of a hostile server: rejected with a message, in limited time, or the honest document."""

import base64
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_fetch import BODY, fetched, wanted

from errorwords import short
from hostile import NUMBERS, saying
from mirror import Mirror
from smallsdk import Machine
from wslgo.provision.errors import ProvisionError
from wslgo.provision.net.download import fetch
from wslgo.provision.net.http import Web, get, obstacle

HONEST = b"honest"
OK = b"HTTP/1.1 200 OK\r\n"
WHOLE = OK + b"Content-Length: 6\r\n\r\n" + HONEST


class Clock:
    """A clock that advances only when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def outcome(url: str, web: "Web | None" = None, limit: int = 1000) -> "bytes | str":
    """Return a document, or the error."""
    return short(lambda: get(web or Web({}, 20, 20), url, limit))


def words(answer: "bytes | Callable[[bytes], bytes | Iterator[bytes]]") -> str:
    """Return the error for an answer that is not a document."""
    with saying(answer) as server:
        found = outcome(f"{server.url}/x")
    assert isinstance(found, str), found
    return found


def test_what_is_honest_is_read() -> None:
    chunked = OK + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nhon\r\n3\r\nest\r\n0\r\nA: b\r\n\r\n"
    early = b"HTTP/1.1 100 Continue\r\nA: b\r\n\r\n"
    for answer in (WHOLE, OK + b"\r\n" + HONEST, chunked, early + WHOLE, WHOLE.replace(b"1.1", b"1.0")):
        with saying(answer) as server:
            assert outcome(f"{server.url}/x") == HONEST


# Every number of an answer


@pytest.mark.parametrize(
    "number", [number for number in NUMBERS if b"\n" not in number], ids=lambda number: repr(number)[:12]
)
def test_with_any_number_replaced_it_is_rejected_or_read_as_it_is(number: bytes) -> None:
    size = b"Content-Length: " + number + b"\r\n\r\n"
    heads = (
        OK + size,
        OK + b"Content-Length: 6\r\n" + size,
        b"HTTP/1.1 " + number + b" OK\r\nContent-Length: 6\r\n\r\n",
        b"HTTP/" + number + b" 200 OK\r\nContent-Length: 6\r\n\r\n",
        number + WHOLE[:-6],
    )
    for head in heads:
        with saying(head + HONEST) as server:
            found = outcome(f"{server.url}/x")
        assert isinstance(found, str) or found == HONEST, head
    chunk = OK + b"Transfer-Encoding: chunked\r\n\r\n" + number + b"\r\n" + HONEST + b"\r\n0\r\n\r\n"
    with saying(chunk) as server:
        found = outcome(f"{server.url}/x")
    assert isinstance(found, str) or found in (HONEST, b""), chunk


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: repr(number)[:12])
@pytest.mark.parametrize("place", range(4))
def test_with_any_number_of_a_part_replaced_the_download_is_rejected_or_right(
    machine: Machine, number: bytes, place: int
) -> None:
    there = 1000

    def answer(request: bytes) -> bytes:
        if b"\r\nRange: " not in request:
            return OK + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
        numbers = [b"%d" % value for value in (there - 1, len(BODY) - 1, len(BODY), len(BODY) - there + 1)]
        numbers[place] = number
        head = b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %s-%s/%s\r\nContent-Length: %s\r\n\r\n"
        return head % tuple(numbers) + BODY[there - 1 :]

    machine.place.downloads.mkdir()
    (machine.place.downloads / "archive.part").write_bytes(BODY[:there])
    with saying(answer) as server:
        found = short(lambda: fetched(machine, wanted(f"{server.url}/x", None)))
    assert isinstance(found, str) or found == BODY


def test_a_server_that_makes_no_sense_of_parts_is_asked_for_the_whole(machine: Machine) -> None:
    def answer(request: bytes) -> bytes:
        if b"\r\nRange: " in request:
            return b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + b"9" * 5000 + b"-\r\n\r\n"
        return OK + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY

    machine.place.downloads.mkdir()
    (machine.place.downloads / "archive.part").write_bytes(BODY[:1000])
    with saying(answer) as server:
        assert fetched(machine, wanted(f"{server.url}/x")) == BODY


def test_a_size_beyond_measure_is_rejected_before_anything_comes(machine: Machine, mirror: Mirror) -> None:
    mirror.files["/archive"] = BODY
    for size in (10**18, (1 << 30) + 1):
        with pytest.raises(ProvisionError, match="larger than the 1073741824 bytes"):
            fetch(wanted(f"{mirror.url}/archive", size), machine.place.downloads, machine.web())
    assert mirror.asked == []


# Heads and frames


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"", "connection closed"),
        (b"\0\xff garbage\r\n\r\n", "Could not reach"),
        (b"HTTP/1.1 200 " + b"x" * 70_000 + b"\r\n\r\n", "Could not reach"),
        (OK + b"A: b\r\n" * 101 + b"\r\n", "more than 100 headers"),
        (OK + b"A: " + b"b" * 70_000 + b"\r\n\r\n", "Could not reach"),
        (OK + (b"A: " + b"b" * 60_000 + b"\r\n") * 90 + b"\r\n", "bytes around the answer"),
        (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n", "Transfer-Encoding"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n" + bytes(100_000), "negative size"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "connection closed"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", "connection closed"),
        (OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + HONEST, "Content-Length"),
        (OK + b"Content-Length: 9\r\n\r\n" + HONEST, "closed before"),
        (OK + b"\r\n" + bytes(1001), "more than 1000 bytes"),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n" + WHOLE, "answers 103"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "answers 204"),
        (b"HTTP/1.1 206 Partial Content\r\nContent-Length: 6\r\n\r\n" + HONEST, "answers 206"),
        (b"HTTP/1.1 302 Found\r\n\r\n", "answers 302"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_such_an_answer_is_rejected(answer: bytes, said: str) -> None:
    assert said in words(answer)


def endless(*pieces: bytes) -> "Callable[[bytes], Iterator[bytes]]":
    """Yield the first pieces once, the last one for ever."""

    def answer(_: bytes) -> Iterator[bytes]:
        yield from pieces
        while True:
            yield pieces[-1] * 1000

    return answer


@pytest.mark.parametrize(
    "pieces",
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n",),
        (b"HTTP/1.1 100 Continue\r\nA: b\r\n\r\n",),
        (OK, b"A: b\r\n"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"e" * 60_000 + b"\r\n"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n", b"x"),
        (OK + b"\r\n", b"x"),
        (b"x",),
    ],
)
def test_a_flood_has_an_end(pieces: tuple[bytes, ...]) -> None:
    assert words(endless(*pieces))


def test_a_flood_of_a_proxy_has_an_end() -> None:
    with saying(endless(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n")) as server:
        web = Web({"HTTPS_PROXY": server.url}, 20, 20)
        assert "bytes around the answer" in str(outcome("https://go.company/x", web))
        assert "bytes around the answer" in obstacle(web, "https://go.company/x")


# Time


def dripping(clock: Clock, front: bytes, step: float, drop: bytes = b"x") -> "Callable[[bytes], Iterator[bytes]]":
    """Return an answer that sends one drop at a time, each after so many seconds of that clock."""

    def answer(_: bytes) -> Iterator[bytes]:
        yield front
        while True:
            clock.now += step
            yield drop

    return answer


@pytest.mark.parametrize("front", [b"", OK, OK + b"\r\n", OK + b"Content-Length: 999\r\n\r\n"])
def test_a_small_document_that_drips_has_an_end(front: bytes) -> None:
    clock = Clock()
    with saying(dripping(clock, front, 15)) as server:
        found = outcome(f"{server.url}/x", Web({}, 20, 20, clock=clock), 1 << 20)
    assert "did not send a complete answer within 40 seconds" in str(found)


def test_a_small_document_may_take_its_time() -> None:
    clock = Clock()

    def answer(_: bytes) -> Iterator[bytes]:
        yield OK + b"Content-Length: 6\r\n\r\n"
        for at in range(6):
            clock.now += 5
            yield HONEST[at : at + 1]

    with saying(answer) as server:
        assert outcome(f"{server.url}/x", Web({}, 20, 20, clock=clock)) == HONEST


def test_a_download_that_drips_has_an_end_and_keeps_what_came(machine: Machine) -> None:
    part = machine.place.downloads / "archive.part"
    clock = Clock()

    def since_then() -> float:
        clock.now += 15 if part.exists() and part.stat().st_size >= 500_000 else 0
        return clock.now

    front = OK + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY[:500_000]
    web = Web({}, 20, 20, clock=since_then)
    with (
        saying(dripping(Clock(), front, 0)) as server,
        pytest.raises(ProvisionError, match="less than 61440 bytes in 20 seconds"),
    ):
        fetch(wanted(f"{server.url}/x"), machine.place.downloads, web)
    assert part.read_bytes()[:500_000] == BODY[:500_000]


def test_a_download_whose_connections_each_bring_a_byte_has_an_end(machine: Machine) -> None:
    clock = Clock()

    def answer(request: bytes) -> bytes:
        clock.now += 5
        start = int(request.partition(b"bytes=")[2].partition(b"-")[0] or 0)
        head = b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/%d\r\n" if start else OK
        head = head % (start, len(BODY) - 1, len(BODY)) if start else head
        return head + b"Content-Length: %d\r\n\r\n" % (len(BODY) - start) + BODY[start : start + 2]

    with saying(answer) as server:
        with pytest.raises(ProvisionError, match="less than"):
            fetch(wanted(f"{server.url}/x"), machine.place.downloads, Web({}, 20, 20, clock=clock))
        assert len(server.asked) < 10


def test_a_download_in_very_many_answers_has_an_end(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each brings a little more and then knows nothing of parts, so that all of it begins again."""
    monkeypatch.setattr("wslgo.provision.net.download._MOST_ANSWERS", 20)
    count = 0

    def answer(request: bytes) -> bytes:
        nonlocal count
        count += 1
        if b"\r\nRange: " in request:
            return b"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n"
        return OK + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY[: count * 1000]

    with saying(answer) as server, pytest.raises(ProvisionError, match="in 20 answers"):
        fetch(wanted(f"{server.url}/x"), machine.place.downloads, machine.web())
    assert count == 20


def test_a_slow_download_that_keeps_coming_is_not_given_up() -> None:
    clock = Clock()
    pace = Web({}, 20, 20, clock=clock).steady("https://go.dev/x")
    for _ in range(100):
        clock.now += 19
        pace.count(61_440)
        pace.check()
    for _ in range(2):
        pace.check()
        clock.now += 19
        pace.count(10_000)
    with pytest.raises(ProvisionError, match="less than"):
        pace.check()


# Redirects


@pytest.mark.parametrize(
    "target",
    [
        *("https://a..b/", "http://[::1", "https://[::1", "https://127.0.0.1:99999999/", "https://127.0.0.1:-1/x"),
        *("https://127.0.0.1:x/", "https://", "https:///x", "//[", "file:///etc/passwd", "javascript:alert(1)"),
        *("https://me:hunter2@192.0.2.1/x", "http://me@127.0.0.1/x", "https://" + "a" * 70 + ".example/"),
        *("https://" + "a." * 5000 + "example/", "http://127.0.0.1\\@192.0.2.1/", "https://127.0.0.1:\u0663/"),
        *("https://\x00/", "https://a b/", "/x\x01y", "/x\x7f", "/\xff\xfe", "http://127.0.0.1:" + "9" * 5000 + "/"),
    ],
    ids=lambda target: repr(target)[:24],
)
def test_such_a_redirect_is_not_followed(target: str) -> None:
    raw = target.encode("utf-8" if "\u0663" in target else "latin-1")
    said = words(b"HTTP/1.1 302 Found\r\nLocation: " + raw + b"\r\nContent-Length: 0\r\n\r\n")
    assert "hunter2" not in said


def test_redirects_within_a_source_with_a_password_are_followed(mirror: Mirror) -> None:
    mirror.files["/x"] = HONEST
    mirror.password = f"Basic {base64.b64encode(b'me:hunter2').decode()}"
    mirror.redirects["/y"] = "/x"
    mirror.statuses["/y"] = 302
    source = f"http://me:hunter2@127.0.0.1:{mirror.port}"
    assert get(Web({}), f"{source}/x") == HONEST


def test_a_password_does_not_follow_a_redirect_elsewhere(mirror: Mirror) -> None:
    with saying(WHOLE) as other:
        mirror.redirects["/x"] = f"{other.url}/x"
        assert get(Web({}), f"http://me:hunter2@127.0.0.1:{mirror.port}/x") == HONEST
        assert b"authorization" not in other.asked[0].lower()
    assert "authorization" in mirror.asked[0][1]


# Addresses, proxies and logins of the environment


@pytest.mark.parametrize(
    "url", ["http://[::1", "https://a..b/", "http://127.0.0.1:99999999/", "http:///x", "http://\udcff/"]
)
def test_an_address_that_is_none_has_words(url: str) -> None:
    assert isinstance(outcome(url), str)
    assert obstacle(Web({}), url)


@pytest.mark.parametrize(
    "proxy",
    ["http://[::1", "http://a..b:1", "http://h:99999999", "http://h:x", "http://", "socks5://h:1", "://", "\udcff:1"],
)
def test_a_proxy_that_is_none_is_named(proxy: str) -> None:
    assert "is not an http proxy" in str(outcome("http://go.company/x", Web({"http_proxy": proxy})))


@pytest.mark.parametrize(
    "excluded", ["10.0.0.0/" + "9" * 5000, "/" * 1000, ":" * 1000, "[", "," * 100_000, "\udcff", "a:b:c"]
)
def test_any_no_proxy_is_read(excluded: str) -> None:
    web = Web({"http_proxy": "http://127.0.0.1:9", "NO_PROXY": excluded}, 5, 5)
    assert "Could not reach" in str(outcome("http://192.0.2.1/x", web))


def test_a_netrc_is_read_as_go_reads_it(machine: Machine, mirror: Mirror, tmp_path: Path) -> None:
    mirror.files["/x"] = HONEST
    text = (
        "# ours\nmacdef init\nmachine 127.0.0.1 login no password no\n\nmachine 127.0.0.1\n\tlogin me\n\tpassword a%\n"
    )
    mirror.password = f"Basic {base64.b64encode(b'me:a%').decode()}"
    (tmp_path / ".netrc").write_text(text + "default login x password y\n")
    assert get(machine.web(), f"{mirror.url}/x") == HONEST


@pytest.mark.parametrize("kind", ["pipe", "folder", "large", "bytes"])
def test_a_netrc_that_is_none_is_passed_over(machine: Machine, mirror: Mirror, tmp_path: Path, kind: str) -> None:
    mirror.files["/x"] = HONEST
    path = tmp_path / ".netrc"
    make: dict[str, Callable[[], object]] = {
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "large": lambda: path.write_bytes(b"machine 127.0.0.1 login a password b " * 100_000),
        "bytes": lambda: path.write_bytes(b"machine \xff\0 login \xff password \xff"),
    }
    make[kind]()
    assert get(machine.web(), f"{mirror.url}/x") == HONEST


# Files in place of downloads


def test_pipes_in_place_of_files_are_rejected_and_do_not_hang(machine: Machine, mirror: Mirror, tmp_path: Path) -> None:
    mirror.files["/archive"] = BODY
    os.mkfifo(tmp_path / "pipe")
    assert "Not a regular file" in str(outcome((tmp_path / "pipe").as_uri()))
    machine.place.downloads.mkdir()
    os.mkfifo(machine.place.downloads / "archive.tag")
    (machine.place.downloads / "archive.part").write_bytes(BODY[:1000])
    assert fetched(machine, wanted(f"{mirror.url}/archive")) == BODY
    (machine.place.downloads / "archive").unlink()
    os.mkfifo(machine.place.downloads / "archive.part")
    with pytest.raises(ProvisionError, match=r"archive\.part|downloads"):
        fetch(wanted(f"{mirror.url}/archive"), machine.place.downloads, machine.web())


@pytest.mark.parametrize("tag", [b"a\r\nX-Evil: b", b"\xff" * 10, b"x" * 100_000, b""])
def test_a_tag_that_is_none_is_not_sent(machine: Machine, mirror: Mirror, tag: bytes) -> None:
    mirror.files["/archive"] = BODY
    machine.place.downloads.mkdir()
    (machine.place.downloads / "archive.tag").write_bytes(tag)
    (machine.place.downloads / "archive.part").write_bytes(BODY[:1000])
    assert fetched(machine, wanted(f"{mirror.url}/archive")) == BODY
    assert "if-range" not in mirror.asked[0][1]
