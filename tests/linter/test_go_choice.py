"""The versions of Go that a file chooses, as the program that reads it understands them."""

import json

import pytest

from wslgo.linter.go_choice import pins
from wslgo.linter.go_pin import Reader, needed_version, wanted_version
from wslgo.linter.scene import Scene
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source


def file(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text))


def versions(path: str, text: str) -> list[str]:
    found = pins(file(path, text))
    for pin in found:
        assert text[slice(*pin.inner)] == pin.version
        assert pin.span.start <= pin.inner.start <= pin.inner.end <= pin.span.end
    return [pin.version for pin in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # What `mise ls --json go` (2026.9) shows for the same text.
        ('[tools]\ngo = "1.20"\n', ["1.20"]),
        ("[tools]\n\"core:go\" = '1.22' # x\n", ["1.22"]),
        ('[tools]\ngolang = "1.22"\n', ["1.22"]),
        ('[tools.go]\nversion = "1.22"\n', ["1.22"]),
        ('tools.go = "1.22"\n', ["1.22"]),
        ('[tools]\ngo = ["1.22"]\n', ["1.22"]),
        ('[tools]\ngo = { version = "1.22", postinstall = "x" }\n', ["1.22"]),
        ('[tools]\ngo = "prefix:1.20"\n', ["1.20"]),
        ('[tools]\ngo = { prefix = "1.20" }\n', ["1.20"]),
        # Several, or only for some systems: which one is known to mise alone.
        ('[tools]\ngo = ["1.22", "1.21"]\n', []),
        ('[tools]\ngo = "1.22"\ngolang = "1.21"\n', []),
        ('[tools]\ngo = { version = "1.22", os = ["macos"] }\n', []),
        # Not the version of Go.
        ('[tools]\nnode = "1.22"\n"go:example.com/tool" = "1.22"\n', []),
        ('[tasks.a.tools]\ngo = "1.22"\n', []),
        ("[tools]\ngo = 1.22\n", []),
        ('[tools]\ngo = "\\u0031.22"\n', []),
        ('# [tools]\n# go = "1.22"\n', []),
    ],
)
def test_the_go_of_mise(text: str, found: list[str]) -> None:
    assert versions("mise.toml", text) == found


@pytest.mark.parametrize(
    "path",
    [
        *("mise.toml", ".mise.toml", "mise.local.toml", ".mise/config.toml", "mise/config.toml", ".config/mise.toml"),
        *(".config/mise/config.toml", ".config/mise/mise.local.toml", ".mise/conf.d/go.toml"),
        "a/.config/mise/conf.d/b.toml",
    ],
)
def test_files_of_mise(path: str) -> None:
    assert versions(path, '[tools]\ngo = "1.22"\n') == ["1.22"]


@pytest.mark.parametrize(
    "path", ["compromise.toml", "config.toml", "conf.d/go.toml", "mise.toml.bak", "mise/tasks.toml"]
)
def test_files_of_others(path: str) -> None:
    assert family_of(path) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("golang 1.22.1\n", ["1.22.1"]),
        ("nodejs 22\ngo 1.22.1 # x\n", ["1.22.1"]),
        ("golang latest\n", ["latest"]),
        ("golang 1.22.1 system\n", []),
        ("golang 1.22.1\ngolang 1.21.1\n", []),
        ("golangci-lint 1.22.1\n", []),
        ("# golang 1.22.1\n", []),
        ("golang\n", []),
    ],
)
def test_the_go_of_tool_versions(text: str, found: list[str]) -> None:
    assert versions(".tool-versions", text) == found


FEATURE = "ghcr.io/devcontainers/features/go"


