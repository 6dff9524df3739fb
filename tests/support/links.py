"""Links, and wslgo beside them, for tests of what leads out of a folder."""

from pathlib import Path

from commandline import Outcome, wslgo
from tree import HOSTS

HOST = str(HOSTS / "ubuntu-24.04-nat.json")
MODULE = "module example.com/shop\n\ngo 1.24\n"
MAIN = "package main\n\nfunc main() {}\n"


def link(path: Path, target: Path | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)
    return path


def run(*arguments: str, **environment: str) -> Outcome:
    return wslgo(*arguments, environment={"XDG_STATE_HOME": str(Path("state").absolute()), **environment})
