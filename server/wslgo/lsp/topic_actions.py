"""Code actions that open the page of a topic, at findings about it."""

from collections.abc import Iterable, Iterator

from lsprotocol import types

from wslgo.ide.code_action import QUICK_FIX, first_of_each_rule
from wslgo.ide.hover.text import OPEN_COMMAND
from wslgo.linter.finding import Reported
from wslgo.lsp import convert
from wslgo.lsp.session.document import Document
from wslgo.lsp.session.session import Session
from wslgo.lsp.words import plain
from wslgo.text.message import Message
from wslgo.topics import topic_of

_EXPLAIN = Message(en="Explain {topic}", zh="解释 {topic}")


def topic_actions(found: Iterable[Reported], document: Document, session: Session) -> Iterator[types.CodeAction]:
    """Yield an action for each topic of the findings, for a client that shows pages."""
    shown: set[str] = set()
    for reported in first_of_each_rule(found) if session.client.can("topics") else ():
        topic = reported.finding.topic or topic_of(reported.rule)
        if topic is None or topic in shown:
            continue
        shown.add(topic)
        title = plain(_EXPLAIN(topic=topic), session.language)
        yield types.CodeAction(
            title,
            kind=QUICK_FIX,
            diagnostics=convert.diagnostics([reported], document, session),
            command=types.Command(title, OPEN_COMMAND, arguments=[topic]),
        )
