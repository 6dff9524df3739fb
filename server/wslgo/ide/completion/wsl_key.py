"""Completion in WSL files: section names, keys, values."""

import re
from collections.abc import Iterator
from functools import lru_cache

from wslgo.ide.completion.item import CompletionItem, CompletionKind
from wslgo.ide.hover.text import text_of
from wslgo.ide.hover.wsl_key import keys_of
from wslgo.knowledge.wsl_key import Key, Kind, Status
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.syntax.file import File
from wslgo.syntax.wsl.ini import IniAssignment
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import BOM
from wslgo.text.span import Span

# Common values.
SIZES = ("2GB", "4GB", "8GB", "16GB", "32GB")
COUNTS = ("2", "4", "8", "16")
SUGGESTED = {
    "wsl2.memory": SIZES,
    "wsl2.swap": ("0", *SIZES),
    "wsl2.defaultVhdSize": ("64GB", "256GB", "1TB"),
    "wsl2.processors": COUNTS,
    "wsl2.vmIdleTimeout": ("60000", "-1"),
    "filesystem.umask": ("0022", "0077"),
    "automount.options": ('"metadata"', '"metadata,umask=22,fmask=11"'),
    "wsl2.swapFile": (r"C:\\wsl\\swap.vhdx",),
    "wsl2.kernel": (r"C:\\wsl\\kernel",),
}
# Internal and deprecated keys come last.
RANKS = {Status.STABLE: 0, Status.EXPERIMENTAL: 1, Status.INTERNAL: 2, Status.DEPRECATED: 3}

_KEYS_OF = Message(en="Keys of this section: {keys}", zh="此节的键：{keys}")
_DEFAULT = Message(en="default", zh="默认值")

_LINE_END = pattern(r"[\r\n]")
_NAME = pattern(r"[A-Za-z0-9]*")
_NAME_END = pattern(r"(?<![A-Za-z0-9])[A-Za-z0-9]*\Z")
_KEY_BEFORE = pattern(r"[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*")
_NAME_BEFORE = pattern(r"[ \t]*(\[?)[A-Za-z0-9]*\Z")
_NUMBER = pattern(r"-?[0-9]+")


def complete(file: File, offset: int) -> tuple[CompletionItem, ...]:
    """Return the completions at an offset; none in a comment or in a continued line of a value."""
    tree = file.tree
    if not isinstance(tree, IniFile) or tree.is_garbled:
        return ()
    line = _line(tree.text, min(max(offset, 0), len(tree.text)))
    start = line.start + tree.text.startswith(BOM, line.start, line.end)
    before = tree.text[start:offset]
    if _is_continued(tree, start) or _is_in_comment(before):
        return ()
    if match := _KEY_BEFORE.match(before):
        value = Span(start + match.end(), _value_end(tree.text, start + match.end(), line.end, offset))
        return tuple(_values(tree, _section_above(tree, start), match[1], value))
    if match := _NAME_BEFORE.match(before):
        word = _word(tree.text, offset, Span(start, line.end))
        return tuple(_sections(tree, word) if match[1] else _names(tree, _section_above(tree, start), word))
    return ()


def _line(text: str, offset: int) -> Span:
    """Return the line around an offset; a table of all lines costs more than everything else here."""
    end = _LINE_END.search(text, offset)
    return Span(max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1, end.start() if end else len(text))


def _is_in_comment(before: str) -> bool:
    """Return whether a text has an unquoted `#`."""
    is_quoted = is_escaped = False
    for character in before:
        if is_escaped:
            is_escaped = False
        elif character == "\\":
            is_escaped = True
        elif character == '"':
            is_quoted = not is_quoted
        elif character == "#" and not is_quoted:
            return True
    return False


def _is_continued(tree: IniFile, start: int) -> bool:
    """Return whether a line starts inside a value that is continued with a backslash."""
    return any(isinstance(node, IniAssignment) and node.span.start < start < node.span.end for node in tree.nodes)


def _section_above(tree: IniFile, start: int) -> str:
    above = [section.name for section in tree.sections if section.span.start < start]
    return above[-1] if above else ""


def _word(text: str, offset: int, line: Span) -> Span:
    """Return the name around an offset."""
    before, behind = _NAME_END.search(text[line.start : offset]), _NAME.match(text, offset, line.end)
    return Span(offset - len(before[0] if before else ""), behind.end() if behind else offset)


