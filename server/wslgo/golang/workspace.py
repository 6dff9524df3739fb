"""The needs of the Go modules of a workspace: cgo, CUDA, windows, and packages of the distribution."""

from collections.abc import Container

from wslgo.golang.toolchain import Lines
from wslgo.knowledge.c_libraries import OF_WINDOWS
from wslgo.knowledge.packages import CXX, OF_TOOLCHAIN, PKG_CONFIG, PROGRAMS, TOOLCHAIN, alternatives, is_known
from wslgo.text.typing import NamedTuple


class Library(NamedTuple):
    """A C library that a build needs: its name for pkg-config or the linker, its package, and who needs it."""

    name: str
    package: str
    module: str


class CudaLink(NamedTuple):
    """A library of CUDA that a build links: `-lcuda`, who needs it, and the folders that its package names.

    `is_known`: only its import path is known, and not its `#cgo` lines.
    """

    name: str
    module: str
    folders: tuple[str, ...] = ()
    is_known: bool = False


class Repository(NamedTuple):
    """A repository, with the number of the user to whom it belongs."""

    path: str
    owner: int


class OutsideModule(NamedTuple):
    """Go in a folder without a module in it or above it: a `.go` file there ("" if none), modules one level below."""

    folder: str
    file: str
    modules: tuple[str, ...]


class Workspace(NamedTuple):
    """The needs of the Go modules of the workspace. `folder` is their place on the machine, "" outside of it.

    `packages` are those of the distribution that a build of GUI programs needs, with the `toolkits`; `c_libraries` are
    what other code is built against and neither pkg-config nor the linker finds. `uses_cuda`: a
    program launches kernels; `compiles_cuda`: a build needs the CUDA toolkit. `go_line` and `toolchain_line` are those
    of the go.work, or else of the root module. `rejected` is its repository if git rejects it, as it belongs to another
    user, and go asks git about it. `plays_sound`: a program plays sound through ALSA. `outside_module` is all that is
    known of a folder without a module. `gpu_containers` are files that give a container the GPU; `plain_containers` are
    dev containers without it, in a workspace that uses CUDA. `cuda_links` are the libraries of CUDA that a build links.
    `compares_modes` is what the configuration of its repository says of `core.fileMode`, None if nothing.
    """

    folder: str = ""
    uses_cgo: bool = False
    uses_cuda: bool = False
    compiles_cuda: bool = False
    toolkits: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    c_libraries: tuple[Library, ...] = ()
    go_line: str = ""
    toolchain_line: str = ""
    rejected: Repository | None = None
    plays_sound: bool = False
    cuda_links: tuple[CudaLink, ...] = ()
    outside_module: OutsideModule | None = None
    gpu_containers: tuple[str, ...] = ()
    plain_containers: tuple[str, ...] = ()
    compares_modes: bool | None = None

    @property
    def lines(self) -> Lines:
        """The lines that choose the toolchain."""
        return Lines(self.go_line, self.toolchain_line)

    @property
    def libraries(self) -> tuple[str, ...]:
        """The packages without the compiler and pkg-config, which other programs can replace."""
        return tuple(name for name in self.packages if name not in OF_TOOLCHAIN and name != PKG_CONFIG)

    def missing_programs(self, installed: Container[str] | None) -> tuple[str, ...]:
        """Return the C++ compiler and pkg-config, if a build runs them and none is there; none if that is unknown."""
        if installed is None:
            return ()
        wanted = {CXX if name == TOOLCHAIN else name for name in self.packages}
        wanted |= {PKG_CONFIG for library in self.c_libraries if not library.name.startswith("-")}
        missing = (name for name in (CXX, PKG_CONFIG) if not any(program in installed for program in PROGRAMS[name]))
        return tuple(name for name in missing if name in wanted)

    def missing_libraries(self, installed: Container[str]) -> tuple[str, ...]:
        """Return the packages that are not installed, nor any that serves instead."""
        return tuple(name for name in filter(is_known, self.libraries) if _is_missing(name, installed))

    def missing_c_libraries(self, installed: Container[str]) -> tuple[Library, ...]:
        """Return the C libraries whose package is not installed, without those of toolkits."""
        of_toolkits = {other for name in self.packages for other in alternatives(name)}
        of_toolkits |= OF_WINDOWS if self.packages else frozenset()
        others = (library for library in self.c_libraries if library.package not in of_toolkits)
        return tuple(library for library in others if _is_missing(library.package, installed))


def _is_missing(name: str, installed: Container[str]) -> bool:
    return not any(other in installed for other in alternatives(name))
