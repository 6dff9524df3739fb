"""What the client opens beside documents: pages of rules, the health page."""

from typing import Any

import attrs

from wslgo.healthpage import health, markdown
from wslgo.lsp.session import Session
from wslgo.rulepage import markdown as page_of

EXPLAIN = "wslgo.server.explain"
HEALTH = "wslgo.server.health"
REFRESH = "wslgo.server.refreshHost"
GLANCE = "wslgo.server.glance"  # the user comes back to the window


@attrs.define
class Nothing:
    """A command that needs no words takes an empty object."""


@attrs.define
class RuleName:
    """The rule whose page is wanted."""

    rule: str


def explain(session: Session, argument: RuleName) -> str:
    return page_of(argument.rule, session.language)


def health_page(session: Session) -> str:
    return markdown(session.host if session.survey.is_asked else None, session.language)


def health_params(session: Session) -> dict[str, Any]:
    """What the status item shows."""
    found = health(session.host)
    return {"attention": found.attention, "text": found.words.render(session.language)}
