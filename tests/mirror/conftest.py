"""Fixtures of the tests of mirrors: a module proxy on loopback, and a machine with a workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import mirror as server
from upstream import Upstream, Workplace


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    made = Upstream()
    with server.serving(made):
        yield made


@pytest.fixture
def workplace(tmp_path: Path, upstream: Upstream) -> Workplace:
    return Workplace(tmp_path, upstream)
