"""The real go does what the pages of topics say.

That Delve ignores `dlvLoadConfig`, and where it stops in CUDA programs, is tested in `tests/launch/dap`; other answers
of a proxy, and its silence, in `tests/network`.
"""

import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from frontdoor import dev
from realgo import RealGo
from wslgo.topics import find

MODULE, VERSION = "git.company.example/team/lib", "v1.0.0"
CLOSED = "http://127.0.0.1:9"  # a port at which nothing listens


@pytest.fixture
def go(tmp_path: Path) -> RealGo:
    return RealGo(tmp_path)


@pytest.fixture
def proxy(tmp_path: Path) -> str:
    """Return a folder that serves one module."""
    folder = tmp_path / "proxy" / MODULE / "@v"
    folder.mkdir(parents=True)
    mod = f"module {MODULE}\n\ngo 1.21\n"
    (folder / f"{VERSION}.info").write_text(json.dumps({"Version": VERSION}), encoding="utf-8")
    (folder / f"{VERSION}.mod").write_text(mod, encoding="utf-8")
    with zipfile.ZipFile(folder / f"{VERSION}.zip", "w") as archive:
        archive.writestr(f"{MODULE}@{VERSION}/go.mod", mod)
        archive.writestr(f"{MODULE}@{VERSION}/lib.go", "package lib\n")
    return (tmp_path / "proxy").as_uri()


def download(go: RealGo, **variables: str) -> subprocess.CompletedProcess[str]:
    """Let go fetch the module; a question to its own host ends at once at a closed port."""
    settings = {"GOFLAGS": "-modcacherw", "HTTPS_PROXY": CLOSED, **variables}
    return go.run("mod", "download", "-json", f"{MODULE}@{VERSION}", **settings)


# goproxy-walk


def test_after_a_comma_a_closed_port_is_final(go: RealGo, proxy: str) -> None:
    done = download(go, GOPROXY=f"{CLOSED},{proxy}", GOSUMDB="off")
    assert done.returncode == 1
    assert "connection refused" in done.stdout


def test_after_a_pipe_go_continues(go: RealGo, proxy: str) -> None:
    assert download(go, GOPROXY=f"{CLOSED}|{proxy}", GOSUMDB="off").returncode == 0


def test_after_a_comma_go_continues_if_the_module_is_missing(go: RealGo, proxy: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert download(go, GOPROXY=f"{(tmp_path / 'empty').as_uri()},{proxy}", GOSUMDB="off").returncode == 0


def test_one_unusable_entry_spoils_the_whole_list(go: RealGo, proxy: str) -> None:
    assert "invalid proxy URL" in download(go, GOPROXY=f"{proxy},bogus,direct", GOSUMDB="off").stdout
    assert download(go, GOPROXY=f"{proxy},off,bogus", GOSUMDB="off").returncode == 0


# gosumdb, no-sum-txt-fallback


@pytest.mark.parametrize(
    "value", ["sum.golang.org+https://sum.golang.org", "https://sum.golang.org", "sum.golang.org,off", "none", "Off"]
)
def test_go_rejects_a_database_that_is_not_a_name(value: str, go: RealGo, proxy: str) -> None:
    assert "invalid GOSUMDB: malformed verifier id" in download(go, GOPROXY=proxy, GOSUMDB=value).stdout


def test_an_unreachable_database_is_an_error_and_nothing_takes_its_place(go: RealGo, proxy: str) -> None:
    done = download(go, GOPROXY=proxy, GOSUMDB="sum.golang.org")
    assert done.returncode == 1
    assert "sum.golang.org" in done.stdout


def require(go: RealGo) -> None:
    text = f"module example.com/m\n\ngo 1.21\n\nrequire {MODULE} {VERSION}\n"
    (go.folder / "go.mod").write_text(text, encoding="utf-8")
    (go.folder / "main.go").write_text(f'package main\n\nimport _ "{MODULE}"\n\nfunc main() {{}}\n', encoding="utf-8")


def test_a_line_of_go_sum_needs_neither_the_database_nor_a_right_value(go: RealGo, proxy: str) -> None:
    require(go)
    flags = {"GOFLAGS": "-modcacherw -mod=mod", "HTTPS_PROXY": CLOSED}
    assert go.run("mod", "download", MODULE, GOPROXY=proxy, GOSUMDB="off", **flags).returncode == 0
    go.run("mod", "tidy", GOPROXY=proxy, GOSUMDB="off", **flags)
    assert MODULE in (go.folder / "go.sum").read_text(encoding="utf-8")
    go.run("clean", "-modcache")
    for value in ("sum.golang.org", "sum.golang.org+https://sum.golang.org"):
        assert go.run("mod", "download", GOPROXY=proxy, GOSUMDB=value, **flags).returncode == 0


def test_off_does_not_switch_go_sum_off(go: RealGo, proxy: str) -> None:
    require(go)
    wrong = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    lines = f"{MODULE} {VERSION} {wrong}\n{MODULE} {VERSION}/go.mod {wrong}\n"
    (go.folder / "go.sum").write_text(lines, encoding="utf-8")
    flags = {"GOFLAGS": "-modcacherw", "GOPROXY": proxy, "GOSUMDB": "off"}
    done = go.run("mod", "download", MODULE, **flags)
    assert "SECURITY ERROR" in done.stdout + done.stderr


def test_go_knows_no_sum_txt() -> None:
    assert b"sum.txt" not in Path(goroot(), "bin", "go").read_bytes()


# goprivate


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("git.company.example", True),
        ("git.company.example/*", True),
        ("*.company.example", True),
        ("https://git.company.example", False),
        ("git.company.example:443", False),
        ("Git.company.example", False),
        ("other.example, git.company.example", False),
        ("other.example;git.company.example", False),
    ],
)
def test_a_pattern_of_private_modules(pattern: str, matches: bool, go: RealGo, proxy: str) -> None:
    """A private module is not asked for at the proxy, which has it."""
    done = download(go, GOPROXY=proxy, GOSUMDB="off", GOPRIVATE=pattern)
    assert (done.returncode != 0) == matches


