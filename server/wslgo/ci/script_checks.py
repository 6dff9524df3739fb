"""The checks of a repository: its modules, its Go, what a runner has to install, and what needs a GPU.

Only what the commit and the team declare counts, so that the same files come out on every machine: the module cache,
personal settings and the environment are not looked at.
"""

from collections.abc import Iterable, Iterator, Mapping

from wslgo.golang.c_libraries import libraries
from wslgo.golang.package import DEFAULT_TARGET
from wslgo.golang.paths import joined_path, resolved_path
from wslgo.golang.project import GO_MOD, GO_WORK, Module, Project
from wslgo.golang.uses import cuda, gui
from wslgo.knowledge import c_libraries
from wslgo.knowledge.go_releases import SWITCHES_SINCE
from wslgo.knowledge.packages import is_known
from wslgo.knowledge.version import GoVersion, go_version, toolchain_version
from wslgo.text.message import redact
from wslgo.text.pattern import pattern
from wslgo.text.secrets import has_token
from wslgo.text.typing import NamedTuple

# What a team may set for its builds, in the order in which go's documentation has them.
VARIABLES = ("GOPROXY", "GOPRIVATE")
# `go mod tidy -diff` came with Go 1.23, the `tool` lines with 1.24.
TIDY_DIFF_SINCE = GoVersion(1, 23)

CHECKERS = (".ci/wslgo.pyz", "wslgo.pyz")
_PLAIN = frozenset("._/+@-, ~")
_SUFFIX = pattern(r"[ \t-]")
_LOADED = ".so"  # a library that a program loads itself: it builds without CUDA


class CheckedModule(NamedTuple):
    """A module: its folder ("" for the root), and which of the steps make sense in it.

    `is_in_workspace`: the go.work of the repository names it. `is_tidy_alone`: `go mod tidy` does not need another
    module of the workspace, which it would look for at a proxy.
    """

    folder: str
    is_in_workspace: bool = False
    is_tidy_alone: bool = True
    is_vendored: bool = False
    has_sums: bool = False
    has_tools: bool = False


class Checks(NamedTuple):
    """The values that script and workflows are made of.

    `go` is the version that go.mod or go.work asks for, "" without one; `version_file` is that file. `packages` are
    those of Debian and Ubuntu that a build needs. `cuda` are packages of Go that build only where the CUDA toolkit is,
    `gpu` those that a test of needs a GPU. `checker` is a wslgo.pyz in the repository. `left_out` are folders of
    modules whose names are not safe in a workflow, `withheld` variables with a secret.
    """

    modules: tuple[CheckedModule, ...] = ()
    go: str = ""
    version_file: str = GO_MOD
    variables: tuple[tuple[str, str], ...] = ()
    packages: tuple[str, ...] = ()
    cuda: tuple[str, ...] = ()
    gpu: tuple[str, ...] = ()
    checker: str = ""
    left_out: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


def checks_of(project: Project, declared: Mapping[str, str], tracked: Iterable[str] | None = None) -> Checks:
    """Return the checks of the repository at the root of a project.

    `declared` are variables of the team. `tracked` are the files that git knows, None if that is unknown: a go.work
    that is not among them is a personal one.
    """
    known = None if tracked is None else frozenset(tracked)
    work = project.work_of("") if project.has(GO_WORK) and (known is None or GO_WORK in known) else None
    used = {resolved_path("", use.path) for use in work.file.use} if work else set[str | None]()
    modules = [module for module in project.modules() if module.file.module is not None]
    plain = [module for module in modules if is_plain(module.folder)]
    with_packages = [module for module in plain if _has_packages(project, module)]
    chosen = with_packages or plain
    in_work = {module.path for module in modules if module.folder in used}
    go, version_file = _version(project, chosen, is_workspace=work is not None)
    kernels = list(_kernels(project, plain))
    variables = {name: value for name in VARIABLES if (value := declared.get(name, "").strip())}
    withheld = tuple(name for name, value in variables.items() if not _is_public(value))
    return Checks(
        tuple(_checked(project, module, used, in_work) for module in chosen),
        go,
        version_file,
        tuple((name, value) for name, value in variables.items() if name not in withheld),
        tuple(sorted(_packages(project, chosen))),
        tuple(sorted(path for path, compiles in kernels if compiles)),
        tuple(sorted(path for path, _ in kernels)),
        next((path for path in CHECKERS if project.has(path)), ""),
        tuple(module.folder for module in modules if not is_plain(module.folder)),
        withheld,
    )


