"""The directives of a `go.mod` or `go.work` file, checked as `go mod edit` and `go work edit` check them.

`parse` and `parse_work` read as much as makes sense and keep the go command's errors as `problems`. The rules follow
x/mod/modfile as vendored in go 1.27.3.
"""

import re
from collections.abc import Callable

from wslgo.knowledge.version import canonical, has_major, path_major
from wslgo.syntax.go import mod_tree
from wslgo.syntax.go.mod_entry import (
    Exclusion,
    Go,
    Godebug,
    GoMod,
    GoWork,
    Ignored,
    Module,
    ModuleVersion,
    Replacement,
    Requirement,
    Retraction,
    Tool,
    Toolchain,
    UseDirective,
)
from wslgo.syntax.go.mod_tree import Block, File, ModLine, Problem, Token
from wslgo.syntax.go.string_literal import quote, unquote
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Span
from wslgo.text.typing import TypeVar

Entry = (
    Module
    | Go
    | Toolchain
    | Godebug
    | Requirement
    | Exclusion
    | Replacement
    | Retraction
    | Tool
    | Ignored
    | UseDirective
)
Found = dict[str, list[Entry]]
Reader = Callable[[ModLine], Entry]
Kind = TypeVar("Kind", bound=Entry)


class _RefusedError(Exception):
    """An error of the go command about a line: its message, and the culprit."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


_GO_VERSION = pattern(r"[1-9][0-9]*\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))?([a-z]+[0-9]+)?")
_TOOLCHAIN = pattern(r"default|go1(\..*)?", re.DOTALL)

# White space of Go's `unicode.IsSpace`; `str.strip` also removes U+001C to U+001F.
_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
_INDIRECT = pattern(rf"//[{_SPACE}]*indirect(?:[{_SPACE}]*\Z|;[{_SPACE}]+[^{_SPACE}])")
_DEPRECATED = r"(?s)(?:\A|\n\n)Deprecated: *(.*?)(?:\Z|\n\n)"

_REPLACE_USAGE = (
    "usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] => ../local/directory"
)
_NO_DIRECTORY = "replacement module without version must be directory path (rooted or starting with . or ..)"
_NO_AT_SIGN = "replacement module must match format 'path version', not 'path@version'"
_WINDOWS_PATH = "replacement directory appears to be Windows path (on a non-windows system)"


def parse(source: Source) -> GoMod:
    """Return the directives of a `go.mod`."""
    file = mod_tree.parse(source.as_utf8(), "go.mod")
    found, problems = _read(file, _MOD, _MOD_BLOCKS)
    return GoMod(
        file,
        problems,
        module=_first(found["module"], Module),
        go=_first(found["go"], Go),
        toolchain=_first(found["toolchain"], Toolchain),
        godebug=_all(found["godebug"], Godebug),
        require=_all(found["require"], Requirement),
        exclude=_all(found["exclude"], Exclusion),
        replace=_all(found["replace"], Replacement),
        retract=_all(found["retract"], Retraction),
        tool=_all(found["tool"], Tool),
        ignore=_all(found["ignore"], Ignored),
    )


def parse_work(source: Source) -> GoWork:
    """Return the directives of a `go.work`."""
    file = mod_tree.parse(source.as_utf8(), "go.work")
    found, problems = _read(file, _WORK, _WORK_BLOCKS)
    return GoWork(
        file,
        problems,
        go=_first(found["go"], Go),
        toolchain=_first(found["toolchain"], Toolchain),
        godebug=_all(found["godebug"], Godebug),
        use=_all(found["use"], UseDirective),
        replace=_all(found["replace"], Replacement),
    )


def is_directory(path: str) -> bool:
    """Return whether the right side of a `replace` is a folder rather than a module, on any system."""
    return _DIRECTORY.match(path) is not None


# Reading lines


def _read(file: File, readers: dict[str, Reader], blocks: frozenset[str]) -> tuple[Found, tuple[Problem, ...]]:
    """Return the entries by verb, and the problems: only a syntax error if any, as the go command stops there."""
    found: Found = {verb: [] for verb in readers}
    problems: list[Problem] = []
    seen: set[str] = set()
    for statement in file.statements:
        if isinstance(statement, ModLine):
            lines: tuple[ModLine, ...] = (statement,)
        elif isinstance(statement, Block):
            lines = statement.lines
            if len(statement.head) > 1 or statement.head[0].text not in blocks:
                problems.append(_unknown_block(statement))
                continue
        else:
            continue
        for line in lines:
            try:
                _take(line, readers, found, seen)
            except _RefusedError as refusal:
                problems.append(Problem(refusal.message, line.span.start, refusal.span))
    return found, file.problems[:1] or tuple(problems)


def _take(line: ModLine, readers: dict[str, Reader], found: Found, seen: set[str]) -> None:
    verb = line.verb.text
    reader = readers.get(verb)
    if reader is None:
        raise _RefusedError(f"unknown directive: {verb}", line.words[0].span)
    if verb in seen:
        raise _RefusedError(f"repeated {verb} statement", line.span)
    if verb == "module":  # counts even if it is invalid; `go` and `toolchain` may be repeated
        seen.add(verb)
    found[verb].append(reader(line))
    if verb in _ONCE:
        seen.add(verb)


def _unknown_block(block: Block) -> Problem:
    message = f"unknown block type: {' '.join(word.text for word in block.head)}"
    return Problem(message, block.span.start, block.span)


def _first(entries: list[Entry], kind: type[Kind]) -> Kind | None:
    return next(iter(_all(entries, kind)), None)


def _all(entries: list[Entry], kind: type[Kind]) -> tuple[Kind, ...]:
    return tuple(entry for entry in entries if isinstance(entry, kind))


# One reader for each directive


def _module(line: ModLine) -> Module:
    path = _path(_only(line, "usage: module module/path"))
    return Module(path, _deprecation(line), line)


def _go(line: ModLine) -> Go:
    version = _only(line, "go directive expects exactly one argument")
    if not _GO_VERSION.fullmatch(version.text):
        raise _RefusedError(f"invalid go version '{version.text}': must match format 1.23.0", version.span)
    return Go(version.text, line)


def _toolchain(line: ModLine) -> Toolchain:
    name = _only(line, "toolchain directive expects exactly one argument")
    if not _TOOLCHAIN.fullmatch(name.text):
        message = f"invalid toolchain version '{name.text}': must match format go1.23.0 or default"
        raise _RefusedError(message, name.span)
    return Toolchain(name.text, line)


def _godebug(line: ModLine) -> Godebug:
    setting = _only(line, "usage: godebug key=value")
    key, equals, value = setting.text.partition("=")
    if not equals or _has_quote(setting.text):
        raise _RefusedError("usage: godebug key=value", setting.span)
    return Godebug(key, value, line)


def _require(line: ModLine) -> Requirement:
    return Requirement(_target(line), line.beside is not None and _is_indirect(line.beside.text), line)


def _is_indirect(comment: str) -> bool:
    # Nearly every one is as `go mod tidy` writes it.
    return comment == "// indirect" or ("indirect" in comment and _INDIRECT.match(comment) is not None)


def _exclude(line: ModLine) -> Exclusion:
    return Exclusion(_target(line), line)


def _replace(line: ModLine) -> Replacement:
    arguments = line.arguments
    arrow = 1 if len(arguments) > 1 and arguments[1].text == "=>" else 2
    if len(arguments) not in (arrow + 2, arrow + 3) or arguments[arrow].text != "=>":
        raise _RefusedError(_REPLACE_USAGE, line.span)
    old = _replace_source(line, arguments[:arrow])
    return Replacement(old, _replace_target(line, arguments[arrow + 1 :]), line)


def _retract(line: ModLine) -> Retraction:
    arguments = line.arguments
    if arguments and arguments[0].text == "[":
        low, high = _interval(line)
        rest = arguments[5:]
    elif arguments and arguments[0].text != "(":
        low = high = _retracted_version(line, arguments[0])
        rest = arguments[1:]
    else:
        raise _RefusedError("expected '[' or version", line.span)
    if rest:
        raise _RefusedError(f"unexpected token after version: {quote(rest[0].text)}", rest[0].span)
    return Retraction(low, high, _rationale(line), line)


def _tool(line: ModLine) -> Tool:
    return Tool(_path(_only(line, "tool directive expects exactly one argument")), line)


def _ignore(line: ModLine) -> Ignored:
    return Ignored(_path(_only(line, "ignore directive expects exactly one argument")), line)


def _use(line: ModLine) -> UseDirective:
    return UseDirective(_path(_only(line, "usage: use local/dir")), line)


_MOD: dict[str, Reader] = {
    "module": _module,
    "go": _go,
    "toolchain": _toolchain,
    "godebug": _godebug,
    "require": _require,
    "exclude": _exclude,
    "replace": _replace,
    "retract": _retract,
    "tool": _tool,
    "ignore": _ignore,
}
_WORK: dict[str, Reader] = {
    "go": _go,
    "toolchain": _toolchain,
    "godebug": _godebug,
    "use": _use,
    "replace": _replace,
}
_ONCE = frozenset({"module", "go", "toolchain"})
_MOD_BLOCKS = frozenset(_MOD) - {"go", "toolchain"}
_WORK_BLOCKS = frozenset(_WORK) - {"go", "toolchain"}


# Parts of a line


def _only(line: ModLine, usage: str) -> Token:
    if len(line.arguments) != 1:
        raise _RefusedError(usage, line.span)
    return line.arguments[0]


def _target(line: ModLine) -> ModuleVersion:
    verb = line.verb.text
    if len(line.arguments) != 2:
        raise _RefusedError(f"usage: {verb} module/path v1.2.3", line.span)
    first, second = line.arguments
    path = _path(first)
    version = _version(line, path, second)
    major = path_major(path)
    if major is None:
        raise _RefusedError("invalid module path", first.span)
    _check_major(line, path, major, version, second)
    return ModuleVersion(path, version, first.span, second.span)


def _replace_source(line: ModLine, arguments: tuple[Token, ...]) -> ModuleVersion:
    """Return the left side of a `replace`: a module, perhaps of one version."""
    path = _path(arguments[0])
    major = path_major(path)
    if major is None:
        raise _RefusedError(f"{_subject(line, path)}invalid module path", arguments[0].span)
    if len(arguments) == 1:
        return ModuleVersion(path, "", arguments[0].span)
    version = _version(line, path, arguments[1])
    _check_major(line, path, major, version, arguments[1])
    return ModuleVersion(path, version, arguments[0].span, arguments[1].span)


def _replace_target(line: ModLine, arguments: tuple[Token, ...]) -> ModuleVersion:
    """Return the right side of a `replace`: a folder, or a module of one version."""
    path = _path(arguments[0])
    if len(arguments) == 1:
        complaint = _directory_complaint(path)
        if complaint:
            raise _RefusedError(complaint, arguments[0].span)
        return ModuleVersion(path, "", arguments[0].span)
    version = _version(line, path, arguments[1])
    if is_directory(path):
        raise _RefusedError(f"replacement module directory path {quote(path)} cannot have version", arguments[1].span)
    return ModuleVersion(path, version, arguments[0].span, arguments[1].span)


# A drive letter counts, on Linux, too: `C:/Users/me` passes here and is later searched below the module.
_DIRECTORY = pattern(r"\.{1,2}(?:[/\\]|\Z)|[/\\]|[A-Za-z]:")


def _directory_complaint(path: str) -> str:
    if not is_directory(path):
        return _NO_AT_SIGN if "@" in path else _NO_DIRECTORY
    return _WINDOWS_PATH if "\\" in path else ""


def _interval(line: ModLine) -> tuple[str, str]:
    """Return the versions of `[low, high]`; the go command names the first part that is missing."""
    arguments = line.arguments
    versions = []
    for index, mark, after in ((1, ",", "'['"), (3, "]", "','")):
        if len(arguments) <= index:
            raise _RefusedError(f"expected version after {after}", line.span)
        versions.append(_retracted_version(line, arguments[index]))
        if len(arguments) <= index + 1 or arguments[index + 1].text != mark:
            raise _RefusedError(f"expected '{mark}' after version", line.span)
    return versions[0], versions[1]


def _path(token: Token) -> str:
    path, complaint = _text_and_error(token)
    if complaint:
        raise _RefusedError(f"invalid quoted string: {complaint}", token.span)
    return path


def _version(line: ModLine, path: str, token: Token) -> str:
    """Return the version in full; everything but a semantic version is an error, `latest` and branches, too."""
    text, complaint = _text_and_error(token)
    version = "" if complaint else canonical(text)
    if not version:
        raise _bad_version(line, path, text, complaint or "must be of the form v1.2.3", token)
    return version


def _retracted_version(line: ModLine, token: Token) -> str:
    """Return a retracted version as written: the go command checks it only when it loads the module."""
    text, complaint = _text_and_error(token)
    if complaint:
        raise _bad_version(line, "", text, complaint, token)
    return text


def _bad_version(line: ModLine, path: str, version: str, reason: str, token: Token) -> _RefusedError:
    return _RefusedError(f"{_subject(line, path)}version {quote(version)} invalid: {reason}", token.span)


def _text_and_error(token: Token) -> tuple[str, str]:
    """Return the text of a word or of a string in double quotes, and the go command's error about it."""
    text = token.text
    if not _has_quote(text):
        return text, ""
    if not text.startswith('"'):
        return text, "unquoted string cannot contain quote"
    unquoted = unquote(text)
    return (text, "invalid syntax") if unquoted is None else (unquoted, "")


def _has_quote(text: str) -> bool:
    return '"' in text or "'" in text or "`" in text


def _subject(line: ModLine, path: str) -> str:
    return f"{line.verb.text} {path}: " if path else f"{line.verb.text}: "


def _check_major(line: ModLine, path: str, major: str, version: str, token: Token) -> None:
    if has_major(version, major):
        return
    wanted = major.lstrip("/.") or "v0 or v1"
    raise _bad_version(line, path, version, f"should be {wanted}, not {version.partition('.')[0]}", token)


# Comments with a meaning


def _deprecation(line: ModLine) -> str:
    rationale = _rationale(line)
    match = re.search(_DEPRECATED, rationale) if "Deprecated" in rationale else None
    return match[1] if match else ""


def _rationale(line: ModLine) -> str:
    """Return the comments above and beside a line, or else above its block; a blank line above counts as a comment."""
    comments = line.above
    if line.beside is not None:
        comments = (*comments, line.beside)
    elif not comments:
        comments = line.above_block or ()
    return "\n".join(comment.text[2:].strip(_SPACE) for comment in comments if comment.text)
