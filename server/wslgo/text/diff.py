"""A unified diff of two versions of a file, as `git apply` wants it, byte for byte."""

from collections.abc import Iterator
from difflib import unified_diff

from wslgo.text.message import Message, Text
from wslgo.text.source import UTF8, Source

CONTEXT = 3

NEW_ENCODING = Message(en="{path}: changes the encoding from {old} to {new}", zh="{path}：编码由 {old} 改为 {new}")
NO_BOM = Message(en="{path}: removes the byte order mark", zh="{path}：删除字节顺序标记")
NEW_BOM = Message(en="{path}: adds a byte order mark", zh="{path}：添加字节顺序标记")
LINE_ENDS = Message(en="{path}: changes line ends from {old} to {new}", zh="{path}：行尾由 {old} 改为 {new}")


def diff(path: str, old: Source, new: Source) -> Iterator[bytes]:
    """Return the diff as lines; for other encodings than UTF-8 as comments, because git treats such files as binary."""
    lines = _diff(_header(path), _lines(_text(old)), _lines(_text(new)))
    if old.encoding == new.encoding == UTF8:
        return (line.encode(UTF8, "surrogateescape") for line in lines)
    return (f"# {line}".encode(UTF8, "backslashreplace") for line in lines)


def invisible_changes(path: str, old: Source, new: Source) -> Iterator[Text]:
    """Yield the changes that a diff does not show."""
    if old.encoding != new.encoding:
        yield NEW_ENCODING(path=path, old=old.encoding.upper(), new=new.encoding.upper())
    elif old.has_bom != new.has_bom:
        yield (NO_BOM if old.has_bom else NEW_BOM)(path=path)
    if _line_end(old) != _line_end(new):
        yield LINE_ENDS(path=path, old=_line_end(old), new=_line_end(new))


def _text(source: Source) -> str:
    return source.text if source.encoding == UTF8 else source.text.removeprefix("\ufeff")


def _lines(text: str) -> list[str]:
    """Return the lines as git counts them: only a line feed ends one."""
    lines = text.split("\n")
    ended = [f"{line}\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


def _diff(header: str, old: list[str], new: list[str]) -> Iterator[str]:
    skipped = max(0, _common(old, new) - CONTEXT)
    rest = _common(old[skipped:][::-1], new[skipped:][::-1])
    end = max(0, rest - CONTEXT)
    hunks = unified_diff(old[skipped : len(old) - end], new[skipped : len(new) - end], n=CONTEXT)
    for number, line in enumerate(hunks):
        if number >= 2:
            yield _with_line_end(_shifted_header(line, skipped) if line.startswith("@@ ") else line)
        elif number == 0:
            yield header


def _common(left: list[str], right: list[str]) -> int:
    """Return how many lines both begin with; the slow `difflib` needs to compare only the rest."""
    shorter = min(len(left), len(right))
    return next((at for at in range(shorter) if left[at] != right[at]), shorter)


def _with_line_end(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _shifted_header(hunk: str, skipped: int) -> str:
    """Return a header `@@ -1,3 +1,4 @@` with its line numbers moved by the skipped lines."""
    _, old, new, _ = hunk.split()
    return f"@@ -{_moved_range(old[1:], skipped)} +{_moved_range(new[1:], skipped)} @@\n"


def _moved_range(place: str, skipped: int) -> str:
    line, comma, count = place.partition(",")
    return f"{int(line) + skipped}{comma}{count}"


def _header(path: str) -> str:
    relative = path.removeprefix("./").lstrip("/")
    return f"--- {_name('a', relative)}\n+++ {_name('b', relative)}\n"


def _name(side: str, path: str) -> str:
    """Return a path as git writes it: followed by a tab if it has spaces, in quotes if it is not plain ASCII."""
    name = f"{side}/{path}"
    if name.isascii() and name.isprintable() and not set(name) & set('"\\'):
        return f"{name}\t" if " " in name else name
    data = name.encode(UTF8, "surrogateescape")
    quoted = "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}" for byte in data)
    return f'"{quoted}"'


def _line_end(source: Source) -> str:
    crlf = source.text.count("\r\n")
    if not crlf:
        return "LF"
    return "CRLF" if source.text.count("\n") == crlf else "CRLF/LF"
