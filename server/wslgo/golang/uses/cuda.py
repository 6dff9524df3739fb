"""Where a Go program uses CUDA, told from text alone: cgo flags, headers, pkg-config, imports, `.cu` files, loading."""

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from wslgo.golang.project import GoFile, Package, Project, Target, joined, parent, resolved
from wslgo.knowledge import cuda
from wslgo.syntax.go import build_constraint, c_includes, file_body, file_head
from wslgo.syntax.go.c_includes import Include
from wslgo.syntax.go.file_head import Flags
from wslgo.text.pattern import pattern
from wslgo.text.span import Span


class Use(Enum):
    """What CUDA is used for: launching kernels, or only watching the device (NVML)."""

    KERNELS = "kernels"
    MONITORING = "monitoring"


class Evidence(NamedTuple):
    """A place that shows a use of CUDA; `what` is the flag, header, package or file."""

    path: str
    span: Span
    what: str
    use: Use


# Compiled by `go build` beside the Go files of a package with cgo.
_COMPILED = (".c", ".cc", ".cpp", ".cxx")
_SOURCE_FOLDER = "${SRCDIR}"
_MOST_HEADERS = 200
_MOST_FOLDERS = 32  # in which each header is sought
_MOST_TAGS = 8  # that are tried alone and in pairs

_LIBRARY = pattern(r"(?:-l:?|(?:.*/)?lib)(?:lib)?([\w-]+?)(?:_static)?(?:\.(?:so|a)(?:\.[\d.]+)?)?\Z")
_SHARED = pattern(r"[\"`]((?:[^\"`\s]*/)?lib[\w-]+\.so(?:\.\d+)*)[\"`]")
_PACKAGE = pattern(r"([a-z-]+?)(?:-\d+(?:\.\d+)*)?\Z")
_MACRO_OF_CUDA = pattern(r"CUDA|CUBLAS|CUDNN|NVCC|NCCL|GPU")
_NO_CHOICE = {*build_constraint.SYSTEMS, *build_constraint.ARCHITECTURES, "ignore", "cgo", "unix", "gc"}


def in_program(project: Project, package: Package, files: Iterable[GoFile]) -> Evidence | None:
    """The first place that shows kernels in a program made of these files, its own package before those it imports."""
    for here, built in project.reached(package, files):
        found = project.ask(here, _first) if built is here.files else _first(project, here, built)
        if found is not None:
            return found
    return None


def _first(project: Project, package: Package, files: Iterable[GoFile] | None = None) -> Evidence | None:
    return next((one for one in in_package(project, package, files) if one.use is Use.KERNELS), None)


def in_package(project: Project, package: Package, files: Iterable[GoFile] | None = None) -> Iterator[Evidence]:
    """Every place in a package, or in some of its files, that shows a use of CUDA."""
    files = package.files if files is None else tuple(files)
    for file in files:
        yield from _imports(file, package.target)
        yield from _flags(file, package.target)
        yield from _loaded(project, file)
    if any(file.head.uses_cgo for file in files):
        yield from _headers(project, package, files)
        yield from _kernels(project, package, files)


def tags_of_program(project: Project, package: Package) -> tuple[str, ...] | None:
    """The fewest build tags with which a main package uses CUDA, one or two; () when it does anyway; None: no such."""
    if in_program(project, package, package.files) is not None:
        return ()
    conceivable = list(_conceivable(project, package))
    if not any(one.has_kernels for one in conceivable):
        return None
    names = {tag for one in conceivable for tag in one.tags}
    tags = sorted(names, key=lambda tag: (not _MACRO_OF_CUDA.search(tag.upper()), tag))[:_MOST_TAGS]
    for chosen in (*combinations(tags, 1), *combinations(tags, 2)):
        built = project.package(package.folder, package.target._replace(tags=package.target.tags | {*chosen}))
        if built is not None and built.is_main and in_program(project, built, built.files) is not None:
            return chosen
    return None


def could_use(project: Project, package: Package) -> bool:
    """Whether a file of a package, of its tests too, launches kernels under some tags: a quick look before a closer."""
    return _first(project, _under_all_tags(package, (*package.files, *package.tests, *package.left_out))[1]) is not None


