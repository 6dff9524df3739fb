"""`wslgo mirror --serve`: the protocol with a real go and a real HTTP client, ranges, and what is never served."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from wsgiref.util import setup_testing_defaults

import pytest

from tree import SERVER
from upstream import Upstream, Workplace
from wslgo.mirror.serve import Part, Proxy, host_of, hosts_of, name_of, part_of
from wslgo.mirror.store import Store, mirror_in

TEXT = "example.com/text/@v/v1.0.0"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(str(tmp_path / "m")) if (tmp_path / "m").mkdir() is None else None
    assert made is not None
    made.write(f"{TEXT}.zip", b"0123456789")
    made.write(f"{TEXT}.info", b"{}")
    made.write(".wslgo/needs.json", b"{}")
    return made


def asked(store: Store, path: str, method: str = "GET", hosts: frozenset[str] | None = None, **headers: str) -> Answer:
    """Ask the application, without a server."""
    environ: dict[str, object] = {"REQUEST_METHOD": method, "PATH_INFO": path}
    setup_testing_defaults(environ)
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    told: list[object] = []
    body = Proxy(store, "", None, hosts)(environ, lambda *words: told.extend(words))
    data = b"".join(body)
    getattr(body, "close", lambda: None)()
    status, pairs = told
    return Answer(int(str(status).split()[0]), dict(pairs), data)  # type: ignore[call-overload]


def test_a_file_with_its_kind_and_size(store: Store) -> None:
    found = asked(store, f"/{TEXT}.zip")
    assert (found.status, found.body) == (200, b"0123456789")
    assert found.headers["Content-Type"] == "application/zip"
    assert found.headers["Content-Length"] == "10"
    assert asked(store, f"/{TEXT}.info").headers["Content-Type"] == "application/json"


def test_a_head_has_the_headers_of_a_get_and_no_body(store: Store) -> None:
    got, head = asked(store, f"/{TEXT}.zip"), asked(store, f"/{TEXT}.zip", "HEAD")
    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")
    ranged = asked(store, f"/{TEXT}.zip", "HEAD", range="bytes=2-3")  # RFC 9110: ranges are for GET
    assert (ranged.status, ranged.headers) == (200, got.headers)


@pytest.mark.parametrize(
    ("asks", "status", "body", "span"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-30", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"no such part\n", "bytes */10"),
        ("bytes=-0", 416, b"no such part\n", "bytes */10"),
        ("bytes=4-2", 200, b"0123456789", None),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_ranges(store: Store, asks: str, status: int, body: bytes, span: str | None) -> None:
    found = asked(store, f"/{TEXT}.zip", range=asks)
    assert (found.status, found.body, found.headers.get("Content-Range")) == (status, body, span)
    assert found.headers["Content-Length"] == str(len(body))


def test_conditions(store: Store) -> None:
    tag = asked(store, f"/{TEXT}.zip").headers["ETag"]
    assert asked(store, f"/{TEXT}.zip", if_none_match=tag)[::2] == (304, b"")
    assert asked(store, f"/{TEXT}.zip", if_none_match='"other"').status == 200
    assert asked(store, f"/{TEXT}.zip", range="bytes=1-1", if_range=tag).status == 206
    assert asked(store, f"/{TEXT}.zip", range="bytes=1-1", if_range='"other"').status == 200


def test_an_empty_file_has_no_part() -> None:
    with pytest.raises(ValueError, match="bytes=0-"):
        part_of("bytes=0-", 0)
    assert part_of("bytes=0-0", 1) == Part(0, 1)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "/.wslgo/needs.json",
        "/.wslgo/lock",
        f"/{TEXT}.ziphash",
        "/../../etc/passwd",
        "/example.com/../../../etc/passwd",
        "/example.com/text/@v/../../../.wslgo/needs.json",
        "/example.com/text/@v/..",
        "//etc/passwd",
        "/sumdb/../.wslgo/needs.json",
        "/sumdb/sum.test/lookup/../../../.wslgo/needs.json",
        "/sumdb/sum.test/lookup/a@v1.0.0/../../x",
        "/sumdb/sum.test/tile/8/0/../../../x",
        "/example.com/text/@v/v1.0.0.zip\0",
        "/example.com/Text/@v/v1.0.0.zip",
        "/example.com/text/@v/v1.0.0.zip/",
        "/\xff\xfe",
        "example.com/text/@v/v1.0.0.zip",
    ],
)
def test_nothing_else_is_served(store: Store, path: str) -> None:
    assert name_of(path) is None
    assert asked(store, path).status == 404


@pytest.mark.parametrize(
    "name",
    [
        "example.com/!burnt/@v/list",
        "example.com/a/@latest",
        f"{TEXT}.mod",
        "sumdb/sum.golang.org/supported",
        "sumdb/sum.golang.org/latest",
        "sumdb/sum.golang.org/lookup/github.com/!burnt!sushi/toml@v1.4.1-0.20240526193622-a339e1f7089c",
        "sumdb/sum.golang.org/lookup/example.com/a@v2.0.0+incompatible",
        "sumdb/sum.golang.org/tile/8/0/x259/370.p/1",
        "sumdb/sum.golang.org/tile/8/3/000",
    ],
)
def test_the_names_of_the_protocol(name: str) -> None:
    assert name_of(f"/{name}") == name


def test_a_link_is_not_served(store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    Path(store.path, "example.com/text/@v/v2.0.0.zip").symlink_to(tmp_path / "secret")
    Path(store.path, "example.com/linked").symlink_to(tmp_path)
    assert asked(store, "/example.com/text/@v/v2.0.0.zip").status == 404
    assert asked(store, "/example.com/linked/@v/list").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_written(store: Store, method: str) -> None:
    found = asked(store, f"/{TEXT}.zip", method)
    assert (found.status, found.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:3000", 200), ("localhost", 200), ("[::1]:3000", 200), ("evil.example:3000", 421), ("", 421)],
)
def test_a_page_that_rebinds_its_name_reads_nothing(store: Store, host: str, status: int) -> None:
    hosts = hosts_of("127.0.0.1")
    assert asked(store, f"/{TEXT}.zip", hosts=hosts, host=host).status == status
    assert hosts_of("10.0.0.1") is None
    assert host_of("[::1]") == "::1"


# The command


@pytest.fixture
def served(workplace: Workplace, upstream: Upstream) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Fill a mirror, serve it, and yield its URL."""
    module = upstream.add("example.com/Some/Lib", files={"noise": os.urandom(300_000)})
    upstream.publish()
    workplace.write(
        {
            "go.mod": "module example.com/app\n\ngo 1.21\n\nrequire example.com/Some/Lib v1.0.0\n",
            "go.sum": upstream.go_sum(module),
            "main.go": 'package app\n\nimport _ "example.com/Some/Lib"\n',
        }
    )
    assert workplace.fill().returncode == 0
    upstream.asked.clear()
    words = [sys.executable, "-m", "wslgo", "mirror", "--serve", "--port=0", str(workplace.mirror), "--lang=en"]
    environment = {**os.environ, **workplace.environment, "PYTHONPATH": str(SERVER)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = subprocess.Popen(words, cwd=workplace.here, env=environment, **pipes)  # type: ignore[call-overload]
    assert running.stdout is not None
    first, _, line, _, behind = (running.stdout.readline().decode() for _ in range(5))
    url = first.split(" is served at ")[1].split()[0]
    assert line.strip().startswith(f"export GOPROXY={url} GONOPROXY=none GOSUMDB=")
    assert behind.strip() == f'export GOPROXY="{url},$(go env GOPROXY)"'  # no value that could hold a password
    yield url, running
    running.kill()
    running.communicate()


@pytest.mark.slow
def test_go_builds_from_it_and_the_database_is_passed_through(
    served: tuple[str, "subprocess.Popen[bytes]"], workplace: Workplace, upstream: Upstream
) -> None:
    url, running = served
    settings = {"GOPROXY": url, "GONOPROXY": "none", "GOSUMDB": upstream.database.key}
    (workplace.here / "go.sum").unlink()
    done = workplace.go_offline("mod", "tidy", cut=False, **settings)
    assert done.returncode == 0, done.stderr
    assert workplace.go_offline("build", ".", cut=False, **settings).returncode == 0
    assert upstream.asked == []
    other = upstream.add("example.com/other")
    upstream.publish()
    host, port = url.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20)
    connection.request("GET", f"/sumdb/sum.test/{other.lookup}")
    assert connection.getresponse().read() == upstream.files[f"/sumdb/sum.test/{other.lookup}"]
    connection.request("GET", "/sumdb/sum.test/lookup/example.com/none@v1.0.0")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (404, b"404 Not Found\n")
    connection.request("GET", "/example.com/!some/!lib/@v/v1.0.0.zip", headers={"Range": "bytes=100-199"})
    answer = connection.getresponse()
    assert (answer.status, len(answer.read())) == (206, 100)
    connection.request("GET", "/%2e%2e/%2e%2e/etc/passwd")
    assert connection.getresponse().status == 404
    connection.close()
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (0, b"Stopped\n")


