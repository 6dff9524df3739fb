"""Where a Go program uses CUDA, told from text alone: cgo flags, headers, pkg-config, imports, `.cu` files."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from wslgo.goproject import GoFile, Package, Project, Target, joined, parent, resolved
from wslgo.knowledge import cuda
from wslgo.pattern import pattern
from wslgo.syntax import buildconstraint, cpreprocessor, gosource
from wslgo.syntax.cpreprocessor import Include
from wslgo.syntax.gosource import Flags
from wslgo.text import Span


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

_LIBRARY = pattern(r"(?:-l:?|(?:.*/)?lib)(?:lib)?([\w-]+?)(?:_static)?(?:\.(?:so|a)(?:\.[\d.]+)?)?\Z")
_PACKAGE = pattern(r"([a-z-]+?)(?:-\d+(?:\.\d+)*)?\Z")
_MACRO_OF_CUDA = pattern(r"CUDA|CUBLAS|CUDNN|NVCC|NCCL|GPU")


def in_program(project: Project, package: Package, files: Iterable[GoFile]) -> Evidence | None:
    """The first place that shows kernels in a program made of these files, its own package before those it imports."""
    waiting: list[tuple[Package, tuple[GoFile, ...]]] = [(package, tuple(files))]
    seen = {package.folder}
    for here, built in waiting:
        found = next((one for one in in_package(project, here, built) if one.use is Use.KERNELS), None)
        if found is not None:
            return found
        for other in project.imported(here, built):
            if other.folder not in seen:
                seen.add(other.folder)
                waiting.append((other, other.files))
    return None


def in_package(project: Project, package: Package, files: Iterable[GoFile] | None = None) -> Iterator[Evidence]:
    """Every place in a package, or in some of its files, that shows a use of CUDA."""
    files = package.files if files is None else tuple(files)
    for file in files:
        yield from _imports(file, package.target)
        yield from _flags(file, package.target)
    if any(file.head.uses_cgo for file in files):
        yield from _headers(project, package, files)
        yield from _kernels(project, package, files)


# Imports


def _imports(file: GoFile, target: Target) -> Iterator[Evidence]:
    for path, span in file.head.imports:
        use = _use_of_import(path, target)
        if use is not None:
            yield Evidence(file.path, span, path, use)


def _use_of_import(path: str, target: Target) -> Use | None:
    if any(_is_in(path, one) for one in cuda.IMPORTS) or cuda.IMPORTS_WITH_TAG.get(path) in target.tags:
        return Use.KERNELS
    return Use.MONITORING if any(_is_in(path, one) for one in cuda.MONITORING_IMPORTS) else None


def _is_in(path: str, package: str) -> bool:
    return path == package or path.startswith(f"{package}/")


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
        if not conditions or any(buildconstraint.holds(one, target.has) for one in conditions):
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
    return defined, tuple(folders)


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
    of_name = buildconstraint.of_name(path.rpartition("/")[2])
    of_text = gosource.constraint_of(project.text(path))
    return buildconstraint.holds(of_name, target.has) and buildconstraint.holds(of_text, target.has)


def _includes(project: Project, path: str) -> tuple[Include, ...]:
    return cpreprocessor.includes(cpreprocessor.rows(project.text(path)))


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
