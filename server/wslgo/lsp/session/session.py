"""One client's session, from `initialize` to `exit`. Knows files and core types, nothing of the protocol."""

from wslgo.lsp.session.document import Document
from wslgo.lsp.session.documents import Documents
from wslgo.lsp.session.introduction import Introduction
from wslgo.lsp.session.neighbours import Neighbours
from wslgo.lsp.session.preferences import Preferences
from wslgo.lsp.session.survey import Survey
from wslgo.lsp.session.uris import path_of
from wslgo.lsp.session.workspace import Workspace
from wslgo.syntax.family import TEAM, by_name
from wslgo.text.message import Language
from wslgo.text.source import Source
from wslgo.text.span import Position


class Session:
    """The parts that hold the state of a session; its methods are the events that concern several of them."""

    def __init__(self, introduction: Introduction = Introduction()) -> None:  # noqa: B008 - it is immutable
        options = introduction.options
        self.client = introduction.client
        self.workspace = Workspace(tuple(map(path_of, introduction.roots)), is_trusted=options.trusted)
        self.preferences = Preferences(self.workspace, options.settings, options.locale or introduction.locale)
        self.documents = Documents(self.workspace, self.client.unit)
        self.neighbours = Neighbours(self.workspace, self.documents)

    @property
    def language(self) -> Language:
        return self.preferences.language

    def document_at(self, path: str) -> Document | None:
        """Return the document of a path that a finding names, which may be the `wslgo.yaml` of a policy."""
        found = self.neighbours.at(path)
        if found is None and (text := self.preferences.policy_text(path)) is not None:
            family = by_name(TEAM)
            return None if family is None else self.documents.closed_document(path, family, Source(text))
        return found

    def affected(self, uri: str) -> tuple[str, ...]:
        """Return a document whose text has changed, and those whose findings depend on it."""
        return (uri, *self.neighbours.dependents(uri))

    def configure(self, settings: object) -> bool:
        """Take over the editor's settings; return whether they have changed."""
        if not self.preferences.configure(settings):
            return False
        self.refresh()
        return True

    def move(self, roots: tuple[str, ...]) -> None:
        """Take over the folders of the workspace."""
        self.workspace.roots = roots
        self.refresh()

    def open(self, uri: str, language: str, version: int | None, text: str) -> None:
        """Take over a document that the client has opened."""
        self.documents.open(uri, language, version, text)
        self.refresh()

    def change(self, uri: str, version: int | None, text: str) -> None:
        """Take over a new text; a document that was never opened is opened."""
        if self.documents.open_document(uri) is None:
            self.open(uri, "", version, text)
        else:
            self.documents.change(uri, version, text)

    def edit(self, uri: str, version: int | None, start: Position, end: Position, new: str) -> None:
        """Take over a change of a range; a document that was never opened is opened."""
        if self.documents.open_document(uri) is None:
            self.open(uri, "", version, "")
        self.documents.edit(uri, version, start, end, new)

    def reread(self, uri: str) -> bool:
        """Look at a file that was written; return whether its encoding or its mark has changed."""
        self.refresh()
        return self.documents.reread(uri)

    def close(self, uri: str) -> None:
        """Forget a document that the client has closed."""
        self.documents.close(uri)
        self.neighbours.close(uri)
        self.refresh()

    def take(self, survey: Survey) -> None:
        """Take over what a survey has found."""
        self.neighbours.take(survey)
        self.refresh()

    def refresh(self) -> None:
        """Forget what was read from disk beside the documents."""
        self.preferences.forget()
        self.neighbours.forget()
