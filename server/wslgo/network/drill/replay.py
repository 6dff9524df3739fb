"""The replay of a GOPROXY: for each entry and each way to fail, what go waits for, says, and tells to whom."""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from wslgo.goenv.proxy_chain import is_public
from wslgo.network.drill import certificate, substitute
from wslgo.network.drill.substitute import PRIVATE, PUBLIC, VERSION, Substitute
from wslgo.provision.net.http import never
from wslgo.syntax.go import goproxy
from wslgo.syntax.go.goproxy import ProxyEntry
from wslgo.system.go_home import switch_telemetry_off
from wslgo.system.process import run
from wslgo.system.programs import GO_DRILL
from wslgo.text.message import redact
from wslgo.text.typing import NamedTuple

SECONDS = 3.0  # after which go counts as waiting without end; a request on loopback takes milliseconds

FALLS_BACK, SERVED, STOPS, WAITS = "falls-back", "served", "stops", "waits"

_OF_SERVERS = (
    *(
        substitute.NOT_FOUND,
        substitute.FORBIDDEN,
        substitute.SERVER_ERROR,
        substitute.CLOSED_PORT,
        substitute.NO_ADDRESS,
    ),
    *(substitute.CLOSES, substitute.HANGS, substitute.LOGIN_PAGE, substitute.GARBAGE),
)
_LACKS = "lacks"  # an entry before the one that fails: go gets past it, since it does not have the public module
_NOWHERE = "substitute..invalid"  # not a name, so that no name server is asked
_MOST = 8  # entries: more are not replayed
_LONGEST = 300  # characters of go's words


class Told(NamedTuple):
    """An entry, and which of the modules it was asked for."""

    url: str
    modules: tuple[str, ...]
    is_public: bool


class Trial(NamedTuple):
    """One replay: the entry that fails ("" if none does), how, and what go did with a public module.

    `outcome` is `falls-back` if another entry serves it, `served` if that one does all the same. `told` are the entries
    that learned about a module, also about one that is private.
    """

    number: int
    entry: str
    failure: str
    outcome: str
    served_by: str
    seconds: float
    words: str
    told: tuple[Told, ...]

    @property
    def is_survived(self) -> bool:
        """True if go gets the public module all the same."""
        return self.outcome in (FALLS_BACK, SERVED)

    @property
    def leaks(self) -> tuple[str, ...]:
        """The public entries that learned the path of the private module."""
        return tuple(told.url for told in self.told if told.is_public and PRIVATE in told.modules)


def trials_of(
    value: str,
    go: str,
    seconds: float = SECONDS,
    listener: Callable[[int, int], None] = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = never,
) -> tuple[Trial, ...]:
    """Return the replays of a GOPROXY: first with every entry working, then with each failing in each way.

    The entries before the one that fails do not have the public module, so that go gets to it.
    """
    entries = goproxy.parse(value).steps[:_MOST]
    plans = [(-1, ""), *((number, way) for number, entry in enumerate(entries) for way in ways(entry))]
    found: dict[int, Trial] = {}
    stopped = threading.Event()

    def is_ended() -> bool:
        return stopped.is_set() or is_cancelled()

    with tempfile.TemporaryDirectory(prefix="wslgo-drill-") as folder, ThreadPoolExecutor(_threads()) as pool:
        root = Path(folder)
        (root / "certificate.pem").write_text(certificate.untrusted(), encoding="ascii")
        substitute.write_folder(root / "modules")
        running = {
            pool.submit(_trial, entries, plan, go, root, seconds, is_ended): number for number, plan in enumerate(plans)
        }
        try:
            for done, future in enumerate(as_completed(running), 1):
                trial = future.result()
                if trial is not None:
                    found[running[future]] = trial
                    listener(done, len(plans))
        except BaseException:
            # Ctrl+C: those that run end soon, and those that wait do not begin.
            stopped.set()
            raise
    return tuple(found[number] for number in sorted(found))


def ways(entry: ProxyEntry) -> tuple[str, ...]:
    """Return the ways in which an entry can fail."""
    if entry.text == "off" or entry.target is None:
        return (substitute.CLOSED_PORT,) if entry.text == "direct" else ()
    if entry.target.scheme == "file":
        return (substitute.MISSING,)
    return (*_OF_SERVERS, substitute.BAD_CERTIFICATE) if entry.target.scheme == "https" else _OF_SERVERS


def _threads() -> int:
    return min(8, 2 * (os.cpu_count() or 1))


