"""The folders that `replace` and `use` lines name, also in lines that the go command rejects."""

from collections.abc import Iterator

from wslgo.syntax.go import string_literal
from wslgo.syntax.go.mod_tree import Block, File, ModLine, Token
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class FolderName(NamedTuple):
    """The path of a folder as the go command reads it, and the span of the word, with quotes if there are any.

    `is_comment`: the word starts with `//`, so that the go command takes it for a comment.
    """

    path: str
    span: Span
    directive: str
    is_comment: bool = False


def folder_names(file: File) -> Iterator[FolderName]:
    """Yield the folder of each `replace` and `use` line."""
    for statement in file.statements:
        lines = statement.lines if isinstance(statement, Block) else (statement,)
        for line in lines:
            if isinstance(line, ModLine):
                yield from _folder(line)


def _folder(line: ModLine) -> Iterator[FolderName]:
    directive, words = line.verb.text, line.arguments
    if directive == "use" and len(words) == 1:
        yield FolderName(_value(words[0]), words[0].span, directive)
    elif directive == "replace" and len(words) > 1:
        if words[-2].text == "=>":
            yield FolderName(_value(words[-1]), words[-1].span, directive)
        elif words[-1].text == "=>" and line.beside is not None:
            path = line.beside.text.partition(" ")[0]
            yield FolderName(path, Span(line.beside.start, line.beside.start + len(path)), directive, is_comment=True)


def _value(word: Token) -> str:
    """Return the value of a word; of a quoted one that Go cannot read, what is between the quotes."""
    if word.text[:1] != '"':
        return word.text
    value = string_literal.unquote(word.text)
    return word.text.strip('"') if value is None else value
