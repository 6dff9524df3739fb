"""The likely mistake in a line that WSL cannot parse."""

from enum import Enum

from wslgo.knowledge.punctuation import half_width
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.syntax.memo import of_last
from wslgo.syntax.wsl.ini import BLANKS, BadLine, Dialect, IniAssignment, Node, is_good_line, scan
from wslgo.syntax.wsl.ini_file import IniFile, stops_wsl
from wslgo.text.message import Message, Text
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span, apply


class Mistake(Enum):
    """Kinds of bad lines; each belongs to one rule."""

    BYTE_ORDER_MARK = "a byte order mark at the beginning of wsl.conf"
    MOUNT = "a line of /etc/fstab, or a mount command"
    COMMENT = "a comment with a sign that WSL does not know"
    FULL_WIDTH = "full-width punctuation"
    TEXT_AFTER_HEADER = "something after a section header"
    HEADER = "a section header"
    EQUALS = "an assignment without ="
    KEY_NAME = "a key with characters that WSL does not allow"
    ESCAPE = "a backslash before a character that is no escape"
    FINAL_BACKSLASH = "a backslash as the last character of the file"
    QUOTE = "a quote that is not closed"
    OTHER = "none of these"


_SKIPS = Message(en="WSL skips this line", zh="WSL 会跳过这一行")
_STOPS = Message(en="WSL stops reading the file here", zh="WSL 从这一行起不再读取此文件")

# What follows from a bad line, for messages to quote.
CONSEQUENCE: dict[Dialect, Text] = {"wslconfig": _SKIPS(), "wslconf": _STOPS()}

_FILE_SYSTEMS = "drvfs|9p|ext4|xfs|btrfs|vfat|exfat|ntfs|ntfs3|cifs|smb3|nfs4?|tmpfs|overlay|auto|none|fuse[.a-z]*"
_FSTAB = pattern(rf"\S+\s+(?:/\S*|none)\s+(?:{_FILE_SYSTEMS})(?:\s|$)|(?:sudo\s+)?(?:u?mount|mkdir)\s")
_COMMENT = pattern(r";|//|--|/\*|\*|<!--|'|(?:rem|REM|Rem)(?:\s|$)|::")
_AFTER_HEADER = pattern(r"\[\s*[A-Za-z][A-Za-z0-9]*\s*\]\s*[^\s#]")
_EQUALS = pattern(r"[A-Za-z][A-Za-z0-9]*(?:\s*:|\s+[^\s=])")
_KEY_NAME = pattern(r"[\"'`]?[\w.$-]+[\"'`]?\s*=")


def lines_with(file: IniFile, *kinds: Mistake) -> list[BadLine]:
    """Return the bad lines with these mistakes."""
    by_kind = _by_kind(file)
    return [bad for kind in kinds for bad in by_kind.get(kind, ())]


@of_last
def _by_kind(file: IniFile) -> dict[Mistake, list[BadLine]]:
    found: dict[Mistake, list[BadLine]] = {}
    for bad in file.bad_lines:
        found.setdefault(_slip_of(file, bad), []).append(bad)
    return found


def _slip_of(file: IniFile, bad: BadLine) -> Mistake:
    if bad.span.start == 0 and file.source.has_bom:
        return Mistake.BYTE_ORDER_MARK
    line = file.text[bad.span.start : bad.span.end].strip(f"{BLANKS}\r\n")
    if _FSTAB.match(line):
        return Mistake.MOUNT
    if _COMMENT.match(line):
        return Mistake.COMMENT
    if not line.isascii() and is_good_line(half_width(line), file.dialect):
        return Mistake.FULL_WIDTH
    return _by_warning(bad, line, len(file.text))


def is_fixed_by(file: IniFile, bad: BadLine, *edits: Edit) -> bool:
    """Return whether edits fix a bad line: WSL accepts it, does not join the next line to it, and still starts."""
    start = bad.span.start
    inside = (Edit(Span(span.start - start, span.end - start), new) for span, new, _ in edits)
    line = apply(file.text[start : bad.span.end], inside)
    nodes = list(scan(f"{line}a=b\n" if line.endswith("\n") else line, file.dialect))
    is_apart = any(node.span.end == len(line) for node in nodes)
    return is_apart and not any(isinstance(node, BadLine) or _stops_wsl(node, file.dialect) for node in nodes)


def has_fatal_line(text: str, dialect: Dialect) -> bool:
    """Return whether WSL would not start if it read these lines."""
    return any(_stops_wsl(node, dialect) for node in scan(text, dialect))


def _stops_wsl(node: Node, dialect: Dialect) -> bool:
    meant = [key for key in KEYS[dialect] if isinstance(node, IniAssignment) and key.name.lower() == node.key.lower()]
    return isinstance(node, IniAssignment) and any(stops_wsl(key, node.value) for key in meant)


def _by_warning(bad: BadLine, line: str, end: int) -> Mistake:
    if bad.warning.startswith("Invalid escaped"):
        return Mistake.FINAL_BACKSLASH if bad.culprit.end == end and line.endswith("\\") else Mistake.ESCAPE
    if bad.warning == 'Expected "':
        return Mistake.QUOTE
    if line.startswith("["):
        return Mistake.TEXT_AFTER_HEADER if _AFTER_HEADER.match(line) else Mistake.HEADER
    if _EQUALS.match(line):
        return Mistake.EQUALS
    return Mistake.KEY_NAME if _KEY_NAME.match(line) else Mistake.OTHER
