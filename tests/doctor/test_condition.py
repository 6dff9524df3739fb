"""The clock and the free space on the health page."""

import pytest

from healthpage import content
from wslgo.doctor.status import Sign
from wslgo.machine.host import Disk, Host, Running, Wsl

GIB = 1 << 30
LINUX = Disk("/", 1007 * GIB, 932 * GIB)


def in_wsl(lag: int | None = None, *disks: Disk) -> Host:
    return Host(wsl=Wsl(generation=2), running=Running(clock_lag=lag), disks=disks or None)


@pytest.mark.parametrize(
    ("lag", "value", "sign"),
    [
        (0, "in step with Windows", Sign.OK),
        (240, "0:04 behind Windows (hours:minutes)", Sign.OK),
        (29100, "8:05 behind Windows (hours:minutes)", Sign.ATTENTION),
    ],
)
def test_the_clock_is_compared_with_windows(lag: int, value: str, sign: Sign) -> None:
    found = content(in_wsl(lag), "wsl.clock")
    assert (found.value, found.sign) == (value, sign)


@pytest.mark.parametrize(
    ("disks", "value", "sign"),
    [
        ((LINUX,), "932 GB in Linux", Sign.OK),
        ((LINUX, Disk("/mnt/c", 475 * GIB, 211 * GIB, "C:")), "932 GB in Linux, 211 GB on C:", Sign.OK),
        ((LINUX, Disk("/mnt/c", 475 * GIB, GIB, "C:")), "932 GB in Linux, 1 GB on C:", Sign.ATTENTION),
        ((), "unknown", Sign.UNKNOWN),
    ],
)
def test_free_space_is_shown_for_linux_and_the_drive(disks: tuple[Disk, ...], value: str, sign: Sign) -> None:
    found = content(in_wsl(None, *disks), "wsl.disk")
    assert (found.value, found.sign) == (value, sign)
