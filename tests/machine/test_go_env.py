"""The values that are computed for Go variables, against those that the real `go env` prints for the same inputs."""

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from smalltools import GO
from wslgo.knowledge.go_variable_names import KNOWN
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
PATH = "/usr/local/bin:/usr/bin:/bin"
# go starts the C compiler for the first ones; what it prints for the others depends on the current folder or on PATH.
LEFT_OUT = {"CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS", "CGO_LDFLAGS", "PKG_CONFIG", "GCCGO", "GOWORK"}
NAMES = (*sorted(KNOWN - LEFT_OUT), "GOENV", "GODEBUG", "GOHOSTARCH", "GOHOSTOS")

VALUES = {
    "GOPROXY": (
        "https://goproxy.cn,direct",
        "direct",
        "off",
        " ",
        "https://a.test|b.test",
        '"https://a.test"',
        "x # y",
    ),
    "GOSUMDB": ("off", "sum.golang.google.cn", "junk"),
    "GOPRIVATE": ("git.corp", "*.corp,git.x.test", "git.corp\t"),
    "GONOPROXY": ("none", "git.corp"),
    "GONOSUMDB": ("none", "*"),
    "GOINSECURE": ("git.corp",),
    "GOFLAGS": ("-mod=mod", "-tags=a", "'-ldflags=-s -w'", "-count=1"),
    "GO111MODULE": ("on", "off", "auto", "yes", "ON"),
    "GOCACHE": ("/tmp/c", "rel", "off", "~/c", "C:\\c", "/tmp//c/"),
    "GOMODCACHE": ("/tmp/m", "rel", "/mnt/c/m"),
    "GOPATH": ("/tmp/p", "/a:/b", ":/b", "/tmp/p/", "/a//b"),
    "GOBIN": ("/tmp/b", "rel", "$HOME/bin"),
    "GOTMPDIR": ("/tmp", "/nowhere"),
    "GOOS": ("linux", "windows", "darwin", "freebsd", "js"),
    "GOARCH": ("amd64", "arm64", "386", "arm", "wasm", "riscv64", "ppc64le", "mips"),
    "GOAMD64": ("v1", "v2", "v3"),
    "GOARM": ("5", "7"),
    "GOARM64": ("v8.0", "v9.0"),
    "GO386": ("sse2", "softfloat"),
    "GOAUTH": ("netrc", "off", "git /x"),
    "GOCACHEPROG": ("/bin/cacheprog",),
    "GOVCS": ("*:off", "public:git"),
    "GOTOOLCHAIN": ("local", "auto", "path"),
    "GOEXPERIMENT": ("none", "jsonv2", "nosuch"),
    "GODEBUG": ("http2client=0", "madvdontneed=1"),
    "CGO_ENABLED": ("0", "1", "2", "true"),
    "CC": ("gcc", "clang", "/usr/bin/cc -m64"),
    "CXX": ("g++", "clang++"),
    "AR": ("ar", "llvm-ar"),
    "FC": ("gfortran",),
    "GO_EXTLINK_ENABLED": ("1", "0"),
    "CGO_CFLAGS_ALLOW": (".*",),
    "GOFIPS140": ("off",),
    "GOWASM": ("satconv",),
    "GOENV": ("off", "x"),
    "GOMAXPROCS": ("4",),
    "GOPROXI": ("direct",),
    "GONOSUMCHECK": ("1",),
    "HTTPS_PROXY": ("http://proxy.test:3128",),
}


class Input(NamedTuple):
    """The sources of variables: the environment, and the bytes of the go env file and of `go.env`."""

    environment: dict[str, str]
    user: bytes
    shipped: bytes


def value(random_: random.Random, name: str) -> str:
    return "" if random_.random() < 0.15 else random_.choice(VALUES[name])


def line(random_: random.Random) -> str:
    name = random_.choice([*VALUES])
    made = f"{name}={value(random_, name)}"
    return random_.choice(
        (*[made] * 12, f"export {made}", f" {made}", f"# {made}", made.replace("=", " = ", 1), made.lower(), name, "")
    )


def env_file(random_: random.Random) -> bytes:
    """Return a file with duplicates, comments, a byte order mark, CRLF, and lines that assign nothing."""
    end = "\r\n" if random_.random() < 0.15 else "\n"
    text = end.join(line(random_) for _ in range(random_.randrange(9)))
    text += random_.choice((end, ""))
    return (b"\xef\xbb\xbf" if random_.random() < 0.1 else b"") + text.encode()


def generated(seed: int, folder: Path, root: Path) -> Input:
    random_ = random.Random(seed)
    home, own = str(folder / "home"), str(folder / "own")
    found = {"PATH": random_.choice((PATH, PATH, "/nowhere")), "HOME": home}
    if random_.random() < 0.2:
        found["HOME"] = random_.choice((f"{home}/", "", f"{home}//."))
    if random_.random() < 0.2:
        found["XDG_CONFIG_HOME"] = random_.choice((f"{home}/.config", "rel", "", f"{own}//"))
    if random_.random() < 0.2:
        found["XDG_CACHE_HOME"] = random_.choice(("/tmp/cache", "rel", "", "/tmp/cache//"))
    if random_.random() < 0.3:
        found["GOENV"] = random_.choice(("off", "", f"{own}/go/env", "go/env", f"{folder}/missing"))
    for name in random_.sample([*VALUES], random_.randrange(6)):
        if name != "GOENV":
            found[name] = value(random_, name)
    if random_.random() < 0.9:
        found["GOROOT"] = random_.choice((str(root), f"{root}/", f"{root}/../root"))
    lines = env_file(random_)
    if random_.random() < 0.05:
        lines += f"\nGOROOT={random_.choice((root, f'{root}//.', ''))}\n".encode()
    return Input(found, lines, random_.choice((b"", env_file(random_), Path(root, "default").read_bytes())))


class Installation(NamedTuple):
    """The installed go, and a GOROOT like its own with a `go.env` that can be written."""

    own: Path
    root: Path
    processor: str


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    told = subprocess.run([GO, "env", "GOROOT", "GOHOSTARCH"], capture_output=True, text=True, check=True, cwd="/")
    own, processor = told.stdout.split()
    root = tmp_path_factory.mktemp("goroot") / "root"
    root.mkdir()
    for entry in Path(own).iterdir():
        if entry.name != "go.env":
            (root / entry.name).symlink_to(entry)
    shutil.copy(Path(own, "go.env"), root / "default")
    return Installation(Path(own), root, processor)


def printed(folder: Path, given: Input, go: Installation) -> dict[str, str] | None:
    """Return what the real go prints; None if it fails."""
    for path in (folder / "home/.config/go/env", folder / "own/go/env", folder / "go/env"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(given.user)
    (go.root / "go.env").write_bytes(given.shipped)
    done = subprocess.run(
        [GO, "env", "-json", *NAMES], capture_output=True, cwd=folder, env=given.environment, check=False
    )
    return None if done.returncode else json.loads(done.stdout)


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
