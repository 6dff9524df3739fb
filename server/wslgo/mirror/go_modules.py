"""The go command as it fills a mirror: it knows what a module needs, and how each module is fetched.

It runs in copies (`workspace`), with a module cache of our own and the GOPROXY, GOPRIVATE and logins of its user. The
folder `cache/download` of a module cache has the layout of a module proxy, so what is there can be moved as it is.
`go list -m` and `go mod download` load no packages: they start neither a compiler nor pkg-config.
"""

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wslgo.golang.go_list import go_env_variables
from wslgo.machine.probe.context import ProbeContext
from wslgo.machine.probe.go import go_without_running
from wslgo.mirror.pinned import Pinned, of_file, pinned
from wslgo.mirror.workspace import Root
from wslgo.provision.errors import ProvisionError
from wslgo.system.process import may_start, run
from wslgo.system.programs import GO_ENV, GO_MIRROR, is_within
from wslgo.system.reader import read_regular
from wslgo.system.repository import current_folder, workspaces
from wslgo.system.this_machine import ThisMachine
from wslgo.system.world import Ran
from wslgo.text.message import Message, redact

NO_GO = Message(
    en="No go command in PATH, apart from those of workspaces: install Go with wslgo provision",
    zh="PATH 中没有 go 命令（工作区中的不算）：请用 wslgo provision 安装 Go",
)
FAILED = Message(en="{command} failed: {words}", zh="{command} 失败：{words}")
NO_ANSWER = Message(en="{command} did not end in time", zh="{command} 未在限定时间内结束")
NOT_FETCHED = Message(en="{module} could not be downloaded: {words}", zh="无法下载 {module}：{words}")

_SECONDS = 1800.0  # for each command; a toolchain over a slow line takes that long
_ASKED = ("GOPROXY", "GOSUMDB", "GONOSUMDB", "GONOPROXY", "GOROOT", "GOVERSION", "GOHOSTOS", "GOHOSTARCH")
_LONGEST = 800  # characters of what go says
_EVERY = 2.0  # seconds between two reports
_BATCH = 16  # modules for each call of go: what one call has fetched is kept if the next one is killed
# The template of `go list`: path and version of each module, or of what replaces it; nothing for main modules.
_MODULE = (
    "{{if and .Version (not .Main)}}"
    "{{with .Replace}}{{.Path}} {{.Version}}{{else}}{{.Path}} {{.Version}}{{end}}"
    '{{"\\n"}}{{end}}'
)
_NOTES = re.compile(r"(?m)^go: (?:downloading|finding|upgraded|added) .*\n?")


class Fetched(NamedTuple):
    """A module in the cache: its files by their ending, and the hash that go computed."""

    module: Pinned
    files: Mapping[str, Path]
    h1: str


