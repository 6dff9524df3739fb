"""CUDA in Go programs, by text: cgo flags, headers, imports, `.cu` files, loaded libraries."""

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import combinations

from wslgo.golang.package import BuildTarget, GoFile, Package
from wslgo.golang.paths import joined_path, parent, resolved_path
from wslgo.golang.project import Project
from wslgo.knowledge import cuda
from wslgo.syntax.go import build_constraint, c_includes, file_body, file_head
from wslgo.syntax.go.build_constraint import FIXED_TAGS
from wslgo.syntax.go.c_includes import Include
from wslgo.syntax.go.file_head import Flags
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class CudaUse(Enum):
    """A use of CUDA: launching kernels, or only monitoring the device (NVML)."""

    KERNELS = "kernels"
    MONITORING = "monitoring"


class Evidence(NamedTuple):
    """A place that shows a use of CUDA; `what` is the flag, header, package or file."""

    path: str
    span: Span
    what: str
    use: CudaUse


# `go build` compiles these together with the Go files of a package that uses cgo.
_COMPILED = (".c", ".cc", ".cpp", ".cxx")
_SOURCE_FOLDER = "${SRCDIR}"
_MOST_HEADERS = 200
_MOST_FOLDERS = 32  # searched for each header
_MOST_TAGS = 8  # tried alone and in pairs

_LIBRARY = pattern(r"(?:-l:?|(?:.*/)?lib)(?:lib)?([\w-]+?)(?:_static)?(?:\.(?:so|a)(?:\.[\d.]+)?)?\Z")
_SHARED = pattern(r"[\"`]((?:[^\"`\s]*/)?lib[\w-]+\.so(?:\.\d+)*)[\"`]")
_PACKAGE = pattern(r"([a-z-]+?)(?:-\d+(?:\.\d+)*)?\Z")
_MACRO_OF_CUDA = pattern(r"CUDA|CUBLAS|CUDNN|NVCC|NCCL|GPU")


def evidence_in_program(project: Project, package: Package, files: Iterable[GoFile]) -> Evidence | None:
    """Return the first evidence of kernels in a program built from these files: its own package, then the imports."""
    for here, built in project.packages_of_program(package, files):
        found = project.ask(here, _first_kernel) if built is here.files else _first_kernel(project, here, built)
        if found is not None:
            return found
    return None


def _first_kernel(project: Project, package: Package, files: Iterable[GoFile] | None = None) -> Evidence | None:
    return next(
        (evidence for evidence in evidence_in_package(project, package, files) if evidence.use is CudaUse.KERNELS), None
    )


def evidence_in_package(
    project: Project, package: Package, files: Iterable[GoFile] | None = None
) -> Iterator[Evidence]:
    """Yield every place in a package, or in some of its files, that shows a use of CUDA."""
    files = package.files if files is None else tuple(files)
    for file in files:
        yield from _imports(file, package.target)
        yield from _flags(file, package.target)
        yield from _loaded_libraries(project, file)
    if any(file.head.uses_cgo for file in files):
        yield from _headers(project, package, files)
        yield from _kernels(project, package, files)


def tags_of_program(project: Project, package: Package) -> tuple[str, ...] | None:
    """Return the one or two build tags with which a main package uses CUDA; () if it needs none, None if none help."""
    if evidence_in_program(project, package, package.files) is not None:
        return ()
    conceivable = list(_conceivable(project, package))
    if not any(whole.has_kernels for whole in conceivable):
        return None
    names = {tag for whole in conceivable for tag in whole.tags}
    tags = sorted(names, key=lambda tag: (not _MACRO_OF_CUDA.search(tag.upper()), tag))[:_MOST_TAGS]
    for chosen in (*combinations(tags, 1), *combinations(tags, 2)):
        built = project.package(package.folder, package.target._replace(tags=package.target.tags | {*chosen}))
        if built is not None and built.is_main and evidence_in_program(project, built, built.files) is not None:
            return chosen
    return None


