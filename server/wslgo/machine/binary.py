"""The facts about a program file that decide whether it starts, and what a debugger finds in it.

They are collected by `wslgo.machine.probe.binary` and judged by the rules in `linter/rules/binary`. Every fact may be
unknown (None); unknown is not false.
"""

from wslgo.text.typing import NamedTuple

OPTIMIZED, UNOPTIMIZED, DEPENDENCIES = "all", "none", "dependencies"


class Setting(NamedTuple):
    """A build setting that the go command recorded: `-gcflags`, `CGO_ENABLED`, `vcs.revision`."""

    name: str
    value: str


class Library(NamedTuple):
    """A shared library that the loader looks for, and the file that it finds; None if there is none."""

    name: str
    found: str | None = None


class Dependency(NamedTuple):
    """A library that is not found, and the file of the library that needs it."""

    name: str
    needed_by: str


class DeviceCode(NamedTuple):
    """CUDA code for a GPU: machine code for `sm` ("90", "90a"), and PTX.

    `ptx` are the versions of the PTX language ("8.5"), `targets` the oldest GPUs that this PTX runs on ("80"). Kernels
    have the names that the linker knows. `is_complete` is false if a limit or an unknown compression hides names.
    """

    sm: tuple[str, ...] = ()
    ptx: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    kernels: tuple[str, ...] = ()
    is_complete: bool = True


class Binary(NamedTuple):
    """A program, a library or an object file; `system` and `processor` are the names that Go has for them.

    `go` is the toolchain that built it (`go1.26.8`). `dwarf` is whether there is debug information, here or in the
    separate file `debug_file`. `optimized` is which packages of Go are: all, none or only the dependencies; for
    `is_c_optimized` only C code beside that of Go itself counts. `loader` is the program that starts it.
    `missing` is what its libraries need and the loader does not find.
    `driver` is the library that CUDA's runtime loads when the program first calls it; None without CUDA code.
    """

    path: str
    system: str | None = None
    processor: str | None = None
    go: str | None = None
    package: str | None = None
    module: str | None = None
    settings: tuple[Setting, ...] = ()
    dwarf: bool | None = None
    debug_file: str | None = None
    optimized: str | None = None
    is_c_optimized: bool | None = None
    has_split_dwarf: bool | None = None
    loader: Library | None = None
    needed: tuple[Library, ...] = ()
    missing: tuple[Dependency, ...] = ()
    driver: Library | None = None
    cuda: DeviceCode | None = None

    @property
    def is_optimized(self) -> bool | None:
        """True if any package of Go is optimized."""
        return None if self.optimized is None else self.optimized != UNOPTIMIZED

    def setting(self, name: str) -> str | None:
        """Return the value of a build setting."""
        return next((setting.value for setting in self.settings if setting.name == name), None)