class _Stage:
    """The substitutes of one replay, and the GOPROXY that names them."""

    def __init__(self, entries: tuple[ProxyEntry, ...], fails: int, failure: str, root: Path, stack: ExitStack) -> None:
        self.substitutes: list[Substitute | None] = []
        self.names: dict[str, str] = {}  # of substitutes in go's words, and what the user calls them
        self.hosts = "-"  # the address of the substitute for hosts of modules
        self.environment = {"NO_PROXY": _NOWHERE, "GOINSECURE": "*"}
        texts = []
        for number, entry in enumerate(entries):
            way = failure if number == fails else _LACKS if number < fails else ""
            url = self._add(entry, way, root, stack)
            texts += [url, {"any-error": "|", "not-found": ",", "never": ""}[entry.next_on]]
            self.names[url] = redact(entry.url)
        self.goproxy = "".join(texts)

    def _add(self, entry: ProxyEntry, failure: str, root: Path, stack: ExitStack) -> str:
        """Start the substitute of an entry; return its URL."""
        self.substitutes.append(None)
        if entry.text == "off":
            return "off"
        if entry.target is not None and entry.target.scheme == "file":
            return f"file://{root}/{'missing' if failure else 'modules'}"
        if failure == substitute.NO_ADDRESS:
            return f"http://{_NOWHERE}"
        if failure == substitute.CLOSED_PORT and entry.text != "direct":
            return f"http://127.0.0.1:{substitute.closed_port()}"
        certificate = root / "certificate.pem" if failure == substitute.BAD_CERTIFICATE else None
        lacking = {PRIVATE} if is_public(entry) else set[str]()
        lacking |= {PUBLIC} if failure == _LACKS else set()
        server = Substitute(tuple({PUBLIC, PRIVATE} - lacking), failure, certificate)
        stack.callback(server.end)
        self.substitutes[-1] = server
        if entry.text != "direct":
            return server.url
        # Hosts of modules are reached through the proxy of the environment, which is the substitute.
        url = f"http://127.0.0.1:{substitute.closed_port()}" if failure == substitute.CLOSED_PORT else server.url
        self.hosts = url.removeprefix("http://")
        self.environment |= {"HTTP_PROXY": url, "HTTPS_PROXY": url}
        return "direct"

    def told(self, entries: tuple[ProxyEntry, ...]) -> Iterator[Told]:
        """Yield the entries that were asked for a module."""
        for entry, server in zip(entries, self.substitutes, strict=True):
            modules = dict.fromkeys(asked.module for asked in server.asked if asked.module) if server else {}
            if modules:
                yield Told(redact(entry.url), tuple(modules), is_public(entry))

    def server_of(self, entries: tuple[ProxyEntry, ...]) -> int | None:
        """Return the number of the entry that sent the archive of the public module last."""
        found = None
        for number, (entry, server) in enumerate(zip(entries, self.substitutes, strict=True)):
            if server is None and entry.target is not None and entry.target.scheme == "file":
                found = number if found is None else found
            elif server and any(asked == (PUBLIC, f"{VERSION}.zip") for asked in server.asked):
                found = number
        return found

    def own_words(self, words: str) -> str:
        """Return go's words with the user's entries in place of the substitutes."""
        words = words.replace(f"proxyconnect tcp: dial tcp {self.hosts}: ", "")
        for url, name in self.names.items():
            bare = name.partition("://")[2] or name
            words = words.replace(url, name).replace(url.removeprefix("http://"), bare)
        return words


def _trial(
    entries: tuple[ProxyEntry, ...],
    plan: tuple[int, str],
    go: str,
    root: Path,
    seconds: float,
    is_cancelled: Callable[[], bool],
) -> Trial | None:
    fails, failure = plan
    if is_cancelled():
        return None
    with ExitStack() as stack:
        stage = _Stage(entries, fails, failure, root, stack)
        # The private module at the same time, in a cache of its own: two waits are as long as one.
        words_of = partial(_downloaded, stage=stage, go=go, root=root, seconds=seconds, is_cancelled=is_cancelled)
        beside = threading.Thread(target=words_of, args=(PRIVATE,))
        beside.start()
        started = time.monotonic()
        code, words = words_of(PUBLIC)
        took = time.monotonic() - started
        beside.join()
        by = stage.server_of(entries)
        told = tuple(stage.told(entries))
    if is_cancelled():
        return None
    if code is None:
        outcome = WAITS
    elif code:
        outcome = STOPS
    else:
        outcome = SERVED if fails < 0 or by == fails else FALLS_BACK
    entry = redact(entries[fails].url) if fails >= 0 else ""
    served_by = redact(entries[by].url) if by is not None and not code and code is not None else ""
    return Trial(
        fails, entry, failure, outcome, served_by, round(took, 3), stage.own_words(words if code else ""), told
    )


def _downloaded(
    module: str, stage: _Stage, go: str, root: Path, seconds: float, is_cancelled: Callable[[], bool]
) -> tuple[int | None, str]:
    """Run `go mod download` in an empty folder; return its exit code, None if it takes too long, and its words."""
    folder = Path(tempfile.mkdtemp(dir=root))
    variables = {
        **GO_DRILL.environment({}),
        **stage.environment,
        "HOME": str(folder),
        "GOPATH": str(folder / "path"),
        "GOMODCACHE": str(folder / "cache"),
        "GOPROXY": stage.goproxy,
    }
    switch_telemetry_off(folder)
    (folder / "go.mod").write_text("module drill.example\n", encoding="ascii")
    words = (go, "mod", "download", f"{module}@{VERSION}")
    ran = run(words, seconds, str(folder), variables, is_cancelled)
    if ran is None:
        return None, ""
    lines = ran.err.decode("utf-8", "replace").splitlines()
    return ran.code, (lines[0] if lines else "")[:_LONGEST]
