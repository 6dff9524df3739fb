"""The world, and what was already learned of it: each question is asked once."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from wslgo.system.world import World

Answer = TypeVar("Answer")


class Machine:
    """What the questions of this package are asked of. `workspaces` are folders whose programs are never run; `exports`
    are variables that terminals have, while this process may have been started without a shell."""

    def __init__(
        self,
        world: World,
        workspaces: tuple[str, ...] = (),
        *,
        is_fresh: bool = False,
        exports: Mapping[str, str] | None = None,
    ) -> None:
        self.world = world
        self.workspaces = tuple(world.real(folder) for folder in workspaces)
        self.is_fresh = is_fresh
        self.environment: Mapping[str, str] = {**(exports or {}), **world.environment}
        self._answers: dict[Callable[[Machine], Any], Any] = {}

    def ask(self, question: "Callable[[Machine], Answer]") -> Answer:
        """The answer, remembered: the next one to ask gets it for nothing."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("Answer", self._answers[question])

    def knows(self, question: "Callable[[Machine], object]") -> bool:
        """Whether somebody has asked already."""
        return question in self._answers

    def text(self, path: str) -> str | None:
        """A file of the system as text, whatever its bytes are."""
        data = self.world.read(path)
        return None if data is None else data.decode("utf-8", "replace")

    def line(self, path: str) -> str | None:
        """The only line of a small file of the kernel; None when it says nothing."""
        return (self.text(path) or "").strip("\n\0 ") or None
