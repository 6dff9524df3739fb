"""Go workspaces in memory, and questions about their packages."""

from pathlib import Path

from listing import MemoryListing
from wslgo.golang.package import DEFAULT_TARGET, Package
from wslgo.golang.project import Project
from wslgo.golang.uses import cuda

MAIN = "package main\n\nfunc main() {}\n"
MODULE = "module a.test/x\n"


def workspace(**texts: str) -> Project:
    """Return a workspace of files; `__` in a name means `/`, and the endings `_go`, `_h`, `_c`, `_cu` are suffixes."""
    return Project(MemoryListing({_path(name): text for name, text in texts.items()}))


def _path(name: str) -> str:
    stem, _, suffix = name.replace("__", "/").rpartition("_")
    return f"{stem}.{suffix}"


def package_of(project: Project, folder: str = "", *tags: str) -> Package:
    package = project.package(folder, DEFAULT_TARGET._replace(tags=frozenset(tags)))
    assert package is not None
    return package


def shown_uses(project: Project, folder: str = "", *tags: str) -> list[tuple[str, str]]:
    """Return the traces of CUDA in a package, each with its kind of use."""
    found = cuda.evidence_in_package(project, package_of(project, folder, *tags))
    return [(evidence.what, evidence.use.value) for evidence in found]


def uses_cuda(project: Project, folder: str = "", *tags: str) -> bool:
    package = package_of(project, folder, *tags)
    return cuda.evidence_in_program(project, package, package.files) is not None


def cgo(preamble: str, package: str = "main", head: str = "") -> str:
    return f'{head}package {package}\n\n/*\n{preamble}\n*/\nimport "C"\n\nfunc f() {{}}\n'


def program(*imports: str) -> str:
    return "package main\n\nimport (\n" + "".join(f'\t"{path}"\n' for path in imports) + ")\n\nfunc main() {}\n"


def write(root: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


GPU = cgo("#include <cuda.h>", package="gpu")