def could_use(project: Project, package: Package) -> bool:
    """Return whether any file of a package, tests included, launches kernels under some tags: a cheap pre-check."""
    return (
        _first_kernel(project, _under_all_tags(package, (*package.files, *package.tests, *package.left_out))[1])
        is not None
    )


class _Conceivable(NamedTuple):
    """A package with all its files, built or not, and the tags that decide which are built."""

    package: Package
    tags: frozenset[str]
    has_kernels: bool


def _conceivable(project: Project, package: Package) -> Iterator[_Conceivable]:
    """Yield the packages of a program under any tags."""
    waiting = [package]
    seen = {package.folder}
    for here in waiting:
        whole = project.ask(here, _whole)
        yield whole
        for other in project.imported_packages(here, whole.package.files):
            if other.folder not in seen:
                seen.add(other.folder)
                waiting.append(other)


def _whole(project: Project, package: Package) -> _Conceivable:
    files = (*package.files, *(file for file in package.left_out if not file.is_test))
    tags, whole = _under_all_tags(package, files)
    return _Conceivable(whole, tags, _first_kernel(project, whole) is not None)


def _under_all_tags(package: Package, files: tuple[GoFile, ...]) -> tuple[frozenset[str], Package]:
    """Return the tags that files of a package depend on, and the package as if all were set and every file built."""
    tags = frozenset(_tags(files)) - FIXED_TAGS
    target = package.target._replace(tags=package.target.tags | tags)
    return tags, package._replace(files=files, left_out=(), target=target)


def _tags(files: Iterable[GoFile]) -> Iterator[str]:
    """Yield the tags that a build of some files depends on."""
    for file in files:
        yield from build_constraint.tags(file.constraint)
        for line in file.head.flags:
            for condition in line.conditions:
                yield from build_constraint.tags(condition)
        yield from (
            cuda.IMPORTS_WITH_TAG[declared.path]
            for declared in file.head.imports
            if declared.path in cuda.IMPORTS_WITH_TAG
        )


# Imports


def _imports(file: GoFile, target: BuildTarget) -> Iterator[Evidence]:
    for path, span, _ in file.head.imports:
        use = _use_of_import(path, target)
        if use is not None:
            yield Evidence(file.path, span, path, use)


def _use_of_import(path: str, target: BuildTarget) -> CudaUse | None:
    if any(_is_in(path, binding) for binding in cuda.IMPORTS) or cuda.IMPORTS_WITH_TAG.get(path) in target.tags:
        return CudaUse.KERNELS
    return CudaUse.MONITORING if any(_is_in(path, binding) for binding in cuda.MONITORING_IMPORTS) else None


def _is_in(path: str, package: str) -> bool:
    return path == package or path.startswith(f"{package}/")


# Libraries loaded at run time


def _loaded_libraries(project: Project, file: GoFile) -> Iterator[Evidence]:
    """Yield the names of CUDA libraries in a file that can load them without cgo."""
    if not any(_is_in(declared.path, loader) for declared in file.head.imports for loader in cuda.LOADERS):
        return
    for span, path in project.read(file.path, _libraries):
        match = _LIBRARY.match(path)
        use = _use_of(match[1] if match else "", cuda.LIBRARIES, cuda.MONITORING_LIBRARIES)
        if use is not None:
            yield Evidence(file.path, span, path, use)


def _libraries(text: str) -> tuple[tuple[Span, str], ...]:
    """Return the strings outside comments that name a shared library."""
    if ".so" not in text:
        return ()
    code = file_body.code(text).blanked
    found = (match for match in _SHARED.finditer(text) if code[match.start()] in '"`')
    return tuple((Span(match.start(1), match.end(1)), match[1]) for match in found)


# `#cgo` lines


def _flags(file: GoFile, target: BuildTarget) -> Iterator[Evidence]:
    for line in _flags_in_effect(file, target):
        for word, span in line.words:
            use = _use_of_word(line.verb, word)
            if use is not None:
                yield Evidence(file.path, span, word, use)


def _flags_in_effect(file: GoFile, target: BuildTarget) -> Iterator[Flags]:
    for line in file.head.flags:
        conditions = line.conditions
        if not conditions or any(build_constraint.holds(condition, target.has) for condition in conditions):
            yield line


