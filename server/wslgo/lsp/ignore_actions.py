"""Code actions that ignore a rule: by a comment, in the settings, or for the team."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from wslgo.ide.code_action import QUICK_FIX, IgnoreComment, first_of_each_rule
from wslgo.linter import team_file
from wslgo.linter.finding import Reported
from wslgo.lsp import convert
from wslgo.lsp.command_types import IgnorePlace
from wslgo.lsp.extensions import IGNORE
from wslgo.lsp.session.document import Document, Positions, content
from wslgo.lsp.session.session import Session
from wslgo.lsp.session.uris import uri_of
from wslgo.lsp.words import plain
from wslgo.text.message import Message
from wslgo.text.source import BOM, UTF8, decode
from wslgo.text.span import Edit, Span

_LARGEST = 1 << 20
_SETTING = "wslgo.check.ignore"

_ASK = Message(en="Ignore {rule}...", zh="忽略 {rule}…")
_WHERE = Message(en="Where to ignore {rule}", zh="选择在何处忽略 {rule}")
_ON_LINE = Message(en="Ignore {rule} on this line", zh="在此行忽略 {rule}")
_IN_FILE = Message(en="Ignore {rule} in this file", zh="在此文件中忽略 {rule}")
_FOR_TEAM = Message(en="Ignore {rule} for the team (wslgo.yaml)", zh="为整个团队忽略 {rule}（wslgo.yaml）")
_LINE = Message(en="This line", zh="此行")
_FILE = Message(en="This file", zh="此文件")
_TEAM = Message(en="Team file", zh="团队文件")
_WORKSPACE = Message(en="Workspace settings", zh="工作区设置")
_USER = Message(en="User settings", zh="用户设置")


class _Choice(NamedTuple):
    """A place to ignore a rule, and the title of an action that does it without asking."""

    title: Message
    place: IgnorePlace


def ignore_actions(
    here: Iterable[Reported], comments: Iterable[IgnoreComment], document: Document, session: Session
) -> Iterator[types.CodeAction]:
    """Yield for each rule an action that asks where to ignore it; for a client that cannot ask, one for each file."""
    comments = tuple(comments)
    policy = session.preferences.of(document.file.path).policy
    for reported in first_of_each_rule(here):
        if policy is not None and policy.keeps(reported.rule):
            continue
        own = (comment for comment in comments if comment.reported.rule == reported.rule)
        in_document = [_comment(comment, document, session) for comment in own]
        for_team = [*_for_team(reported.rule, document, session)]
        if session.client.can("ignore"):
            settings = _settings(session)
            places = [*(choice.place for choice in in_document), *settings, *(choice.place for choice in for_team)]
            arguments = [reported.rule, plain(_WHERE(rule=reported.rule), session.language), places]
            command = types.Command(reported.rule, IGNORE, arguments=arguments)
            yield _action(_ASK, reported, document, session, command=command)
            continue
        for choice in (*in_document, *for_team):
            yield _action(choice.title, reported, document, session, edit=choice.place.edit)


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


def _comment(comment: IgnoreComment, document: Document, session: Session) -> _Choice:
    title, name = (_IN_FILE, _FILE) if comment.in_whole_file else (_ON_LINE, _LINE)
    edit = convert.workspace_edit((comment.edit,), document, session)
    return _Choice(title, IgnorePlace(plain(name(), session.language), comment.edit.new.strip(), edit))


def _settings(session: Session) -> list[IgnorePlace]:
    workspace = IgnorePlace(plain(_WORKSPACE(), session.language), _SETTING, settings="workspace")
    user = IgnorePlace(plain(_USER(), session.language), _SETTING, settings="user")
    return [workspace, user] if session.workspace.roots else [user]


def _for_team(rule: str, document: Document, session: Session) -> Iterator[_Choice]:
    edit = _team_edit(rule, document, session)
    if edit is not None:
        yield _Choice(_FOR_TEAM, IgnorePlace(plain(_TEAM(), session.language), team_file.NAME, edit))


def _team_edit(rule: str, document: Document, session: Session) -> types.WorkspaceEdit | None:
    """Return the edit of the team file that applies to a document; one is created if there is none."""
    root = _root_of(document.file.path, session)
    if root is None or not session.client.versions_edits:
        return None
    path = _team_file(document.file.path, session) or Path(root, team_file.NAME)
    data = content(str(path), _LARGEST, team_file.bounds(path, session.workspace.bounds))
    if data is None and (os.path.lexists(path) or not session.client.creates_files):
        return None
    source = decode(data or b"")
    if source.encoding != UTF8 or source.has_bom or "\udc80" <= max(source.text, default="") <= "\udcff":
        return None
    from wslgo.linter.team_edit import ignore_edit  # 15 ms: PyYAML

    edit = ignore_edit(source.text.removeprefix(BOM), rule)
    return None if edit is None else _changes(path, source.text, edit, data is None, session)


def _team_file(path: str, session: Session) -> Path | None:
    try:
        return team_file.find(Path(path).parent, session.workspace.bounds)
    except OSError:
        return None


def _root_of(path: str, session: Session) -> str | None:
    return next((root for root in session.workspace.roots if path.startswith(root.rstrip("/") + "/")), None)


def _changes(path: Path, text: str, edit: Edit, is_new: bool, session: Session) -> types.WorkspaceEdit:
    uri = uri_of(str(path))
    span: Span = edit.span
    start, end = (Positions(text, session.client.unit, 0).position(at) for at in span)
    change = types.TextEdit(types.Range(types.Position(*start), types.Position(*end)), edit.new)
    # A client that asks where to ignore a rule has the user's consent.
    annotation, annotations = ("", None) if session.client.can("ignore") else convert.consent(session)
    edits = [types.AnnotatedTextEdit(annotation, change.range, change.new_text) if annotations else change]
    document = types.OptionalVersionedTextDocumentIdentifier(uri, None)
    create = [types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))] if is_new else []
    return types.WorkspaceEdit(
        document_changes=[*create, types.TextDocumentEdit(document, edits)], change_annotations=annotations
    )
