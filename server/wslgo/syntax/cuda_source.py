"""Kernels in the text of a `.cu` file: which lines run on the GPU.

Total and linear: comments and strings are blanked out, then each function with `__global__` or `__device__` ends at the
brace that closes it.
"""

import re
from typing import NamedTuple

from wslgo.text.pattern import pattern

_SKIPPED = pattern(
    r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.){1,8}'", re.DOTALL
)
_WORD = pattern(r"\b__(?:global|device)__\b")
_END_OF_HEAD = pattern(r"[{};]")
_BRACE = pattern(r"[{}]")
_NAME = pattern(r"\b([A-Za-z_]\w*)\s*(?:<[^()]*>\s*)?\(")
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
    code = _SKIPPED.sub(_blanked, text)
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


def _blanked(found: re.Match[str]) -> str:
    return "".join("\n" if character == "\n" else " " for character in found[0])


def _closing(code: str, place: int) -> int:
    """Return the end of a block whose opening brace is before `place`."""
    depth = 1
    for brace in _BRACE.finditer(code, place):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(code)
