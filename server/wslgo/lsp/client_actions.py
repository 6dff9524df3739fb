"""Actions that a client must take part in: silencing beyond the file, and writing as root."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs
from lsprotocol import types
from pygls.uris import from_fs_path

from wslgo.ide.code_action import QUICK_FIX, Action, one_a_rule
from wslgo.linter import team_file
from wslgo.linter.finding import Reported
from wslgo.lsp import convert
from wslgo.lsp.extensions import APPLY_AS_ROOT, SILENCE, RootWrite
from wslgo.lsp.session.document import Document, Positions, content
from wslgo.lsp.session.session import Session
from wslgo.lsp.words import plain
from wslgo.system import as_root as asroot
from wslgo.text.message import Message
from wslgo.text.source import BOM, UTF8, decode
from wslgo.text.span import Edit, Span

_LARGEST = 1 << 20

_WORKSPACE = Message(en="Silence {rule} in this workspace", zh="在此工作区中忽略 {rule}")
_MACHINE = Message(en="Silence {rule} on this machine", zh="在此计算机上忽略 {rule}")
_TEAM = Message(en="Silence {rule} for the team (wslgo.yaml)", zh="为整个团队忽略 {rule}（wslgo.yaml）")
_APPLY = Message(en="Apply as root: {title}...", zh="以 root 身份应用：{title}…")


def silencers(here: Iterable[Reported], document: Document, session: Session) -> Iterator[types.CodeAction]:
    """For each rule: in this workspace, on this machine, for the team."""
    for reported in one_a_rule(here):
        if session.can("silence"):
            if session.roots:
                yield _setting(_WORKSPACE, reported, "workspace", document, session)
            yield _setting(_MACHINE, reported, "machine", document, session)
        edit = _team_edit(reported.rule, document, session)
        if edit is not None:
            yield _action(_TEAM, reported, document, session, edit=edit)


def _setting(title: Message, reported: Reported, where: str, document: Document, session: Session) -> types.CodeAction:
    command = types.Command(reported.rule, SILENCE, arguments=[reported.rule, where])
    return _action(title, reported, document, session, command=command)


def _action(
    title: Message,
    reported: Reported,
    document: Document,
    session: Session,
    command: types.Command | None = None,
    edit: types.WorkspaceEdit | None = None,
) -> types.CodeAction:
    return types.CodeAction(
        plain(title(rule=reported.rule), session.language),
        kind=QUICK_FIX,
        diagnostics=convert.diagnostics([reported], document, session),
        command=command,
        edit=edit,
    )


# For the team


def _team_edit(rule: str, document: Document, session: Session) -> types.WorkspaceEdit | None:
    """The file that counts for a document in the workspace, created where there is none."""
    root = _root_of(document.file.path, session)
    if root is None or not session.client.versions_edits:
        return None
    path = _team_file(document.file.path, session) or Path(root, team_file.NAME)
    data = content(str(path), _LARGEST, team_file.bounds(path, session.bounds))
    if data is None and (os.path.lexists(path) or not session.client.creates_files):
        return None
    source = decode(data or b"")
    if source.encoding != UTF8 or source.has_bom or "\udc80" <= max(source.text, default="") <= "\udcff":
        return None
    from wslgo.linter.team_edit import ignoring  # 15 ms: PyYAML

    edit = ignoring(source.text.removeprefix(BOM), rule)
    return None if edit is None else _changes(path, source.text, edit, data is None, session)


def _team_file(path: str, session: Session) -> Path | None:
    try:
        return team_file.find(Path(path).parent, session.bounds)
    except OSError:
        return None


def _root_of(path: str, session: Session) -> str | None:
    return next((root for root in session.roots if path.startswith(root.rstrip("/") + "/")), None)


def _changes(path: Path, text: str, edit: Edit, is_new: bool, session: Session) -> types.WorkspaceEdit:
    uri = from_fs_path(str(path)) or path.as_uri()
    span: Span = edit.span
    start, end = (Positions(text, session.client.unit, 0).position(at) for at in span)
    change = types.TextEdit(types.Range(types.Position(*start), types.Position(*end)), edit.new)
    annotation, annotations = convert.consent(session)
    one = types.AnnotatedTextEdit(annotation, change.range, change.new_text) if annotations else change
    document = types.OptionalVersionedTextDocumentIdentifier(uri, None)
    create = [types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))] if is_new else []
    return types.WorkspaceEdit(
        document_changes=[*create, types.TextDocumentEdit(document, [one])], change_annotations=annotations
    )


# As root


def as_root(
    found: Iterable[tuple[Action, types.CodeAction]], document: Document, session: Session
) -> Iterator[types.CodeAction]:
    """The actions, and where the file belongs to root, for each fix of it the one that writes it as root."""
    offers = session.can("asRoot") and session.is_trusted and asroot.needs_root(document.file.path)
    for action, shown in found:
        wish = _wish(action, shown, document) if offers else None
        if wish is None or not action.writes_bytes:
            yield shown
        if wish is not None:
            title = plain(_APPLY(title=action.title), session.language)
            command = types.Command(title, APPLY_AS_ROOT, arguments=[attrs.asdict(wish)])
            yield types.CodeAction(title, QUICK_FIX, diagnostics=shown.diagnostics, command=command)


def _wish(action: Action, shown: types.CodeAction, document: Document) -> RootWrite | None:
    """That of a fix which stays in the file."""
    if not action.answers or any(edit.path not in ("", document.file.path) for edit in action.edits):
        return None
    reported = action.answers[0]
    titles = [fix.title for fix in reported.finding.fixes]
    if action.title not in titles or not shown.diagnostics:
        return None
    return RootWrite(document.uri, reported.rule, shown.diagnostics[0].range, titles.index(action.title))
