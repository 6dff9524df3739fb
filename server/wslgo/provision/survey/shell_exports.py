"""The Go variables that the user's shell exports, as far as the text of its files alone tells."""

from collections.abc import Callable, Iterator

from wslgo.goenv.readers import assignments
from wslgo.knowledge.shell_startup import ENVIRONMENT
from wslgo.provision.model import layout
from wslgo.provision.model.facts import User
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File
from wslgo.text.source import decode


def exported_variables(read: Callable[[str], bytes | None], user: User) -> dict[str, str]:
    """Return the values in new terminals by name, later files first.

    A value that depends on anything else is left out.
    """
    return dict(_exports(read, user))


def _exports(read: Callable[[str], bytes | None], user: User) -> Iterator[tuple[str, str]]:
    for path in (ENVIRONMENT, *layout.files_of_shell(user)):
        family, data = family_of(path), read(path)
        file = File(path, family, decode(data), path) if family and data else None
        for assignment in assignments(file) if file else ():
            if assignment.is_certain and assignment.value:
                yield assignment.name, assignment.value