def is_plain(folder: str) -> bool:
    """Return whether a folder can be named in a workflow: nothing in it is an expression, a pattern or an option."""
    parts = folder.split("/")
    return (
        all(character.isalnum() or character in _PLAIN for character in folder)
        and all(part == part.strip() for part in parts)
        and not folder.startswith(("-", "~"))
    )


def _is_public(value: str) -> bool:
    """Return whether a value has no secret, and nothing that a line of a script cannot hold."""
    return value.isprintable() and not has_token(value) and redact(value) == value


def _has_packages(project: Project, module: Module) -> bool:
    return any(
        package.files or package.tests
        for package in project.packages(start=module.folder)
        if project.module_of(package.folder) == module
    )


def _checked(project: Project, module: Module, used: set[str | None], in_work: set[str]) -> CheckedModule:
    is_used = module.folder in used
    required = {requirement.target.path for requirement in module.file.require}
    replaced = {replacement.old.path for replacement in module.file.replace}
    return CheckedModule(
        module.folder,
        is_used,
        not is_used or not (required & in_work) - replaced,
        project.has(joined_path(module.folder, "vendor/modules.txt")),
        project.has(joined_path(module.folder, "go.sum")),
        bool(module.file.tool),
    )


# The version of Go


def _version(project: Project, modules: Iterable[Module], *, is_workspace: bool) -> tuple[str, str]:
    """Return the newest version that is asked for, and the file that asks: a runner has one Go for all modules."""
    found = []
    work = project.work_of("") if is_workspace else None
    if work is not None and (go := wanted_version(work.file)):
        return go, GO_WORK
    for module in modules:
        go = wanted_version(module.file)
        version = go_version(go)
        if version is not None:
            found.append((version, go, joined_path(module.folder, GO_MOD)))
    newest = max(found, key=lambda entry: entry[0], default=None)
    return ("", "") if newest is None else newest[1:]


def wanted_version(file: object) -> str:
    """Return the version of a go.mod or go.work that setup-go installs: the toolchain line, else the go line.

    Before 1.21 the go line is that of a language, not the oldest Go that builds the module: "", as without a line.
    """
    toolchain, go = getattr(file, "toolchain", None), getattr(file, "go", None)
    if toolchain is not None and toolchain_version(toolchain.name) is not None:
        # A suffix such as `-custom` can have any characters, and names no published Go.
        return _SUFFIX.split(toolchain.name.removeprefix("go"), maxsplit=1)[0]
    version = None if go is None else go_version(go.version)
    return "" if go is None or version is None or version < SWITCHES_SINCE else str(go.version)


# C libraries


def _packages(project: Project, modules: Iterable[Module]) -> set[str]:
    """Return the packages of apt: for toolkits, for `#cgo` lines of the repository, and for known dependencies."""
    found = {library.package for library in libraries(project, None, DEFAULT_TARGET)}
    for module in modules:
        for requirement in module.file.require:
            names = c_libraries.IMPORTS.get(requirement.target.path, ())
            found |= {c_libraries.package_of(name) for name in names}
    for package in project.packages():
        toolkit = gui.toolkit_of(project, package, (*package.files, *package.tests))
        if toolkit is not None:
            found |= set(gui.packages(toolkit.toolkit, ()))
    return {name for name in found if name and is_known(name)}


# CUDA


def _kernels(project: Project, modules: Iterable[Module]) -> Iterator[tuple[str, bool]]:
    """Yield the packages that launch kernels, themselves or by what they import, and whether cgo builds them."""
    folders = {module.folder for module in modules}
    for package in project.packages():
        module = project.module_of(package.folder)
        if module is None or module.folder not in folders:
            continue
        path = joined_path(module.path, package.folder[len(module.folder) :].lstrip("/"))
        evidence = cuda.evidence_in_program(project, package, (*package.files, *package.tests))
        if evidence is not None and is_plain(path):
            yield path, _LOADED not in evidence.what
