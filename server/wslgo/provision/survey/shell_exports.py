"""The Go variables that the user's shell exports, as far as nothing but the text of its files is needed to know."""

from collections.abc import Callable, Iterator

from wslgo.goenv.readers import assignments
from wslgo.provision.model import layout
from wslgo.provision.model.facts import User
from wslgo.provision.plan.shell_files import ENVIRONMENT
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File
from wslgo.text.source import decode


def exported(read: Callable[[str], bytes | None], user: User) -> dict[str, str]:
    """By name what holds in new terminals, a later file over an earlier one; what depends on anything is left out."""
    return dict(_exports(read, user))


def _exports(read: Callable[[str], bytes | None], user: User) -> Iterator[tuple[str, str]]:
    for path in (ENVIRONMENT, *layout.files_of_shell(user)):
        family, data = family_of(path), read(path)
        file = File(path, family, decode(data), path) if family and data else None
        for one in assignments(file) if file else ():
            if one.is_certain and one.value:
                yield one.name, one.value
