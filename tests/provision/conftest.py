"""What the tests of provisioning share: a small machine in a folder."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))
sys.path.insert(0, str(Path(__file__).parent / "toolchain"))
sys.path.insert(0, str(Path(__file__).parent))

from smallmachine import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)
