"""The parts of a mirror without a go command: names of files, hashes, lists, settings, the folder."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from upstream import h1, h1_of, packed
from wslgo.mirror import export, lists, workspace, zip_hash
from wslgo.mirror.pinned import Pinned, Sums, from_text, of_file, pinned
from wslgo.mirror.store import Store, existing_mirror, mirror_in
from wslgo.provision.errors import ProvisionError


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (Pinned("github.com/BurntSushi/toml", "v1.0.0"), "github.com/!burnt!sushi/toml/@v/v1.0.0.zip"),
        (Pinned("example.com/a", "v2.0.0-RC.1+incompatible"), "example.com/a/@v/v2.0.0-!r!c.1+incompatible.zip"),
        (Pinned("gopkg.in/yaml.v3", "v3.0.1"), "gopkg.in/yaml.v3/@v/v3.0.1.zip"),
    ],
)
def test_names_of_files_are_those_of_the_protocol(module: Pinned, name: str) -> None:
    assert module.file("zip") == name
    assert of_file(name) == (module, "zip")
    assert from_text(str(module)) == module


@pytest.mark.parametrize(
    "name",
    [
        "example.com/a/@v/list",
        "example.com/a/@v/v1.0.0.ziphash",
        "example.com/A/@v/v1.0.0.zip",
        "example.com/a/../b/@v/v1.0.0.zip",
        "/etc/@v/v1.0.0.zip",
        "../@v/v1.0.0.zip",
        "sumdb/sum.golang.org/latest",
        "cache/@v/../../x/v1.0.0.zip",
        "example.com/a/@v/v1.0.0/x.zip",
        "",
    ],
)
def test_other_names_are_of_no_module(name: str) -> None:
    assert of_file(name) is None


@pytest.mark.parametrize("path", ["..", "a/../b", "/a", "a//b", "a/", "./a", "a b", "a\nb", ".git/a", "a\\b"])
def test_what_cannot_be_a_module_is_none(path: str) -> None:
    assert pinned(path, "v1.0.0") is None


@pytest.mark.parametrize("version", ["latest", "", "v", "1.0.0", "v1.0.0/..", "v1 0"])
def test_what_cannot_be_a_version_is_none(version: str) -> None:
    assert pinned("example.com/a", version) is None


def test_versions_that_name_a_commit() -> None:
    assert Pinned("a.b/c", "v0.0.0-20231108232855-2478ac86f678").is_pseudo
    assert Pinned("a.b/c", "v1.2.4-0.20231108232855-2478ac86f678").is_pseudo
    assert Pinned("a.b/c", "v2.0.1-rc.1.0.20231108232855-2478ac86f678+incompatible").is_pseudo
    assert not Pinned("a.b/c", "v1.2.4-rc.1").is_pseudo


def test_lines_of_go_sum() -> None:
    sums = Sums()
    sums.add("a.b/c v1.0.0 h1:zip=\na.b/c v1.0.0/go.mod h1:mod=\nbroken\na.b/d v1.0.0 h2:other=\n", "go.sum")
    module = Pinned("a.b/c", "v1.0.0")
    assert sums.of_zip(module) == {"h1:zip=": "go.sum"}
    assert sums.of_mod(module) == {"h1:mod=": "go.sum"}
    assert list(sums.zips()) == [module]


# Hashes


def test_hashes_are_those_of_go() -> None:
    module = Pinned("example.com/ä", "v1.0.0")
    data = packed(module, {"go.mod": b"module x\n", "ünicode.go": b"package x\n", "a/b": b""})
    assert zip_hash.of_zip(io.BytesIO(data), "x") == h1(data)
    assert zip_hash.of_mod(b"module x\n") == h1_of(b"module x\n")


def test_a_zip_with_more_files_than_the_old_format_can_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)  # else it takes 65,536 files and seconds
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number in range(3):
            archive.writestr(f"m@v1.0.0/{number}", b"")
    assert b"PK\6\6" in data.getvalue()
    assert zip_hash.of_zip(data, "x") == h1(data.getvalue())


def test_content_that_packs_well_is_accepted() -> None:
    data = packed(Pinned("a.b/c", "v1.0.0"), {"zeros": bytes(20_000_000)})
    assert zip_hash.of_zip(io.BytesIO(data), "x") == h1(data)


def test_every_damaged_byte_is_an_error_or_another_hash() -> None:
    data = packed(Pinned("a.b/c", "v1.0.0"), {"go.mod": b"module a.b/c\n", "c.go": b"package c\n" * 9})
    right = zip_hash.of_zip(io.BytesIO(data), "x")
    found = [hash_or_error(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]) for at in range(len(data))]
    assert {word[:3] for word in found} == {"h1:", "x i"}
    assert {word for word in found if word.startswith("x")} == {
        word for word in found if word.startswith("x is not a valid module zip: ")
    }
    assert found.count(right) < 150  # times, modes and versions, which no hash covers


def hash_or_error(data: bytes) -> str:
    try:
        return zip_hash.of_zip(io.BytesIO(data), "x")
    except ProvisionError as error:
        return error.text.render()


# The folder


def test_a_link_is_neither_written_nor_read_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("secret")
    store = mirror_in(str(tmp_path / "mirror"))
    (tmp_path / "mirror/linked").symlink_to(outside)
    (tmp_path / "mirror/file").symlink_to(outside / "secret")
    with pytest.raises(ProvisionError):
        store.write("linked/new", b"")
    with pytest.raises(ProvisionError):
        store.read("linked/secret")
    with pytest.raises(ProvisionError):
        store.read("file")
    assert [path.name for path in outside.iterdir()] == ["secret"]


def test_removing_a_file_removes_the_folders_that_it_leaves_empty(tmp_path: Path) -> None:
    store = mirror_in(str(tmp_path))
    store.write("a/b/c", b"1")
    store.write("a/d", b"2")
    store.remove("a/b/c")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["a", "a/d"]
    assert list(store.names()) == ["a/d"]


def test_what_a_killed_run_was_writing_is_removed(tmp_path: Path) -> None:
    store = mirror_in(str(tmp_path))
    (tmp_path / ".x.0123.wslgo").write_text("half")
    assert list(store.names()) == []
    store.sweep()
    assert not list(tmp_path.iterdir())


def test_a_file_from_another_file_system_is_copied(tmp_path: Path) -> None:
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK) or shared.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system")
    source = shared / f"wslgo-{os.getpid()}"
    source.write_bytes(b"content")
    store = mirror_in(str(tmp_path))
    store.take("a/b", source)
    assert (tmp_path / "a/b").read_bytes() == b"content"
    assert not source.exists()


def test_a_folder_with_other_content_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(ProvisionError, match="is not a mirror"):
        existing_mirror(str(tmp_path))
    with pytest.raises(ProvisionError, match="cannot be read"):
        existing_mirror(str(tmp_path / "none"))


def test_lists_name_releases_and_latest_stands_for_commits(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    for name in ("v1.10.0", "v1.9.0", "v1.9.1-0.20231108232855-2478ac86f678"):
        store.write(Pinned("a.b/c", name).file("zip"), b"")
    commit = Pinned("a.b/D", "v0.0.0-20231108232855-2478ac86f678")
    store.write(commit.file("zip"), b"")
    store.write(commit.file("info"), b'{"Version": "v0.0.0-20231108232855-2478ac86f678"}')
    store.write(Pinned("a.b/graph", "v1.0.0").file("mod"), b"")
    lists.write(store)
    assert store.read("a.b/c/@v/list") == b"v1.9.0\nv1.10.0\n"
    assert not store.has("a.b/c/@latest")
    assert store.read("a.b/!d/@v/list") == b""
    assert store.read("a.b/!d/@latest") == store.read(commit.file("info"))
    assert not store.has("a.b/graph/@v/list")


# Settings


def test_a_path_becomes_one_entry_of_goproxy() -> None:
    assert export.file_url("/mnt/wsl/mirror") == "file:///mnt/wsl/mirror"
    assert export.file_url("/a b/c,d|e") == "file:///a%20b/c%2Cd%7Ce"


@pytest.mark.parametrize(
    ("gosumdb", "records", "wanted"),
    [
        ("sum.golang.org", 3, "sum.golang.org"),
        ("sum.golang.google.cn", 3, "sum.golang.org"),
        ("sum.golang.org https://sum.golang.google.cn", 3, "sum.golang.org"),
        ("off", 0, "off"),
        ("sum.golang.org", 0, "off"),
    ],
)
def test_the_database_is_asked_through_the_mirror(gosumdb: str, records: int, wanted: str) -> None:
    found = export.settings("file:///m", {"GOSUMDB": gosumdb, "GONOSUMDB": "*.corp"}, records)
    assert found["GOSUMDB"] == wanted
    assert found.get("GONOSUMDB") == ("*.corp" if records else None)


def test_the_line_for_a_shell_is_quoted() -> None:
    assert export.line({"GOPROXY": "file:///m", "GONOSUMDB": "*.a,b"}) == "export GOPROXY=file:///m GONOSUMDB='*.a,b'"


# Workspaces


def test_gowork_chooses_as_it_does_for_go(tmp_path: Path) -> None:
    inner = tmp_path / "a/b"
    inner.mkdir(parents=True)
    (tmp_path / "go.work").write_text("go 1.21\n")
    (tmp_path / "a/go.mod").write_text("module a.b/c\n")
    assert workspace.find(inner, {}) == tmp_path / "go.work"
    assert workspace.find(inner, {"GOWORK": "off"}) == tmp_path / "a/go.mod"
    assert workspace.find(inner, {"GOWORK": "/other/go.work"}) == Path("/other/go.work")
    assert workspace.find(Path("/nowhere"), {}) is None
