"""Lists, signed trees and installations that answers of servers try to break."""

import base64
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator

import pytest

import smallgo
from database import NAME, Database
from errorwords import short
from hostile import NUMBERS
from mirror import Mirror
from smallgo import MODULE_VERSION
from smallsdk import Machine
from wslgo.knowledge.go_tools import TOOLS
from wslgo.knowledge.version import GoVersion
from wslgo.provision.errors import CancelledError, ProvisionError
from wslgo.provision.net.race import answers_of
from wslgo.provision.survey.newest_release import newest
from wslgo.provision.toolchain import release
from wslgo.provision.toolchain.policy import Policy
from wslgo.provision.toolchain.source import search
from wslgo.provision.toolchain.sumdb import note
from wslgo.provision.toolchain.sumdb.client import SumDb, database


def walked(value: object) -> "Iterator[tuple[object, Callable[[object], None]]]":
    """Each value within JSON, and what puts another in its place."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        yield inner, lambda other, key=key: value.__setitem__(key, other)  # type: ignore[misc, attr-defined]
        yield from walked(inner)


NASTY = (
    None,
    True,
    -1,
    0,
    1.5,
    float("inf"),
    10**18,
    10**4000,
    "",
    "x",
    "\0",
    "../../evil",
    [],
    {},
    [[]],
    "go1.99.3\n",
)


def test_with_any_value_of_a_list_replaced_it_is_rejected_or_another_is_taken(machine: Machine, mirror: Mirror) -> None:
    packed = smallgo.tarball()
    url = mirror.has_tarball(packed)
    text = mirror.files["/dl/?mode=json"].decode()
    count = len(list(walked(json.loads(text))))
    for number in range(count):
        for nasty in NASTY:
            whole = json.loads(text)
            list(walked(whole))[number][1](nasty)
            try:
                found = release.best(release.from_site(json.dumps(whole), "amd64"), "")
            except ValueError:
                continue
            if found is not None:
                assert found.archive is not None
                assert found.archive.filename == url.rpartition("/")[2]
                assert found.archive.size is None or 0 < found.archive.size < 1 << 40


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "9" * 5000, f"[{'9' * 5000}]", "\xff", "NaN", ""])
def test_a_list_that_breaks_readers_has_words(machine: Machine, mirror: Mirror, text: str) -> None:
    mirror.files["/dl/?mode=json"] = mirror.files["/dl/?mode=json&include=all"] = text.encode("latin-1")
    base = "/golang.org/toolchain/@v"
    mirror.files[f"{base}/list"] = text.encode("latin-1")
    found = search("1.99.3", "amd64", Policy(goproxy="off", sources=(mirror.url,)), machine.web())
    assert found.release is None
    assert all(source.problem for source in found.sources)


def test_an_endless_list_of_versions_has_words(machine: Machine, mirror: Mirror) -> None:
    many = "".join(f"v0.0.1-go1.{number}.0.linux-amd64\n" for number in range(30_000))
    with pytest.raises(ValueError, match="more than 20000 versions"):
        release.from_proxy(many, "amd64")
    tool = TOOLS[0]
    mirror.files[f"/{tool.module}/@v/list"] = "".join(f"v1.{number}.0\n" for number in range(30_000)).encode()
    assert newest((tool,), GoVersion(1, 99, 0), Policy(mirror.url), machine.web()) == {tool.package: ""}


@pytest.mark.parametrize("version", ["1." + "9" * 5000, "9" * 5000, "1.99.3\n", "-1", "1.\u0663", ""])
def test_versions_with_numbers_beyond_measure_are_passed_over(machine: Machine, mirror: Mirror, version: str) -> None:
    lines = f"v0.0.1-go{version}.linux-amd64\nv0.0.1-go1.99.3.linux-amd64\n"
    found = release.best(release.from_proxy(lines, "amd64"), "")
    assert found is not None
    assert found.name == "go1.99.3"


@pytest.mark.parametrize(
    "error", [RecursionError("deep"), MemoryError(), KeyError("x"), UnicodeError("x"), OverflowError()]
)
def test_what_breaks_while_one_is_asked_reaches_the_one_who_waits(error: Exception) -> None:
    def ask(one: int) -> str:
        if one == 2:
            raise error
        return "fine"

    said = answers_of(ask, range(40), 60, lambda source, trouble: f"{source}: {trouble}")
    assert said.pop(2).startswith("2: Unexpected error")
    assert set(said.values()) == {"fine"}
    assert len(said) == 39


def test_thousands_are_asked_by_few() -> None:
    most = 0

    def ask(_: int) -> int:
        nonlocal most
        most = max(most, threading.active_count())
        return 1

    before = threading.active_count()
    assert len(answers_of(ask, range(5000), 60, lambda *_: 0)) == 5000
    assert most <= before + 16


# The checksum database


LOOKUP = f"/sumdb/{NAME}/lookup/golang.org/toolchain@{MODULE_VERSION}"
H1 = "h1:" + base64.b64encode(b"h" * 32).decode()


def served(mirror: Mirror) -> Database:
    made = Database()
    made.fill(300)
    made.add(MODULE_VERSION, H1)
    made.fill(20)
    made.serve(mirror, MODULE_VERSION)
    return made


@pytest.mark.slow
def test_with_any_line_or_number_of_an_answer_replaced_nothing_else_is_believed(
    machine: Machine, mirror: Mirror
) -> None:
    database = served(mirror)
    honest = dict(mirror.files)
    policy = Policy(mirror.url, database.key)
    lines = honest[LOOKUP].split(b"\n")
    changes = [
        (LOOKUP, b"\n".join((*lines[:at], value, *lines[at + 1 :]))) for at in range(len(lines)) for value in NUMBERS
    ]
    tiles = [path for path in honest if "/tile/" in path]
    changes += [(path, honest[path][:cut]) for path in tiles for cut in (0, 1, 31, -1, -32)]
    changes += [(path, honest[path] + bytes(count)) for path in tiles for count in (1, 32, 70_000)]
    for number, (path, data) in enumerate(changes):
        mirror.files = {**honest, path: data}
        heads = machine.place.heads / str(number)
        said = short(lambda heads=heads: SumDb(policy, machine.web(), heads).h1(MODULE_VERSION))  # type: ignore[misc]
        assert said == H1 or not said.startswith("h1:")


@pytest.mark.parametrize(
    "size", ["0", "1", "-1", "999999999999999999", "9223372036854775808", "9" * 5000, "01", "1e3", "\u0663"]
)
def test_a_signed_tree_of_any_size_proves_nothing_that_it_does_not_hold(
    machine: Machine, mirror: Mirror, size: str
) -> None:
    database = served(mirror)
    text = f"go.sum database tree\n{size}\n{base64.b64encode(b'r' * 32).decode()}\n"
    signature = base64.b64encode(database._hash() + database._sign(text.encode())).decode()
    record = mirror.files[LOOKUP].partition(b"\n\n")[0]
    mirror.files[LOOKUP] = record + f"\n\n{text}\n\u2014 {NAME} {signature}\n".encode()
    with pytest.raises(ProvisionError):
        SumDb(Policy(mirror.url, database.key), machine.web(), machine.place.heads).h1(MODULE_VERSION)


@pytest.mark.parametrize("kind", ["pipe", "folder", "large", "garbage"])
def test_a_remembered_tree_that_is_none_is_named(machine: Machine, mirror: Mirror, kind: str) -> None:
    database = served(mirror)
    path = machine.place.heads / NAME / "latest"
    path.parent.mkdir(parents=True)
    make: dict[str, Callable[[], object]] = {
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "large": lambda: path.write_bytes(bytes(100_000)),
        "garbage": lambda: path.write_bytes(b"\xff\n"),
    }
    make[kind]()
    with pytest.raises(ProvisionError, match="latest is not a tree that"):
        SumDb(Policy(mirror.url, database.key), machine.web(), machine.place.heads).h1(MODULE_VERSION)


@pytest.mark.parametrize("name", ["..", "../..", "/etc", "a/../b", "a//b", "x" * 300, "a\0b", "\udcff"])
def test_a_database_whose_name_leads_elsewhere_is_rejected(name: str) -> None:
    public = b"\x01" + bytes(32)
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape") + b"\n" + public).digest()[:4]
    value = f"{name}+{digest.hex()}+{base64.b64encode(public).decode()}"
    assert note.key(value) is not None
    with pytest.raises(ProvisionError):
        database(value)


def test_a_database_that_does_not_answer_can_be_cancelled(machine: Machine, mirror: Mirror) -> None:
    database = served(mirror)
    mirror.waits_after = 10
    ask = SumDb(Policy(mirror.url, database.key), machine.web(), machine.place.heads, mirror.waiting.is_set)
    with pytest.raises(CancelledError):
        ask.h1(MODULE_VERSION)


# The rim


@pytest.mark.parametrize("digest", ["sha256:../../evil", "sha256:", "sha256:" + "0" * 63 + "\n", "h1:x", "x"])
def test_a_digest_that_is_none_names_no_file(machine: Machine, mirror: Mirror, digest: str) -> None:
    assert "checksum" in machine.problem(mirror.has_tarball(smallgo.tarball()), digest)
    assert mirror.asked == []


@pytest.mark.parametrize(
    "error", [RecursionError, MemoryError, KeyError, OverflowError, UnicodeError, ZeroDivisionError]
)
def test_what_breaks_while_a_toolchain_is_installed_has_words(
    machine: Machine, mirror: Mirror, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise error("deep inside")

    packed = smallgo.tarball()
    monkeypatch.setattr("wslgo.provision.toolchain.install._unpack", breaks)
    said = machine.problem(mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}")
    assert error.__name__ in said
    monkeypatch.undo()
    assert not machine.install(mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}").problem
