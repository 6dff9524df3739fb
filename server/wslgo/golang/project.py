"""A Go workspace: its modules and packages, and which files a build takes.

Pure over a `Listing` and lazy: a folder is read on demand, and usually only the head of a file.
"""

from collections.abc import Callable, Iterable, Iterator

from wslgo.golang import paths
from wslgo.golang.listing import Entries, Listing
from wslgo.golang.package import DEFAULT_TARGET, BuildTarget, GoFile, Package
from wslgo.golang.paths import ancestors, joined_path, parent, resolved_path
from wslgo.text.source import Source
from wslgo.text.typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from wslgo.syntax.go.mod_entry import GoMod, GoWork

# `./...` of the go command skips these and names that start with `_` or `.`; node_modules holds no Go of the user.
SKIPPED = frozenset(("vendor", "testdata", "node_modules"))

GO_MOD = "go.mod"
GO_WORK = "go.work"
_HEAD = 1 << 12  # bytes: most heads fit
_WHOLE = 1 << 20  # bytes: longer heads are cut off
_MOST_FOLDERS = 50_000

Reading = TypeVar("Reading")


class Module(NamedTuple):
    """A module of the workspace: the folder and the content of its `go.mod`."""

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
    """A workspace.

    `home` is the folder open in the editor, `prefix` turns a path into the one users know, and `target` is the default
    build target, which `GOFLAGS` and the machine decide. `is_bounded`: a module above the listing would not be seen.
    """

    def __init__(
        self,
        listing: Listing,
        home: str = "",
        prefix: str = "",
        target: BuildTarget = DEFAULT_TARGET,
        *,
        is_bounded: bool = False,
    ) -> None:
        self.listing = listing
        self.home = home
        self.prefix = prefix
        self.target = target
        self.is_bounded = is_bounded
        self._entries: dict[str, Entries] = {}
        self._files: dict[str, GoFile] = {}
        self._modules: dict[str, Module | None] = {}
        self._works: dict[str, Work] = {}
        self._packages: dict[tuple[str, BuildTarget], Package | None] = {}
        self._has_go: dict[str, bool] = {}
        self._importable: dict[str, dict[str, list[tuple[int, str]]]] = {}
        self._imported: dict[tuple[str, str], str | None] = {}
        self._readings: dict[tuple[str, Callable[[str], Any]], Any] = {}
        self._answers: dict[tuple[str, BuildTarget, Callable[..., Any]], tuple[Package, Any]] = {}

    # Files

    def entries(self, folder: str) -> Entries:
        """Return the entries of a folder."""
        if folder not in self._entries:
            self._entries[folder] = self.listing.entries(folder)
        return self._entries[folder]

    def has(self, path: str) -> bool:
        """Return whether a file exists."""
        folder, _, name = path.rpartition("/")
        return name in self.entries(folder).files

    def has_folder(self, path: str) -> bool:
        """Return whether a folder exists."""
        above, _, name = path.rpartition("/")
        return not path or name in self.entries(above).folders

    def text(self, path: str) -> str:
        """Return the whole text of a file; a file that is larger than any source is cut off."""
        return self.listing.text(path, _WHOLE)

    def read(self, path: str, reader: Callable[[str], Reading]) -> Reading:
        """Return the result of a reader for the whole text of a file; computed once, however many programs ask."""
        key = path, reader
        if key not in self._readings:
            self._readings[key] = reader(self.text(path))
        return self._readings[key]  # type: ignore[no-any-return]

    def shown_path(self, path: str) -> str:
        """Return the path as users know it."""
        return self.prefix + path

    def text_of_shown_path(self, path: str) -> str:
        """Return the text of a file by its `shown_path`."""
        return self.text(path[len(self.prefix) :]) if path.startswith(self.prefix) else ""

    def resolved_path(self, path: str, place: str = "") -> str | None:
        """Resolve a path of `launch.json`: `${workspaceFolder}` and relative paths start at `home`, which is `place`.

        None if it is outside the listing, or uses a variable that only VS Code knows.
        """
        for variable in ("${workspaceFolder}", "${workspaceRoot}"):
            if path.startswith(variable):
                path = "." + path[len(variable) :]
        if place and (path == place or path.startswith(f"{place}/")):
            path = "." + path[len(place) :]
        return None if "${" in path else resolved_path(self.home, path)

    def folders(self, start: str = "") -> Iterator[str]:
        """Yield the folders in which the go command looks for packages; limited, since a whole disk can be open."""
        waiting = [start]
        for _ in range(_MOST_FOLDERS):
            if not waiting:
                return
            folder = waiting.pop()
            yield folder
            names = [name for name in self.entries(folder).folders if not is_skipped(name)]
            waiting += (joined_path(folder, name) for name in sorted(names, reverse=True))

    # Modules

    def modules(self) -> tuple[Module, ...]:
        """Return all modules, from the root downwards."""
        return tuple(
            module
            for folder in self.folders()
            if GO_MOD in self.entries(folder).files
            if (module := self.module_of(folder))
        )

    def module_of(self, folder: str) -> Module | None:
        """Return the module that a folder belongs to."""
        passed = []
        for above in ancestors(folder):
            if above not in self._modules and GO_MOD in self.entries(above).files:
                self._modules[above] = Module(above, _go_mod(self.text(joined_path(above, GO_MOD))))
            if above in self._modules:
                break
            passed.append(above)
        module = self._modules.get(above)
        self._modules.update(dict.fromkeys(passed, module))
        return module

    def work_of(self, folder: str) -> Work | None:
        """Return the nearest `go.work` at or above a folder."""
        there = next((above for above in ancestors(folder) if GO_WORK in self.entries(above).files), None)
        if there is not None and there not in self._works:
            self._works[there] = Work(there, _go_work(self.text(joined_path(there, GO_WORK))))
        return None if there is None else self._works[there]

    # Packages

    def packages(self, target: BuildTarget | None = None, start: str = "") -> Iterator[Package]:
        """Yield every package, including those that a build for `target` leaves out."""
        for folder in self.folders(start):
            package = self.package(folder, target)
            if package is not None:
                yield package

    def ask(self, package: Package, question: Callable[["Project", Package], Reading]) -> Reading:
        """Return the answer to a question about a package; computed once, however many programs import it."""
        key = package.folder, package.target, question
        known = self._answers.get(key)
        if known is None or known[0] is not package:
            known = self._answers[key] = package, question(self, package)
        return known[1]

    def has_go(self, folder: str) -> bool:
        """Return whether there is a package in a folder or below it."""
        if folder not in self._has_go:
            self._has_go[folder] = next(self.packages(start=folder), None) is not None
        return self._has_go[folder]

    def package(self, folder: str, target: BuildTarget | None = None) -> Package | None:
        """Return the package in a folder; None if it has no Go files."""
        target = self.target if target is None else target
        key = folder, target
        if key not in self._packages:
            self._packages[key] = self._read_package(folder, target)
        return self._packages[key]

    def replace_package(self, package: Package) -> None:
        """Replace the package parsed from source with what `go list` reported."""
        self._packages[package.folder, package.target] = package

    def mains(self, package: Package) -> tuple[GoFile, ...]:
        """Return the files of a main package that declare `main`; several are scripts, each built on its own."""
        return tuple(file for file in package.files if package.is_main and self.read(file.path, _declares_main))

    def program_of_binary(self, path: str) -> Package | None:
        """Return the main package that `go build` builds into a binary of this name, or the only one of the module."""
        module = self.module_of(parent(path)) or self.module_of(self.home)
        if module is None:
            return None
        programs = [package for package in self.packages(start=module.folder) if package.is_main]
        matches = [package for package in programs if self._binary(package) == path.rpartition("/")[2]] or programs
        return matches[0] if len(matches) == 1 else None

    def _binary(self, package: Package) -> str:
        """Return the name `go build` gives a program: the end of its import path, without a major version."""
        module = self.module_of(package.folder)
        path = joined_path(module.path, package.folder[len(module.folder) :].lstrip("/")) if module else package.folder
        *above, last = path.split("/")
        is_version = last[:1] == "v" and last[1:].isdecimal() and above
        return above[-1] if is_version else last

    def imported_packages(self, package: Package, files: Iterable[GoFile]) -> Iterator[Package]:
        """Yield the packages of this workspace that files of a package import."""
        module = self.module_of(package.folder)
        for path in dict.fromkeys(declared.path for file in files for declared in file.head.imports):
            folder = None if module is None else self._folder_imported(path, module)
            found = None if folder is None else self.package(folder, package.target)
            if found is not None:
                yield found

    def packages_of_program(
        self, package: Package, files: Iterable[GoFile]
    ) -> Iterator[tuple[Package, tuple[GoFile, ...]]]:
        """Yield the packages of a program built from these files: its own, then the imported ones of this workspace."""
        waiting = [(package, tuple(files))]
        seen = {package.folder}
        for here, built in waiting:
            yield here, built
            for other in self.imported_packages(here, built):
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
        names = ancestors(path) if len(path) < paths.LONGEST else ()
        fitting = sorted((*found, name) for name in names if name for found in modules.get(name, ()))
        for _, folder, name in fitting:
            found = joined_path(folder, path[len(name) + 1 :])
            there = self.module_of(found)
            if there is not None and there.folder == folder:
                return found
        return None

    def _reachable(self, module: Module) -> Iterator[tuple[str, str]]:
        """Yield the modules of this workspace that a module can import: the name it imports by, and the folder."""
        yield module.path, module.folder
        work = self.work_of(module.folder)
        for use in work.file.use if work else ():
            for there in self._module_at(resolved_path(work.folder if work else "", use.path)):
                yield there.path, there.folder
        for replacement in module.file.replace:
            if not replacement.new.version:
                for there in self._module_at(resolved_path(module.folder, replacement.new.path)):
                    yield replacement.old.path, there.folder

    def _module_at(self, folder: str | None) -> Iterator[Module]:
        module = None if folder is None else self.module_of(folder)
        if module is not None and module.folder == folder:
            yield module

    def _read_package(self, folder: str, target: BuildTarget) -> Package | None:
        names = self.entries(folder).files
        files = [self.go_file(joined_path(folder, name)) for name in names if _is_go(name)]
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
        """Return a `.go` file; usually only its first kilobytes are read."""
        if path not in self._files:
            from wslgo.syntax.go import build_constraint, file_head  # see below

            head = file_head.parse(self.listing.text(path, _HEAD))
            if not head.is_complete:
                head = file_head.parse(self.text(path))
            of_name = build_constraint.file_name_constraint(path.rpartition("/")[2])
            constraint = None if head.constraint is None else build_constraint.conjunction(head.constraint, of_name)
            self._files[path] = GoFile(path, head, constraint)
        return self._files[path]


# The parsers are imported on demand: that of go.mod takes as long as reading a hundred packages, and there may be none.


def _go_mod(text: str) -> "GoMod":
    from wslgo.syntax.go import mod_file

    return mod_file.parse(Source(text))


def _go_work(text: str) -> "GoWork":
    from wslgo.syntax.go import mod_file

    return mod_file.parse_work(Source(text))


def _declares_main(text: str) -> bool:
    from wslgo.syntax.go import file_head

    if not file_head.declares_main(text):
        return False
    from wslgo.syntax.go import file_body  # few files are programs

    return file_head.declares_main(file_body.code(text).blanked)


def is_skipped(name: str) -> bool:
    """Return whether `./...` of the go command leaves out a folder of this name."""
    return name in SKIPPED or name.startswith(("_", "."))


def _is_go(name: str) -> bool:
    return name.endswith(".go") and not name.startswith(("_", "."))
