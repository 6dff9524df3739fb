"""The lines where the sample programs stop: marked in their sources, so that no test counts lines."""

from pathlib import Path


def line_of(path: Path, mark: str) -> int:
    """Return the number of the line with `stop: MARK`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    [number] = [number for number, line in enumerate(lines, 1) if line.endswith(f"// stop: {mark}")]
    return number
