"""The measurements: wslgo and the floor take turns within a run, so that the ratio is right on a busy machine too."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil
from client import Client
from documents import ENTRIES, WSLCONFIG, Document, document, families, go_packages, kinds, small_files
from peer import NAME, PullingClient, installed
from report import Figure, p50, p95
from toolchain import goroot, small_toolchain, toolchains

HERE = Path(__file__).resolve().parent
SERVER = HERE.parent.parent / "server"

MIB = 1 << 20
STARTED = (".wslconfig", "go.mod", "launch.json")
TOP = {"line": 0, "character": 0}
BURST = 20
BURST_PAUSE = 0.025

# The design's figures, as ratios to the floor of the same run; files a second are absolute.
START = 0.5
KEY = {
    (".wslconfig", "1 KB"): 1.3,
    ("wsl.conf", "1 KB"): 1.3,
    ("go.mod", "1 KB"): 1.3,
    ("launch.json", "1 KB"): 1.3,
    (".wslconfig", "50 KB"): 1.5,
    ("wsl.conf", "50 KB"): 1.5,
    ("go.mod", "50 KB"): 5.0,
    ("launch.json", "50 KB"): 3.0,
    ("launch.json of entries", "50 KB"): 3.0,
    ("launch.json of entries", "500 KB"): 6.0,
}
BURST_TO_KEY = 1.3
REQUEST = 1.3
MEMORY = 1.15
ONE_FILE = 3.3
FILES_A_SECOND = 2_500
PACKAGES_A_SECOND = 500


class Extent(NamedTuple):
    """The number of runs of each measurement, and the size of what it measures."""

    sizes: dict[str, int]  # of the documents, by the names in the figures
    starts: int
    keys: int
    keys_of_large: int
    bursts: int
    requests: int
    commands: int
    copies: int
    files: int
    file_rounds: int
    has_real_go: bool  # if the toolchain is this machine's, or one of two files


SIZES = {"1 KB": 1_000, "50 KB": 50_000, "500 KB": 500_000}
LARGE = 250_000  # characters

FULL = Extent(
    SIZES,
    starts=8,
    keys=200,
    keys_of_large=40,
    bursts=5,
    requests=100,
    commands=20,
    copies=100,
    files=1000,
    file_rounds=5,
    has_real_go=True,
)
QUICK = FULL._replace(starts=3, keys=40, keys_of_large=10, bursts=2, requests=20, commands=7, file_rounds=2)
# Shows that every measurement works; its figures mean nothing.
TRIAL = Extent(
    {"1 KB": 1_000},
    starts=1,
    keys=1,
    keys_of_large=1,
    bursts=1,
    requests=1,
    commands=1,
    copies=3,
    files=20,
    file_rounds=1,
    has_real_go=False,
)


class Bench:
    """The folder of the measured programs, and the extent of the measurements."""

    def __init__(self, folder: Path, extent: Extent) -> None:
        self.folder = folder
        self.extent = extent
        self.environment = os.environ | {"PYTHONPATH": f"{SERVER}{os.pathsep}{folder}"}
        # As after an installation with pip, modules are compiled, and the server's caches are filled.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.environment["XDG_CACHE_HOME"] = str(folder / "cache")
        self.ours = (sys.executable, _script(folder, "wslgo.cli", "console"), "lsp")
        self.floor = (sys.executable, str(HERE / "floors.py"))

    def figures(self, wanted: str = "") -> Iterator[Figure]:
        """Yield the figures of the measurements whose name contains a word."""
        for measurement in (starts, keys, bursts, requests, memory, commands, many_files, project, provisioned):
            if wanted in measurement.__name__:
                yield from measurement(self)

    @contextmanager
    def server(self, command: Sequence[str], kind: type[Client] = Client) -> Iterator[Client]:
        client = kind(command, self.environment, str(self.folder))
        try:
            yield client
            client.stop()
        finally:
            client.kill()

    @contextmanager
    def both(self) -> Iterator[tuple[Client, Client]]:
        """Yield the floor and wslgo's server, initialized."""
        with ExitStack() as stack:
            floor, ours = (stack.enter_context(self.server(command)) for command in (self.floor, self.ours))
            floor.initialize()
            ours.initialize()
            yield floor, ours


def _script(folder: Path, module: str, function: str) -> str:
    """Return a console script as pip writes it."""
    path = folder / f"{module.partition('.')[0]}-script"
    path.write_text(
        f"import sys\nfrom {module} import {function}\nif __name__ == '__main__':\n    sys.exit({function}())\n"
    )
    return str(path)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _ms(samples: list[float]) -> list[float]:
    return [1000 * sample for sample in samples]


# The server


