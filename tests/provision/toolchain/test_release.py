"""Which version is wanted, and which of a list fits."""

import json

import pytest

from wslgo.provision.errors import ProvisionError
from wslgo.provision.toolchain import release
from wslgo.provision.toolchain.release import Listed
from wslgo.syntax.go.mod_file import parse, parse_work
from wslgo.text.source import decode

LISTED = [Listed(f"go{text}") for text in ("1.28rc1", "1.27.3", "1.27.10", "1.27rc2", "1.26.8", "1.20", "1.20.1")]


@pytest.mark.parametrize(
    ("version", "name"),
    [
        ("", "go1.27.10"),
        ("1.27", "go1.27.10"),
        ("1.26", "go1.26.8"),
        ("1.27.3", "go1.27.3"),
        ("1.27rc2", "go1.27rc2"),
        ("1.28rc1", "go1.28rc1"),
        ("1.28", None),
        ("1.27.4", None),
        ("1.20", "go1.20"),
    ],
)
def test_the_newest_that_fits(version: str, name: str | None) -> None:
    found = release.best(LISTED, version)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("version", "name"),
    [("1.24", "go1.24.0"), ("1.24.2", "go1.24.2"), ("1.24rc1", "go1.24rc1"), ("1.20", "go1.20"), ("", None)],
)
def test_what_to_try_without_a_list(version: str, name: str | None) -> None:
    assert release.exact(version) == name


def wanted(asked: str, *texts: str) -> str:
    return release.wanted(asked, [parse(decode(text.encode())) for text in texts])


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("module m\ngo 1.24\n", "1.24"),
        ("module m\ngo 1.24\ntoolchain go1.25.1\n", "1.25.1"),
        ("module m\ngo 1.25.3\ntoolchain go1.25.1\n", "1.25.3"),
        ("module m\ngo 1.24.0\ntoolchain default\n", "1.24.0"),
        ("module m\ngo 1.24.0\ntoolchain go1.24.2-company\n", "1.24.2"),
        ("module m\n", ""),
    ],
)
def test_the_lines_of_a_module_say_what_it_needs(text: str, version: str) -> None:
    assert wanted("", text) == version


def test_the_highest_of_a_workspace_counts_and_go_work_too() -> None:
    assert wanted("", "module a\ngo 1.24\n", "module b\ngo 1.26.1\n") == "1.26.1"
    assert release.wanted("", [parse_work(decode(b"go 1.27\n"))]) == "1.27"


def test_what_is_asked_for_wins() -> None:
    assert wanted("go1.22.1", "module a\ngo 1.24\n") == "1.22.1"
    with pytest.raises(ProvisionError, match="newest is not a Go version"):
        wanted("newest")


def test_a_list_of_go_dev_is_read_for_this_machine_only() -> None:
    def file(name: str, architecture: str, sha256: str = "a" * 64) -> dict[str, object]:
        filename = f"{name}.linux-{architecture}.tar.gz"
        return {"filename": filename, "version": name, "sha256": sha256, "size": 7, "kind": "archive"}

    files = [file("go1.27.3", "amd64"), file("go1.27.3", "arm64"), file("go1.27.2", "amd64", "short"), {}, None]
    files.append({**file("go1.27.1/../x", "amd64")})
    text = json.dumps([{"version": "go1.27.3", "files": files}, 3])
    assert [listed.name for listed in release.from_site(text, "amd64")] == ["go1.27.3"]
    for document in ("<html>", "{}"):
        with pytest.raises(ValueError):
            release.from_site(document, "amd64")


def test_a_list_of_a_proxy_too() -> None:
    text = "v0.0.1-go1.27.3.linux-amd64\nv0.0.1-go1.27.4.linux-arm64\nv0.0.1-go1.27.5.darwin-amd64\n<html>\n"
    assert release.from_proxy(text, "amd64") == (Listed("go1.27.3"),)
    assert not release.is_module("go1.20.5")
