"""The facts of one machine, collected look by look."""

from collections.abc import Callable
from typing import Any, Protocol

from wslgo.provision.errors import problem_of
from wslgo.provision.model.facts import Facts
from wslgo.text.message import Text


class Record(Protocol):
    """The result of one look: a named tuple whose fields are fields of `Facts`. Its `problems` are added to those."""

    def _asdict(self) -> dict[str, Any]: ...


class Observer:
    """Collects the records of looks in `facts`; a later look sees what earlier ones found."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def look(self, subject: str, look: Callable[[Facts], Record | None]) -> None:
        """Take a look and keep its record.

        An unexpected error becomes a problem of the `subject`. The facts of that look stay unknown, so the steps that
        need them do nothing.
        """
        try:
            record = look(self.facts)
        except Exception as error:  # noqa: BLE001 - one look that fails must not stop the others
            self._add({"problems": (problem_of(error, subject),)})
            return
        if record is not None:
            self._add(record._asdict())

    def _add(self, fields: dict[str, Any]) -> None:
        problems: tuple[Text, ...] = (*self.facts.problems, *fields.pop("problems", ()))
        self.facts = self.facts._replace(problems=tuple(dict.fromkeys(problems)), **fields)