class GoModules:
    """The go command of this machine, with a module cache in `stage`; `variables` are the answers of `go env`."""

    def __init__(self, stage: Path, environment: Mapping[str, str], folders: Sequence[str]) -> None:
        """Find the go command outside of workspaces, those of `folders` included. Raises ProvisionError."""
        self._stage = stage
        home = environment.get("HOME", "")
        foreign = workspaces(folders, home, here=current_folder())
        found = go_without_running(ProbeContext(ThisMachine(), foreign))
        if found is None or not may_start(found.path):
            raise ProvisionError(NO_GO())
        own = GO_ENV.environment(environment, foreign, os.path.realpath)
        # A version manager chooses by files of the current folder, so it is asked in its own.
        answer = run((found.path, "env", "-json", *_ASKED), _SECONDS, found.path.rpartition("/")[0] or "/", own)
        text = answer.out.decode("utf-8", "replace") if answer is not None and not answer.code else ""
        self.variables = go_env_variables(text)
        self._root = self.variables.get("GOROOT", "")
        self._go = f"{self._root}/bin/go"
        if not self._root or is_within(self._go, foreign, os.path.realpath) or not may_start(self._go):
            raise ProvisionError(
                NO_GO() if not answer or not answer.code else FAILED(command="go env", words=_words(answer))
            )
        self._environment = GO_MIRROR.environment(environment, foreign, os.path.realpath)
        self.cache = stage / "modules"

    @property
    def downloads(self) -> Path:
        """The part of the cache that has the layout of a proxy."""
        return self.cache / "cache" / "download"

    @property
    def version(self) -> str:
        """The version of Go: `1.26.8`."""
        return self.variables.get("GOVERSION", "").split()[0].removeprefix("go")

    def modules(self, root: Root) -> tuple[Pinned, ...]:
        """Return the build list of a root, replaced modules as what replaces them; go fetches what it has to read."""
        answer = self._run(root, ("list", "-m", "-f", _MODULE, "all"), {})
        if answer.code:
            raise ProvisionError(FAILED(command="go list -m all", words=_words(answer)))
        lines = (line.split() for line in answer.out.decode("utf-8", "replace").splitlines())
        found = (pinned(*words) for words in lines if len(words) == 2)
        return tuple(dict.fromkeys(filter(None, found)))

    def read_by(self, root: Root) -> tuple[str, ...]:
        """Return the files of a proxy that go reads to list the modules of a root.

        They are those that an empty cache has after go has listed once more, from the first cache and offline.
        """
        empty = self._stage / "read"
        _remove(empty)
        offline = {"GOMODCACHE": str(empty), "GOPROXY": self.downloads.as_uri(), "GONOPROXY": "none", "GOSUMDB": "off"}
        answer = self._run(root, ("list", "-m", "-f", "{{.Path}}", "all"), offline)
        if answer.code:
            raise ProvisionError(FAILED(command="go list -m all", words=_words(answer)))
        names = tuple(_names(empty / "cache" / "download"))
        _remove(empty)
        return names

    def fetch(
        self, root: Root, modules: Sequence[Pinned], hear: Callable[[int], None]
    ) -> Iterator[tuple[Fetched, ...]]:
        """Download modules, and yield those of each call; after the last one raise ProvisionError if one failed.

        `hear` gets the bytes of the call that runs, every few seconds.
        """
        problem: ProvisionError | None = None
        for first in range(0, len(modules), _BATCH):
            found, failed = self._fetch(root, modules[first : first + _BATCH], hear)
            problem = problem or failed
            yield found
            self._forget_unpacked()
        if problem is not None:
            raise problem

    def resolve(self, root: Root, path: str, version: str) -> Pinned | None:
        """Return the module and version that a query such as `latest` means; None without such a module."""
        answer = self._run(root, ("list", "-m", "-f", "{{.Path}} {{.Version}}", f"{path}@{version}"), {})
        words = answer.out.decode("utf-8", "replace").split()
        return pinned(*words) if not answer.code and len(words) == 2 else None

    def forget(self) -> None:
        """Remove the cache, but for the repositories that `direct` modules come from."""
        self._forget_unpacked()
        _remove(self.cache / "cache" / "download")

    def _fetch(
        self, root: Root, modules: Sequence[Pinned], hear: Callable[[int], None]
    ) -> tuple[tuple[Fetched, ...], ProvisionError | None]:
        folders = [self.downloads / module.folder for module in modules]
        answer = self._run(root, ("mod", "download", "-json", *map(str, modules)), {}, _Watch(folders, hear))
        found, problem = [], None
        for told in _objects(answer.out.decode("utf-8", "replace")):
            module = pinned(str(told.get("Path")), str(told.get("Version")))
            files = {ending: told.get(name) for ending, name in (("info", "Info"), ("mod", "GoMod"), ("zip", "Zip"))}
            if told.get("Error"):
                words = _shortened(str(told["Error"]))
                name = f"{told.get('Path')}@{told.get('Version')}"
                problem = problem or ProvisionError(NOT_FETCHED(module=name, words=words))
            elif module is not None and all(files.values()):
                paths = {ending: Path(str(path)) for ending, path in files.items()}
                found.append(Fetched(module, paths, str(told.get("Sum"))))
        if answer.code and problem is None:
            problem = ProvisionError(FAILED(command="go mod download", words=_words(answer)))
        return tuple(found), problem

    def _run(
        self, root: Root, words: Sequence[str], more: Mapping[str, str], watch: Callable[[], bool] = lambda: False
    ) -> Ran:
        flags = "-modcacherw" if root.work else "-modcacherw -mod=mod"
        own = {"GOMODCACHE": str(self.cache), "GOROOT": self._root, "GOFLAGS": flags, "GOWORK": str(root.work or "off")}
        answer = run((self._go, *words), _SECONDS, str(root.folder), {**self._environment, **own, **more}, watch)
        if answer is None:
            raise ProvisionError(NO_ANSWER(command=f"go {' '.join(words[:2])}"))
        return answer

    def _forget_unpacked(self) -> None:
        """Remove what go has unpacked beside its downloads."""
        if self.cache.is_dir():
            for path in self.cache.iterdir():
                if path.name != "cache":
                    _remove(path)


class _Watch:
    """Reports how much of some modules has arrived; it is asked whether to cancel, and never does."""

    def __init__(self, folders: Sequence[Path], hear: Callable[[int], None]) -> None:
        self._folders = folders
        self._hear = hear
        self._next = time.monotonic() + _EVERY
        self._last = 0

    def __call__(self) -> bool:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            size = sum(map(_size_of_zips, self._folders))
            if size != self._last:
                self._last = size
                self._hear(size)
        return False


def _size_of_zips(folder: Path) -> int:
    """Return the bytes of the zips in a folder, unfinished ones included: go gives those a longer name."""
    try:
        return sum(path.stat().st_size for path in folder.iterdir() if ".zip" in path.name)
    except OSError:  # not yet there, or go has just renamed it
        return 0


def seed(downloads: Path, names: Iterable[str], read: Callable[[str], bytes | None]) -> None:
    """Put small files of a mirror into a cache, unless they are there: go does not ask for them again."""
    for name in names:
        found, path = of_file(name), downloads / name
        if found is None or found[1] == "zip" or path.exists():
            continue
        data = read(name)
        if data is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def content_of(path: Path) -> bytes:
    """Return the bytes of a small file in the cache."""
    return read_regular(path)


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if of_file(name) is not None:
            yield name


def _objects(text: str) -> Iterator[dict[str, Any]]:
    decoder, place = json.JSONDecoder(), text.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        if isinstance(value, dict):
            yield value
        place = text.find("{", end)


def _words(answer: Ran | None) -> str:
    """Return what go says about its failure, without the lines about its progress."""
    text = "" if answer is None else _NOTES.sub("", answer.err.decode("utf-8", "replace")).strip()
    return _shortened(text or "no message")


def _shortened(text: str) -> str:
    """Return what go prints on one line; its errors name the whole chain of modules before the reason."""
    words = redact(" ".join(text.split()))
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]} ... {words[-_LONGEST // 2 :]}"


def _remove(path: Path) -> None:
    """Remove a folder of the cache, whose folders can be read-only if another go has made them."""

    def allow(function: Any, name: str, _: object) -> None:
        Path(name).parent.chmod(0o700)
        function(name)

    if path.is_dir():
        shutil.rmtree(path, onerror=allow)
