"""What the client opens beside documents: pages of rules, the health page."""

from typing import Any

import attrs

from wslgo.doctor.page import health
from wslgo.doctor.page import markdown as health_of
from wslgo.ide.page import launch_entry
from wslgo.ide.page.rule import markdown as page_of
from wslgo.lsp.diagnostics import Reports, scene_of
from wslgo.lsp.session.document import path_of
from wslgo.lsp.session.session import Session
from wslgo.lsp.words import notice
from wslgo.text import markdown
from wslgo.text.message import Markdown

EXPLAIN = "wslgo.server.explain"
EXPLAIN_ENTRY = "wslgo.server.explainConfiguration"
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


@attrs.define
class EntryNumber:
    """A launch configuration: the document, and its number among the Go entries there."""

    uri: str
    number: int


def explain(session: Session, argument: RuleName) -> Markdown:
    return page_of(argument.rule, session.language)


def entry_page(session: Session, reports: Reports, argument: EntryNumber) -> Markdown:
    """What an entry does, as its document stands now."""
    document = session.document(argument.uri) or session.at(path_of(argument.uri))
    if document is None:
        return markdown.page((markdown.plain(launch_entry.NO_ENTRY(), session.language),))
    found = reports.of(document, session).found
    return launch_entry.markdown(scene_of(document, session), argument.number, found, session.language)


def health_page(session: Session) -> Markdown:
    return health_of(session.host if session.survey.is_asked else None, session.language)


def health_params(session: Session) -> dict[str, Any]:
    """What the status item shows."""
    found = health(session.host)
    return {"attention": found.attention, "text": notice(found.words, session.language)}
