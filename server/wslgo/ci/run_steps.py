"""A run of the checks in a clean copy: the steps of the script, one by one, with the environment of a runner."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from wslgo.ci import record, script
from wslgo.ci.record import Record, read_record
from wslgo.ci.run_copy import copy_changes, copy_commit
from wslgo.system.go_home import switch_telemetry_off
from wslgo.system.programs import CI_STEPS, SYSTEM_PATH
from wslgo.system.reader import read_regular
from wslgo.system.world import World
from wslgo.text.message import Message, Text
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing_extensions import Self

SECONDS = 1800.0  # for one step: as long as the generated workflow allows all of them
_SHELL = "/bin/sh"
_TAIL = 1 << 16  # bytes of the end of a log
# Its output goes into a file, since only the end is shown, however long it is.
_LOGGED = 'sh "$1" "$2" >"$3" 2>&1 </dev/null; code=$?; tail -c "$4" "$3"; exit "$code"'
_LISTED = 'exec sh "$1" list </dev/null'
_LOCAL_PATH = "/usr/local/sbin:/usr/local/bin"

TOO_LONG = Message(en="stopped after {minutes} minutes", zh="{minutes} 分钟后被停止")


class Step(NamedTuple):
    """A step that ran: its seconds, and the end of its log. `problem` is why it was ended."""

    name: str
    seconds: float
    is_fine: bool
    log: str = ""
    problem: Text | None = None


class Toolchain(NamedTuple):
    """The go command, its GOTOOLCHAIN, and the caches that it shares with the user; "" for a cache of its own."""

    go: str
    gotoolchain: str
    module_cache: str = ""
    build_cache: str = ""


class Copy:
    """A clean copy of a repository in a temporary folder. Use it as a context: it is removed at its end."""

    def __init__(self, root: str, git: str, world: World) -> None:
        self._root, self._git, self._world = root, git, world
        self._folder = ""

    def __enter__(self) -> "Self":
        self._folder = os.path.realpath(tempfile.mkdtemp(prefix="wslgo-ci-"))
        return self

    def __exit__(self, *_: object) -> None:
        for here, names, _files in os.walk(self._folder):
            for name in names:
                inner = Path(here, name)
                if not inner.is_symlink():
                    inner.chmod(0o700)  # go makes the folders of a module cache read-only
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def root(self) -> str:
        """The root of the copy."""
        return f"{self._folder}/copy"

    def fill(self, *, is_dirty: bool) -> Text | None:
        """Copy the commit, and with `is_dirty` the work tree; return why not. Raises OSError."""
        problem = copy_commit(self._git, self._root, self.root, self._world)
        if problem is None and is_dirty:
            problem = copy_changes(self._git, self._root, self.root, self._world)
        return problem

    def script(self) -> str | None:
        """Return the script of the copy, None if it has none. Raises OSError."""
        try:
            return read_regular(Path(self.root, script.PATH), within=(self.root,)).decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return None

    def prepare(self, toolchain: Toolchain) -> dict[str, str]:
        """Make the folders of a run, and return its environment. Raises OSError."""
        home = Path(self._folder, "home")
        for name in ("home", "temporary", "record", "logs"):
            Path(self._folder, name).mkdir()
        switch_telemetry_off(home)
        return {
            **CI_STEPS.environment(self._world.environment),
            "PATH": f"{Path(toolchain.go).parent}:{_LOCAL_PATH}:{SYSTEM_PATH}",
            "HOME": str(home),
            "TMPDIR": f"{self._folder}/temporary",
            "GOTOOLCHAIN": toolchain.gotoolchain,
            "GOMODCACHE": toolchain.module_cache or f"{self._folder}/modules",
            "GOCACHE": toolchain.build_cache or f"{self._folder}/build",
            script.RECORD: f"{self._folder}/record",
        }

    def step_names(self, environment: Mapping[str, str]) -> tuple[str, ...]:
        """Return the steps that the script lists."""
        ran = self._world.run((_SHELL, "-c", _LISTED, "sh", script.PATH), SECONDS, self.root, environment)
        text = "" if ran is None or ran.code else ran.out.decode("utf-8", "replace")
        return tuple(name for name in text.split() if name.isprintable() and not name.startswith("-"))

    def steps(
        self, names: tuple[str, ...], environment: Mapping[str, str], progress: Callable[[int, str], None]
    ) -> Iterator[Step]:
        """Run steps and yield each when it has ended; `progress` gets the number and the name of each before."""
        for number, name in enumerate(names):
            progress(number + 1, name)
            log = f"{self._folder}/logs/{number}"
            words = (_SHELL, "-c", _LOGGED, "sh", script.PATH, name, log, str(_TAIL))
            began = time.monotonic()
            ran = self._world.run(words, SECONDS, self.root, environment)
            seconds = time.monotonic() - began
            if ran is None:
                yield Step(name, seconds, False, _end_of(log), TOO_LONG(minutes=int(SECONDS / 60)))
                continue
            yield Step(name, seconds, ran.code == 0, ran.out.decode("utf-8", "replace"))

    def record(self) -> Record:
        """Return what the steps have recorded."""
        texts = {}
        for name in record.FILES:
            try:
                data = read_regular(f"{self._folder}/record/{name}", record.LARGEST, within=(self._folder,))
            except OSError:
                continue
            texts[name] = data.decode("utf-8", "replace")
        return read_record(texts)


def _end_of(path: str) -> str:
    """Return the end of the log of a step that was killed."""
    try:
        return read_regular(path, record.LARGEST)[-_TAIL:].decode("utf-8", "replace")
    except OSError:
        return ""
