"""A workspace on a folder that counts as a Windows drive, real git in it, and `wslgo move` of it."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import machines
from commandline import Outcome, wslgo

GIT = (
    *("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"),
    *("-c", "protocol.file.allow=always", "-c", "core.hooksPath=/dev/null"),
)


def git(folder: Path, *words: str, environment: dict[str, str] | None = None) -> str:
    """Run git in a folder, without the configuration of this machine."""
    own = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_OPTIONAL_LOCKS": "0"}
    done = subprocess.run(
        [*GIT, *words], cwd=folder, env={**own, **(environment or {})}, capture_output=True, text=True, check=True
    )
    return done.stdout


def status(folder: Path) -> str:
    """Return all that git says of a work tree: branch, changes, submodules, stashes and refs."""
    shown = git(folder, "status", "--porcelain=v2", "--branch", "--ignored", "--untracked-files=all", "--show-stash")
    return shown + git(folder, "for-each-ref") + git(folder, "ls-files", "--stage", "-v")


class Drive:
    """A folder `drive` that a recorded machine has mounted as drive D:, and the home of a user beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drive = folder / "drive"
        self.home = folder / "home"
        self.drive.mkdir()
        self.home.mkdir()
        recorded = json.loads((machines.HOSTS / "ubuntu-24.04-nat.json").read_text(encoding="utf-8"))
        recorded["mounts"].append({"target": str(self.drive), "kind": "9p", "source": "D:\\", "windows": "D:\\"})
        self.host = folder / "host.json"
        self.host.write_text(json.dumps(recorded), encoding="utf-8")

    @property
    def copy(self) -> Path:
        return self.home / "src" / "app"

    def repository(self, name: str = "app", **config: str) -> Path:
        """Make a repository as git makes it on a drive without modes and links, with a commit."""
        folder = self.drive / name
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main")
        (folder / "go.mod").write_text("module example.com/app\n\ngo 1.24\n", encoding="utf-8")
        (folder / "run.sh").write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / "run.sh").chmod(0o755)
        (folder / "link").symlink_to("go.mod")
        (folder / "crlf.txt").write_bytes(b"one\r\ntwo\r\n")
        (folder / "below").mkdir()
        (folder / "below" / "a.go").write_text("package below\n", encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-qm", "first")
        for key, value in config.items():
            git(folder, "config", f"core.{key}", value)
        return folder

    def move(self, folder: Path, *words: str, more: Mapping[str, str] = MappingProxyType({})) -> Outcome:
        """Run `wslgo move` in a folder, with more variables."""
        here = Path.cwd()
        os.chdir(folder)
        try:
            return wslgo("move", "--host", str(self.host), *words, environment={**self.environment, **more})
        finally:
            os.chdir(here)

    @property
    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C"}


def lose_modes(folder: Path) -> None:
    """Give everything the mode that a drive without metadata shows."""
    for place, _, names in os.walk(folder):
        Path(place).chmod(0o777)
        for name in names:
            if not (Path(place) / name).is_symlink():
                (Path(place) / name).chmod(0o777)


def contents(folder: Path) -> dict[str, tuple[object, ...]]:
    """Return what is in a folder: types, modes, bytes and times."""
    found: dict[str, tuple[object, ...]] = {}
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(place) / name
            state = path.lstat()
            data = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b""
            found[str(path.relative_to(folder))] = (state.st_mode, data, state.st_mtime_ns if path.is_file() else 0)
    return found
