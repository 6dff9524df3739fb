"""What a Go workspace holds: modules, packages, which files a build takes and why.

Pure over a `Listing`, and lazy: a folder is read when somebody asks about it, and of a file only the head. Paths are
relative to the root of the listing, parted by `/`; the root itself is "".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from wslgo.syntax.go import build_constraint, file_body, file_head
from wslgo.syntax.go.build_constraint import Constraint
from wslgo.text.source import Source

if TYPE_CHECKING:
    from wslgo.syntax.go.mod_entry import GoMod, GoWork

# `./...` of the go command passes by these, and what begins with `_` or `.`; nobody keeps Go in the last one.
SKIPPED = frozenset(("vendor", "testdata", "node_modules"))

GO_MOD = "go.mod"
GO_WORK = "go.work"
_HEAD = 1 << 12  # what most heads fit in
_WHOLE = 1 << 20  # beyond this no head ends
_MOST_FOLDERS = 50_000
_MOST_TAGS = 8  # that one file mentions; more would be a machine's work
_LONGEST_CONSTRAINT = 100  # words
_LONGEST_PATH = 4096  # PATH_MAX of Linux

# Tags that nobody sets with `-tags`.
_NO_CHOICE = frozenset((*build_constraint.SYSTEMS, *build_constraint.ARCHITECTURES, "ignore", "cgo", "unix", "gc"))

Reading = TypeVar("Reading")


class Entries(NamedTuple):
    """The names of what lies directly in a folder."""

    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Listing(Protocol):
    """A tree of files to look into."""

    def entries(self, folder: str) -> Entries:
        """What lies in a folder; nothing where there is none."""
        ...

    def text(self, path: str, size: int) -> str:
        """The first `size` bytes or characters of a file; "" where there is none."""
        ...


class Texts:
    """A listing of texts in memory."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def entries(self, folder: str) -> Entries:
        below = f"{folder}/" if folder else ""
        inside = [path[len(below) :] for path in self._texts if path.startswith(below)]
        folders = {name.partition("/")[0] for name in inside if "/" in name}
        return Entries(tuple(sorted(folders)), tuple(sorted(name for name in inside if "/" not in name)))

    def text(self, path: str, size: int) -> str:
        return self._texts.get(path, "")[:size]


class Target(NamedTuple):
    """What a build is made for."""

    tags: frozenset[str] = frozenset()
    has_cgo: bool = True
    system: str = "linux"
    architecture: str = "amd64"

    def has(self, tag: str) -> bool:
        """Whether a build tag is set; those of Go releases all count as set."""
        if tag in self.tags or tag in (self.system, self.architecture, "gc"):
            return True
        if tag == "unix":
            return self.system not in ("windows", "plan9", "js", "wasip1")
        return (tag == "cgo" and self.has_cgo) or tag.startswith("go1.")


DEFAULT = Target()


class GoFile(NamedTuple):
    """A `.go` file; `constraint` joins what its head and its name demand."""

    path: str
    head: file_head.Head
    constraint: Constraint | None

    @property
    def is_test(self) -> bool:
        return self.path.endswith("_test.go")

    def fits(self, target: Target) -> bool:
        """Whether a build for `target` takes the file."""
        return build_constraint.holds(self.constraint, target.has) and (target.has_cgo or not self.head.uses_cgo)


