"""Machines under test: unpacked from `tests/hosts/NAME.machine` into a folder, and seen through `Tree`, a `World`.

Run as a program it regenerates `tests/hosts/NAME.json`, the facts that the probe collects on each machine.
"""

import json
import os
import re
import shutil
import struct
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tree import HOSTS
from wslgo.knowledge.memory import GIB
from wslgo.machine.host import Host
from wslgo.machine.host_json import from_json, to_json
from wslgo.machine.probe import probe
from wslgo.machine.probe.executable import PROCESSORS
from wslgo.syntax import loader_cache
from wslgo.system.this_machine import ThisMachine
from wslgo.system.world import DiskSpace, Ran

PROGRAMS = HOSTS / "bin"
NAMES = sorted(path.stem for path in HOSTS.glob("*.machine"))

_PART = re.compile(r"^-- (.+) --\n", re.MULTILINE)


def host(name: str) -> Host:
    """Return a recorded machine."""
    return from_json(json.loads((HOSTS / f"{name}.json").read_text(encoding="utf-8")))


def recorded(machine: Host) -> str:
    """Return a machine in the format of its file."""
    return json.dumps(to_json(machine), indent=2, ensure_ascii=False) + "\n"


def elf(processor: str) -> bytes:
    """Return the header of a 64-bit program for a processor, which names no loader."""
    number = next(number for number, name in PROCESSORS.items() if name == processor)
    return b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\0" + number.to_bytes(2, "little") + bytes(44)


HANGING, WORKING = 0.3, 60.0  # seconds