def starts(bench: Bench) -> Iterator[Figure]:
    """Measure from the spawn to the first answer, diagnostics of a document of 2 KB, and answer about that document."""
    group = "Start of the server"
    for name in STARTED:
        first = document(families()[name], 2_000)
        initialized: dict[Sequence[str], list[float]] = {bench.floor: [], bench.ours: []}
        diagnosed: dict[Sequence[str], list[float]] = {bench.floor: [], bench.ours: []}
        answered: dict[Sequence[str], list[float]] = {bench.floor: [], bench.ours: []}
        for number in range(bench.extent.starts + 1):
            for command in (bench.floor, bench.ours):
                started = time.perf_counter()
                with bench.server(command) as client:
                    client.initialize()
                    after_initialize = time.perf_counter()
                    uri = client.open(first)
                    after_diagnostics = time.perf_counter()
                    client.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": TOP})
                    after_hover = time.perf_counter()
                if number:  # the first start compiles
                    initialized[command].append(1000 * (after_initialize - started))
                    diagnosed[command].append(1000 * (after_diagnostics - started))
                    answered[command].append(1000 * (after_hover - started))
        if name == STARTED[0]:
            floor, ours = p50(initialized[bench.floor]), p50(initialized[bench.ours])
            yield Figure(group, "spawn to initialize", "ms", ours, floor)
        floor, ours = p50(diagnosed[bench.floor]), p50(diagnosed[bench.ours])
        yield Figure(group, f"spawn to first diagnostics, {name}", "ms", ours, floor, START)
        if name == STARTED[0]:
            floor, ours = p50(answered[bench.floor]), p50(answered[bench.ours])
            yield Figure(group, "spawn to first hover", "ms", ours, floor)


def keys(bench: Bench) -> Iterator[Figure]:
    """Measure from a typed character to the diagnostics of that version."""
    group = "Keystroke to diagnostics"
    peer = installed(bench.folder / "peer") if bench.extent.has_real_go else ()
    for name, kind in kinds().items():
        for size_name, size in bench.extent.sizes.items():
            floor, ours, peers = _keys(bench, document(kind, size), peer if kind is ENTRIES else ())
            target = KEY.get((name, size_name))
            yield Figure(group, f"{name}, {size_name}, p50", "ms", p50(ours), p50(floor), target)
            yield Figure(group, f"{name}, {size_name}, p95", "ms", p95(ours), p95(floor))
            if peers:
                yield Figure(group, f"{name}, {size_name}, p50 of {NAME}", "ms", p50(peers), p50(floor))


def _keys(bench: Bench, typed: Document, peer: Sequence[str] = ()) -> tuple[list[float], list[float], list[float]]:
    """Return the times of the floor, of wslgo and of another server, if there is one: they take turns."""
    count = bench.extent.keys if len(typed.text) < LARGE else bench.extent.keys_of_large
    with ExitStack() as stack:
        clients: list[Client] = list(stack.enter_context(bench.both()))
        if peer:
            clients.append(stack.enter_context(bench.server(peer, PullingClient)))
            clients[-1].initialize()
        uris = [client.open(typed) for client in clients]
        samples: tuple[list[float], list[float], list[float]] = ([], [], [])
        for _ in range(count):
            for client, uri, some in zip(clients, uris, samples, strict=False):
                some.append(_key(client, uri, typed.line))
    floor, ours, peers = map(_ms, samples)
    return floor, ours, peers


def _key(client: Client, uri: str, line: int) -> float:
    message = client.key(uri, line)

    def typed() -> None:
        client.send(message)
        client.wait_for_diagnostics(uri)

    return _seconds(typed)


def bursts(bench: Bench) -> Iterator[Figure]:
    """Type a character every 25 ms, twenty in all: measure from the last to its diagnostics, against a single key."""
    typed = document(WSLCONFIG, SIZES["50 KB"])
    single: list[float] = []
    last: list[float] = []
    with bench.server(bench.ours) as client:
        client.initialize()
        uri = client.open(typed)
        _key(client, uri, typed.line)
        published = 0
        for _ in range(bench.extent.bursts):
            before = client.published
            for number in range(BURST):
                message = client.key(uri, typed.line)
                started = time.perf_counter()
                client.send(message)
                if number < BURST - 1:
                    time.sleep(BURST_PAUSE)
            client.wait_for_diagnostics(uri)
            last.append(time.perf_counter() - started)
            published = max(published, client.published - before)
            for _ in range(5):
                time.sleep(BURST_PAUSE)
                single.append(_key(client, uri, typed.line))
    group = "Burst of 20 keys, .wslconfig of 50 KB (floor: a single key)"
    yield Figure(group, "last key to diagnostics, p50", "ms", p50(_ms(last)), p50(_ms(single)), BURST_TO_KEY)
    yield Figure(group, "published, at most", "times", published, BURST, 1.0)


