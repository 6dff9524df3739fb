"""A program that records its environment."""

from pathlib import Path


def recording(folder: Path, name: str = "go", says: str = "{}") -> Path:
    """Create a system program that records its environment."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\nenv >>'{folder}/environment'\necho '{says}'\n")
    program.chmod(0o755)
    return program