def _use_of_word(verb: str, word: str) -> CudaUse | None:
    if verb == "LDFLAGS":
        match = _LIBRARY.match(word)
        return _use_of(match[1] if match else "", cuda.LIBRARIES, cuda.MONITORING_LIBRARIES)
    if verb == "pkg-config":
        match = _PACKAGE.match(word)
        return _use_of(match[1] if match else "", cuda.PACKAGES, cuda.MONITORING_PACKAGES)
    return None


def _use_of(name: str, kernels: frozenset[str], monitoring: frozenset[str]) -> CudaUse | None:
    if name in kernels:
        return CudaUse.KERNELS
    return CudaUse.MONITORING if name in monitoring else None


# Headers


def _headers(project: Project, package: Package, files: tuple[GoFile, ...]) -> Iterator[Evidence]:
    """Yield the CUDA headers that preambles and C files include, following headers of the workspace."""
    defined, folders = _settings(package, files)
    waiting: list[tuple[str, Include]] = [(file.path, include) for file in files for include in file.head.includes]
    for path in _c_files(project, package):
        waiting += ((path, nested) for nested in _includes(project, path))
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
            waiting += ((header, nested) for nested in _includes(project, header))


def _settings(package: Package, files: tuple[GoFile, ...]) -> tuple[set[str], tuple[str, ...]]:
    """Return the macros that `-D` defines, and the folders of this workspace that `-I` and `-L` name."""
    defined: set[str] = set()
    folders: dict[str, None] = {}
    for file in files:
        for line in _flags_in_effect(file, package.target):
            for word, _ in line.words:
                if word.startswith("-D"):
                    defined.add(word[2:].partition("=")[0])
                elif word.startswith(("-I", "-L", _SOURCE_FOLDER)):
                    folder = _folder(package.folder, word)
                    folders |= {} if folder is None else {folder: None}
    return defined, tuple(folders)[:_MOST_FOLDERS]


def _folder(package: str, word: str) -> str | None:
    """Return the folder that a flag names, relative to the package; for the path of a library, its folder."""
    path = word.removeprefix("-I").removeprefix("-L").replace(_SOURCE_FOLDER, ".")
    return resolved_path(package, path if word.startswith("-") else parent(path))


def _c_files(project: Project, package: Package) -> Iterator[str]:
    for name in package.others:
        path = joined_path(package.folder, name)
        if name.endswith(_COMPILED) and _is_built(project, path, package.target):
            yield path


def _is_built(project: Project, path: str, target: BuildTarget) -> bool:
    of_name = build_constraint.file_name_constraint(path.rpartition("/")[2])
    of_text = file_head.constraint_of(project.text(path))
    return build_constraint.holds(of_name, target.has) and build_constraint.holds(of_text, target.has)


def _includes(project: Project, path: str) -> tuple[Include, ...]:
    return c_includes.includes(c_includes.rows(project.text(path)))


def _is_compiled(include: Include, defined: set[str]) -> bool:
    """Return whether no `#ifdef` about CUDA excludes it: `#ifdef USE_CUDA` counts only with `-DUSE_CUDA`."""
    return all(macro in defined for macro in include.guards if _MACRO_OF_CUDA.search(macro.upper()))


def _header(project: Project, name: str, folders: tuple[str, ...]) -> str | None:
    """Return the header of the workspace with this name; it may have the name of a CUDA header."""
    for folder in folders:
        path = resolved_path(folder, name)
        if path is not None and project.has(path):
            return path
    return None


# Kernels


def _kernels(project: Project, package: Package, files: tuple[GoFile, ...]) -> Iterator[Evidence]:
    """Yield `.cu` files in the package or its link folders, unless a file that this build leaves out may use them."""
    if any(file.head.uses_cgo for file in package.left_out):
        return
    _, folders = _settings(package, files)
    for folder in dict.fromkeys((package.folder, *folders)):
        for name in project.entries(folder).files:
            if name.endswith(cuda.SUFFIXES):
                yield Evidence(joined_path(folder, name), Span(0, 0), name, CudaUse.KERNELS)
