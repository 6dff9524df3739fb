"""NVIDIA's packages for Debian and Ubuntu: which of them are drivers, and which toolkit a driver runs.

Sources: CUDA on WSL user guide ("users must not install any NVIDIA GPU Linux driver within WSL 2"); package names of
Ubuntu 20.04 to 24.04, Debian 11 to 13 and NVIDIA's repositories, which drop the number since 590 (driver installation
guide); CUDA release notes, table "CUDA Toolkit and Corresponding Driver Versions"; as of 2026-11.
"""

from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

# Where WSL mounts the libraries of Windows' driver, and the one that programs ask the loader for.
FOLDER = "/usr/lib/wsl/lib"
LIBRARY = "libcuda.so.1"

# What the repository of NVIDIA for WSL is called; unlike the others it has no driver.
REPOSITORY = "wsl-ubuntu"

_NUMBER = r"(?:-\d+)?(?:-server)?(?:-open)?"
_BRANCH = r"(?:tesla-|legacy-)?(?:\d+(?:xx)?-)?"
# Packages that hold libcuda.so.1 or a module of the kernel, or bring those that do. Others do not, such as
# libnvidia-container1, nvidia-container-toolkit, cuda-toolkit-12-9 and nvidia-cuda-toolkit.
_DRIVER = pattern(
    "|".join(
        (
            rf"libnvidia-compute{_NUMBER}",
            rf"nvidia-(?:driver|dkms|headless|headless-no-dkms|kernel-source){_NUMBER}",
            rf"nvidia-{_BRANCH}(?:driver|kernel-dkms|open-kernel-dkms)",
            rf"libcuda1|libnvidia-{_BRANCH}cuda1",
            r"cuda-drivers(?:-\d+)?|nvidia-open(?:-\d+)?|nvidia-kernel-open-dkms",
            r"linux-(?:modules|objects)-nvidia-.+",
        )
    )
)

# From which branch of the driver on it has a version of CUDA, the newest first. A branch of Windows is the one of Linux
# below it: 576.02 is of 575.
_CUDA = (
    *((595, (13, 2)), (590, (13, 1)), (580, (13, 0)), (575, (12, 9)), (570, (12, 8)), (565, (12, 7)), (560, (12, 6))),
    *((555, (12, 5)), (550, (12, 4)), (545, (12, 3)), (535, (12, 2)), (530, (12, 1)), (525, (12, 0)), (520, (11, 8))),
    *((515, (11, 7)), (510, (11, 6)), (495, (11, 5)), (470, (11, 4))),
)
_RELEASE = pattern(r"([0-9]{1,3})\.([0-9]{1,3})(?![0-9])")
_NEWEST = 600  # newer drivers may have a CUDA that is not known here

# From which branch of the driver on a toolkit of that name runs, the newest first.
TOOLKITS = (
    (595, "cuda-toolkit-13-2"),
    (590, "cuda-toolkit-13-1"),
    (580, "cuda-toolkit-13-0"),
    (575, "cuda-toolkit-12-9"),
    (570, "cuda-toolkit-12-8"),
    (560, "cuda-toolkit-12-6"),
    (555, "cuda-toolkit-12-5"),
    (550, "cuda-toolkit-12-4"),
    (545, "cuda-toolkit-12-3"),
    (535, "cuda-toolkit-12-2"),
    (530, "cuda-toolkit-12-1"),
    (525, "cuda-toolkit-12-0"),
)


def is_driver(package: str) -> bool:
    """Return whether a package is a Linux driver, or installs one."""
    return _DRIVER.fullmatch(package) is not None


def toolkit_for(driver: str) -> str | None:
    """Return the newest toolkit that a driver (`576.02`) runs; None if the driver is not known."""
    branch = driver.partition(".")[0]
    return next((name for first, name in TOOLKITS if branch.isdecimal() and int(branch) >= first), None)


def cuda_of(driver: str) -> tuple[int, int] | None:
    """Return the version of CUDA that a driver (`576.02`) has; None if it is not known."""
    branch = driver.partition(".")[0]
    if not branch.isdecimal() or int(branch) >= _NEWEST:
        return None
    return next((version for first, version in _CUDA if int(branch) >= first), None)


def release_of(toolkit: str) -> tuple[int, int] | None:
    """Return the release of a toolkit (`12.9.1`), which a version of CUDA compares with."""
    found = _RELEASE.match(toolkit)
    return (int(found[1]), int(found[2])) if found else None


class Compiler(NamedTuple):
    """The compiler of a major version of CUDA: the least compute capability that it compiles for, and what is older."""

    release: int
    least: tuple[int, int]
    older: str


# nvcc --list-gpu-arch of 11.8, 12.9 and 13.0, the newest first.
COMPILERS = (Compiler(13, (7, 5), "cuda-toolkit-12-9"), Compiler(12, (5, 0), "cuda-toolkit-11-8"))


def compiler_of(toolkit: str) -> Compiler | None:
    """Return what the compiler of a toolkit (`13.0.2`) can do; None if that is not known."""
    release = release_of(toolkit)
    return next((known for known in COMPILERS if release and known.release == release[0]), None)
