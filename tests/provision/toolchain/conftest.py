"""Shared fixtures of the toolchain tests: an installation into a folder, and a mirror that serves it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mirror import Mirror, serving
from smallsdk import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with serving(Mirror()) as running:
        yield running