def _value_end(text: str, start: int, end: int, offset: int) -> int:
    """Return the end of the value at `start`: before a comment and the spaces in front of it."""
    value = text[start:end]
    inside = next((at for at in range(offset - start, len(value)) if _is_in_comment(value[: at + 1])), len(value))
    return max(offset, start + len(value[:inside].rstrip()))


# Sections


def _sections(tree: IniFile, word: Span) -> Iterator[CompletionItem]:
    """Yield the names of known sections, after a bracket."""
    end = "" if tree.text.startswith("]", word.end) else "]"
    for name, keys in _known_sections(tree).items():
        yield _section(name, keys, word, name, f"{name}{end}")


def _section(name: str, keys: tuple[Key, ...], word: Span, label: str, new: str) -> CompletionItem:
    public = tuple(key.name for key in keys if RANKS[key.status] < RANKS[Status.INTERNAL])
    about = _KEYS_OF(keys=public) if public else None
    return CompletionItem(label, CompletionKind.SECTION, word, new, about=about, rank=4 if public else 5)


def _known_sections(tree: IniFile) -> dict[str, tuple[Key, ...]]:
    names = dict.fromkeys(key.section for key in KEYS[tree.dialect])
    return {name: keys_of(tree, name) for name in names}


# Keys


def _names(tree: IniFile, section: str, word: Span) -> Iterator[CompletionItem]:
    """Yield the unset keys of a section, then the headers of missing sections."""
    elsewhere = {
        setting.known.id for setting in tree.settings if setting.known and setting.key_span.start != word.start
    }
    is_followed = tree.text[word.end :].lstrip(" \t").startswith("=")
    for key in keys_of(tree, section):
        if key.id not in elsewhere:
            yield _key(key, word, is_followed=is_followed)
    there = {known.name.lower() for known in tree.sections}
    for name, keys in _known_sections(tree).items():
        if name.lower() not in there and not is_followed:
            yield _section(name, keys, word, f"[{name}]", f"[{name}]")


def _key(key: Key, word: Span, *, is_followed: bool) -> CompletionItem:
    new = key.name if is_followed else f"{key.name}="
    return CompletionItem(
        key.name,
        CompletionKind.KEY,
        word,
        new,
        snippet="" if is_followed else f"{new}{_placeholder(key)}",
        about=text_of(key.about),
        rank=RANKS[key.status],
        is_deprecated=key.status is Status.DEPRECATED,
    )


@lru_cache(maxsize=256)
def _placeholder(key: Key) -> str:
    """Return a snippet with the values of a key, the default last: users rarely set a key to its default."""
    values = [value for value, is_default in _written_values(key) if not is_default]
    values += [value for value, is_default in _written_values(key) if is_default]
    if not values:
        return "$1"
    escaped = [re.sub(r"([\\$}|,])", r"\\\1", value) for value in values]
    return f"${{1|{','.join(escaped)}|}}"


# Values


def _values(tree: IniFile, section: str, name: str, span: Span) -> Iterator[CompletionItem]:
    key = _known_key(tree, section, name)
    if key is None:
        return
    for value, is_default in _written_values(key):
        yield CompletionItem(
            value,
            CompletionKind.VALUE,
            span,
            value,
            detail=_DEFAULT() if is_default else None,
            about=text_of(key.about),
        )


def _known_key(tree: IniFile, section: str, name: str) -> Key | None:
    """Return the key that WSL finds in a section, by its alias in `[experimental]`, too."""
    folded = name.lower()
    for key in KEYS[tree.dialect]:
        is_here = key.section.lower() == section.lower() or (
            key.has_experimental_alias and section.lower() == "experimental"
        )
        if key.name.lower() == folded and is_here:
            return key
    return None


def _written_values(key: Key) -> list[tuple[str, bool]]:
    """Return the values to complete, each with True for the default."""
    if key.kind is Kind.BOOL:
        values: tuple[str, ...] = ("true", "false")
    elif key.values:
        values = key.values
    else:
        values = SUGGESTED.get(key.id, ())
    default = key.default if isinstance(key.default, str) else key.default.en
    if not values and _NUMBER.fullmatch(default):
        values = (default,)
    default = default.partition(" ")[0].lower()  # the rest tells for which machines
    return [(value, value.lower() == default) for value in values]
