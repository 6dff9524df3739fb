"""The needs of the Go modules of a workspace: cgo, CUDA, windows, and packages of the distribution."""

from collections.abc import Container
from typing import NamedTuple

from wslgo.knowledge.packages import OF_TOOLCHAIN, PKG_CONFIG, alternatives, is_known


class Workspace(NamedTuple):
    """The needs of the Go modules of the workspace. `folder` is their place on the machine, "" outside of it.

    `packages` are those of the distribution that a build needs; `toolkits` are those of GUI programs. `uses_cuda`: a
    program launches kernels; `compiles_cuda`: a build needs the CUDA toolkit. `go_line` and `toolchain_line` are those
    of the go.work, or else of the root module.
    """

    folder: str = ""
    uses_cgo: bool = False
    uses_cuda: bool = False
    compiles_cuda: bool = False
    toolkits: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    go_line: str = ""
    toolchain_line: str = ""

    @property
    def libraries(self) -> tuple[str, ...]:
        """The packages without the compiler and pkg-config, which other programs can replace."""
        return tuple(name for name in self.packages if name not in OF_TOOLCHAIN and name != PKG_CONFIG)

    def missing_libraries(self, installed: Container[str]) -> tuple[str, ...]:
        """Return the packages that are not installed, nor any that serves instead."""
        names = filter(is_known, self.libraries)
        return tuple(name for name in names if not any(other in installed for other in alternatives(name)))