class _Conceivable(NamedTuple):
    """A package with all its files, those too that a build leaves out, and the tags that decide about them."""

    package: Package
    tags: frozenset[str]
    has_kernels: bool


def _conceivable(project: Project, package: Package) -> Iterator[_Conceivable]:
    """The packages of a program, whatever tags are set."""
    waiting = [package]
    seen = {package.folder}
    for here in waiting:
        whole = project.ask(here, _whole)
        yield whole
        for other in project.imported(here, whole.package.files):
            if other.folder not in seen:
                seen.add(other.folder)
                waiting.append(other)


def _whole(project: Project, package: Package) -> _Conceivable:
    files = (*package.files, *(file for file in package.left_out if not file.is_test))
    tags, whole = _under_all_tags(package, files)
    return _Conceivable(whole, tags, _first(project, whole) is not None)


def _under_all_tags(package: Package, files: tuple[GoFile, ...]) -> tuple[frozenset[str], Package]:
    """The tags that decide about files of a package, and the package as if all were set and every file built."""
    tags = frozenset(_tags(files)) - _NO_CHOICE
    target = package.target._replace(tags=package.target.tags | tags)
    return tags, package._replace(files=files, left_out=(), target=target)


def _tags(files: Iterable[GoFile]) -> Iterator[str]:
    """The tags that decide what a build makes of files."""
    for file in files:
        yield from build_constraint.tags(file.constraint)
        for line in file.head.flags:
            for condition in line.conditions:
                yield from build_constraint.tags(condition)
        yield from (cuda.IMPORTS_WITH_TAG[one.path] for one in file.head.imports if one.path in cuda.IMPORTS_WITH_TAG)


# Imports


def _imports(file: GoFile, target: Target) -> Iterator[Evidence]:
    for path, span, _ in file.head.imports:
        use = _use_of_import(path, target)
        if use is not None:
            yield Evidence(file.path, span, path, use)


def _use_of_import(path: str, target: Target) -> Use | None:
    if any(_is_in(path, one) for one in cuda.IMPORTS) or cuda.IMPORTS_WITH_TAG.get(path) in target.tags:
        return Use.KERNELS
    return Use.MONITORING if any(_is_in(path, one) for one in cuda.MONITORING_IMPORTS) else None


def _is_in(path: str, package: str) -> bool:
    return path == package or path.startswith(f"{package}/")


# Libraries loaded at run time


def _loaded(project: Project, file: GoFile) -> Iterator[Evidence]:
    """The names of CUDA's libraries in a file that can load them without cgo."""
    if not any(_is_in(one.path, loader) for one in file.head.imports for loader in cuda.LOADERS):
        return
    for span, path in project.read(file.path, _libraries):
        match = _LIBRARY.match(path)
        use = _use_of(match[1] if match else "", cuda.LIBRARIES, cuda.MONITORING_LIBRARIES)
        if use is not None:
            yield Evidence(file.path, span, path, use)


def _libraries(text: str) -> tuple[tuple[Span, str], ...]:
    """The strings that name a shared library, outside of comments."""
    if ".so" not in text:
        return ()
    lit = file_body.code(text).blanked
    found = (match for match in _SHARED.finditer(text) if lit[match.start()] in '"`')
    return tuple((Span(match.start(1), match.end(1)), match[1]) for match in found)


# `#cgo` lines


def _flags(file: GoFile, target: Target) -> Iterator[Evidence]:
    for line in _in_force(file, target):
        for word, span in line.words:
            use = _use_of_word(line.verb, word)
            if use is not None:
                yield Evidence(file.path, span, word, use)


def _in_force(file: GoFile, target: Target) -> Iterator[Flags]:
    for line in file.head.flags:
        conditions = line.conditions
        if not conditions or any(build_constraint.holds(one, target.has) for one in conditions):
            yield line


def _use_of_word(verb: str, word: str) -> Use | None:
    if verb == "LDFLAGS":
        match = _LIBRARY.match(word)
        return _use_of(match[1] if match else "", cuda.LIBRARIES, cuda.MONITORING_LIBRARIES)
    if verb == "pkg-config":
        match = _PACKAGE.match(word)
        return _use_of(match[1] if match else "", cuda.PACKAGES, cuda.MONITORING_PACKAGES)
    return None


