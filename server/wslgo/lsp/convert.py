"""Conversion of core types to those of the protocol. The only module that knows both."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from lsprotocol import types

from wslgo.ide.code_action import Action, minimal_edit
from wslgo.ide.code_lens import EXPLAIN_COMMAND, INSPECT_COMMAND, Lens
from wslgo.ide.completion.item import CompletionItem, CompletionKind
from wslgo.ide.document_link import DocumentLink
from wslgo.ide.document_symbol import Symbol
from wslgo.ide.hover.text import Hover
from wslgo.ide.inlay_hint import InlayHint
from wslgo.linter.finding import Related, Reported
from wslgo.lsp.command_types import WriteBytes
from wslgo.lsp.diagnostic_json import SOURCE
from wslgo.lsp.extensions import WRITE_BYTES, Ability
from wslgo.lsp.session.capabilities import Client
from wslgo.lsp.session.document import Document
from wslgo.lsp.session.session import Session
from wslgo.lsp.session.uris import uri_of
from wslgo.lsp.words import label, notice, plain
from wslgo.text.markdown import sentence
from wslgo.text.message import Language, Message
from wslgo.text.span import Edit, Position, Span

if TYPE_CHECKING:
    from wslgo.ide.definition import Definition

_ITEM_KINDS = {
    CompletionKind.SECTION: types.CompletionItemKind.Module,
    CompletionKind.KEY: types.CompletionItemKind.Property,
    CompletionKind.VALUE: types.CompletionItemKind.Value,
}

_OTHER_FILE = "other-file"
_CHANGES_OTHER_FILE = Message(en="Changes another file", zh="修改另一个文件")


def span(range_: types.Range, document: Document) -> Span:
    return document.positions.span(_place(range_.start), _place(range_.end))


def offset(position: types.Position, document: Document) -> int:
    return document.positions.offset(_place(position))


def _place(position: types.Position) -> Position:
    return Position(position.line, position.character)


def _range(span_: Span, document: Document) -> types.Range:
    start, end = document.positions.position(span_.start), document.positions.position(span_.end)
    return types.Range(types.Position(*start), types.Position(*end))


def take_change(change: types.TextDocumentContentChangeEvent, uri: str, version: int, session: Session) -> None:
    """Take over a change: of a range, or of the whole text."""
    if isinstance(change, types.TextDocumentContentChangePartial):
        session.edit(uri, version, _place(change.range.start), _place(change.range.end), change.text)
    else:
        session.change(uri, version, change.text)


# Registrations


def registrations(client: Client, watched: Iterable[str]) -> list[types.Registration]:
    """Return the registrations that a client accepts only after `initialized`."""
    wanted = []
    if client.registers_configuration:
        options: Any = types.DidChangeConfigurationRegistrationOptions("wslgo")
        wanted.append(types.Registration("configuration", types.WORKSPACE_DID_CHANGE_CONFIGURATION, options))
    if client.registers_watchers:
        watchers = [types.FileSystemWatcher(pattern) for pattern in watched]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted.append(types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    return wanted


# Diagnostics


def diagnostics(found: Iterable[Reported], document: Document, session: Session) -> list[types.Diagnostic]:
    return [diagnostic(reported, document, session) for reported in found]


def diagnostic(reported: Reported, document: Document, session: Session) -> types.Diagnostic:
    finding, client = reported.finding, session.client
    return types.Diagnostic(
        range=_range(finding.span, document),
        message=plain(finding.message, session.language),
        severity=types.DiagnosticSeverity(reported.severity),
        code=reported.rule,
        code_description=types.CodeDescription(_page(reported.rule, session)) if session.client.rule_pages else None,
        source=SOURCE,
        tags=[types.DiagnosticTag(tag) for tag in finding.tags] or None if client.shows_tags else None,
        related_information=_related(finding.related, document, session) or None if client.shows_related else None,
        data={"fixes": len(finding.fixes)} if client.keeps_data else None,
    )


def _page(rule: str, session: Session) -> str:
    """Return the address under which the client opens the page of a rule."""
    return session.client.rule_pages.replace("{rule}", rule)


def _related(
    places: Iterable[Related], document: Document, session: Session
) -> list[types.DiagnosticRelatedInformation]:
    found = ((place, session.document_at(place.path) if place.path else document) for place in places)
    return [
        types.DiagnosticRelatedInformation(
            types.Location(there.uri, _range(place.span, there)), plain(place.message, session.language)
        )
        for place, there in found
        if there is not None
    ]


# Hover


def hover(found: Hover, document: Document, session: Session) -> types.Hover:
    kind = types.MarkupKind.Markdown if session.client.reads_markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, found.markdown(session.language)), _range(found.span, document))


def hints(
    found: Iterable[InlayHint], shown: types.Range, document: Document, session: Session
) -> list[types.InlayHint]:
    inside = span(shown, document)
    return [
        types.InlayHint(
            types.Position(*document.positions.position(hint.offset)),
            plain(hint.words, session.language),
            padding_left=True,
        )
        for hint in found
        if inside.touches(hint.offset)
    ]


def links(found: Iterable[DocumentLink], document: Document, session: Session) -> list[types.DocumentLink]:
    return [types.DocumentLink(_range(link.span, document), _page(link.rule, session)) for link in found]


def location(place: "Definition", document: Document, session: Session) -> types.Location:
    """Return a place, or the start of its file if that was not read."""
    there = document if place.path in ("", document.file.path) else session.neighbours.at(place.path)
    if there is None or place.span is None:
        start = types.Position(0, 0)
        return types.Location(there.uri if there else uri_of(place.path), types.Range(start, start))
    return types.Location(there.uri, _range(place.span, there))


_ABILITIES: dict[str, Ability] = {EXPLAIN_COMMAND: "explain", INSPECT_COMMAND: "inspect"}


def lenses(found: Iterable[Lens], document: Document, session: Session) -> list[types.CodeLens]:
    """Return the lenses whose command the client has, with the document as first argument."""
    return [
        types.CodeLens(_range(lens.span, document), _lens_command(lens, document, session.language))
        for lens in found
        if session.client.can(_ABILITIES.get(lens.command, "debug"))
    ]


def _lens_command(lens: Lens, document: Document, language: Language) -> types.Command:
    return types.Command(notice(lens.title, language), lens.command, arguments=[document.uri, *lens.arguments])


# Completion and outline


def completion(
    items: Sequence[CompletionItem], document: Document, session: Session
) -> types.CompletionList | list[types.CompletionItem]:
    """Return the items; what they share is sent once if the client supports that."""
    spans = {item.span for item in items}
    ranges = {span_: _range(span_, document) for span_ in spans}
    if len(spans) > 1 or not session.client.shares_defaults:
        return [_completion_item(item, number, session, ranges[item.span]) for number, item in enumerate(items)]
    shown = [_completion_item(item, number, session) for number, item in enumerate(items)]
    defaults = types.CompletionItemDefaults(edit_range=next(iter(ranges.values()), None))
    return types.CompletionList(is_incomplete=False, items=shown, item_defaults=defaults)


def _completion_item(
    item: CompletionItem, number: int, session: Session, place: types.Range | None = None
) -> types.CompletionItem:
    """Return an item with a range of its own, or without one if the list has a range for all."""
    client = session.client
    is_snippet = bool(item.snippet) and client.takes_snippets
    new = item.snippet if is_snippet else item.new
    return types.CompletionItem(
        label=item.label,
        kind=_ITEM_KINDS[item.kind],
        detail=plain(item.detail, session.language) if item.detail else None,
        documentation=None if client.resolves_items else documentation(item, session),
        tags=[types.CompletionItemTag.Deprecated] if item.is_deprecated and client.strikes_through else None,
        deprecated=True if item.is_deprecated and not client.strikes_through else None,
        sort_text=f"{item.rank}{number:04}",
        insert_text_format=types.InsertTextFormat.Snippet if is_snippet else None,
        text_edit=types.TextEdit(place, new) if place is not None else None,
        text_edit_text=new if place is None and new != item.label else None,
    )


def documentation(item: CompletionItem, session: Session) -> types.MarkupContent | None:
    kind = types.MarkupKind.Markdown if session.client.reads_markdown_items else types.MarkupKind.PlainText
    return types.MarkupContent(kind, sentence(item.about, session.language)) if item.about else None


def symbols(found: Iterable[Symbol], document: Document) -> list[types.DocumentSymbol]:
    return [
        types.DocumentSymbol(
            name=label(symbol.name),
            detail=label(symbol.detail) or None,
            kind=_symbol_kind(symbol),
            range=_range(symbol.span, document),
            selection_range=_range(symbol.name_span, document),
            children=symbols(symbol.children, document) or None,
        )
        for symbol in found
    ]


def flat_symbols(
    found: Iterable[Symbol], document: Document, container: str | None = None
) -> list[types.SymbolInformation]:
    """Return the symbols for clients without nesting."""
    flat = []
    for symbol in found:
        location = types.Location(document.uri, _range(symbol.span, document))
        name = label(symbol.name)
        flat.append(types.SymbolInformation(location, name, _symbol_kind(symbol), container_name=container))
        flat += flat_symbols(symbol.children, document, name)
    return flat


def _symbol_kind(symbol: Symbol) -> types.SymbolKind:
    return types.SymbolKind.Namespace if symbol.is_section else types.SymbolKind.Property


# Code actions


def code_action(action: Action, document: Document, session: Session) -> types.CodeAction:
    return types.CodeAction(
        title=plain(action.title, session.language),
        kind=action.kind,
        diagnostics=diagnostics(action.answers, document, session) or None,
        is_preferred=action.is_preferred or None,
        edit=workspace_edit(action.edits, document, session) if action.edits else None,
        command=_write_bytes(action, document, session.language) if action.writes_bytes else None,
    )


def reaches(action: Action, document: Document, session: Session) -> bool:
    """Return whether every file of an action is available: half a move would lose a line."""
    paths = {edit.path for edit in action.edits} - {"", document.file.path}
    return all(session.neighbours.at(path) is not None for path in paths)


def _write_bytes(action: Action, document: Document, language: Language) -> types.Command:
    reported = action.answers[0]
    argument = WriteBytes(document.uri, reported.rule, _range(reported.finding.span, document))
    return types.Command(plain(action.title, language), WRITE_BYTES, arguments=[attrs.asdict(argument)])


def workspace_edit(edits: Iterable[Edit], document: Document, session: Session) -> types.WorkspaceEdit:
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault("" if edit.path == document.file.path else edit.path, []).append(edit)
    files = [(document if not path else session.neighbours.at(path), some) for path, some in by_path.items()]
    changes = [(there, _text_edits(some, there)) for there, some in files if there is not None]
    if not session.client.versions_edits:
        return types.WorkspaceEdit(changes={there.uri: some for there, some in changes})
    needs_consent = session.client.annotates_edits and any(there is not document for there, _ in changes)
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(there.uri, there.version),
                _with_annotation(some) if needs_consent and there is not document else some,
            )
            for there, some in changes
        ],
        change_annotations=_consent(session.language) if needs_consent else None,
    )


def rewriting(texts: Iterable[tuple[Document, str]], session: Session) -> types.WorkspaceEdit:
    """Return the edit that replaces the texts of documents; missing files are created."""
    edits = [(document, edit) for document, new in texts if (edit := minimal_edit(document.text, new)) is not None]
    if not session.client.versions_edits:
        return types.WorkspaceEdit(changes={there.uri: _text_edits([edit], there) for there, edit in edits})
    operations: list[types.TextDocumentEdit | types.CreateFile] = []
    for there, edit in edits:
        if there.version is None and not Path(there.file.path).exists():
            operations.append(types.CreateFile(there.uri))
        identifier = types.OptionalVersionedTextDocumentIdentifier(there.uri, there.version)
        operations.append(types.TextDocumentEdit(identifier, _text_edits([edit], there)))
    return types.WorkspaceEdit(document_changes=operations)


def _text_edits(edits: Iterable[Edit], document: Document) -> list[types.TextEdit]:
    return [types.TextEdit(_range(edit.span, document), edit.new) for edit in sorted(edits)]


def _with_annotation(edits: list[types.TextEdit]) -> list[types.AnnotatedTextEdit]:
    return [types.AnnotatedTextEdit(_OTHER_FILE, edit.range, edit.new_text) for edit in edits]


def consent(session: Session) -> tuple[str, dict[str, types.ChangeAnnotation] | None]:
    """Return the id of the annotation that asks before another file is changed, if the client can ask."""
    return _OTHER_FILE, _consent(session.language) if session.client.annotates_edits else None


def _consent(language: Language) -> dict[str, types.ChangeAnnotation]:
    words = notice(_CHANGES_OTHER_FILE, language)
    return {_OTHER_FILE: types.ChangeAnnotation(words, needs_confirmation=True)}