def requests(bench: Bench) -> Iterator[Figure]:
    """Measure quick fixes, hover and completion in a document of 50 KB."""
    typed = document(WSLCONFIG, SIZES["50 KB"])
    at = {"line": 3, "character": 2}
    context = {"diagnostics": [], "triggerKind": 2}
    asked: dict[str, dict[str, object]] = {
        "textDocument/codeAction": {"range": {"start": at, "end": at}, "context": context},
        "textDocument/hover": {"position": at},
        "textDocument/completion": {"position": at},
    }
    with bench.both() as clients:
        uris = [client.open(typed) for client in clients]
        for method, params in asked.items():
            samples: list[list[float]] = [[], []]
            for _ in range(bench.extent.requests):
                for client, uri, some in zip(clients, uris, samples, strict=True):
                    some.append(_request(client, method, {"textDocument": {"uri": uri}, **params}))
            floor, ours = p50(_ms(samples[0])), p50(_ms(samples[1]))
            yield Figure("Requests, .wslconfig of 50 KB", f"{method}, p50", "ms", ours, floor, REQUEST)


def _request(client: Client, method: str, params: object) -> float:
    return _seconds(lambda: client.request(method, params))


def memory(bench: Bench) -> Iterator[Figure]:
    """Measure the proportional set size with one document of 2 KB, then with many."""
    two_kb = document(WSLCONFIG, 2_000)
    group = "Memory, documents of 2 KB"
    with bench.both() as clients:
        used: list[list[float]] = []
        for wanted in (1, bench.extent.copies):
            for client in clients:
                for number in range(1 if wanted > 1 else 0, wanted):
                    uri = client.open(two_kb, f"/copy{number}")
                # The whole server is there once it has answered.
                client.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": TOP})
            used.append([psutil.Process(client.pid).memory_full_info().pss / MIB for client in clients])
    yield Figure(group, "with 1 document", "MiB", used[0][1], used[0][0])
    yield Figure(group, f"with {bench.extent.copies} documents", "MiB", used[1][1], used[1][0], MEMORY)


# The command line


def commands(bench: Bench) -> Iterator[Figure]:
    """Measure whole processes, against an interpreter that does nothing."""
    (bench.folder / "empty.py").write_text("def console() -> None:\n    pass\n")
    python, wslgo = (sys.executable,), bench.ours[:2]
    measured: dict[str, tuple[str, ...]] = {
        "python -c pass": (*python, "-c", "pass"),
        "an empty console script": (*python, _script(bench.folder, "empty", "console")),
        "wslgo --version": (*wslgo, "--version"),
    }
    for name, kind in families().items():
        measured[f"wslgo check, one {name}"] = (*wslgo, "check", str(_written(bench.folder, document(kind, 1_500))))
    samples: dict[str, list[float]] = {name: [] for name in measured}
    for number in range(bench.extent.commands + 1):
        for name, command in measured.items():
            took = _run(bench, command)
            if number:  # the first run compiles
                samples[name].append(1000 * took)
    floor = p50(samples.pop("python -c pass"))
    for name, some in samples.items():
        target = ONE_FILE if "check" in name else None
        yield Figure("Command line (floor: python -c pass)", name, "ms", p50(some), floor, target)


def many_files(bench: Bench) -> Iterator[Figure]:
    """Measure `wslgo check` of a folder with many small files, start included."""
    folder = bench.folder / "many"
    for path, text in small_files(bench.extent.files):
        target = folder / path
        target.parent.mkdir(parents=True)
        target.write_text(text, encoding="utf-8")
    command = (*bench.ours[:2], "check", str(folder))
    samples = [_run(bench, command) for _ in range(bench.extent.file_rounds)]
    rate = bench.extent.files / p50(samples)
    yield Figure("Many small files", f"wslgo check, {bench.extent.files} files", "files/s", rate, None, FILES_A_SECOND)


def provisioned(bench: Bench) -> Iterator[Figure]:
    """Measure the download, verification and unpacking of a Go toolchain."""
    toolchain = goroot() if bench.extent.has_real_go else small_toolchain(bench.folder / "toolchain")
    if toolchain is not None:
        yield from toolchains(toolchain, bench.folder, bench.extent.file_rounds, bench.environment)


def project(bench: Bench) -> Iterator[Figure]:
    """Measure all questions about a Go workspace with many packages, start included."""
    folder = bench.folder / "project"
    for path, text in go_packages(bench.extent.files):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    command = (sys.executable, str(HERE / "understanding.py"), str(folder))
    samples = [_run(bench, command) for _ in range(bench.extent.file_rounds)]
    rate = bench.extent.files / p50(samples)
    name = f"understood, {bench.extent.files} packages"
    yield Figure("A Go workspace", name, "packages/s", rate, None, PACKAGES_A_SECOND)


def _written(folder: Path, one: Document) -> Path:
    path = folder / "single" / one.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(one.text, encoding="utf-8")
    return path


def _run(bench: Bench, command: Sequence[str]) -> float:
    """Return the duration of a whole process in seconds."""

    def run() -> None:
        null = subprocess.DEVNULL
        subprocess.run(
            command, cwd=bench.folder, env=bench.environment, stdin=null, stdout=null, stderr=null, check=False
        )

    return _seconds(run)
