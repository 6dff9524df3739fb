"""Prose as a reader sees it, and the words with which an author says that something is wrong."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

# What a reader does not see: emphasis, code marks, the address of a link, HTML, struck text.
_MARKUP = pattern(
    r"`{1,3}([^`\n]{1,400})`{1,3}|~~(?:[^~\n]|~(?!~)){1,400}~~|<!--[^<>]{0,400}-->|</?[A-Za-z][^<>\n]{0,200}>|!?\[(?=[^\[\]\n]{0,300}\]\()|\]\([^()\s]{0,400}\)"
    r"|\*{1,3}|`{1,3}|(?<![\w_])_{1,2}(?=\w)|(?<=\w)_{1,2}(?![\w_])"
)
_SENTENCE_END = pattern(r"[。！？；!?]{1,9}|\.(?=\s{1,99}[^a-z\s])|\.\s{0,99}\Z")
_SHORTENED = pattern(r"\b(?:e\.g|i\.e|vs|etc|cf|approx|incl|no|dr|fig|resp)\Z", 2)
_WIDE = pattern(r"[⺀-￯]")


class Prose:
    """A text without its markup, and where each part of it is."""

    def __init__(self, whole: str, spans: Iterable[Span], *, is_code: bool = False) -> None:
        parts: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        size = 0
        for start, end in spans:
            if parts and not (_WIDE.match(parts[-1][-1:]) and _WIDE.match(whole[start : start + 1])):
                size = self._add(parts, " ", start, size)
            at = start
            for match in () if is_code else _MARKUP.finditer(whole, start, end):
                size = self._add(parts, whole[at : match.start()], at, size)
                if match[1]:  # code, in which stars are stars
                    size = self._add(parts, match[1], match.start(1), size)
                at = match.end()
            size = self._add(parts, whole[at:end], at, size)
        self.text = "".join(parts)

    def _add(self, parts: list[str], text: str, origin: int, size: int) -> int:
        if text:
            parts.append(text)
            self._starts.append(size)
            self._origins.append(origin)
        return size + len(text)

    def span(self, start: int, end: int) -> Span:
        """Return where a part of the text is in the whole."""
        return Span(self._place(start), self._place(end - 1) + 1)

    def _place(self, offset: int) -> int:
        number = bisect_right(self._starts, offset) - 1
        return self._origins[number] + offset - self._starts[number]

    def sentences(self) -> "Iterator[Sentence]":
        """Yield the sentences in order."""
        start = 0
        for match in _SENTENCE_END.finditer(self.text):
            if match[0].startswith(".") and _SHORTENED.search(self.text, max(start, match.start() - 8), match.start()):
                continue
            yield Sentence(start, match.end(), self.text[start : match.end()])
            start = match.end()
        if self.text[start:].strip():
            yield Sentence(start, len(self.text), self.text[start:])


class Sentence(NamedTuple):
    """A sentence with its place in the prose."""

    start: int
    end: int
    text: str
