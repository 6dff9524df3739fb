"""The commands that findings about a machine offer: users paste them, so they are whole."""

import pytest

from faults import FAULTS, Fault, with_fault
from wslgo.linter.machine_check import every_machine_finding
from wslgo.text.next_step import COMMANDS


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_command_is_not_cut(fault: Fault) -> None:
    for reported in every_machine_finding(with_fault("nvidia-gpu", fault)):
        step = reported.finding.next
        assert step is None or step.message not in COMMANDS or "\N{HORIZONTAL ELLIPSIS}" not in step.render()
