"""The programs and tests of a workspace that launch configurations are generated for.

Folders are relative to the root of the workspace, as in keys; everything is computed on demand.
"""

from collections.abc import Iterator
from functools import cached_property

from wslgo.golang import go_list
from wslgo.golang.package import DEFAULT_TARGET, BuildTarget, GoFile, Package
from wslgo.golang.paths import joined_path
from wslgo.golang.project import Project
from wslgo.golang.uses import cuda, gui, ports, stdin
from wslgo.golang.uses.cuda import CudaUse, Evidence
from wslgo.knowledge.gui import Toolkit
from wslgo.launch.generate.entry import Selection
from wslgo.machine.host import Host
from wslgo.text.typing import NamedTuple

WORKSPACE = "${workspaceFolder}"
ROOT = "."  # the root of the workspace in keys


class Program:
    """A main package, one file of a folder of scripts, or a package with its tests."""

    def __init__(
        self, workspace: "LaunchWorkspace", package: Package, files: tuple[GoFile, ...], file: str = ""
    ) -> None:
        self.workspace = workspace
        self.package = package
        self.files = files
        self.file = file

    @property
    def folder(self) -> str:
        """The folder in keys: that of the program, with its file if the folder has several."""
        return self.workspace.folder(joined_path(self.package.folder, self.file))

    @property
    def title(self) -> str:
        """The title in names of entries."""
        return self.workspace.title if self.folder == ROOT else self.folder

    @property
    def editor_path(self) -> str:
        """The path for VS Code."""
        return self.workspace.editor_path(joined_path(self.package.folder, self.file))

    @property
    def build_folder(self) -> str:
        """The folder of the build, for VS Code."""
        return self.workspace.editor_path(self.package.folder)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of its build, if it needs more than the default target has."""
        tags = self.package.target.tags
        return () if tags == self.workspace.target.tags else tuple(sorted(tags))

    @cached_property
    def packages(self) -> tuple[tuple[Package, tuple[GoFile, ...]], ...]:
        """Its own package and the imported ones of this workspace, with the files that are built."""
        return tuple(self.workspace.project.packages_of_program(self.package, self.files))

    @cached_property
    def uses_cgo(self) -> bool:
        """True if a package of this workspace compiles C code for it."""
        return any(file.head.uses_cgo for _, built in self.packages for file in built)

    @cached_property
    def needs_cgo_switched_on(self) -> bool:
        """True if it needs cgo, which is off on this machine."""
        return self.package.target.has_cgo and not self.workspace.target.has_cgo

    @cached_property
    def evidence(self) -> tuple["PackageEvidence", ...]:
        """The packages that use CUDA, its own first."""
        if not self.workspace.has_cuda:
            return ()
        found = (PackageEvidence(here, built, self.workspace.evidence_in(here, built)) for here, built in self.packages)
        return tuple(package_evidence for package_evidence in found if package_evidence.places)

    @cached_property
    def cuda(self) -> Evidence | None:
        """The evidence that it launches kernels."""
        return next((place for shown in self.evidence for place in shown.places if place.use is CudaUse.KERNELS), None)

    @cached_property
    def toolkit(self) -> Toolkit | None:
        """The GUI toolkit it uses."""
        found = gui.toolkit_of(self.workspace.project, self.package, self.files)
        return found.toolkit if found else None

    @cached_property
    def ports(self) -> tuple[int, ...]:
        """The ports it listens on, as far as its text names them."""
        found = ports.services_of(self.workspace.project, self.package, self.files)
        return tuple(sorted({service.port for service in found if service.port is not None}))

    @cached_property
    def reads_input(self) -> bool:
        """True if it reads standard input."""
        return stdin.input_of(self.workspace.project, self.package, self.files) is not None


class PackageEvidence(NamedTuple):
    """A package, its files that are built, and the places in them that use CUDA."""

    package: Package
    built: tuple[GoFile, ...]
    places: tuple[Evidence, ...]


class LaunchWorkspace:
    """A workspace, its machine, and the selected profiles."""

    def __init__(self, project: Project, host: Host, selection: Selection) -> None:
        self.project = project
        self.host = host
        self.selection = selection
        self._evidence: dict[tuple[BuildTarget, tuple[str, ...]], tuple[Evidence, ...]] = {}

    def evidence_in(self, package: Package, built: tuple[GoFile, ...]) -> tuple[Evidence, ...]:
        """Return the places in files of a package that use CUDA; cached, since many programs import the same."""
        key = package.target, tuple(file.path for file in built)
        if key not in self._evidence:
            self._evidence[key] = tuple(cuda.evidence_in_package(self.project, package, built))
        return self._evidence[key]

    def has_extension(self, name: str, profile: str) -> bool:
        """Return whether an editor has an extension; if unknown, whether the user has selected the profile."""
        if self.selection.extensions is not None:
            return name in self.selection.extensions
        return profile in self.selection.profiles or any(
            name in editor.extensions for editor in self.host.editors or ()
        )

    def folder(self, path: str) -> str:
        """Return a path of the listing relative to the workspace."""
        home = self.project.home
        return path[len(home) :].lstrip("/") or ROOT

    def editor_path(self, path: str) -> str:
        """Return a path of the listing as VS Code reads it."""
        folder = self.folder(path)
        return WORKSPACE if folder == ROOT else f"{WORKSPACE}/{folder}"

    def holds(self, path: str) -> bool:
        """Return whether a path of the listing is in the workspace; the listing can start above it."""
        home = self.project.home
        return not home or path == home or path.startswith(f"{home}/")

    @cached_property
    def title(self) -> str:
        """The title of a program in the root: the name of its module, unless a folder has that name."""
        module = self.project.module_of(self.project.home)
        name = module.path.rpartition("/")[2] if module and module.folder == self.project.home else ""
        return ROOT if name in self.project.entries(self.project.home).folders else name or ROOT

    @cached_property
    def target(self) -> BuildTarget:
        """The default build target."""
        target = self.project.target
        return go_list.target(self.host.go_values()) or target if target == DEFAULT_TARGET else target

    @cached_property
    def has_cuda(self) -> bool:
        """True if anything here launches kernels under any tags; usually False for the whole workspace at once."""
        return any(cuda.could_use(self.project, package) for package in self.project.packages(self.target))

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        """Every main package of the workspace that can be built."""
        return tuple(program for package in self._packages for program in self._programs_of(package))

    @cached_property
    def tests(self) -> tuple[Program, ...]:
        """Every package of the workspace with tests that can be built."""
        return tuple(program for package in self._packages for program in self._tests_of(package))

    @cached_property
    def cuda_programs(self) -> tuple[Program, ...]:
        """The programs that launch kernels, with the tags they need for that."""
        return tuple(variant for program in self.programs for variant in self._with_cuda(program))

    @cached_property
    def _packages(self) -> tuple[Package, ...]:
        return tuple(self.project.packages(self.target, self.project.home))

    def _programs_of(self, package: Package) -> Iterator[Program]:
        built = self._built_package(package, tuple(file for file in _files(package) if not file.is_test))
        if built is None or not built.is_main:
            return
        mains = self.project.mains(built)
        if not self._is_in_module(package):
            yield from (_script(self, built, file) for file in mains if _is_complete(file, mains, built))
        elif len(mains) == 1:
            yield self._runnable(Program(self, built, built.files))
        else:  # each is its own program, and go builds them one by one
            yield from (_script(self, built, file) for file in mains)

    def _is_in_module(self, package: Package) -> bool:
        """Return whether go builds a package by its folder, which it does only in a module."""
        mode = self.host.go_values().get("GO111MODULE", "")
        return mode in ("off", "auto") or self.project.module_of(package.folder) is not None

    def _runnable(self, program: Program) -> Program:
        """Return the program with the tags without which it builds but does not start."""
        toolkit = program.toolkit
        tags = gui.tags_needed(toolkit, program.package.target) if toolkit else ()
        return (self._with_tags(program, tags) if tags else None) or program

    def _tests_of(self, package: Package) -> Iterator[Program]:
        built = self._built_package(package, tuple(file for file in _files(package) if file.is_test))
        if built is not None and built.tests and self._is_in_module(package):
            yield Program(self, built, (*built.files, *built.tests))

    def _built_package(self, package: Package, files: tuple[GoFile, ...]) -> Package | None:
        """Return the package as a build that includes one of these files sees it, with tags or cgo only if needed."""
        for target in self._targets:
            if any(file.fits(target) for file in files) and not self._lacks_cgo(package, target):
                return self.project.package(package.folder, target)
        for target in self._targets:
            tags = _tags_of(package._replace(target=target), files)
            if tags:
                return self.project.package(package.folder, _target_with_tags(target, tags))
        return None

    @cached_property
    def _targets(self) -> tuple[BuildTarget, ...]:
        target = self.target
        return (target,) if target.has_cgo else (target, target._replace(has_cgo=True))

    def _lacks_cgo(self, package: Package, target: BuildTarget) -> bool:
        """Return whether a package needs files that are built only with cgo, which this target lacks."""
        here = self.project.package(package.folder, target)
        if target.has_cgo or here is None:
            return False
        return any(not built and other.left_out for other, built in self.project.packages_of_program(here, here.files))

    def _with_cuda(self, program: Program) -> Iterator[Program]:
        if program.cuda is not None:
            yield program
        elif self.has_cuda and not program.file:
            yield from self._variants(program)

    def _variants(self, program: Program) -> Iterator[Program]:
        """Yield the program with the fewest tags that add kernels to it."""
        tags = cuda.tags_of_program(self.project, program.package)
        variant = self._with_tags(program, tags) if tags else None
        if variant is not None:
            yield variant

    def _with_tags(self, program: Program, tags: tuple[str, ...]) -> Program | None:
        package = self.project.package(program.package.folder, _target_with_tags(program.package.target, tags))
        return Program(self, package, package.files) if package and package.is_main else None


def _script(workspace: LaunchWorkspace, package: Package, file: GoFile) -> Program:
    return Program(workspace, package, (file,), file.path.rpartition("/")[2])


def _is_complete(file: GoFile, mains: tuple[GoFile, ...], package: Package) -> bool:
    """Return whether go builds a file of no module on its own: it needs neither other files nor other modules."""
    is_alone = len(mains) == len(package.files)
    return is_alone and not any("." in entry.path.partition("/")[0] for entry in file.head.imports)


def _files(package: Package) -> tuple[GoFile, ...]:
    return (*package.files, *package.tests, *package.left_out)


def _tags_of(package: Package, files: tuple[GoFile, ...]) -> tuple[str, ...] | None:
    """Return the fewest tags with which one of these files is built."""
    return package._replace(files=(), tests=(), left_out=files).tags_needed() if files else None


def _target_with_tags(target: BuildTarget, tags: tuple[str, ...]) -> BuildTarget:
    return target._replace(tags=target.tags | {*tags})
