"""The examples in the docstring of a rule: what stands in its fences."""

import re
from typing import NamedTuple

from wslgo.family import by_name, family_of
from wslgo.rules import Rule
from wslgo.scene import File, read
from wslgo.source import UTF8, UTF16_BE, UTF16_LE, Source

_FENCE = re.compile(r"```(\w+)([^\n]*)\n(.*?)```", re.DOTALL)
_DEFAULT_PATHS = {"wslconfig": ".wslconfig", "wslconf": "wsl.conf", "gomod": "go.mod", "gowork": "go.work"}
_ENCODINGS = {"utf16": UTF16_LE, "utf16be": UTF16_BE}


class Example(NamedTuple):
    """One `## Example` or `## No finding` section: the files before, and after the fix (empty when none is shown)."""

    title: str
    before: tuple[File, ...]
    after: tuple[File, ...]


def examples(rule: Rule) -> list[Example]:
    """The examples that speak about the family of `rule`, in order."""
    family = rule.id.partition("/")[0]
    found = [_example(section, family) for section in re.split(r"^## ", rule.documentation, flags=re.MULTILINE)[1:]]
    return [one for one in found if one.before and one.before[0].family.name == family]


def _example(section: str, family: str) -> Example:
    title, _, body = section.partition("\n")
    before, _, after = body.partition("\nbecomes\n")
    return Example(title.strip(), _files(before, family), _files(after, family))


def _files(text: str, family: str) -> tuple[File, ...]:
    return tuple(_file(words, body, family) for _, words, body in _FENCE.findall(text))


def _file(words: str, body: str, family: str) -> File:
    """A fence as a file; its words: `path=NAME`, `bom`, `crlf`, `utf16`, `utf16be`, `no-newline`, `escapes`."""
    flags = words.split()
    path = next((word.removeprefix("path=") for word in flags if word.startswith("path=")), _DEFAULT_PATHS[family])
    text = body.encode().decode("unicode_escape").encode("latin-1").decode() if "escapes" in flags else body
    text = text.removesuffix("\n") if "no-newline" in flags else text
    text = text.replace("\n", "\r\n") if "crlf" in flags else text
    text = "\ufeff" + text if "bom" in flags else text
    encoding = next((_ENCODINGS[word] for word in flags if word in _ENCODINGS), UTF8)
    found = family_of(path) or by_name(family)
    assert found is not None
    return read(path, found, Source(text, encoding), place=path if path.startswith("/") else "")
