"""The context of a probe: the world, and the answers so far, so that each question is asked once."""

from collections.abc import Callable, Mapping

from wslgo.system.world import World
from wslgo.text.typing import Any, TypeVar, cast

Answer = TypeVar("Answer")


class ProbeContext:
    """The machine that the functions of this package query.

    `workspaces` are folders whose programs are never run, `folders` those that are open or named; `exports` are
    variables that terminals have and this process may lack, since it can be started without a shell.
    """

    def __init__(
        self,
        world: World,
        workspaces: tuple[str, ...] = (),
        folders: tuple[str, ...] = (),
        *,
        is_fresh: bool = False,
        exports: Mapping[str, str] | None = None,
    ) -> None:
        self.world = world
        self.workspaces = tuple(world.real(folder) for folder in workspaces)
        self.folders = folders
        self.is_fresh = is_fresh
        self.environment: Mapping[str, str] = {**(exports or {}), **world.environment}
        self._answers: dict[Callable[[ProbeContext], Any], Any] = {}

    def ask(self, question: "Callable[[ProbeContext], Answer]") -> Answer:
        """Return the answer to a question, and remember it."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("Answer", self._answers[question])

    def knows(self, question: "Callable[[ProbeContext], object]") -> bool:
        """Return whether a question was asked before."""
        return question in self._answers

    def text(self, path: str) -> str | None:
        """Return a system file as text, whatever its bytes are."""
        data = self.world.read(path)
        return None if data is None else data.decode("utf-8", "replace")

    def line(self, path: str) -> str | None:
        """Return the only line of a small kernel file; None if it is empty or missing."""
        return (self.text(path) or "").strip("\n\0 ") or None
