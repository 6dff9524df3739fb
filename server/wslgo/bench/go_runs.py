"""The go command in one arrangement of its folders: prepares them, and runs each task with its cost."""

import os
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import quote

from wslgo.bench import sample
from wslgo.bench.folders import empty
from wslgo.bench.model import CACHE, CHANGE, CLEAN, LIST, MODULES, WORKSPACE, Arrangement, Cost
from wslgo.bench.workspace_copy import copy
from wslgo.system.go_home import switch_telemetry_off
from wslgo.system.programs import GO_MEASURED
from wslgo.system.reader import read_beginning, read_regular
from wslgo.system.world import Ran, World
from wslgo.text.message import Message, Text

SECONDS = 900.0  # for one run of the go command
_LARGEST_GRAPH = 64 << 20
_NO_REASON = re.compile(r"go: (?:downloading|added|found) |# ")  # `# PACKAGE` is the title of its errors
_LONGEST = 300  # characters of go's words

FAILED = Message(en="go {words} failed: {problem}", zh="go {words} 失败：{problem}")
NO_ANSWER = Message(en="no answer within {seconds} s", zh="{seconds} 秒内没有结果")
NO_PACKAGES = Message(en="The workspace has no Go packages", zh="工作区中没有 Go 包")
ONLY_CGO = Message(
    en="The workspace has no Go packages without C code; --cgo also builds those with it",
    zh="工作区中没有不含 C 代码的 Go 包；--cgo 也会构建含 C 代码的包",
)


class GoError(Exception):
    """The go command failed; `words` say why."""

    def __init__(self, words: Text) -> None:
        super().__init__(words)
        self.words = words


class Meter(Protocol):
    """Runs a call and returns its result with its cost."""

    def __call__(self, run: Callable[[], Ran | None]) -> tuple[Ran | None, Cost]: ...


class Source(NamedTuple):
    """The code that is measured: the sample of a shape, or the workspace at `name` with the cache of its modules."""

    name: str
    shape: sample.Shape | None = None
    with_cgo: bool = False
    module_cache: str = ""


