"""A module proxy on loopback with a checksum database of its own, and a machine whose go uses it."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from commandline import process, write
from database import NAME, Database
from frontdoor import dev
from mirror import Mirror
from smalltools import GO
from tree import SERVER
from wslgo.mirror.pinned import Pinned
from wslgo.provision.toolchain.sumdb import tlog

MAIN = """package main

import (
	"example.com/Upper/Lib"
	"example.com/old"
)

func main() { println(lib.Name(), "and", old.Name()) }
"""

# In a network namespace of its own: not even loopback is up.
CUT = ("unshare", "--map-root-user", "--net")

# What go compiled: shared, since each of these programs has the whole runtime.
COMPILED = str(dev.CACHE / "go-build")


class Upstream(Mirror):
    """A proxy to which modules are added."""

    def __init__(self) -> None:
        super().__init__()
        self.database = Database()
        self.sums: dict[Pinned, tuple[str, str]] = {}

    def add(
        self,
        path: str,
        version: str = "v1.0.0",
        requires: Mapping[str, str] | None = None,
        files: Mapping[str, bytes] | None = None,
        more: str = "",
    ) -> Pinned:
        """Add a module with a package that returns its name and version."""
        module = Pinned(path, version)
        lines = "".join(f"require {name} {number}\n" for name, number in (requires or {}).items())
        text = f"module {path}\n\ngo 1.21\n\n{lines}{more}"
        imports = "".join(f'import _ "{name}"\n' for name in requires or {})
        name = path.rpartition("/")[2].lower().replace(".git", "").replace("-", "")
        source = f'package {name}\n\n{imports}\nfunc Name() string {{ return "{path} {version}" }}\n'
        content = {"go.mod": text.encode(), f"{name}.go": source.encode(), **(files or {})}
        if version.endswith("+incompatible"):
            del content["go.mod"]
            text = f"module {path}\n"
        self.put(module, text.encode(), packed(module, content))
        return module

    def put(self, module: Pinned, mod: bytes, archive: bytes) -> None:
        """Serve the files of a module, and add its record."""
        self.files[f"/{module.file('mod')}"] = mod
        self.files[f"/{module.file('zip')}"] = archive
        self.files[f"/{module.file('info')}"] = json.dumps(
            {"Version": module.version, "Time": "2026-01-02T03:04:05Z"}
        ).encode()
        if not module.is_pseudo:
            listed = self.files.get(f"/{module.folder}/list", b"")
            self.files[f"/{module.folder}/list"] = listed + f"{module.version}\n".encode()
        self.sums[module] = h1(archive), h1_of(mod)
        zipped, modded = self.sums[module]
        record = f"{module.path} {module.version} {zipped}\n{module.path} {module.version}/go.mod {modded}\n"
        self.database.records.append(record.encode())

    def publish(self) -> None:
        """Serve the records, as the tree is now."""
        base, signed = f"/sumdb/{NAME}", self.database.signed()
        self.files[f"{base}/supported"] = b""
        for number, record in enumerate(self.database.records):
            path, version, _ = record.decode().split("\n")[0].split()
            self.files[f"{base}/{Pinned(path, version).lookup}"] = b"%d\n%s\n%s" % (number, record, signed)
        level, hashes = 0, [tlog.record_hash(record) for record in self.database.records]
        while hashes:
            for first in range(0, len(hashes), 256):
                data = hashes[first : first + 256]
                self.files[f"{base}/{tlog.Tile(level, first // 256, len(data)).path}"] = b"".join(data)
            full = [hashes[first : first + 256] for first in range(0, len(hashes) - 255, 256)]
            level, hashes = level + 1, [_root(some) for some in full]
        self.serve_quoted()

    def serve_quoted(self) -> None:
        """Serve each file also under its name as go writes it in a URL."""
        self.files |= {quote(path, safe="/@+?="): data for path, data in self.files.items()}

    def go_sum(self, *modules: Pinned) -> str:
        """Return the lines of a go.sum about modules."""
        lines = [(module, *self.sums[module]) for module in modules]
        return "".join(
            f"{module.path} {module.version} {zipped}\n{module.path} {module.version}/go.mod {modded}\n"
            for module, zipped, modded in lines
        )

    def zips(self) -> list[str]:
        """Return the zips that were asked for, and forget them."""
        asked = [unquote(path) for path in self.paths() if path.endswith(".zip")]
        self.asked.clear()
        return asked


class Workplace:
    """A machine with a go command, a workspace in `here`, and a mirror in `mirror`."""

    def __init__(self, folder: Path, upstream: Upstream) -> None:
        self.folder = folder
        self.here = folder / "work"
        self.here.mkdir(exist_ok=True)
        self.mirror = folder / "mirror"
        self.environment = {
            "HOME": str(folder / "home"),
            "XDG_CACHE_HOME": str(folder / "home/.cache"),
            "GOENV": "off",
            "GOFLAGS": "",
            "GOCACHE": COMPILED,
            "GOPROXY": upstream.url,
            "GOSUMDB": upstream.database.key,
            "GOPATH": str(folder / "home/go"),
            "GOTELEMETRY": "off",
            "GOTOOLCHAIN": "local",
        }

    def whole(self, **more: str) -> dict[str, str]:
        """Return the environment of a process that is this checkout's wslgo."""
        return {**os.environ, **self.environment, "PYTHONPATH": str(SERVER), **more}

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            write(self.here / name, text)

    def fill(self, *words: str, where: Path | None = None, **more: str) -> subprocess.CompletedProcess[bytes]:
        """Run `wslgo mirror`."""
        return process(
            "mirror", *words, str(self.mirror), "--lang=en", cwd=where or self.here, **{**self.environment, **more}
        )

    def settings(self) -> dict[str, str]:
        """Return the settings that a run prints."""
        done = self.fill("--format=json")
        assert done.returncode == 0, done.stderr.decode()
        settings: dict[str, str] = json.loads(done.stdout)["settings"]
        return settings

    def go_offline(
        self, *words: str, where: Path | None = None, cut: bool = True, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run go with the network cut and nothing in its caches but what it compiled, with these settings."""
        shutil.rmtree(self.folder / "other", ignore_errors=True)
        fresh = {"GOPATH": str(self.folder / "other"), "GOFLAGS": "-modcacherw", "GOENV": "off", "GOTOOLCHAIN": "local"}
        fresh["GOCACHE"] = COMPILED
        return subprocess.run(
            [*(CUT if cut else ()), GO, *words],
            cwd=where or self.here,
            env={**os.environ, "HOME": str(self.folder / "home"), **fresh, **settings},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


def small(workplace: Workplace, upstream: Upstream) -> tuple[Pinned, ...]:
    """Write a workspace with a module in capitals, an old one and one that only the module graph has."""
    graph = upstream.add("example.com/graph")
    retracted = upstream.add("example.com/deep", "v1.1.0", more="retract v1.1.0\n")
    upper = upstream.add("example.com/Upper/Lib", "v1.2.0-RC.1", {"example.com/deep": "v1.1.0"})
    old = upstream.add("example.com/old", "v2.3.4+incompatible")
    upstream.publish()
    go_mod = (
        "module example.com/app\n\ngo 1.21\n\n"
        "require (\n\texample.com/Upper/Lib v1.2.0-RC.1\n\texample.com/old v2.3.4+incompatible\n)\n\n"
        "require example.com/deep v1.1.0 // indirect\n"
    )
    needed = (upper, old, retracted)
    workplace.write({"go.mod": go_mod, "go.sum": upstream.go_sum(*needed), "main.go": MAIN})
    return (*needed, graph)


def published(workplace: Workplace) -> set[str]:
    """Return the zips in the mirror."""
    return {path.relative_to(workplace.mirror).as_posix() for path in workplace.mirror.rglob("*.zip")}


def demand_namespace() -> None:
    """Skip where no network namespace can be made; in CI that is a failure."""
    if subprocess.run([*CUT, "true"], capture_output=True, check=False).returncode:
        pytest.skip("unprivileged user namespaces are switched off")


def packed(module: Pinned, files: Mapping[str, bytes]) -> bytes:
    """Return a module zip."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{module}/{name}", content)
    return data.getvalue()


def h1(archive: bytes) -> str:
    """Return the hash of a zip, as documented (dirhash)."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        pairs = sorted((name, hashlib.sha256(opened.read(name)).hexdigest()) for name in opened.namelist())
    return _h1(pairs)


def h1_of(mod: bytes) -> str:
    return _h1([("go.mod", hashlib.sha256(mod).hexdigest())])


def _h1(pairs: list[tuple[str, str]]) -> str:
    text = "".join(f"{digest}  {name}\n" for name, digest in pairs)
    return "h1:" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _root(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [tlog.node_hash(left, right) for left, right in pairs]
    return hashes[0]
