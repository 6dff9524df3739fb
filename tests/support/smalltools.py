"""The Go tools as modules of a few lines, in a folder that is a module proxy.

A tree has a go command that builds them.
"""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from smallmachine import Machine
from wslgo.knowledge.go_tools import DELVE, GOPLS, STATICCHECK, GoTool

GO = shutil.which("go") or "/usr/local/go/bin/go"
# The go command of this machine, which must not use another root as its own GOROOT.
SCRIPT = f'#!/bin/sh\nunset GOROOT\nexec {GO} "$@"\n'.encode()
MAIN = "package main\n\nfunc main() {{ println({version!r}) }}\n"

Releases = Mapping[GoTool, Mapping[str, str]]  # the go lines of each tool's versions
RELEASES: Releases = {
    GOPLS: {"v0.20.0": "1.24.2", "v0.23.0": "1.25", "v0.24.0-pre.1": "1.25", "v0.24.0": "1.99"},
    DELVE: {"v1.25.1": "1.22.0", "v1.26.1": "1.24", "v1.27.1": "1.25.0", "v1.27.2": "1.25.0"},
    STATICCHECK: {"v0.6.1": "1.23", "v0.7.0": "1.25.0"},
}


def version_of_go() -> str:
    """Return the version of this machine's go command."""
    words = [GO, "env", "GOVERSION"]
    return subprocess.run(words, capture_output=True, text=True, check=True, cwd="/").stdout.split()[0][2:]


def proxy(folder: Path, releases: Releases = RELEASES, broken: GoTool | None = None) -> str:
    """Make a module proxy in a folder and return its URL; one of the tools may not compile."""
    for tool, versions in releases.items():
        place = folder / tool.module / "@v"
        place.mkdir(parents=True)
        (place / "list").write_text("".join(f"{version}\n" for version in versions))
        for version, go in versions.items():
            module = f"module {tool.module}\n\ngo {go}\n"
            main = "package main\n\nfunc main() { missing() }\n" if tool is broken else MAIN.format(version=version)
            (place / f"{version}.mod").write_text(module)
            (place / f"{version}.info").write_text(f'{{"Version": "{version}"}}')
            (place / f"{version}.zip").write_bytes(packed(tool, version, module, main.replace("'", '"')))
    return folder.as_uri()


def packed(tool: GoTool, version: str, module: str, main: str) -> bytes:
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w") as archive:
        archive.writestr(f"{tool.module}@{version}/go.mod", module)
        archive.writestr(f"{tool.module}@{version}{tool.package[len(tool.module) :]}/main.go", main)
    return archived.getvalue()


def with_go(machine: Machine, goproxy: str, version: str = "") -> None:
    """Make a tree with a Go of some version that builds as this machine's does, and that asks a proxy."""
    for name, data in {"VERSION": f"go{version or version_of_go()}\n".encode(), "bin/go": SCRIPT}.items():
        machine.write(f"/usr/local/go/{name}", data, mode=0o755, owner=0)
    machine.write("/usr/local/go/src/go.mod", b"module std\n", owner=0)
    machine.write("/home/dev/.config/go/env", f"GOPROXY={goproxy}\nGOSUMDB=off\n".encode())


def said(program: Path) -> str:
    """Return what one of the small tools prints: its version."""
    return subprocess.run([program], capture_output=True, check=True).stderr.decode().strip()
