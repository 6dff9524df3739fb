"""A Go toolchain from a server on this machine: wslgo against curl, sha256sum and tar, process by process.

The archive is built from this machine's own Go; without Go or curl, nothing is measured.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from report import Figure, p50

# wslgo also waits until everything is on the disk, so the floor is measured with that too.
TARGET = 1.1
OURS = """
import sys
from pathlib import Path
from wslgo.provision.model.step import InstallToolchain
from wslgo.provision.toolchain.install import Place, install
from wslgo.provision.toolchain.policy import Policy
from wslgo.provision.net.http import Web
version, url, digest, folder = sys.argv[1:]
place = Place(Path(folder, "sdk", version), Path(folder, "downloads"), Path(folder, "heads"))
action = InstallToolchain(version, url, str(place.folder), digest)
outcome = install(action, place, Policy(), Web({}))
assert outcome.problem is None, outcome.problem.render()
"""
FLOOR = """
curl -sS -o "$3/archive" "$1" && echo "$2  $3/archive" | sha256sum -c --quiet &&
mkdir "$3/sdk" && tar -xzf "$3/archive" -C "$3/sdk"
""".strip()


def toolchains(toolchain: Path, folder: Path, rounds: int, environment: dict[str, str]) -> Iterator[Figure]:
    """Measure download, verification and unpacking, as medians of alternating rounds."""
    if shutil.which("curl") is None:
        return
    version = (toolchain / "VERSION").read_text().split()[0]
    served = folder / "served"
    served.mkdir()
    archive = served / f"{version}.linux-amd64.tar.gz"
    _pack(toolchain, archive)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    words = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(served), "0"]
    with subprocess.Popen(
        [*words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        bufsize=1,
        env=environment | {"PYTHONUNBUFFERED": "1"},
    ) as server:
        assert server.stdout is not None
        port = server.stdout.readline().split(" port ")[1].split()[0]
        url = f"http://127.0.0.1:{port}/{archive.name}"
        into = str(folder / "installed")
        commands: dict[str, Sequence[str]] = {
            "floor": ("sh", "-c", FLOOR, "sh", url, digest, into),
            "floor, synced": ("sh", "-c", f'{FLOOR} && sync -f "$3/sdk"', "sh", url, digest, into),
            "ours": (sys.executable, "-c", OURS, version, url, f"sha256:{digest}", into),
        }
        samples = _samples(commands, Path(into), rounds, environment)
        server.kill()
    group = "Go toolchain from a local server (floor: curl, sha256sum, tar)"
    ours = p50(samples["ours"])
    yield Figure(group, "download, verify, unpack", "s", ours, p50(samples["floor"]), TARGET)
    yield Figure(group, "the same, floor with sync -f", "s", ours, p50(samples["floor, synced"]), TARGET)


def _samples(
    commands: dict[str, Sequence[str]], into: Path, rounds: int, environment: dict[str, str]
) -> dict[str, list[float]]:
    samples: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            into.mkdir()
            os.sync()  # a round does not pay for the pending writes of the one before
            started = time.perf_counter()
            subprocess.run(command, env=environment, check=True)
            if number:  # the first run compiles
                samples[name].append(time.perf_counter() - started)
            shutil.rmtree(into)
    return samples


def goroot() -> Path | None:
    """Return this machine's own toolchain."""
    go = shutil.which("go")
    if go is None:
        return None
    done = subprocess.run([go, "env", "GOROOT"], capture_output=True, text=True, check=False)
    return Path(done.stdout.strip()).resolve() if done.returncode == 0 else None


def small_toolchain(folder: Path) -> Path:
    """Write a toolchain of two files."""
    (folder / "bin").mkdir(parents=True)
    (folder / "VERSION").write_text("go1.99.3\ntime 2026-08-28T16:20:06Z\n")
    (folder / "bin" / "go").write_text("#!/bin/sh\n")
    return folder


def _pack(toolchain: Path, archive: Path) -> None:
    """Pack the toolchain as it is published, with everything in `go/`."""
    with gzip.open(archive, "wb", 6) as zipped, tarfile.open(fileobj=zipped, mode="w") as made:
        made.add(toolchain, "go")
