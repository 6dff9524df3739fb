"""Attributes that generated entries never have, since Delve debugs worse with them."""

import re
from pathlib import Path

import pytest

from dapwire import RequestFailed
from debugsession import Debug, Unbound
from generation import Entries
from gpumachine import Drivers, with_driver
from places import line_of
from running import Build

GREET = {
    "type": "go",
    "request": "launch",
    "mode": "debug",
    "program": "${workspaceFolder}/cmd/greet",
    "cwd": "${workspaceFolder}",
}
TRAIN = GREET | {"program": "${workspaceFolder}/cmd/train"}


def test_dlv_load_config_is_ignored(debug: Debug, plain: Path) -> None:
    limits = {"dlvLoadConfig": {"maxStringLen": 2}, "apiVersion": 1, "remotePath": "/x", "cudaDebug": True}
    session = debug(GREET | {"args": ["Ada", "Grace"]} | limits, plain)
    source = plain / "cmd" / "greet" / "main.go"
    session.run({source: [line_of(source, "greeting")]})
    assert session.variables(session.stop().frames[0])["everybody"] == '"Ada|Grace"'


def test_gcflags_of_the_user_undo_those_of_delve(debug: Debug, plain: Path) -> None:
    session = debug(GREET | {"args": ["Ada"], "buildFlags": "-gcflags=all="}, plain)
    source = plain / "cmd" / "greet" / "main.go"
    session.run({source: [line_of(source, "greeting")]})
    assert session.variables(session.stop().frames[0])["names"].startswith("(unreadable")


def test_a_file_as_program_leaves_out_the_c_files_beside_it(debug: Debug, gpu: Path, drivers: Drivers) -> None:
    program = "${workspaceFolder}/cmd/train/main.go"
    session = debug(TRAIN | {"program": program, "env": at(drivers["sound"])}, gpu)
    with pytest.raises(RequestFailed):
        session.run()
    assert "undefined reference to `launch_step'" in session.wire.output()


def test_c_flags_without_those_of_delve_hide_its_variables(debug: Debug, gpu: Path, drivers: Drivers) -> None:
    environment = at(drivers["sound"]) | {"CGO_CFLAGS": "-O2"}
    session = debug(TRAIN | {"env": environment}, gpu)
    c = gpu / "cmd" / "train" / "train.c"
    with pytest.raises(Unbound, match="could not find file"):
        session.run({c: [line_of(c, "launch_step")]})


def test_an_entry_for_a_built_program_has_no_use_for_flags_for_c(
    debug: Debug, build: Build, gpu: Path, drivers: Drivers, tmp_path: Path
) -> None:
    binary = build(gpu / "cmd" / "train", tmp_path / "train", **at(drivers["sound"]), CGO_CFLAGS="-O0 -g -DBLOCK=2")
    environment = at(drivers["sound"]) | {"CGO_CFLAGS": "-O0 -g -DBLOCK=64"}
    session = debug(TRAIN | {"mode": "exec", "program": str(binary), "env": environment}, gpu)
    session.run()
    assert "threads=6 " in session.end()


def test_a_trailing_colon_lets_the_loader_look_where_the_program_runs(
    debug: Debug, gpu: Path, drivers: Drivers
) -> None:
    environment = at(drivers["sound"]) | {"LD_LIBRARY_PATH": "/nowhere:${env:NOT_SET}"}
    session = debug(TRAIN | {"cwd": str(drivers["sound"]), "env": environment}, gpu)
    session.run()
    assert "step: 0\n" in session.end()


def test_delve_expands_no_variable_of_the_shell(debug: Debug, plain: Path) -> None:
    session = debug(GREET | {"env": {"WORD": "$HOME"}}, plain)
    session.run()
    assert "WORD=$HOME " in session.end()


@pytest.mark.parametrize("flags", ["-o elsewhere", "-n", "-buildmode=c-archive"])
def test_a_build_that_leaves_no_program_where_delve_looks(debug: Debug, plain: Path, flags: str) -> None:
    session = debug(GREET | {"buildFlags": flags}, plain)
    with pytest.raises(RequestFailed, match="not an executable file"):
        session.run()


def test_no_shell_expands_or_splits_an_argument(debug: Debug, plain: Path) -> None:
    session = debug(GREET | {"args": ["~/a", "$HOME", "$(pwd)", "-a b"]}, plain)
    session.run()
    assert "args=~/a|$HOME|$(pwd)|-a b " in session.end()


@pytest.mark.parametrize(("folder", "function"), [("train", "C.launch_step"), ("kernel", "C.launch_add")])
def test_a_c_function_that_go_calls_is_not_found_by_its_name(
    debug: Debug, entries: Entries, gpu: Path, drivers: Drivers, folder: str, function: str
) -> None:
    """Delve meets the declaration in cgo's own file first and gives up: a line of the C file stops instead."""
    session = debug(with_driver(entries(gpu)[f"cuda cmd/{folder}"], drivers["sound"]), gpu)
    with pytest.raises(Unbound, match=f"could not find function {re.escape(function)}"):
        session.run(functions=(function,))


def test_without_debug_information_no_line_is_found(debug: Debug, plain: Path) -> None:
    session = debug(GREET | {"buildFlags": ["-ldflags=-s -w"]}, plain)
    source = plain / "cmd" / "greet" / "main.go"
    with pytest.raises(Unbound, match="binary is stripped"):
        session.run({source: [line_of(source, "greeting")]})


def at(folder: Path) -> dict[str, str]:
    """Where the linker and the loader find the driver."""
    return {"CGO_LDFLAGS": f"-L{folder}", "LD_LIBRARY_PATH": str(folder)}
