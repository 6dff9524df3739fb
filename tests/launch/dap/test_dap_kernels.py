"""Kernels compiled by the real nvcc and linked into Go: Delve debugs only their host side."""

from pathlib import Path

import pytest

from debugsession import Debug, Unbound
from generation import Entries
from gpumachine import Drivers, with_driver
from places import line_of

KEY = "cuda cmd/kernel"


def test_the_function_that_launches_stops_at_its_line(
    debug: Debug, entries: Entries, gpu: Path, drivers: Drivers
) -> None:
    session = debug(with_driver(entries(gpu)[KEY], drivers["sound"]), gpu)
    source = gpu / "cmd" / "kernel" / "add.cu"
    session.run({source: [line_of(source, "launch_add")]})
    stop = session.stop()
    assert stop.functions[0] == "C.launch_add"
    assert stop.frames[0].path == str(source)
    assert {"main._Cfunc_launch_add", "main.main"} < {*stop.functions}
    assert session.variables(stop.frames[0])["threads"] == "32"


def test_a_breakpoint_at_a_kernel_stops_on_the_host_without_a_gpu(
    debug: Debug, entries: Entries, gpu: Path, drivers: Drivers
) -> None:
    session = debug(with_driver(entries(gpu)[KEY], drivers["sound"]), gpu)
    source = gpu / "cmd" / "kernel" / "add.cu"
    session.run({source: [line_of(source, "kernel")]})
    assert session.stop().functions[:2] == ("C.add", "C.launch_add")


def test_a_line_inside_a_kernel_is_rejected(debug: Debug, entries: Entries, gpu: Path, drivers: Drivers) -> None:
    session = debug(with_driver(entries(gpu)[KEY], drivers["sound"]), gpu)
    source = gpu / "cmd" / "kernel" / "add.cu"
    with pytest.raises(Unbound, match="could not find statement"):
        session.run({source: [line_of(source, "inside the kernel")]})
