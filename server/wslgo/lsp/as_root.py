"""Writes of a `wsl.conf` that belongs to root: the server plans, the client shows the diff, asks and runs one command.

The journal records the file before and after.
"""

import itertools
from collections.abc import Mapping
from pathlib import Path

from lsprotocol import types

from wslgo.knowledge.file_templates import TEMPLATES
from wslgo.linter.fix import source_after
from wslgo.lsp.command_types import PlanToken, RootPlan, RootWrite
from wslgo.lsp.diagnostics import Reports
from wslgo.lsp.outcome import WRITER, Outcome
from wslgo.lsp.session.session import Session
from wslgo.lsp.session.uris import path_of
from wslgo.lsp.words import notice
from wslgo.machine import wsl_exe
from wslgo.syntax.family import family_of
from wslgo.system import as_root
from wslgo.system.errors import reason
from wslgo.system.files import ROOTS
from wslgo.system.journal import Journal, content, folder_of
from wslgo.system.journal_lines import JournalEntry
from wslgo.text.message import Language, Message, Text, redact
from wslgo.text.source import decode

_TITLE = Message(en="Write {path} as root", zh="以 root 身份写入 {path}")
_NEW = Message(en="Create {path} as root", zh="以 root 身份创建 {path}")
BY_SUDO = Message(
    en="sudo runs one fixed command in a terminal and may ask for your password there.",
    zh="sudo 将在终端中运行一条固定命令，并可能在那里要求输入密码。",
)
BY_WINDOWS = Message(
    en="sudo is not installed, so Windows' wsl.exe -u root runs one fixed command in a terminal, without a password.",
    zh="未安装 sudo，因此 Windows 的 wsl.exe -u root 将在终端中运行一条固定命令，无需密码。",
)
_NOTHING = Message(en="{path} on disk is already up to date", zh="磁盘上的 {path} 已是最新；无需更改")
_GONE = Message(en="{path} no longer has this problem; nothing was changed", zh="{path} 已不存在此问题；未做任何更改")
_UNREADABLE = Message(en="{path} cannot be read: {reason}", zh="无法读取 {path}：{reason}")
_DONE = Message(en="{path} was written; wslgo undo restores it", zh="{path} 已写入；wslgo undo 可恢复原样")
_FAILED = Message(en="{path} cannot be written: {reason}", zh="无法写入 {path}：{reason}")
_NOT_DONE = Message(en="{path} was not written", zh="{path} 未写入")


class RootWrites:
    """The plans of a session; each is carried out once at most."""

    def __init__(self) -> None:
        self._tokens = itertools.count(1)
        self._orders: dict[int, as_root.Order] = {}
        self._begun: dict[int, JournalEntry] = {}

    def plan(self, session: Session, reports: Reports, wish: RootWrite) -> RootPlan | Text:
        """Return the plan of a write, or why there is none."""
        path = path_of(wish.document)
        try:
            before = content(Path(path))
        except (OSError, ValueError) as error:
            return _UNREADABLE(path=path, reason=reason(error))
        after = _after(path, session, reports, wish)
        if after is None:
            return _GONE(path=path)
        if after == before:
            return _NOTHING(path=path)
        order = as_root.order(path, before, after, lambda: wsl_exe.wsl_of(session.neighbours.host))
        if isinstance(order, Text):
            return order
        token = next(self._tokens)
        self._orders[token] = order
        return _plan(token, order, session.language)

    def take_order(self, token: int) -> as_root.Order | None:
        return self._orders.pop(token, None)

    def keep_entry(self, token: int, entry: JournalEntry) -> None:
        self._begun[token] = entry

    def take_entry(self, token: int) -> JournalEntry | None:
        return self._begun.pop(token, None)


def begin(writes: RootWrites, argument: PlanToken, environment: Mapping[str, str]) -> Outcome:
    """Record in the journal what is about to be written; only then may the client run the command."""
    order = writes.take_order(argument.token)
    if order is None:
        return Outcome(False)
    access = ROOTS if order.before is None else None
    try:
        journal = Journal(folder_of(environment))
        entry = journal.begin(Path(order.path), order.after, WRITER, expected=order.before, access=access)
    except OSError as error:
        return Outcome(False, _FAILED(path=order.path, reason=reason(error)))
    writes.keep_entry(argument.token, entry)
    return Outcome(True)


def end(writes: RootWrites, argument: PlanToken, environment: Mapping[str, str]) -> Outcome:
    """Return whether the file on disk is now as planned."""
    entry = writes.take_entry(argument.token)
    if entry is None:
        return Outcome(False)
    try:
        is_done = Journal(folder_of(environment)).end(entry)
    except OSError as error:
        return Outcome(False, _FAILED(path=entry.path, reason=reason(error)))
    return Outcome(is_done, (_DONE if is_done else _NOT_DONE)(path=entry.path))


def _plan(token: int, order: as_root.Order, language: Language) -> RootPlan:
    title = notice((_NEW if order.before is None else _TITLE)(path=order.path), language)
    detail = notice(BY_SUDO if order.by == "sudo" else BY_WINDOWS, language)
    before, after = (redact(decode(data or b"").text) for data in (order.before, order.after))
    return RootPlan(token, title, detail, before, after, order.words[0], list(order.words[1:]), order.folder)


def _after(path: str, session: Session, reports: Reports, wish: RootWrite) -> bytes | None:
    """Return the requested bytes; None if the document or the finding is gone."""
    if wish.template:
        return TEMPLATES[wish.template].encode() if wish.template in TEMPLATES else None
    document = session.documents.get(wish.document)
    if document is None or family_of(path) is None:
        return None
    source = document.file.source
    if not wish.rule:
        return source.encode()
    start = wish.range.start if wish.range else None
    for reported in reports.of(document, session).found:
        here = document.positions.position(reported.finding.span.start)
        if reported.rule == wish.rule and start == types.Position(*here):
            fixes = reported.finding.fixes[wish.fix : wish.fix + 1]
            if fixes and not any(edit.path for edit in fixes[0].edits):
                return source_after(source, list(fixes)).encode()
    return None
