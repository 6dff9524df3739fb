"""Options of the tests, and the user they run as."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tree import TESTS

NOBODY = 65534

# No test measures seconds: what is slow on a busy machine is not wrong.
settings.register_profile("wslgo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wslgo")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the lower half of tests/cases/*.txt anew")


# The tools of a test, by its folder and its fixtures.
FOLDERS = {"editor": TESTS / "editor", "delve": TESTS / "launch" / "dap"}
FIXTURES = {"debian": "debian"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need an editor, a debugger or a Debian tree, and put the slow ones first.

    Files run side by side: a long one that comes last would run alone. Those of this folder read the whole tree.
    """
    for item in items:
        for marker, folder in FOLDERS.items():
            if folder in item.path.parents:
                item.add_marker(marker)
        for marker, fixture in FIXTURES.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, item.path.parent != TESTS))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Fail a test in CI that skips: whatever it needs is installed there."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and in CI nothing may be: {report.longrepr}"


@pytest.fixture
def ordinary_user(tmp_path: Path) -> Iterator[None]:
    """Run a test about permissions as an ordinary user: root may read and write everything."""
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