class Package(NamedTuple):
    """The Go of one folder. `files` and `tests` are built, `left_out` are not; `others` are names beside them."""

    folder: str
    target: Target
    files: tuple[GoFile, ...]
    tests: tuple[GoFile, ...]
    left_out: tuple[GoFile, ...]
    others: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in the package clause; that of the tests where there is nothing else."""
        test = self.tests[0].head.package if self.tests else ""
        return self.files[0].head.package if self.files else test.removesuffix("_test")

    @property
    def is_main(self) -> bool:
        """Whether it is a program."""
        return bool(self.files) and self.name == "main"

    @property
    def has_only_tests(self) -> bool:
        return bool(self.tests) and not self.files

    @property
    def uses_cgo(self) -> bool:
        return any(file.head.uses_cgo for file in self.files)

    @property
    def cuda_files(self) -> tuple[str, ...]:
        """The `.cu` and `.cuh` files beside it, which no field of `go list` names."""
        return tuple(joined(self.folder, name) for name in self.others if name.endswith((".cu", ".cuh")))

    def tags_needed(self) -> tuple[str, ...] | None:
        """The fewest tags with which there is something to build, or to test where there is no more; None: no such."""
        if self.files or self.tests:
            return ()
        files = [file for file in self.left_out if not file.is_test] or self.left_out
        needed = (_tags_needed(file, self.target) for file in files)
        return min((tags for tags in needed if tags), key=lambda tags: (len(tags), tags), default=None)


class Module(NamedTuple):
    """A module of the workspace: the folder of its `go.mod`, and what that says."""

    folder: str
    file: "GoMod"

    @property
    def path(self) -> str:
        return self.file.module.path if self.file.module else ""


class Work(NamedTuple):
    """A `go.work` and its folder."""

    folder: str
    file: "GoWork"


class Project:
    """A workspace; `home` is the folder that an editor has opened, `prefix` makes a path one that users know.

    `target` is what a build is made for that says nothing else: `GOFLAGS` and the machine decide.
    """

    def __init__(self, listing: Listing, home: str = "", prefix: str = "", target: Target = DEFAULT) -> None:
        self.listing = listing
        self.home = home
        self.prefix = prefix
        self.target = target
        self._entries: dict[str, Entries] = {}
        self._files: dict[str, GoFile] = {}
        self._modules: dict[str, Module | None] = {}
        self._works: dict[str, Work] = {}
        self._packages: dict[tuple[str, Target], Package | None] = {}
        self._has_go: dict[str, bool] = {}
        self._importable: dict[str, dict[str, list[tuple[int, str]]]] = {}
        self._imported: dict[tuple[str, str], str | None] = {}
        self._readings: dict[tuple[str, Callable[[str], Any]], Any] = {}
        self._answers: dict[tuple[str, Target, Callable[..., Any]], tuple[Package, Any]] = {}

    # Files

    def entries(self, folder: str) -> Entries:
        """What lies in a folder."""
        if folder not in self._entries:
            self._entries[folder] = self.listing.entries(folder)
        return self._entries[folder]

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        folder, _, name = path.rpartition("/")
        return name in self.entries(folder).files

    def has_folder(self, path: str) -> bool:
        """Whether there is such a folder."""
        above, _, name = path.rpartition("/")
        return not path or name in self.entries(above).folders

    def text(self, path: str) -> str:
        """A file as a whole, unless it is larger than any source."""
        return self.listing.text(path, _WHOLE)

    def read(self, path: str, reading: Callable[[str], Reading]) -> Reading:
        """What a reading makes of the whole text of a file; many programs may ask, and it is made once."""
        key = path, reading
        if key not in self._readings:
            self._readings[key] = reading(self.text(path))
        return self._readings[key]  # type: ignore[no-any-return]

    def shown(self, path: str) -> str:
        """The path as users know it."""
        return self.prefix + path

    def text_of_shown(self, path: str) -> str:
        """The text behind a path that `shown` gave."""
        return self.text(path[len(self.prefix) :]) if path.startswith(self.prefix) else ""

    def resolved(self, path: str, place: str = "") -> str | None:
        """A path of `launch.json`: `${workspaceFolder}` and relative paths mean `home`, which lies at `place`.

        None where it lies outside the listing, or depends on what only VS Code knows.
        """
        for variable in ("${workspaceFolder}", "${workspaceRoot}"):
            if path.startswith(variable):
                path = "." + path[len(variable) :]
        if place and (path == place or path.startswith(f"{place}/")):
            path = "." + path[len(place) :]
        return None if "${" in path else resolved(self.home, path)

    def folders(self, start: str = "") -> Iterator[str]:
        """Every folder in which the go command would look for packages; somebody may have opened a whole disk."""
        waiting = [start]
        for _ in range(_MOST_FOLDERS):
            if not waiting:
                return
            folder = waiting.pop()
            yield folder
            names = [name for name in self.entries(folder).folders if not _is_skipped(name)]
            waiting += (joined(folder, name) for name in sorted(names, reverse=True))

    # Modules

    def modules(self) -> tuple[Module, ...]:
        """All modules, from the root downwards."""
        return tuple(
            module
            for folder in self.folders()
            if GO_MOD in self.entries(folder).files
            if (module := self.module_of(folder))
        )

    def module_of(self, folder: str) -> Module | None:
        """The module that a folder belongs to."""
        passed = []
        for above in upwards(folder):
            if above not in self._modules and GO_MOD in self.entries(above).files:
                self._modules[above] = Module(above, _go_mod(self.text(joined(above, GO_MOD))))
            if above in self._modules:
                break
            passed.append(above)
        module = self._modules.get(above)
        self._modules.update(dict.fromkeys(passed, module))
        return module

    def work_of(self, folder: str) -> Work | None:
        """The nearest `go.work` at or above a folder."""
        there = next((above for above in upwards(folder) if GO_WORK in self.entries(above).files), None)
        if there is not None and there not in self._works:
            self._works[there] = Work(there, _go_work(self.text(joined(there, GO_WORK))))
        return None if there is None else self._works[there]

    # Packages

    def packages(self, target: Target | None = None, start: str = "") -> Iterator[Package]:
        """Every package, those too that a build for `target` leaves out."""
        for folder in self.folders(start):
            package = self.package(folder, target)
            if package is not None:
                yield package

    def ask(self, package: Package, question: Callable[["Project", Package], Reading]) -> Reading:
        """The answer to a question about a package, which is asked once, however many programs import it."""
        key = package.folder, package.target, question
        known = self._answers.get(key)
        if known is None or known[0] is not package:
            known = self._answers[key] = package, question(self, package)
        return known[1]

    def has_go(self, folder: str) -> bool:
        """Whether there is a package in a folder or below."""
        if folder not in self._has_go:
            self._has_go[folder] = next(self.packages(start=folder), None) is not None
        return self._has_go[folder]

    def package(self, folder: str, target: Target | None = None) -> Package | None:
        """The package in a folder; None where there is no Go."""
        target = self.target if target is None else target
        key = folder, target
        if key not in self._packages:
            self._packages[key] = self._read_package(folder, target)
        return self._packages[key]

    def settle(self, package: Package) -> None:
        """From now on this is what the folder of a package holds for its target: somebody knows better."""
        self._packages[package.folder, package.target] = package

    def mains(self, package: Package) -> tuple[GoFile, ...]:
        """The files of a main package that declare `main`; several make a folder of scripts, each built alone."""
        return tuple(file for file in package.files if package.is_main and self.read(file.path, _declares_main))

    def program_of_binary(self, path: str) -> Package | None:
        """The main package that `go build` makes a binary of this name from, else the only one of the module."""
        module = self.module_of(parent(path)) or self.module_of(self.home)
        if module is None:
            return None
        programs = [package for package in self.packages(start=module.folder) if package.is_main]
        named = [package for package in programs if self._binary(package) == path.rpartition("/")[2]] or programs
        return named[0] if len(named) == 1 else None

    def _binary(self, package: Package) -> str:
        """How `go build` calls a program: by its import path, without a major version at the end."""
        module = self.module_of(package.folder)
        path = joined(module.path, package.folder[len(module.folder) :].lstrip("/")) if module else package.folder
        *above, last = path.split("/")
        is_version = last[:1] == "v" and last[1:].isdecimal() and above
        return above[-1] if is_version else last

    def imported(self, package: Package, files: Iterable[GoFile]) -> Iterator[Package]:
        """The packages of this workspace that files of a package import."""
        module = self.module_of(package.folder)
        paths = dict.fromkeys(one.path for file in files for one in file.head.imports)
        for path in paths:
            folder = None if module is None else self._folder_imported(path, module)
            found = None if folder is None else self.package(folder, package.target)
            if found is not None:
                yield found

    def reached(self, package: Package, files: Iterable[GoFile]) -> Iterator[tuple[Package, tuple[GoFile, ...]]]:
        """A program made of these files, package by package: its own, then those of this workspace that it imports."""
        waiting = [(package, tuple(files))]
        seen = {package.folder}
        for here, built in waiting:
            yield here, built
            for other in self.imported(here, built):
                if other.folder not in seen:
                    seen.add(other.folder)
                    waiting.append((other, other.files))

    def _folder_imported(self, path: str, module: Module) -> str | None:
        key = module.folder, path
        if key not in self._imported:
            self._imported[key] = self._folder_of(path, module)
        return self._imported[key]

    def _folder_of(self, path: str, module: Module) -> str | None:
        """Return where an imported package is: in this module, in one of the `go.work`, or where a `replace` points."""
        if module.folder not in self._importable:
            modules = self._importable[module.folder] = {}
            for order, (name, folder) in enumerate(dict.fromkeys(self._reachable(module))):
                modules.setdefault(name, []).append((order, folder))
        modules = self._importable[module.folder]
        names = upwards(path) if len(path) < _LONGEST_PATH else ()
        fitting = sorted((*one, name) for name in names if name for one in modules.get(name, ()))
        for _, folder, name in fitting:
            found = joined(folder, path[len(name) + 1 :])
            there = self.module_of(found)
            if there is not None and there.folder == folder:
                return found
        return None

    def _reachable(self, module: Module) -> Iterator[tuple[str, str]]:
        """The modules of this workspace that a module sees: the name it imports them by, and their folder."""
        yield module.path, module.folder
        work = self.work_of(module.folder)
        for use in work.file.use if work else ():
            for there in self._module_at(resolved(work.folder if work else "", use.path)):
                yield there.path, there.folder
        for replacement in module.file.replace:
            if not replacement.new.version:
                for there in self._module_at(resolved(module.folder, replacement.new.path)):
                    yield replacement.old.path, there.folder

    def _module_at(self, folder: str | None) -> Iterator[Module]:
        module = None if folder is None else self.module_of(folder)
        if module is not None and module.folder == folder:
            yield module

    def _read_package(self, folder: str, target: Target) -> Package | None:
        names = self.entries(folder).files
        files = [self.go_file(joined(folder, name)) for name in names if _is_go(name)]
        if not files:
            return None
        built = [file for file in files if file.fits(target)]
        return Package(
            folder,
            target,
            tuple(file for file in built if not file.is_test),
            tuple(file for file in built if file.is_test),
            tuple(file for file in files if not file.fits(target)),
            tuple(name for name in names if not _is_go(name)),
        )

    def go_file(self, path: str) -> GoFile:
        """A `.go` file; of most only the first kilobytes are read."""
        if path not in self._files:
            head = file_head.parse(self.listing.text(path, _HEAD))
            if not head.is_complete:
                head = file_head.parse(self.text(path))
            demanded = build_constraint.of_name(path.rpartition("/")[2])
            constraint = None if head.constraint is None else build_constraint.both(head.constraint, demanded)
            self._files[path] = GoFile(path, head, constraint)
        return self._files[path]


def _tags_needed(file: GoFile, target: Target) -> tuple[str, ...] | None:
    """The fewest tags with which a build takes a file: only those that it mentions can matter."""
    tags = sorted({*build_constraint.tags(file.constraint)} - _NO_CHOICE)
    if len(tags) > _MOST_TAGS or len(file.constraint or ()) > _LONGEST_CONSTRAINT:
        return None
    chosen = (some for count in range(1, len(tags) + 1) for some in combinations(tags, count))
    return next((some for some in chosen if file.fits(target._replace(tags=target.tags | {*some}))), None)


# Modules as text. Loading their parser takes as long as reading a hundred packages, and one may need none.


def _go_mod(text: str) -> "GoMod":
    from wslgo.syntax.go import mod_file

    return mod_file.parse(Source(text))


def _go_work(text: str) -> "GoWork":
    from wslgo.syntax.go import mod_file

    return mod_file.parse_work(Source(text))


def _declares_main(text: str) -> bool:
    return file_head.declares_main(text) and file_head.declares_main(file_body.code(text).blanked)


# Paths


def joined(folder: str, name: str) -> str:
    """A path below a folder."""
    return f"{folder}/{name}" if folder and name else folder or name


def parent(path: str) -> str:
    """The folder that holds a path."""
    return path.rpartition("/")[0]


def upwards(folder: str) -> Iterator[str]:
    """A folder and all above it."""
    yield folder
    while folder:
        folder = parent(folder)
        yield folder


def resolved(folder: str, path: str) -> str | None:
    """A relative path seen from a folder, `.` and `..` worked out; None where it leaves the listing."""
    if path.startswith("/"):
        return None
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _is_skipped(name: str) -> bool:
    return name in SKIPPED or name.startswith(("_", "."))


def _is_go(name: str) -> bool:
    return name.endswith(".go") and not name.startswith(("_", "."))
