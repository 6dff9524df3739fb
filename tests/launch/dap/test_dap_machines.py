"""Values that entries take from the machine reach the build and the program."""

from pathlib import Path

from debugsession import Debug
from generation import configurations, generated
from gpumachine import Drivers, with_driver
from places import line_of
from wslgo.machine.host import Card, Host, Variable

KEY = "cuda cmd/train"


def test_flags_of_the_users_shell_are_kept_and_c_stays_readable(
    debug: Debug, machine: Host, gpu: Path, drivers: Drivers
) -> None:
    flags = Variable("CGO_CFLAGS", "-O2 -DBLOCK=64", "environment")
    entry = configurations(generated(gpu, machine._replace(go_variables=(flags,))))[KEY]
    session = debug(with_driver(entry, drivers["sound"]), gpu)
    source = gpu / "cmd" / "train" / "train.c"
    session.run({source: [line_of(source, "launch_step")]})
    assert session.variables(session.stop().frames[0])["threads"] == "192"


def test_of_two_gpus_the_program_sees_the_larger(debug: Debug, machine: Host, gpu: Path, drivers: Drivers) -> None:
    cards = (Card(0, "small", 8 << 30), Card(1, "large", 24 << 30))
    entry = configurations(generated(gpu, machine._replace(gpu=machine.gpu._replace(cards=cards))))[KEY]
    session = debug(with_driver(entry, drivers["sound"]), gpu)
    session.run()
    assert "CUDA_VISIBLE_DEVICES=1\n" in session.end()


def test_a_loader_that_finds_the_driver_needs_no_library_path(machine: Host, gpu: Path) -> None:
    host = machine._replace(gpu=machine.gpu._replace(loader_finds_library=True))
    assert not [
        entry for entry in configurations(generated(gpu, host)).values() if "LD_LIBRARY_PATH" in entry.get("env", {})
    ]
