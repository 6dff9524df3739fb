"""A tree as a `World` for the probe: its files can be read, its programs do not run."""

import os
from collections.abc import Mapping, Sequence
from functools import cached_property

from wslgo.provision.model.layout import LOGIN_PATH
from wslgo.provision.survey.shell_exports import exported_variables
from wslgo.provision.target import Target
from wslgo.system.world import DiskSpace, Ran

_PATH = ":".join(LOGIN_PATH)


class TreeWorld:
    """The files of a machine that is not running. A path that leads nowhere does not exist."""

    def __init__(self, target: Target) -> None:
        self._target = target

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """Return the variables of every login, and the Go variables that the user's shell exports."""
        user = self._target.user
        login = {"HOME": user.home, "USER": user.name, "SHELL": user.shell, "PATH": _PATH}
        return {**exported_variables(self.read, user), **login}

    def read(self, path: str) -> bytes | None:
        try:
            return self._target.open(path).beginning()
        except OSError:
            return None

    def names(self, folder: str) -> tuple[str, ...]:
        try:
            return self._target.open(folder).names() or ()
        except OSError:
            return ()

    def stat(self, path: str) -> os.stat_result | None:
        try:
            return self._target.open(path).stat()
        except OSError:
            return None

    def exists(self, path: str) -> bool:
        return self.stat(path) is not None

    def link(self, path: str) -> str | None:
        try:
            return self._target.open(path, follows=False).link_target()
        except OSError:
            return None

    def real(self, path: str) -> str:
        try:
            return self._target.inner(self._target.real(path))
        except OSError:
            return path

    def disk_space(self, path: str) -> DiskSpace | None:
        """Return None: the tree grows on another machine."""
        return None

    def can_write(self, path: str) -> bool | None:
        """Return None: the user of the tree is not the one who runs wslgo."""
        return None

    def page_cache(self) -> int | None:
        """Return None: the machine is not running."""
        return None

    def run(
        self,
        words: Sequence[str],
        seconds: float,
        folder: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran | None:
        """Return None: no program of a tree runs."""
        return None

    def keep(self, path: str, data: bytes) -> bool:
        """Return False: only what was planned is written into a tree."""
        return False
