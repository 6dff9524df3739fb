"""The values that are computed for Go variables, against those that the real `go env` prints for the same inputs."""

import shutil
from pathlib import Path

import pytest

from goenvinputs import NAMES, Input, Installation, generated, installation, printed
from wslgo.machine.go_env import (
    GoEnvironment,
    lines_of,
    path_of_file,
    shipped_folder,
    shipped_lines_of,
)
from wslgo.machine.host import DEFAULT, ENVIRONMENT
from wslgo.text.source import Source, decode

COUNT = 2000


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return installation(tmp_path_factory.mktemp("goroot"))


def computed(folder: Path, given: Input, go: Installation) -> GoEnvironment:
    place = path_of_file(given.environment)
    path = folder / place if place else None
    user = lines_of(decode(path.read_bytes())) if path and path.exists() else {}
    shipped = f"{shipped_folder(given.environment, user, str(go.own))}/go.env"
    return GoEnvironment(
        given.environment,
        user,
        shipped_lines_of(decode(Path(shipped).read_bytes())),
        place or "",
        shipped,
        str(go.own),
        go.processor,
        shutil.which("gcc", path=given.environment["PATH"]) is not None,
    )


@pytest.mark.slow
def test_every_value_is_that_of_the_real_go(tmp_path: Path, go: Installation) -> None:
    refused, wrong = 0, []
    for seed in range(COUNT):
        given = generated(seed, tmp_path, go.root)
        real = printed(tmp_path, given, go)
        if real is None:
            refused += 1
            continue
        ours = computed(tmp_path, given, go)
        wrong += [(seed, name, real[name], ours.value(name)) for name in NAMES if ours.value(name) != real[name]]
    assert wrong == []
    assert refused < COUNT / 4  # GOPATH and GOEXPERIMENT that stop every command


def variable(name: str, user: str = "", shipped: str = "", **environment: str) -> tuple[str, str] | None:
    """Return value and origin of a variable of a person with these files."""
    files = (lines_of(Source(user)), shipped_lines_of(Source(shipped)), "/home/me/.config/go/env", "/go/go.env")
    found = GoEnvironment({"HOME": "/home/me", **environment}, *files, folder="/go").variable(name)
    return (found.value, found.origin) if found else None


SHIPPED = "GOPROXY=https://proxy.golang.org,direct\n"


def test_the_environment_comes_before_the_files_and_they_before_the_default() -> None:
    assert variable("GOPROXY", "GOPROXY=b\n", SHIPPED, GOPROXY="a") == ("a", ENVIRONMENT)
    assert variable("GOPROXY", "GOPROXY=b\n", SHIPPED) == ("b", "/home/me/.config/go/env")
    assert variable("GOPROXY", "", SHIPPED) == ("https://proxy.golang.org,direct", "/go/go.env")
    assert variable("GOPATH", "", SHIPPED) == ("/home/me/go", DEFAULT)


def test_an_empty_variable_sets_nothing_and_an_empty_line_hides_go_env() -> None:
    assert variable("GOPROXY", "GOPROXY=b\n", SHIPPED, GOPROXY="") == ("b", "/home/me/.config/go/env")
    assert variable("GOPROXY", "GOPROXY=\n", SHIPPED) == ("", "/home/me/.config/go/env")
    assert variable("GOPATH", "GOPATH=\n", SHIPPED) == ("/home/me/go", DEFAULT)


def test_a_value_that_go_does_not_take_is_not_the_origin() -> None:
    assert variable("CGO_ENABLED", "CGO_ENABLED=yes\n", GOOS="windows") == ("0", DEFAULT)
    assert variable("GOROOT", "", "GOROOT=/x\n") == ("/go", DEFAULT)
    assert variable("GODEBUG", "GODEBUG=x=1\n") == ("", DEFAULT)


@pytest.mark.parametrize("name", ["CGO_ENABLED", "GOARCH", "GOWORK", "GOAMD64", "GOVERSION", "GOTOOLDIR"])
def test_what_depends_on_unknown_facts_is_unknown(name: str) -> None:
    assert variable(name) is None


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({"GOENV": "off"}, None),
        ({"GOENV": "/x"}, "/x"),
        ({"XDG_CONFIG_HOME": "relative"}, None),
        ({"XDG_CONFIG_HOME": "/etc/xdg/"}, "/etc/xdg/go/env"),
        ({"HOME": ""}, None),
        ({}, "/home/me/.config/go/env"),
    ],
)
def test_the_path_of_the_go_env_file(environment: dict[str, str], path: str | None) -> None:
    assert path_of_file({"HOME": "/home/me", **environment}) == path