@pytest.mark.parametrize(
    ("settings", "found", "reader"),
    [
        ({"features": {f"{FEATURE}:1": {"version": "1.22"}}}, ["1.22"], Reader.FEATURE),
        ({"features": {f"{FEATURE}:1.3.4": "1.22"}}, ["1.22"], Reader.FEATURE),
        ({"features": {f"{FEATURE}@sha256:0123": {"version": "1.22"}}}, ["1.22"], Reader.FEATURE),
        ({"features": {"go": "1.22"}}, ["1.22"], Reader.FEATURE),
        ({"image": "mcr.microsoft.com/devcontainers/go:1.24"}, ["1.24"], Reader.CONTAINER_IMAGE),
        ({"image": "mcr.microsoft.com/devcontainers/go:2.1-1.25-trixie"}, ["1.25"], Reader.CONTAINER_IMAGE),
        ({"image": "mcr.microsoft.com/devcontainers/go:dev-1.25"}, ["1.25"], Reader.CONTAINER_IMAGE),
        ({"image": "golang:1.24.3-bookworm"}, ["1.24.3"], Reader.CONTAINER_IMAGE),
        ({"image": "golang:1.24", "features": {f"{FEATURE}:1": {"version": "none"}}}, ["1.24"], Reader.CONTAINER_IMAGE),
        ({"image": "golang:1.24", "features": {f"{FEATURE}:1": {"version": "1.22"}}}, ["1.22"], Reader.FEATURE),
        # The tag is the version of the image, or says nothing of a version.
        ({"image": "mcr.microsoft.com/devcontainers/go:1-bookworm"}, [], None),
        ({"image": "mcr.microsoft.com/devcontainers/go:1.3-bookworm"}, [], None),
        ({"image": "mcr.microsoft.com/devcontainers/base:1.22"}, [], None),
        ({"image": "example.com/golang:1.22"}, [], None),
        ({"features": {f"{FEATURE}:1": {}}}, [], None),
        ({"features": {f"{FEATURE}:1": {"version": 1.22}}}, [], None),
        ({"features": {"ghcr.io/devcontainers/features/node:1": {"version": "1.22"}}}, [], None),
        ({"features": {"ghcr.io/example/features/go:1": {"version": "1.22"}}}, [], None),
        ({"features": {f"{FEATURE}:1": {"version": "1.22"}, "go": "1.21"}}, [], None),
        ({"features": [FEATURE], "image": 1}, [], None),
    ],
)
def test_the_go_of_a_dev_container(settings: object, found: list[str], reader: Reader | None) -> None:
    text = json.dumps(settings)
    assert versions(".devcontainer/devcontainer.json", text) == found
    assert {pin.reader for pin in pins(file(".devcontainer/devcontainer.json", text))} == ({reader} - {None})


def test_an_image_keeps_go_and_a_feature_does_not() -> None:
    def keeps(settings: object) -> list[bool]:
        return [pin.keeps_go for pin in pins(file(".devcontainer.json", json.dumps(settings)))]

    assert keeps({"image": "golang:1.24"}) == [True]
    assert keeps({"features": {FEATURE: {"version": "1.24"}}}) == [False]
    assert keeps({"image": "golang", "features": {FEATURE: {"version": "1.24"}}}) == [True]
    assert keeps({"image": "mcr.microsoft.com/devcontainers/go", "features": {FEATURE: "1.24"}}) == [True]
    assert keeps({"image": "debian:golang", "features": {FEATURE: "1.24"}}) == [False]
    assert keeps({"image": "golang:1.23", "features": {FEATURE: {"version": "1.24"}}}) == [True]


@pytest.mark.parametrize(
    ("path", "module", "is_for"),
    [
        ("mise.toml", "go.mod", True),
        ("mise.toml", "sub/go.mod", True),
        (".config/mise/conf.d/go.toml", "go.mod", True),
        ("a/.devcontainer/b/devcontainer.json", "a/go.mod", True),
        ("a/mise.toml", "go.mod", False),
        ("a/.tool-versions", "ab/go.mod", False),
        ("/home/me/.tool-versions", "/home/me/work/go.mod", False),
        ("/home/me/.config/mise/config.toml", "/home/me/work/go.mod", False),
        ("/home/me/work/.tool-versions", "/home/me/work/go.mod", True),
    ],
)
def test_a_file_of_a_tool_is_for_the_modules_below_its_folder(path: str, module: str, is_for: bool) -> None:
    scene = Scene(file(path, ""), (file(module, "module m\n\ngo 1.25.7\n"),))
    assert (needed_version(scene) is not None) == is_for


@pytest.mark.parametrize(
    ("lines", "written"),
    [
        ("go 1.25.0\n", "1.25.0"),
        ("go 1.25.0\n\ntoolchain go1.26.2\n", "1.26.2"),
        ("go 1.26.3\n\ntoolchain go1.26.2\n", "1.26.3"),
        ("go 1.25.0\n\ntoolchain default\n", None),
        ("go 1.25.0\n\ntoolchain go1.26.2-custom\n", None),
        ("go 1.20\n", None),
        ("", None),
    ],
)
def test_the_newer_of_go_and_toolchain_line_is_the_go_that_runs(lines: str, written: str | None) -> None:
    scene = Scene(file("mise.toml", ""), (file("go.mod", f"module m\n\n{lines}"),))
    wanted = wanted_version(scene)
    assert (wanted.written if wanted else None) == written
    if wanted is not None:
        [place] = wanted.place
        assert scene.others[0].source.text[slice(*place.span)].removeprefix("go") == written