def _use_of(name: str, kernels: frozenset[str], monitoring: frozenset[str]) -> Use | None:
    if name in kernels:
        return Use.KERNELS
    return Use.MONITORING if name in monitoring else None


# Headers


def _headers(project: Project, package: Package, files: tuple[GoFile, ...]) -> Iterator[Evidence]:
    """What the preambles and the C files include, headers of the workspace followed."""
    defined, folders = _settings(package, files)
    waiting: list[tuple[str, Include]] = [(file.path, one) for file in files for one in file.head.includes]
    for path in _c_files(project, package):
        waiting += ((path, one) for one in _includes(project, path))
    seen: set[str] = set()
    for path, include in waiting:
        if not _is_compiled(include, defined):
            continue
        header = _header(project, include.name, (parent(path), *folders))
        if header is None:
            name = include.name.rpartition("/")[2]
            use = _use_of(name, cuda.HEADERS, cuda.MONITORING_HEADERS)
            if use is not None:
                yield Evidence(path, include.span, include.name, use)
        elif header not in seen and len(seen) < _MOST_HEADERS:
            seen.add(header)
            waiting += ((header, one) for one in _includes(project, header))


def _settings(package: Package, files: tuple[GoFile, ...]) -> tuple[set[str], tuple[str, ...]]:
    """The macros that `-D` defines, and the folders of this workspace that `-I` and `-L` name."""
    defined: set[str] = set()
    folders: dict[str, None] = {}
    for file in files:
        for line in _in_force(file, package.target):
            for word, _ in line.words:
                if word.startswith("-D"):
                    defined.add(word[2:].partition("=")[0])
                elif word.startswith(("-I", "-L", _SOURCE_FOLDER)):
                    folder = _folder(package.folder, word)
                    folders |= {} if folder is None else {folder: None}
    return defined, tuple(folders)[:_MOST_FOLDERS]


def _folder(package: str, word: str) -> str | None:
    """The folder that a flag names, seen from the package; that of a library for a path of one."""
    path = word.removeprefix("-I").removeprefix("-L").replace(_SOURCE_FOLDER, ".")
    return resolved(package, path if word.startswith("-") else parent(path))


def _c_files(project: Project, package: Package) -> Iterator[str]:
    for name in package.others:
        path = joined(package.folder, name)
        if name.endswith(_COMPILED) and _is_built(project, path, package.target):
            yield path


def _is_built(project: Project, path: str, target: Target) -> bool:
    of_name = build_constraint.of_name(path.rpartition("/")[2])
    of_text = file_head.constraint_of(project.text(path))
    return build_constraint.holds(of_name, target.has) and build_constraint.holds(of_text, target.has)


def _includes(project: Project, path: str) -> tuple[Include, ...]:
    return c_includes.includes(c_includes.rows(project.text(path)))


def _is_compiled(include: Include, defined: set[str]) -> bool:
    """Whether no `#ifdef` about CUDA leaves it out: `#ifdef USE_CUDA` counts only with `-DUSE_CUDA`."""
    return all(macro in defined for macro in include.guards if _MACRO_OF_CUDA.search(macro.upper()))


def _header(project: Project, name: str, folders: tuple[str, ...]) -> str | None:
    """The header in the workspace that is meant, which can be named like one of CUDA's."""
    for folder in folders:
        path = resolved(folder, name)
        if path is not None and project.has(path):
            return path
    return None


# Kernels


def _kernels(project: Project, package: Package, files: tuple[GoFile, ...]) -> Iterator[Evidence]:
    """`.cu` files beside the package or where it links from, unless they may belong to what this build leaves out."""
    if any(file.head.uses_cgo for file in package.left_out):
        return
    _, folders = _settings(package, files)
    for folder in dict.fromkeys((package.folder, *folders)):
        for name in project.entries(folder).files:
            if name.endswith(cuda.SUFFIXES):
                yield Evidence(joined(folder, name), Span(0, 0), name, Use.KERNELS)
