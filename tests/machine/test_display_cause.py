"""A display that a shell file sets is one problem, at its line."""

import machines
from wslgo.linter.machine_check import every_machine_finding
from wslgo.linter.scene import MachineScene
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source

HOST = machines.host("ubuntu-24.04-nat")
ELSEWHERE = HOST._replace(wslg=HOST.wslg._replace(display="172.20.112.1:0"))


def rules(text: str) -> list[str]:
    path = "/home/user/.bashrc"
    family = family_of(path)
    assert family is not None
    scene = MachineScene((read(path, family, Source(text), path),))
    return [reported.rule for reported in every_machine_finding(ELSEWHERE, None, scene)]


def test_the_line_that_sets_it_is_named_once() -> None:
    assert rules("export DISPLAY=172.20.112.1:0\n") == ["shell/display-by-hand"]


def test_without_such_a_line_the_machine_is_named() -> None:
    assert rules("export EDITOR=vim\n") == ["machine/foreign-display"]
