"""Build constraints: `//go:build` and `// +build` lines, and the end of a file's name.

It follows `go/build` and `go/build/constraint` of go 1.26. A constraint is kept in postfix order, so that nothing here
recurses; a constraint that Go rejects is None, since Go does not build the file then either.
"""

from collections.abc import Callable, Iterator

from wslgo.text.pattern import pattern

Constraint = tuple[str, ...]  # tags, and after their operands `!`, `&&`, `||`
ALWAYS: Constraint = ()

# internal/syslist (go 1.26): only these count at the end of a name.
SYSTEMS = frozenset(
    (
        *("aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl"),
        *("netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos"),
    )
)
ARCHITECTURES = frozenset(
    (
        *("386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64"),
        *("mips64le", "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x"),
        *("sparc", "sparc64", "wasm"),
    )
)
# Tags that users do not set with `-tags`.
FIXED_TAGS = frozenset((*SYSTEMS, *ARCHITECTURES, "ignore", "cgo", "unix", "gc"))

_OPERATORS = ("!", "&&", "||")
_BINDING = {"(": 0, "||": 1, "&&": 2, "!": 3}
_TOKEN = pattern(r"(?<![ \t])[ \t]*(?![ \t])(?:(&&|\|\||[()!])|((?:[^\W_]|[_.])+)|([^ \t]))")
_TAG = pattern(r"(?:[^\W_]|[_.])+")
_NEVER = "ignore"  # what Go makes of a word in `+build` that cannot be a tag


def parse(expression: str) -> Constraint | None:
    """Return the constraint after `//go:build`; None if Go reports an error."""
    done: list[str] = []
    waiting: list[str] = []
    is_operand_next = True
    for match in _TOKEN.finditer(expression.rstrip(" \t")):
        operator, tag, rest = match.groups()
        begins_operand = tag is not None or operator in ("!", "(")
        if rest or begins_operand != is_operand_next:
            return None
        if tag is not None:
            done.append(tag)
        elif operator == ")":
            if not _close(done, waiting):
                return None
        else:
            _push(operator, done, waiting)
        is_operand_next = (begins_operand and tag is None) or operator in ("&&", "||")
    if is_operand_next or "(" in waiting:
        return None
    return (*done, *reversed(waiting))


def parse_plus(words: str) -> Constraint:
    """Return the constraint after `// +build`: words are alternatives, and all parts between commas must be true."""
    found: list[str] = []
    for count, word in enumerate(words.split()):
        for place, part in enumerate(word.split(",")):
            found += _plus_part(part) + (["&&"] if place else [])
        found += ["||"] if count else []
    return tuple(found) or (_NEVER,)


def conjunction(*constraints: Constraint) -> Constraint:
    """Return the constraint that is true if all of these are."""
    found: list[str] = []
    for constraint in filter(None, constraints):
        found += (*constraint, "&&") if found else constraint
    return tuple(found)


def file_name_constraint(name: str) -> Constraint:
    """Return the constraint of a file's name: `_linux`, `_amd64`, `_linux_amd64`, perhaps before `_test`."""
    _, *parts = name.partition(".")[0].split("_")
    if parts and parts[-1] == "test":
        parts.pop()
    if len(parts) > 1 and parts[-2] in SYSTEMS and parts[-1] in ARCHITECTURES:
        return (parts[-1], parts[-2], "&&")
    return (parts[-1],) if parts and parts[-1] in SYSTEMS | ARCHITECTURES else ALWAYS


def holds(constraint: Constraint | None, is_set: Callable[[str], bool]) -> bool:
    """Return whether a file with this constraint is built; it is not if Go rejects the constraint."""
    if constraint is None:
        return False
    stack = [True]
    for word in constraint:
        if word == "!":
            stack.append(not stack.pop())
        elif word in _OPERATORS:
            right, left = stack.pop(), stack.pop()
            stack.append(left and right if word == "&&" else left or right)
        else:
            stack.append(is_set(word))
    return stack[-1]


def tags(constraint: Constraint | None) -> Iterator[str]:
    """Return the tags in a constraint."""
    return (word for word in constraint or () if word not in _OPERATORS)


def _push(operator: str, done: list[str], waiting: list[str]) -> None:
    while operator in ("&&", "||") and waiting and _BINDING[waiting[-1]] >= _BINDING[operator]:
        done.append(waiting.pop())
    waiting.append(operator)


def _close(done: list[str], waiting: list[str]) -> bool:
    """Apply the operators since the opening bracket; return False if there is none."""
    while waiting:
        operator = waiting.pop()
        if operator == "(":
            return True
        done.append(operator)
    return False


def _plus_part(part: str) -> list[str]:
    tag = part.removeprefix("!")
    if not _TAG.fullmatch(tag):
        return [_NEVER]
    return [tag, "!"] if part != tag else [tag]
