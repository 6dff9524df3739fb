"""The condition of a machine as the probe finds it: the clock, free space, the page cache, and what starts first."""

from pathlib import Path

import pytest

from natmachine import probed_host
from wslgo.machine.host import Disk
from wslgo.system.this_machine import ThisMachine

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("ahead", "lag"), [("29000", 28980), ("30", 0), ("-7200", 0)])
def test_the_clock_is_compared_with_that_of_windows(ahead: str, lag: int, tmp_path: Path) -> None:
    host = probed_host(f"-- /sys/class/rtc/rtc0/since_epoch (clock) --\n{ahead}\n", tmp_path)
    assert (host.running.clock_lag or 0) - lag in (0, -60)


def test_without_a_hardware_clock_it_is_unknown(tmp_path: Path) -> None:
    assert probed_host("-- without: /sys/class/rtc/rtc0/since_epoch --\n", tmp_path).running.clock_lag is None


def test_only_disks_whose_space_is_known_are_listed(tmp_path: Path) -> None:
    host = probed_host("-- /space --\n/ 100 1\n", tmp_path)
    assert host.disks == (Disk("/", 100 << 30, 1 << 30),)


def test_a_missing_init_is_known(tmp_path: Path) -> None:
    assert probed_host("-- without: /sbin/init --\n", tmp_path).wsl.init == ""


def test_this_machine_tells_its_space_and_its_cache() -> None:
    world = ThisMachine()
    space = world.disk_space("/")
    assert space
    assert 0 <= space.free <= space.size
    assert (world.page_cache() or 0) >= 0
    assert world.disk_space("/nonexistent") is None
