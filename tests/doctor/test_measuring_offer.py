"""Where a Windows drive is a problem, the health page says how to measure it; elsewhere it does not."""

import json
from pathlib import Path

import pytest

from commandline import wslgo
from tree import TESTS
from wslgo.doctor.page import markdown
from wslgo.doctor.status import MEASURABLE, status_of
from wslgo.linter.machine_check import every_machine_finding
from wslgo.linter.rules import all_rules
from wslgo.machine.host import Host, Variable
from wslgo.machine.host_json import from_json

HEALTHY = from_json(json.loads((TESTS / "hosts/ubuntu-24.04-mirrored.json").read_text()))
SLOW = HEALTHY._replace(
    go_variables=(
        *(variable for variable in HEALTHY.go_variables or () if variable.name != "GOCACHE"),
        Variable("GOCACHE", "/mnt/c/cache", "environment"),
    )
)


@pytest.mark.parametrize(("host", "is_offered"), [(HEALTHY, False), (SLOW, True)])
def test_a_slow_place_can_be_measured(host: Host, is_offered: bool) -> None:
    found = every_machine_finding(host)
    assert (status_of(host, found).offer is not None) == is_offered
    assert ("wslgo bench" in markdown(host, found)) == is_offered
    assert ("测量 Windows 驱动器" in markdown(host, found, "zh")) == is_offered


def test_the_terminal_says_so_too(tmp_path: Path) -> None:
    out = wslgo("doctor", "--host", str(TESTS / "hosts/ubuntu-24.04-mirrored.json")).out
    assert "wslgo bench" not in out


def test_the_rules_exist() -> None:
    assert {rule.id for rule in all_rules()} >= MEASURABLE
