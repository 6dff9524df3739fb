"""A real toolchain: that of this machine by real local servers, and one through the machine's own module proxy."""

import gzip
import io
import os
import shutil
import stat
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import smallgo
from database import Database
from mirror import Mirror
from smallsdk import Machine
from wslgo.provision.model.facts import Release
from wslgo.provision.model.step import InstallToolchain
from wslgo.provision.net.http import Web
from wslgo.provision.toolchain.install import Outcome, install
from wslgo.provision.toolchain.policy import Policy
from wslgo.provision.toolchain.source import not_found, search

pytestmark = pytest.mark.slow

PROGRAM = 'package main\n\nimport ("os"; "runtime")\n\nfunc main() { os.Stdout.WriteString(runtime.Version()) }\n'
NOT_IN_MODULE = ("api/", "doc/", "misc/", "test/")
# Half of the files, which no build of a program reads.
LEFT_OUT = ("src/cmd", "test")


def asked_of_go(name: str) -> str:
    """Return the value of a variable by this machine's go command."""
    go = shutil.which("go") or "/usr/local/go/bin/go"
    if not Path(go).exists():
        pytest.skip("this machine has no Go of its own")
    done = subprocess.run([go, "env", name], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def goroot() -> Path:
    return Path(asked_of_go("GOROOT")).resolve()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Share what was compiled once between all trees of the same version."""
    return tmp_path_factory.mktemp("go-build")


def names(goroot: Path) -> Iterator[str]:
    """Yield the files of a distribution without the sources of its commands."""
    for folder, folders, files in os.walk(goroot):
        path = Path(folder).relative_to(goroot)
        folders[:] = sorted(name for name in folders if str(path / name) not in LEFT_OUT)
        yield from (str(path / name) for name in sorted(files))


def tarball(goroot: Path) -> bytes:
    packed = io.BytesIO()
    with gzip.open(packed, "wb", 1) as zipped, tarfile.open(fileobj=zipped, mode="w") as archive:
        for name in names(goroot):
            archive.add(goroot / name, f"go/{name}", recursive=False)
    return packed.getvalue()


def module(goroot: Path, version: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in names(goroot):
            if not name.startswith(NOT_IN_MODULE):
                renamed = f"{name[:-6]}_go.mod" if name.split("/")[-1] == "go.mod" else name
                archive.writestr(f"golang.org/toolchain@{version}/{renamed}", (goroot / name).read_bytes())
    return packed.getvalue()


def modes(root: Path) -> dict[str, int]:
    return {name: stat.S_IMODE((root / name).stat().st_mode) for name in names(root)}


def built_and_run(go: Path, cache: Path, folder: Path) -> str:
    """Return the output of a program that this toolchain has built."""
    source = folder / "program"
    source.mkdir()
    (source / "main.go").write_text(PROGRAM)
    (source / "go.mod").write_text("module program\n\ngo 1.21\n")
    environment = {"HOME": str(folder), "GOCACHE": str(cache), "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOENV": "off"}
    environment |= {"CGO_ENABLED": "0", "PATH": "/usr/bin:/bin"}
    words = [str(go / "bin" / "go"), "build", "-trimpath", "-o", "program", "."]
    subprocess.run(words, cwd=source, env=environment, check=True, capture_output=True)
    return subprocess.run([source / "program"], check=True, capture_output=True, text=True).stdout


def installed(machine: Machine, release: Release) -> Outcome:
    machine.place = machine.place._replace(folder=machine.sdk / release.version)
    action = InstallToolchain(release.version, release.url, "", release.digest, release.size)
    return install(action, machine.place, machine.policy, machine.web())


@pytest.mark.parametrize("kind", ["tarball", "module"])
def test_this_machines_go_by_a_local_server(
    machine: Machine, mirror: Mirror, goroot: Path, cache: Path, tmp_path: Path, kind: str
) -> None:
    version = (goroot / "VERSION").read_text().split()[0]
    module_version = f"v0.0.1-{version}.linux-amd64"
    database = Database()
    machine.policy = Policy(mirror.url, database.key, (mirror.url,))
    if kind == "module":
        packed = module(goroot, module_version)
        mirror.has_module(packed, module_version)
        database.add(module_version, smallgo.h1(packed))
        database.serve(mirror, module_version)
    else:
        mirror.has_tarball(tarball(goroot), version)
    found = search("", "amd64", machine.policy, machine.web())
    assert found.release is not None
    assert found.release.source.kind == kind
    assert installed(machine, found.release).problem is None
    there = machine.place.folder
    expected = {
        name: mode for name, mode in modes(goroot).items() if kind == "tarball" or not name.startswith(NOT_IN_MODULE)
    }
    assert modes(there) == expected
    assert all((there / name).read_bytes() == (goroot / name).read_bytes() for name in expected)
    assert built_and_run(there, cache, tmp_path) == version


def test_one_through_the_machines_own_proxy(machine: Machine, cache: Path, tmp_path: Path) -> None:
    """The real module, against the real checksum database. Without a network it is skipped, but never in CI."""
    machine.policy = Policy(asked_of_go("GOPROXY"), asked_of_go("GOSUMDB"))
    machine.environment = dict(os.environ)
    found = search("1.27", "amd64", machine.policy, Web(os.environ))
    if found.release is None:
        said = str(not_found(found, "1.27", "amd64"))
        assert os.environ.get("CI") != "true", said
        pytest.skip(said)
    outcome = installed(machine, found.release)
    assert outcome.problem is None
    if found.release.source.kind == "module":
        assert outcome.digest.startswith("h1:")
        assert len(list(machine.place.heads.rglob("latest"))) == 1
    assert modes(machine.place.folder)["bin/go"] == 0o755
    assert built_and_run(machine.place.folder, cache, tmp_path) == found.release.version