@pytest.mark.slow
def test_a_script_reads_the_address_from_one_line_of_json(workplace: Workplace) -> None:
    mirror_in(str(workplace.mirror)).write(".wslgo/needs.json", b"{}")
    words = [sys.executable, "-m", "wslgo", "mirror", "--serve", "--port=0", "--offline", "--format=json"]
    environment = {**os.environ, **workplace.environment, "PYTHONPATH": str(SERVER)}
    with subprocess.Popen(words, cwd=workplace.mirror, env=environment, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        found = json.loads(running.stdout.readline())
        running.send_signal(signal.SIGINT)
    assert found["folder"] == str(workplace.mirror)
    assert found["settings"] == {"GOPROXY": found["url"], "GONOPROXY": "none", "GOSUMDB": "off"}


@pytest.mark.slow
def test_what_cannot_be_served_is_said(workplace: Workplace, upstream: Upstream) -> None:
    workplace.mirror.mkdir()
    assert b"is not a mirror" in workplace.fill("--serve").stderr
    (workplace.mirror / ".wslgo").mkdir()
    (workplace.mirror / ".wslgo/needs.json").write_text("{}")
    for words, said in (
        (("--port=99999",), b"up to 65535"),
        ((f"--port={'9' * 5000}",), b"up to 65535"),
        (("--listen=example",), b"takes an IP address"),
        ((f"--port={upstream.port}",), b"Cannot listen on 127.0.0.1 port"),
    ):
        done = workplace.fill("--serve", *words)
        assert done.returncode in (1, 2)
        assert said in done.stderr
