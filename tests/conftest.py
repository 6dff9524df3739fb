"""Where the tests find the package when it is not installed, and whom they run as."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "server"), str(ROOT / "tests")]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the lower half of tests/cases/*.txt anew")


@pytest.fixture
def ordinary_user(tmp_path: Path) -> Iterator[None]:
    """Root may read and write everything, so a test about permissions runs as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    for above in tmp_path.parents:
        if above.stat().st_uid == 0 and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
