"""What the writer of a line that WSL refuses must have had in mind."""

from enum import Enum

from wslgo.knowledge.punctuation import halved
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.syntax.memo import of_last
from wslgo.syntax.wsl.file import IniFile, stops_wsl
from wslgo.syntax.wsl.ini import BLANKS, Assignment, BadLine, Dialect, Node, scan
from wslgo.text.message import Message, Text
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span, apply


class Slip(Enum):
    """Kinds of bad lines; each belongs to one rule."""

    BYTE_ORDER_MARK = "a byte order mark at the beginning of wsl.conf"
    MOUNT = "a line of /etc/fstab, or a mount command"
    COMMENT = "a comment with a sign that WSL does not know"
    FULL_WIDTH = "full-width punctuation"
    TEXT_AFTER_HEADER = "something behind a section header"
    HEADER = "a section header"
    EQUALS = "an assignment without ="
    KEY_NAME = "a key with characters that WSL does not allow"
    ESCAPE = "a backslash before a character that is no escape"
    FINAL_BACKSLASH = "a backslash as the last character of the file"
    QUOTE = "a quote that is not closed"
    OTHER = "none of these"


_SKIPS = Message(en="WSL skips this line", zh="WSL 会跳过这一行")
_STOPS = Message(en="WSL stops reading the file here", zh="WSL 会在此停止读取整个文件")

# What follows from a bad line, for messages to quote.
CONSEQUENCE: dict[Dialect, Text] = {"wslconfig": _SKIPS(), "wslconf": _STOPS()}

_FILE_SYSTEMS = "drvfs|9p|ext4|xfs|btrfs|vfat|exfat|ntfs|ntfs3|cifs|smb3|nfs4?|tmpfs|overlay|auto|none|fuse[.a-z]*"
_FSTAB = pattern(rf"\S+\s+(?:/\S*|none)\s+(?:{_FILE_SYSTEMS})(?:\s|$)|(?:sudo\s+)?(?:u?mount|mkdir)\s")
_COMMENT = pattern(r";|//|--|/\*|\*|<!--|'|(?:rem|REM|Rem)(?:\s|$)|::")
_AFTER_HEADER = pattern(r"\[\s*[A-Za-z][A-Za-z0-9]*\s*\]\s*[^\s#]")
_EQUALS = pattern(r"[A-Za-z][A-Za-z0-9]*(?:\s*:|\s+[^\s=])")
_KEY_NAME = pattern(r"[\"'`]?[\w.$-]+[\"'`]?\s*=")


def slips(file: IniFile, *kinds: Slip) -> list[BadLine]:
    """The bad lines of these kinds."""
    by_kind = _by_kind(file)
    return [bad for kind in kinds for bad in by_kind.get(kind, ())]


@of_last
def _by_kind(file: IniFile) -> dict[Slip, list[BadLine]]:
    found: dict[Slip, list[BadLine]] = {}
    for bad in file.bad_lines:
        found.setdefault(_slip_of(file, bad), []).append(bad)
    return found


def _slip_of(file: IniFile, bad: BadLine) -> Slip:
    if bad.span.start == 0 and file.source.has_bom:
        return Slip.BYTE_ORDER_MARK
    line = file.text[bad.span.start : bad.span.end].strip(f"{BLANKS}\r\n")
    if _FSTAB.match(line):
        return Slip.MOUNT
    if _COMMENT.match(line):
        return Slip.COMMENT
    if not line.isascii() and is_good_line(halved(line), file.dialect):
        return Slip.FULL_WIDTH
    return _by_warning(bad, line, len(file.text))


def is_good_line(line: str, dialect: Dialect) -> bool:
    """Whether WSL takes a line as it is."""
    return not any(isinstance(node, BadLine) for node in scan(line, dialect))


def is_cured(file: IniFile, bad: BadLine, *edits: Edit) -> bool:
    """Whether WSL takes a bad line after these edits of it, does not join the next line to it, and still starts."""
    start = bad.span.start
    inside = (Edit(Span(span.start - start, span.end - start), new) for span, new, _ in edits)
    line = apply(file.text[start : bad.span.end], inside)
    nodes = list(scan(f"{line}a=b\n" if line.endswith("\n") else line, file.dialect))
    is_apart = any(node.span.end == len(line) for node in nodes)
    return is_apart and not any(isinstance(node, BadLine) or _stops_wsl(node, file.dialect) for node in nodes)


def has_fatal_line(text: str, dialect: Dialect) -> bool:
    """Whether WSL would not start if it read these lines."""
    return any(_stops_wsl(node, dialect) for node in scan(text, dialect))


def _stops_wsl(node: Node, dialect: Dialect) -> bool:
    meant = [key for key in KEYS[dialect] if isinstance(node, Assignment) and key.name.lower() == node.key.lower()]
    return isinstance(node, Assignment) and any(stops_wsl(key, node.value) for key in meant)


def _by_warning(bad: BadLine, line: str, end: int) -> Slip:
    if bad.warning.startswith("Invalid escaped"):
        return Slip.FINAL_BACKSLASH if bad.culprit.end == end and line.endswith("\\") else Slip.ESCAPE
    if bad.warning == 'Expected "':
        return Slip.QUOTE
    if line.startswith("["):
        return Slip.TEXT_AFTER_HEADER if _AFTER_HEADER.match(line) else Slip.HEADER
    if _EQUALS.match(line):
        return Slip.EQUALS
    return Slip.KEY_NAME if _KEY_NAME.match(line) else Slip.OTHER
