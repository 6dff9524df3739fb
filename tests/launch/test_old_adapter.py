"""The adapter of a remote attach, by the versions of the Go extension and of Delve."""

import pytest

from wslgo.launch.old_adapter import falls_back


@pytest.mark.parametrize(
    ("extension", "delve", "expected"),
    [
        ("0.40.3", "1.27.1", True),
        ("0.41.0", "1.22.0", False),  # Delve in any case, until 0.41.3
        ("0.41.3", "1.27.1", True),
        ("0.42.0", "1.27.1", True),
        ("0.44.0", "1.27.1", True),
        ("0.47.2", "1.20.0", False),  # a preview
        ("0.52.2", "1.27.1", False),
        ("0.52.2", "1.23.1", True),
        ("0.52.2", "", None),
        ("", "1.23.1", None),
    ],
)
def test_falls_back(extension: str, delve: str, expected: bool | None) -> None:
    assert falls_back(extension, delve) is expected
