"""CUDA programs: the C function with the launch, variables for the driver, and faults."""

from pathlib import Path

import pytest

from debugsession import Debug
from generation import Entries
from gpumachine import Drivers, with_driver, without_library_path
from places import line_of

EVERY_PROFILE = ("cuda cmd/train", "cuda-speed cmd/train", "cuda-coredump cmd/train")


def test_a_c_function_stops_by_name(debug: Debug, entries: Entries, gpu: Path, drivers: Drivers) -> None:
    session = debug(with_driver(entries(gpu)["cuda cmd/train"], drivers["sound"]), gpu)
    session.run(functions=("C.launch",))
    stop = session.stop()
    assert stop.functions[:2] == ("C.launch", "C.launch_step")
    assert stop.frames[0].path == str(gpu / "cmd" / "train" / "train.c")
    assert {"main._Cfunc_launch_step", "main.step", "main.main"} < {*stop.functions}


def test_the_call_into_c_stops_by_name(debug: Debug, entries: Entries, gpu: Path, drivers: Drivers) -> None:
    session = debug(with_driver(entries(gpu)["cuda cmd/train"], drivers["sound"]), gpu)
    session.run(functions=("main._Cfunc_launch_step",))
    assert session.stop().functions[:2] == ("main._Cfunc_launch_step", "main.step")


def test_lines_of_go_and_c_stop_in_turn(debug: Debug, entries: Entries, gpu: Path, drivers: Drivers) -> None:
    session = debug(with_driver(entries(gpu)["cuda cmd/train"], drivers["sound"]), gpu)
    go, c = gpu / "cmd" / "train" / "main.go", gpu / "cmd" / "train" / "train.c"
    session.run({go: [line_of(go, "step")], c: [line_of(c, "launch_step")]})
    first = session.stop()
    assert first.functions[:2] == ("main.step", "main.main")
    assert session.variables(first.frames[0])["blocks"] == "3"
    session.resume()
    assert session.stop().functions[0] == "C.launch_step"
    session.resume()
    assert "step: 0\n" in session.end()


@pytest.mark.parametrize("key", EVERY_PROFILE)
def test_local_variables_of_c_are_readable(
    debug: Debug, entries: Entries, gpu: Path, drivers: Drivers, key: str
) -> None:
    session = debug(with_driver(entries(gpu)[key], drivers["sound"]), gpu)
    c = gpu / "cmd" / "train" / "train.c"
    session.run({c: [line_of(c, "launch_step")]})
    stop = session.stop()
    assert session.variables(stop.frames[0]) | {"threads": "96", "blocks": "3"} == session.variables(stop.frames[0])


def test_flags_for_c_reach_the_build(debug: Debug, entries: Entries, gpu: Path, drivers: Drivers) -> None:
    entry = with_driver(entries(gpu)["cuda cmd/train"], drivers["sound"])
    session = debug(entry | {"env": entry["env"] | {"CGO_CFLAGS": "-O0 -g -DBLOCK=64"}}, gpu)
    session.run()
    assert "threads=192 devices=1\n" in session.end()


def test_the_driver_sees_the_variables_of_correctness(
    debug: Debug, entries: Entries, gpu: Path, drivers: Drivers
) -> None:
    session = debug(with_driver(entries(gpu)["cuda cmd/train"], drivers["sound"]), gpu)
    session.run()
    said = session.end()
    assert "CUDA_LAUNCH_BLOCKING=1\n" in said
    assert "CUDA_DEVICE_ORDER=PCI_BUS_ID\n" in said


def test_the_speed_profile_does_not_block(debug: Debug, entries: Entries, gpu: Path, drivers: Drivers) -> None:
    session = debug(with_driver(entries(gpu)["cuda-speed cmd/train"], drivers["sound"]), gpu)
    session.run()
    assert "CUDA_LAUNCH_BLOCKING=(unset)\n" in session.end()


@pytest.mark.parametrize(
    ("key", "shown"), [("cuda", "after launch: 700\n"), ("cuda-speed", "after launch: 0\nafter synchronize: 700\n")]
)
def test_a_fault_shows_where_the_profile_promises(
    debug: Debug, entries: Entries, gpu: Path, drivers: Drivers, key: str, shown: str
) -> None:
    session = debug(with_driver(entries(gpu)[f"{key} cmd/train"], drivers["fault"]), gpu)
    session.run()
    assert shown in session.end()


def test_a_fault_with_a_core_dump_stops_as_the_driver_aborts(
    debug: Debug, entries: Entries, gpu: Path, drivers: Drivers, tmp_path: Path
) -> None:
    entry = with_driver(entries(gpu)["cuda-coredump cmd/train"], drivers["fault"])
    file = Path(entry["env"]["CUDA_COREDUMP_FILE"]).name
    session = debug(entry | {"env": entry["env"] | {"CUDA_COREDUMP_FILE": str(tmp_path / file)}}, gpu)
    session.run()
    stop = session.stop()
    assert stop.reason == "exception"
    assert {"C.launch_step", "main.step"} < {*stop.functions}
    assert [path.suffix for path in tmp_path.iterdir()] == [".nvcudmp"]


def test_a_crash_of_the_driver_stops_with_the_c_frame(
    debug: Debug, entries: Entries, gpu: Path, drivers: Drivers
) -> None:
    session = debug(with_driver(entries(gpu)["cuda cmd/train"], drivers["crash"]), gpu)
    session.run()
    stop = session.stop()
    assert stop.reason == "exception"
    assert {"C.cuLaunchKernel", "C.launch_step", "main.step"} < {*stop.functions}


def test_without_the_library_path_the_program_ends_and_names_the_library(
    debug: Debug, entries: Entries, gpu: Path, drivers: Drivers
) -> None:
    session = debug(without_library_path(entries(gpu)["cuda cmd/train"], drivers["sound"]), gpu)
    session.run()
    assert "libcuda.so.1: cannot open shared object file" in session.end()