class GoRuns:
    """The runs of one arrangement in its own folders."""

    def __init__(self, arrangement: Arrangement, folders: Mapping[str, str], go: str, world: World) -> None:
        """`folders` has those of each role and `home`, which exist and are empty; `go` is in GOROOT."""
        self.arrangement = arrangement
        self._folders, self._go, self._world = folders, go, world
        self._workspace = f"{folders[WORKSPACE]}/workspace"
        self._cache = f"{folders[CACHE]}/cache"
        self._pattern: tuple[str, ...] = ("./...",)
        self._output: tuple[str, ...] = ()
        self._changed = ""
        self._original = b""
        self._environment: dict[str, str] = {}
        self.packages = 0

    def prepare(self, source: Source) -> str:
        """Put the code and its modules in place; return a digest of the code. Raises OSError and GoError."""
        for folder in (self._workspace, self._cache, f"{self._folders[MODULES]}/modules"):
            Path(folder).mkdir()
        home = Path(self._folders["home"])
        for name in ("home", "temporary", "out"):
            (home / name).mkdir()
        switch_telemetry_off(home / "home")
        proxy = source.module_cache and f"{source.module_cache}/cache/download"
        if source.shape is not None:
            proxy = str(home / "proxy")
            digest = _write_sample(source.shape, Path(self._workspace), Path(proxy))
        else:
            digest = copy(source.name, self._workspace)
        self._environment = {
            **GO_MEASURED.environment(self._world.environment),
            "HOME": str(home / "home"),
            "TMPDIR": str(home / "temporary"),
            "GOPATH": str(home / "home/go"),
            "GOMODCACHE": f"{self._folders[MODULES]}/modules",
            "GOPROXY": f"file://{quote(proxy)}" if proxy else "off",
            "GOCACHE": self._cache,
            "CGO_ENABLED": "1" if source.with_cgo else "0",
            **dict(self.arrangement.variables),
        }
        if Path(self._workspace, "go.work").is_file():
            self._environment["GOWORK"] = f"{self._workspace}/go.work"
            modules = self._run(("list", "-m", "-f", "{{.Dir}}")).out.decode("utf-8", "replace").splitlines()
            # The folder of go.work itself is not in a module.
            self._pattern = tuple(f"{folder}/..." for folder in modules) or self._pattern
        self._choose(source)
        return digest

    def _choose(self, source: Source) -> None:
        """Fetch the modules from the disk, and choose what is built and which file changes."""
        of_module = "{{.Name}} {{with .Module}}{{.Main}}{{end}} {{.Dir}}/{{with .GoFiles}}{{index . 0}}{{end}}"
        template = f"{{{{if .Standard}}}}-{{{{else}}}}{of_module}{{{{end}}}}"
        writes = ("-mod=mod",) if source.shape else ()  # its go.sum
        listed = self._run(("list", *writes, "-deps", "-f", template, *self._pattern)).out.decode("utf-8", "replace")
        rows = [line.split(" ", 2) for line in listed.splitlines() if line.count(" ") >= 2]
        own = [row for row in rows if row[1] == "true" and row[2].startswith(f"{self._workspace}/")]
        own = [row for row in own if not row[2].endswith("/")]  # only Go files with cgo
        if not own:
            raise GoError(NO_PACKAGES() if source.with_cgo or source.shape else ONLY_CGO())
        self.packages = len(listed.splitlines())
        # The program if there is one: dependencies come first, so that its package is the last.
        self._changed = f"{self._workspace}/{sample.CHANGED}" if source.shape else own[-1][2]
        self._original = read_regular(self._changed)
        if any(row[0] == "main" for row in own):
            self._output = ("-o", f"{self._folders['home']}/out/")

    def run(self, task: str, number: int, meter: Meter) -> Cost:
        """Return the cost of a task; `number` is another one each time. Raises OSError and GoError."""
        if task == CLEAN:
            empty(Path(self._cache))
        if task == CHANGE:
            text = self._original.rstrip(b"\n") + f"\n\nvar wslgoBench{number} = {number}\n".encode()
            Path(self._changed).write_bytes(text)
        words = ("list", "-deps", *self._pattern) if task == LIST else self._build()
        ran, cost = meter(lambda: self._start(words))
        self._check(ran, words)
        return cost

    def profile(self, task: str, number: int) -> str:
        """Run a build once more, without measuring it, and return its action graph."""
        graph = f"{self._folders['home']}/graph.json"
        if task == CLEAN:
            empty(Path(self._cache))
        else:
            text = self._original.rstrip(b"\n") + f"\n\nvar wslgoBench{number} = {number}\n".encode()
            Path(self._changed).write_bytes(text)
        self._run(self._build(f"-debug-actiongraph={graph}"))
        return read_beginning(graph, _LARGEST_GRAPH).decode("utf-8", "replace")

    def size(self) -> int:
        """Return the bytes that all folders of this arrangement take."""
        roots = {*self._folders.values()}
        paths = (Path(here, name) for root in roots for here, _, names in os.walk(root) for name in names)
        return sum(path.lstat().st_size for path in paths)

    def _build(self, *flags: str) -> tuple[str, ...]:
        return ("build", "-buildvcs=false", *flags, *self._output, *self._pattern)

    def _run(self, words: tuple[str, ...]) -> Ran:
        return self._check(self._start(words), words)

    def _start(self, words: tuple[str, ...]) -> Ran | None:
        return self._world.run((self._go, *words), SECONDS, self._workspace, self._environment)

    def _check(self, ran: Ran | None, words: tuple[str, ...]) -> Ran:
        if ran is None:
            raise GoError(FAILED(words=words[0], problem=NO_ANSWER(seconds=int(SECONDS))))
        if ran.code:
            lines = ran.err.decode("utf-8", "replace").splitlines()
            said = next((line for line in lines if line.strip() and not _NO_REASON.match(line)), f"exit {ran.code}")
            said = said.replace(f"{self._workspace}/", "").removeprefix("go: ")
            raise GoError(FAILED(words=words[0], problem=said[:_LONGEST]))
        return ran


def _write_sample(shape: sample.Shape, workspace: Path, proxy: Path) -> str:
    """Write the sample, and the module that it requires as the file of a proxy."""
    for path, text in sample.files(shape).items():
        place = workspace / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    files = sample.required_files(shape)
    folder = proxy / sample.REQUIRED / "@v"
    folder.mkdir(parents=True)
    name = f"{sample.REQUIRED}@{sample.VERSION}"
    (folder / "list").write_text(f"{sample.VERSION}\n", encoding="utf-8")
    (folder / f"{sample.VERSION}.info").write_text(f'{{"Version": "{sample.VERSION}"}}', encoding="utf-8")
    (folder / f"{sample.VERSION}.mod").write_text(files["go.mod"], encoding="utf-8")
    with zipfile.ZipFile(folder / f"{sample.VERSION}.zip", "w") as archive:
        for path, text in files.items():
            archive.writestr(f"{name}/{path}", text)
    return sample.digest(shape)
