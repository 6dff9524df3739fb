"""An installation of toolchains into a folder, and the files that may remain there."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import smallgo
from wslgo.provision.model.step import InstallToolchain
from wslgo.provision.net.http import Web, never
from wslgo.provision.net.progress import Clock, Progress, silent
from wslgo.provision.toolchain.install import Outcome, Place, install
from wslgo.provision.toolchain.policy import Policy


class Machine:
    """A home to install into, isolated from the environment of the tests."""

    def __init__(self, folder: Path) -> None:
        self.sdk = folder / "home" / "sdk"
        self.go = self.sdk / smallgo.NAME
        self.place = Place(self.go, folder / "downloads", folder / "heads")
        self.policy = Policy()
        self.environment = {"HOME": str(folder)}
        self.clock: Clock = time.monotonic

    def web(self, silence: float = 20) -> Web:
        return Web(self.environment, connecting=20, silence=silence, clock=self.clock)

    def install(
        self,
        url: str,
        digest: str | None = None,
        size: int | None = None,
        listener: Callable[[Progress], None] = silent,
        cancelled: Callable[[], bool] = never,
    ) -> Outcome:
        action = InstallToolchain(smallgo.NAME, url, str(self.go), digest, size)
        return install(action, self.place, self.policy, self.web(), listener, cancelled)

    def problem(self, url: str, digest: str | None = None, size: int | None = None) -> str:
        """Return why it is not installed; nothing is left in its place."""
        outcome = self.install(url, digest, size)
        assert outcome.problem is not None
        assert all(outcome.problem.render(language) for language in ("en", "zh"))
        assert self.is_untouched()
        return outcome.problem.render()

    def is_untouched(self) -> bool:
        return not self.sdk.exists() or not list(self.sdk.iterdir())

    def downloads(self) -> list[str]:
        """Return the kinds of files that remain from downloads."""
        folder = self.place.downloads
        return sorted(path.suffix for path in folder.iterdir()) if folder.exists() else []

    def tree(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.go)): path.read_bytes() for path in self.go.rglob("*") if path.is_file()}

    def programs(self) -> set[str]:
        return {
            str(path.relative_to(self.go)) for path in self.go.rglob("*") if path.is_file() and os.access(path, os.X_OK)
        }