class Tree:
    """A world in a folder, as a machine has seen it. A program that hangs is not waited for as long as a real one.

    All others have a minute, however busy the machine that runs the tests is.
    """

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self.root = str(root)
        self.environment = environment
        self.ran: list[str] = []
        self._machine = ThisMachine()

    def read(self, path: str) -> bytes | None:
        return self._machine.read(self.root + path)

    def names(self, folder: str) -> tuple[str, ...]:
        return self._machine.names(self.root + folder)

    def stat(self, path: str) -> os.stat_result | None:
        return self._machine.stat(self.root + path)

    def exists(self, path: str) -> bool:
        return self._machine.exists(self.root + path)

    def link(self, path: str) -> str | None:
        link = self._machine.link(self.root + path)
        return link.removeprefix(self.root) if link else None

    def real(self, path: str) -> str:
        return self._machine.real(self.root + path).removeprefix(self.root)

    def disk_space(self, path: str) -> DiskSpace | None:
        """Return what the machine's description says in the part `space`: `PATH SIZE FREE` lines, in GB."""
        rows = re.findall(r"^(\S+) (\d{1,6}) (\d{1,6})$", (self.read("/space") or b"").decode("latin-1"), re.MULTILINE)
        return next((DiskSpace(int(size) * GIB, int(free) * GIB) for place, size, free in rows if place == path), None)

    def can_write(self, path: str) -> bool | None:
        return self._machine.can_write(self.root + path)

    def page_cache(self) -> int | None:
        found = re.search(
            r"^Cached: +([0-9]{1,15}) kB", (self.read("/proc/meminfo") or b"").decode("latin-1"), re.MULTILINE
        )
        return int(found[1]) * 1024 if found else None

    def run(
        self,
        words: Sequence[str],
        seconds: float,
        folder: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran | None:
        program, *rest = words
        if Path(self.root + program).read_bytes()[:2] != b"#!":  # a file as its machine would not start it, either
            return None
        self.ran.append(" ".join([Path(program).name, *rest]))
        seconds = min(seconds, HANGING) if self._hangs(self.ran[-1]) else max(seconds, WORKING)
        ours = {"WSLGO_REPLIES": f"{self.root}.replies", "PYTHONPATH": str(PROGRAMS), "PYTHONDONTWRITEBYTECODE": "1"}
        place = [sys.executable, "-S", self.root + program, *rest]
        cwd = self.root + folder if folder else None
        return self._machine.run(place, seconds, cwd, {**(environment or self.environment), **ours})

    def _hangs(self, words: str) -> bool:
        asked = words.replace("/", "|") + " "  # as the replies are named
        replies = Path(f"{self.root}.replies").glob("hangs *")
        return any(asked.startswith(f"{reply.name[6:]} ") for reply in replies)

    def keep(self, path: str, data: bytes) -> bool:
        return self._machine.keep(self.root + path, data)


def unpack(name: str, folder: Path, **environment: str) -> Tree:
    """Unpack a machine of `tests/hosts` into an empty folder."""
    return tree_of((HOSTS / f"{name}.machine").read_text(encoding="utf-8"), folder, **environment)


def tree_of(text: str, folder: Path, **environment: str) -> Tree:
    """Unpack a machine from its description."""
    root = folder / "root"
    root.mkdir()
    Path(f"{root}.replies").mkdir()
    variables: dict[str, str] = {}
    for heading, body in parts(text):
        if heading == "environment":
            variables |= dict(line.split("=", 1) for line in body.splitlines() if line)
        else:
            _put(root, heading, body)
    return Tree(root, {name: value for name, value in {**variables, **environment}.items() if value})


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Return headings with their content; those of the machine that it is like come first."""
    pieces = _PART.split(text)
    like = re.search(r"^like: (.+)$", pieces[0], re.MULTILINE)
    if like:
        yield from parts((HOSTS / f"{like[1]}.machine").read_text(encoding="utf-8"))
    yield from zip(pieces[1::2], pieces[2::2], strict=True)


def _put(root: Path, heading: str, body: str) -> None:
    kind, colon, words = heading.partition(": ")
    if kind == "without" and colon:
        _remove(root, words)
    elif kind == "stale" and colon:
        Path(f"{root}.replies/stale").write_text(words, encoding="utf-8")
    elif kind in ("says", "complains", "hangs") and colon:
        name = words.replace("/", "|")
        for other in ("says", "complains", "hangs"):
            Path(f"{root}.replies/{other} {name}").unlink(missing_ok=True)
        Path(f"{root}.replies/{kind} {name}").write_text(body, encoding="utf-8")
    else:
        _place(root, heading, body)


def _remove(root: Path, path: str) -> None:
    place = Path(f"{root}{path}")
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink()


def _place(root: Path, heading: str, body: str) -> None:
    path, _, target = heading.partition(" -> ")
    path, _, manner = path.partition(" (")
    place = Path(f"{root}{path}")
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink():
        place.unlink()
    if manner.startswith("elf "):
        place.write_bytes(elf(manner[4:-1]))
        place.chmod(0o755)
    elif target:
        place.symlink_to(f"{root}{target}")
    elif manner == "program)":
        shutil.copy(PROGRAMS / place.name, place)
    elif path.endswith("/"):
        place.mkdir(exist_ok=True)
    else:
        text = body.replace("\n", "\r\n") if manner == "crlf)" else body
        if manner == "clock)":
            text = f"{int(time.time()) + int(body or 0)}\n"  # as far ahead as the text says
        place.write_bytes(loader_cache_of(text) if path == loader_cache.PATH else text.encode())


def loader_cache_of(text: str) -> bytes:
    """Return the cache of ldconfig with these libraries: `NAME\\0PATH\\0` for each, for amd64."""
    words = [word for line in text.split("\n") for word in line.split("\\0") if word]
    strings, places, start = b"", [], loader_cache.HEADER + loader_cache.ENTRY.size * (len(words) // 2)
    for word in words:
        places.append(start + len(strings))
        strings += word.encode() + b"\0"
    pairs = zip(places[::2], places[1::2], strict=True)
    flags = loader_cache.FLAGS["amd64"]
    rows = b"".join(loader_cache.ENTRY.pack(flags, name, path, 0, 0) for name, path in pairs)
    head = loader_cache.MAGIC + struct.pack("<II", len(places) // 2, len(strings))
    return head.ljust(loader_cache.HEADER, b"\0") + rows + strings


def main() -> None:
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            text = recorded(probe(unpack(name, Path(folder))))
        (HOSTS / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
