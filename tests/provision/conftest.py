"""What the tests of provisioning share: a small machine in a folder, and a real Debian."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))
sys.path.insert(0, str(Path(__file__).parent / "toolchain"))
sys.path.insert(0, str(Path(__file__).parent))

from debiantree import Debian
from smallmachine import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def debian(tmp_path: Path) -> Iterator[Debian]:
    machine = Debian(tmp_path)
    try:
        yield machine
    finally:
        machine.close()
