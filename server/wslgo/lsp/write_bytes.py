"""The command for fixes of bytes that an editor hides: a byte order mark, an encoding."""

from collections.abc import Mapping
from pathlib import Path

from wslgo.linter.check import check
from wslgo.linter.finding import Fix
from wslgo.linter.fix import source_after
from wslgo.lsp.command_types import WriteBytes
from wslgo.lsp.outcome import WRITER, Outcome
from wslgo.lsp.session.session import Session
from wslgo.lsp.session.uris import path_of
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.system.journal import Journal, folder_of
from wslgo.system.reader import read_regular
from wslgo.text.message import Message
from wslgo.text.source import BOM, Source, decode

_UNSAVED = Message(
    en="{path} has unsaved changes: save it first, because this fix rewrites the bytes on disk",
    zh="{path} 有未保存的更改：此修复会改写磁盘上的字节，请先保存",
)
_GONE = Message(
    en="{path} no longer has this problem on disk; nothing was changed",
    zh="磁盘上的 {path} 已不存在此问题；未做任何更改",
)
_FORBIDDEN = Message(
    en="You may not write {path}; apply this fix as root. Nothing was changed",
    zh="当前用户无权写入 {path}；请以 root 身份应用此修复。未做任何更改",
)
_FAILED = Message(
    en="{path} cannot be written: {reason}. Nothing was changed", zh="无法写入 {path}：{reason}。未做任何更改"
)


def write_bytes(session: Session, argument: WriteBytes, environment: Mapping[str, str]) -> Outcome:
    """Read the file from disk again, apply the fix to its bytes, and write them atomically."""
    path = Path(path_of(argument.uri))
    try:
        source = decode(read_regular(path))
        shown = session.documents.text(argument.uri)
        if shown is not None and shown.removeprefix(BOM) != source.text.removeprefix(BOM):
            return Outcome(False, _UNSAVED(path=str(path)))
        fix = _fix(session, argument.rule, str(path), source)
        if fix is None:
            return Outcome(False, _GONE(path=str(path)))
        _write(session, path, source.encode(), source_after(source, [fix]).encode(), environment)
    except PermissionError:
        return Outcome(False, _FORBIDDEN(path=str(path)))
    except (OSError, ValueError) as error:
        return Outcome(False, _FAILED(path=str(path), reason=reason(error)))
    return Outcome(True)


def _write(session: Session, path: Path, old: bytes, new: bytes, environment: Mapping[str, str]) -> None:
    """Write the file, outside the workspace with the journal: no repository could restore it there."""
    if session.workspace.contains(str(path)):
        write_atomically(path, new)
    else:
        Journal(folder_of(environment)).write(path, new, WRITER, expected=old)


def _fix(session: Session, rule: str, path: str, source: Source) -> Fix | None:
    """Return the fix of bytes that a rule offers for the file on disk."""
    family = family_of(path)
    if family is None:
        return None
    other = session.neighbours.other(family)
    file = read(path, family, source, path)
    found = check(file, session.preferences.of(path), (other.file,) if other else (), session.neighbours.host)
    fixes = (fix for reported in found if reported.rule == rule for fix in reported.finding.fixes)
    return next((fix for fix in fixes if fix.bytewise or fix.encoding), None)
