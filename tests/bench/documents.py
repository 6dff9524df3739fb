"""Documents of any size for each family, with one finding and a line in the middle to type in."""

from collections.abc import Iterable
from itertools import chain, repeat
from typing import NamedTuple

from wslgo.linter.rules import rules_of
from wslgo.syntax.family import family_of


class Document(NamedTuple):
    """A text under the path that gives it its family; `line` is one in the middle, to type in before its `end`."""

    path: str
    language: str
    text: str
    line: int
    end: str = "\n"

    def uri(self, folder: str) -> str:
        return f"file://{folder}/{self.path}"


class Kind(NamedTuple):
    """A family, with the first, the repeated and the last part of its documents; `{n}` is a unique number.

    What is typed goes into a comment in the middle, or into the text `typed` of the part in the middle, before `end`.
    """

    path: str
    language: str
    sign: str
    head: str
    part: str
    tail: str = ""
    typed: str = ""
    end: str = "\n"


# Long files are long because of their comments, since the number of keys is limited.
WSLCONFIG = Kind(
    ".wslconfig",
    "wslconf",
    "#",
    "[wsl2]\nmemory=8GB\nprocessors=4\nlocalhostFowarding=true\nkernelCommandLine=quiet\n\n[experimental]\nsparseVhd=true\n",
    "# Note {n}: what WSL does with memory, swap and processors is told in its documentation\n\n",
)
# Every line is a setting, and all but a few set a key again: the worst case.
REPEATED = Kind(".wslconfig", "wslconf", "#", "[wsl2]\nmemory=8GB\n", "swap={n}GB\n")
WSLCONF = Kind(
    "wsl.conf",
    "wslconf",
    "#",
    "[boot]\nsystemd=true\n[automount]\nenabled=ture\nroot=/mnt/\n[user]\ndefault=gopher\n",
    "# Note {n}: what WSL mounts and how it names the machine is told in its documentation\n\n",
)
GOMOD = Kind(
    "go.mod",
    "go.mod",
    "//",
    "\ufeffmodule example.com/bench\n\ngo 1.25.0\n\n",
    "require example.com/part{n}/module v1.{n}.3 // indirect\n",
)
LAUNCH = Kind(
    ".vscode/launch.json",
    "jsonc",
    "//",
    '{"version": "0.2.0", "configurations": [\n',
    '  {"name": "part {n}", "type": "go", "request": "launch", "program": "${workspaceFolder}/part{n}"},\n',
    "]}\n",
)

# Entries as the Go extension writes them, with what users add; a key goes into the arguments of one of them.
ENTRY = """\
        {
            "name": "part {n}",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}/cmd/part{n}",
            "cwd": "${workspaceFolder}",
            "env": {"LOG_LEVEL": "debug", "GOFLAGS": "-mod=mod", "PART": "{n}"},
            "args": ["-config", "conf/part{n}.yaml", "--verbose"]
        },
"""
ENTRIES = Kind(
    ".vscode/launch.json",
    "jsonc",
    "//",
    '{\n    "version": "0.2.0",\n    "configurations": [\n',
    ENTRY,
    '    ],\n    "compounds": [{"name": "both", "configurations": ["part 1", "part 2"]}]\n}\n',
    '"--verbose"',
    '"]\n',
)
# Nothing but mistakes: each entry has five.
MISTAKES = ENTRIES._replace(
    part=ENTRY.replace('"program"', '"Program"')
    .replace('"cwd": "${workspaceFolder}"', '"remotePath": "/srv"')
    .replace('"LOG_LEVEL": "debug"', '"LOG_LEVEL": 1')
    .replace("-mod=mod", "-ldflags=-s -w")
)

KINDS = {
    ".wslconfig": WSLCONFIG,
    ".wslconfig, keys repeated": REPEATED,
    "wsl.conf": WSLCONF,
    "go.mod": GOMOD,
    "launch.json": LAUNCH,
    "launch.json of entries": ENTRIES,
    "launch.json of mistakes": MISTAKES,
}


def kinds() -> dict[str, Kind]:
    """Return the kinds of documents that have rules."""
    return {name: kind for name, kind in KINDS.items() if _is_checked(kind)}


def families() -> dict[str, Kind]:
    """Return one kind of document for each family."""
    return {name: kind for name, kind in kinds().items() if kind not in (REPEATED, ENTRIES, MISTAKES)}


def document(kind: Kind, size: int) -> Document:
    """Return a document of about `size` characters."""
    half = "" if kind.typed else f"{kind.sign} typed here: \n"
    count = max(1, (size - len(kind.head) - len(half) - len(kind.tail)) // len(kind.part))
    parts = [kind.part.replace("{n}", str(number)) for number in range(1, count + 1)]
    before = kind.head + "".join(parts[: count // 2])
    after = half + "".join(parts[count // 2 :]) + kind.tail
    line = before.count("\n") + after[: after.index(kind.typed)].count("\n")
    return Document(kind.path, kind.language, before + after, line, kind.end)


def small_files(count: int, size: int = 1500) -> Iterable[tuple[str, str]]:
    """Yield files of all families in folders of their own, every tenth with a finding, as in a repository."""
    some = [document(kind, size) for kind in families().values()]
    endless = chain.from_iterable(repeat(some))
    for number, file in zip(range(count), endless, strict=False):
        text = file.text if number % 10 == 0 else _without_finding(file)
        yield f"part{number}/{file.path}", text


def _without_finding(file: Document) -> str:
    text = file.text.removeprefix("\ufeff")
    return text.replace("localhostFowarding", "localhostForwarding").replace("=ture", "=true")


def _is_checked(kind: Kind) -> bool:
    family = family_of(kind.path)
    return family is not None and bool(rules_of(family.name))


def go_packages(count: int) -> Iterable[tuple[str, str]]:
    """Yield a module with packages of three files; each tenth is a program that imports those since the last one."""
    yield "go.mod", "module example.com/bench\n\ngo 1.25\n"
    body = "func work() int {\n" + "\tprintln(1)\n" * 500 + "\treturn 1\n}\n"
    for number in range(count):
        is_program = number % 10 == 9
        folder = f"cmd/app{number}" if is_program else f"internal/group{number // 100}/part{number}"
        near = range(number - 9, number) if is_program else ()
        paths = (f"example.com/bench/internal/group{other // 100}/part{other}" for other in near)
        listed = "".join(f'\t"{path}"\n' for path in (*paths, "net/http", "os"))
        name = "main" if is_program else f"part{number}"
        for file in ("a", "b", "c"):
            yield f"{folder}/{file}.go", f"package {name}\n\nimport (\n{listed})\n\n{body}"
