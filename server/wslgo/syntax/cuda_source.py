"""Kernels in the text of a `.cu` file: which lines run on the GPU.

Total and linear: comments and strings are blanked out, then each function with `__global__` or `__device__` ends at the
brace that closes it.
"""

from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

_SKIPPED = pattern(r"//|/\*|\"|'")
_STRING = pattern(r"\"(?:[^\"\\\n]|\\.)*\"?")
_CHARACTER = pattern(r"'(?:[^'\\\n]|\\.){1,8}'?")
_WORD = pattern(r"\b__(?:global|device)__\b")
_END_OF_HEAD = pattern(r"[{};]")
_BRACE = pattern(r"[{}]")
_NAME = pattern(r"\b([A-Za-z_]\w*)\s*\(")
_NOT_NAMES = (
    "__launch_bounds__",
    "__maxnreg__",
    "__cluster_dims__",
    "__attribute__",
    "alignas",
    "decltype",
    "noexcept",
)


class DeviceFunction(NamedTuple):
    """A function for the GPU, with its lines from 0; only a kernel is launched from the host."""

    name: str
    is_kernel: bool
    first: int
    last: int


def device_function_at(text: str, line: int) -> DeviceFunction | None:
    """Return the function for the GPU that a line belongs to; None for code of the host."""
    code = _without_text(text)
    place = 0
    while found := _WORD.search(code, place):
        head = _END_OF_HEAD.search(code, found.end())
        if head is None:
            return None
        if head[0] != "{":
            place = head.end()  # a declaration or a variable
            continue
        end = _closing(code, head.end())
        first, last = code.count("\n", 0, found.start()), code.count("\n", 0, end)
        if first <= line <= last:
            signature = code[found.end() : head.start()]
            names = (match[1] for match in _NAME.finditer(signature) if match[1] not in _NOT_NAMES)
            is_kernel = found[0] == "__global__" or "__global__" in signature
            return DeviceFunction(next(names, ""), is_kernel, first, last)
        place = end
    return None


def _without_text(text: str) -> str:
    """Return the code with spaces for comments, strings and characters; its lines stay where they are."""
    pieces: list[str] = []
    place = 0
    while found := _SKIPPED.search(text, place):
        start = found.start()
        end = _end_of(found[0], text, start)
        pieces += (text[place:start], "".join("\n" if character == "\n" else " " for character in text[start:end]))
        place = end
    return "".join((*pieces, text[place:]))


def _end_of(opener: str, text: str, start: int) -> int:
    """Return the end of a comment, a string or a character that begins at `start`."""
    if opener in ("//", "/*"):
        closer = "\n" if opener == "//" else "*/"
        end = text.find(closer, start + 2)
        return len(text) if end < 0 else end + (0 if opener == "//" else 2)
    found = (_STRING if opener == '"' else _CHARACTER).match(text, start)
    return found.end() if found else start + 1


def _closing(code: str, place: int) -> int:
    """Return the end of a block whose opening brace is before `place`."""
    depth = 1
    for brace in _BRACE.finditer(code, place):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(code)
