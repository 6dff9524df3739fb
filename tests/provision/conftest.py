"""Fixtures of the tests of provisioning: a small machine in a folder, and a real Debian."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
