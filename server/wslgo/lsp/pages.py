"""What the client opens beside documents: pages of rules, the health page, the files that configure the machine."""

from pathlib import Path
from typing import Any

import attrs

from wslgo.effects import World
from wslgo.healthpage import health, markdown
from wslgo.journal import Journal, folder_of
from wslgo.lsp.commands import WHO
from wslgo.lsp.session import Session
from wslgo.rulepage import markdown as page_of
from wslgo.templates import TEMPLATES

EXPLAIN = "wslgo.server.explain"
HEALTH = "wslgo.server.health"
REFRESH = "wslgo.server.refreshHost"
GLANCE = "wslgo.server.glance"  # the user comes back to the window
LOCATE = "wslgo.server.locate"
CREATE = "wslgo.server.create"


@attrs.define
class Nothing:
    """A command that needs no words takes an empty object."""


@attrs.define
class RuleName:
    """The rule whose page is wanted."""

    rule: str


@attrs.define
class Which:
    """`wslconfig`, `wslconf` or `goenv` of this machine."""

    file: str


@attrs.define
class Place:
    """A file of this machine; `text` is what a new one should hold where we may not write it ourselves."""

    path: str
    exists: bool
    text: str


def explain(session: Session, argument: RuleName) -> str:
    return page_of(argument.rule, session.language)


def health_page(session: Session) -> str:
    return markdown(session.host if session.survey.is_asked else None, session.language)


def health_params(session: Session) -> dict[str, Any]:
    """What the status item shows."""
    found = health(session.host)
    return {"attention": found.attention, "text": found.words.render(session.language)}


def locate(session: Session, world: World, argument: Which) -> Place | None:
    """Where the file is or would be; None where nobody knows, as without trust."""
    host = session.host
    paths = {
        "wslconfig": host.wslconfig.path if host.wslconfig else None,
        "wslconf": host.wslconf.path if host.wslconf else None,
        "goenv": host.goenv_path,
    }
    path = paths.get(argument.file)
    return None if path is None else Place(path, world.exists(path), TEMPLATES[argument.file])


def create(session: Session, world: World, argument: Which) -> Place | None:
    """The file, made from its template when it is missing; what stands there is never touched."""
    place = locate(session, world, argument)
    if place is None or place.exists:
        return place
    try:
        Path(place.path).parent.mkdir(parents=True, exist_ok=True)
        journal = Journal(folder_of(world.environment))
        journal.write(Path(place.path), place.text.encode(), WHO, expected=None)
    except OSError:
        return place  # it belongs to root: the client shows the text, and who saves it decides how
    return Place(place.path, True, place.text)