def test_none_undoes_goprivate(go: RealGo, proxy: str) -> None:
    settings = {"GOPRIVATE": "git.company.example", "GONOPROXY": "none"}
    assert download(go, GOPROXY=proxy, GOSUMDB="off", **settings).returncode == 0


# symlinks-in-gocache


def test_go_follows_a_link_in_place_of_its_cache(go: RealGo, tmp_path: Path) -> None:
    (tmp_path / "main.go").write_text("package m\n\nconst One = 1\n", encoding="utf-8")
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    settings = {"GOCACHE": str(link)}
    assert go.run("build", ".", **settings).returncode == 0
    entries = [path for path in real.rglob("*-[ad]") if not path.is_dir()]
    assert entries
    assert not [path for path in entries if path.is_symlink()]
    assert go.run("env", "GOCACHE", **settings).stdout.strip() == str(link)
    go.run("clean", "-cache", **settings)
    assert link.is_symlink()
    assert not list(real.rglob("*-[ad]"))


# gpu-build


def goroot() -> str:
    return subprocess.run(["go", "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("tool", ["", "compile", "link", "asm"])
def test_the_tools_of_go_load_no_library_and_know_no_gpu(tool: str) -> None:
    words = ["go", "tool", "-n", tool] if tool else []
    found = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip() if words else ""
    path = Path(found or Path(goroot(), "bin", "go"))
    with path.open("rb") as file:
        assert "PT_INTERP" not in {segment["p_type"] for segment in ELFFile(file).iter_segments()}
    data = path.read_bytes()
    assert not [name for name in (b"libcuda", b"libnvrtc", b"libOpenCL", b"libvulkan") if name in data]


# race-on-wsl2


def test_the_race_detector_needs_cgo(go: RealGo) -> None:
    assert go.error("build", "-race", ".", CGO_ENABLED="0").startswith("-race requires cgo")


def test_the_recipe_in_goflags_stops_every_build(go: RealGo) -> None:
    recipe = "-ldflags=\"-extldflags '-Wl,--no-as-needed'\""
    topic = find("race-on-wsl2")
    error = go.error("list", ".", GOFLAGS=recipe)
    assert error == 'parsing $GOFLAGS: unterminated " string'
    assert topic is not None
    assert error in " ".join(topic.documentation.split())


# alpine


@pytest.mark.slow
@pytest.mark.parametrize(("cgo", "has_loader"), [("0", False), ("1", True)])
def test_a_program_without_cgo_names_no_loader(cgo: str, has_loader: bool, go: RealGo, tmp_path: Path) -> None:
    (tmp_path / "main.go").write_text('package main\n\nimport _ "net"\n\nfunc main() {}\n', encoding="utf-8")
    settings = {"CGO_ENABLED": cgo, "GOCACHE": str(dev.CACHE / "go-build"), "PATH": os.environ["PATH"]}
    assert go.run("build", "-o", "app", ".", **settings).returncode == 0
    with (tmp_path / "app").open("rb") as file:
        segments = {segment["p_type"] for segment in ELFFile(file).iter_segments()}
    assert ("PT_INTERP" in segments) == has_loader
