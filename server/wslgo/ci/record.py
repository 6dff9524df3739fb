"""The record that the script of `wslgo ci --write` leaves: the environment, the programs, the tests, the steps.

The script writes it into the folder that `GO_CI_RECORD` names; the workflow keeps it as an artifact. It has no secrets:
only the variables in `NAMES`, without passwords in addresses and without the values of `-X`.
"""

import json
from collections.abc import Iterator, Mapping

from wslgo.text.pattern import pattern
from wslgo.text.typing import Any, NamedTuple

COMMIT, ENVIRONMENT, PROGRAMS, TESTS, STEPS = "commit.txt", "environment.json", "programs.txt", "tests.txt", "steps.txt"
LARGEST = 64 << 20  # bytes of a file of a record
FILES = (COMMIT, ENVIRONMENT, PROGRAMS, TESTS, STEPS)

# In the order in which a difference explains the most. Folders, which differ on each machine, are not here, nor is
# GOTOOLCHAIN, by which each place gets its Go in its own way.
NAMES = (
    *("GOVERSION", "GOOS", "GOARCH", "CGO_ENABLED", "GOFLAGS", "GOEXPERIMENT", "GODEBUG", "GO111MODULE"),
    *("GOAMD64", "GOARM", "GOARM64", "GOFIPS140", "CC", "CXX", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS"),
    *("CGO_LDFLAGS", "PKG_CONFIG", "GOPROXY", "GOSUMDB", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOVCS"),
)

_RESULT = pattern(r"--- (PASS|FAIL|SKIP): (\S+)")
_PACKAGE = pattern(r"(?:ok  |FAIL|\?   )\t(\S+)")
_STEP = pattern(r"([a-z-]+) ([0-9]{1,9}) (ok|failed)\Z")


class Program(NamedTuple):
    """A program as `go version -m` describes it: its Go, its modules with their versions, its build settings."""

    path: str
    go: str = ""
    modules: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


class Record(NamedTuple):
    """A record; a part that is missing is None. `tests` are the results of tests by package and name."""

    commit: str = ""
    environment: Mapping[str, str] | None = None
    programs: tuple[Program, ...] | None = None
    tests: Mapping[tuple[str, str], str] | None = None
    steps: tuple[tuple[str, int, bool], ...] | None = None

    @property
    def is_empty(self) -> bool:
        return self == Record()


def read_record(texts: Mapping[str, str]) -> Record:
    """Return the record in these files, which may be of any origin."""
    return Record(
        texts.get(COMMIT, "").strip()[:64],
        _environment(texts[ENVIRONMENT]) if ENVIRONMENT in texts else None,
        tuple(programs(texts[PROGRAMS])) if PROGRAMS in texts else None,
        results(texts[TESTS]) if TESTS in texts else None,
        tuple(steps(texts[STEPS])) if STEPS in texts else None,
    )


def _environment(text: str) -> Mapping[str, str] | None:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {name: value for name, value in found.items() if isinstance(value, str)}


def programs(text: str) -> Iterator[Program]:
    """Yield the programs in the output of `go version -m`, by their package."""
    path, go, modules, settings = "", "", list[tuple[str, str]](), list[tuple[str, str]]()
    for line in (*text.split("\n"), "end: "):
        kind, _, rest = line.removeprefix("\t").partition("\t")
        if not line.startswith("\t") and ": " in line:
            if path:
                yield Program(path, go, tuple(modules), tuple(settings))
            path, go, modules, settings = "", line.rpartition(": ")[2].strip(), [], []
        elif kind == "path":
            path = rest
        elif kind in ("mod", "dep"):
            name, _, version = rest.partition("\t")
            modules.append((name, version.partition("\t")[0]))
        elif kind == "=>" and modules:
            name, _, version = rest.partition("\t")
            modules[-1] = (modules[-1][0], f"{modules[-1][1]} => {name} {version.partition(chr(9))[0]}".rstrip())
        elif kind == "build":
            name, _, value = rest.partition("=")
            settings.append((name, value))


def results(text: str) -> Mapping[tuple[str, str], str]:
    """Return the results of `go test -v` by package and test, without those of subtests."""
    found: dict[tuple[str, str], str] = {}
    waiting: list[tuple[str, str]] = []
    for line in text.split("\n"):
        result, package = _RESULT.match(line), _PACKAGE.match(line)
        if result is not None:
            waiting.append((result[2], result[1]))
        elif package is not None:
            found |= {(package[1], name): outcome for name, outcome in waiting}
            waiting = []
    return found


def steps(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield the steps that ran, with their seconds and whether they succeeded."""
    for line in text.split("\n"):
        found = _STEP.match(line)
        if found is not None:
            yield found[1], int(found[2]), found[3] == "ok"
