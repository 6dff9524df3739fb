"""Every regular expression of the product needs linear time, whatever text it meets; nothing is measured.

The expressions are those that modules hold (in tables too) and those that functions write inside, where "x" stands for
what only the call knows. One that is only ever matched at one place counts as such; all others as searched.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import wslgo
from backtracking import blame
from wslgo.text.pattern import _Uncompiled

# What is matched at most once in each line, at a place that the code before it has found: a restart needs a line end.
ONCE_A_LINE = frozenset(
    (
        "wslgo.linter.rules.resolvconf.wsl_key._SETTING",  # at the start of a line
        "wslgo.syntax.air._BUILD",  # at the start of a line
        "wslgo.syntax.go.file_body._CONSTANT",  # at the start of a line
        "wslgo.syntax.go.mod_tree._ORDINARY",  # at the start of a line; what it does not take is read to the line's end
        "wslgo.syntax.wsl.ini._ORDINARY",  # likewise
    )
)
# What never meets a text of others.
OWN_TEXT = frozenset(
    (
        "wslgo.cli.output.documentation_text._FENCE",  # the documentation of our own rules and topics
        "wslgo.text.documentation._BLOCK",  # the documentation of our own rules and topics
        "wslgo.text.documentation._ENTRY",  # the documentation of our own rules and topics
        "wslgo.ide.page.rule:re.sub",  # the documentation of our own rules
    )
)
# What is linear for a reason that the check does not see.
INNOCENT = frozenset(
    (
        "wslgo.provision.toolchain.archive.tarball._OCTAL",  # matches a field of 12 bytes
        "wslgo.machine.redaction.text._URL",  # after `(.*)@` all fits, so only the last `@` is tried
    )
)
_WHOLE = frozenset(("fullmatch", "fullmatch at"))  # the second between two places that the code before has found
_AT_ONE_PLACE = frozenset(("match", *_WHOLE))
_FUNCTIONS = frozenset(("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"))


class Expression(NamedTuple):
    """A regular expression, where it is, and what is done with it: the names of methods."""

    name: str
    written: str | bytes
    flags: int
    uses: frozenset[str]


def modules() -> Iterator[tuple[str, Any]]:
    for module in pkgutil.walk_packages(wslgo.__path__, "wslgo."):
        if not module.name.endswith("__main__"):
            yield module.name, importlib.import_module(module.name)


def expressions() -> dict[str, Expression]:
    """Return all expressions of the product by name."""
    loaded = dict(modules())
    trees = {name: ast.parse(Path(module.__file__).read_text("utf-8")) for name, module in loaded.items()}
    uses = {name: methods_called(tree) for name, tree in trees.items()}
    found: dict[str, Expression] = {}
    for module, content in loaded.items():
        for name, value in vars(content).items():
            for number, (written, flags) in enumerate(held(value, 3)):
                full = f"{module}.{name}" + (f"[{number}]" if number else "")
                used = set(uses[module].get(name, ()))
                for other, names in uses.items():
                    used |= names.get(f"{module.rpartition('.')[2]}.{name}", set())
                    used |= names.get(name, set()) if vars(loaded[other]).get(name) is value else set()
                found[full] = Expression(full, written, flags, frozenset(used))
        for number, expression in enumerate(inside(module, content, trees[module])):
            found[f"{expression.name}#{number}"] = expression
    return found


def held(value: object, depth: int) -> Iterator[tuple[str | bytes, int]]:
    """Yield the expressions in a value of a module, in tables too."""
    if isinstance(value, re.Pattern):
        yield value.pattern, value.flags & ~re.UNICODE.value
    elif isinstance(value, _Uncompiled):
        yield value._uncompiled
    elif depth and isinstance(value, Mapping):
        for member in value.values():
            yield from held(member, depth - 1)
    elif depth and isinstance(value, (tuple, list)):
        for member in value:
            yield from held(member, depth - 1)


def methods_called(tree: ast.Module) -> dict[str, set[str]]:
    """Return the methods that a module calls on each name; with a second argument, `match` begins anywhere."""
    found: dict[str, set[str]] = {}
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        name = node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
        if name is None:
            continue
        method = parents.get(node)
        if isinstance(method, ast.Subscript) and method.value is node:  # a table
            method = parents.get(method)
        if isinstance(method, ast.Attribute):
            call = parents.get(method)
            at_place = isinstance(call, ast.Call) and call.func is method and len(call.args) > 1
            found.setdefault(name, set()).add(f"{method.attr} at" if at_place else method.attr)
        else:
            found.setdefault(name, set()).add("handed on")
    return found


def inside(module: str, content: Any, tree: ast.Module) -> Iterator[Expression]:
    """Yield the expressions that are written in calls within functions."""
    top = set(
        ast.walk(ast.Module([node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)], []))
    )
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or node in top or not node.args:
            continue
        function = node.func
        is_pattern = isinstance(function, ast.Name) and function.id == "pattern"
        is_re = (
            isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Name)
            and function.value.id == "re"
            and function.attr in _FUNCTIONS
        )
        if is_pattern or is_re:
            written = evaluated(node.args[0], content)
            method = function.attr if isinstance(function, ast.Attribute) else "pattern"
            flags = [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
            flags += node.args[1:2] if method in ("compile", "pattern") else []
            number = 0
            for flag in flags:
                number |= int(eval(compile(ast.Expression(flag), module, "eval"), vars(content)))  # noqa: S307
            if written is not None:
                yield Expression(f"{module}:re.{method}", written, number, frozenset((method,)))


def evaluated(node: ast.expr, content: Any) -> str | None:
    """Return the text of an expression, with "x" for names that only a call knows; None for a named expression."""
    if isinstance(node, ast.Name):
        value = getattr(content, node.id, None)
        return value if isinstance(value, str) else None  # a compiled one is found where it is made
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = [
            value.value if isinstance(value, ast.Constant) else _known(value.value, content) for value in node.values
        ]
        return "".join(parts)
    return None


def _known(node: ast.expr, content: Any) -> str:
    try:
        return str(eval(compile(ast.Expression(node), "<pattern>", "eval"), vars(content)))  # noqa: S307
    except NameError:
        return "x"


@pytest.fixture(scope="module")
def all_expressions() -> dict[str, Expression]:
    return expressions()


@pytest.mark.slow
def test_every_expression_needs_linear_time(all_expressions: dict[str, Expression]) -> None:
    judged: dict[tuple[object, ...], object] = {}
    blamed = []
    for name, expression in all_expressions.items():
        plain = name.partition("#")[0]
        if plain in OWN_TEXT | INNOCENT:
            continue
        searched = not expression.uses or not expression.uses <= _AT_ONE_PLACE
        is_whole = bool(expression.uses) and expression.uses <= _WHOLE
        key = expression.written, expression.flags, searched, is_whole, plain in ONCE_A_LINE
        if key not in judged:
            judged[key] = blame(*key[:2], searched=searched, whole=key[3], once_a_line=key[4])
        if judged[key]:
            blamed.append(f"{name}: {judged[key]}: {expression.written!r}")
    assert blamed == []


@pytest.mark.slow
def test_no_exception_is_out_of_date(all_expressions: dict[str, Expression]) -> None:
    names = {name.partition("#")[0] for name in all_expressions}
    assert names >= ONCE_A_LINE | OWN_TEXT


@pytest.mark.slow
def test_the_check_sees_the_expressions(all_expressions: dict[str, Expression]) -> None:
    assert len(all_expressions) > 300
    assert {
        "wslgo.syntax.go.file_body._DARK",
        "wslgo.syntax.json.jsonc._TOKEN",
        "wslgo.syntax.shell.dialect.FISH",
    } <= set(all_expressions)


@pytest.mark.parametrize(
    "written",
    [
        r"(a+)+$",
        r"(?:a|a)*b",
        r"(?:a|b|ab)*c",
        r"(?:a*)*b",
        r"^(?:\\.|[^\"])*$",
        r"(?:\S+=\S*[ ]+)*x",
        r"(?:[ab]+[bc]+)+d",
    ],
)
def test_an_expression_with_exponentially_many_paths_is_blamed(written: str) -> None:
    found = blame(written)
    assert found is not None
    assert found.kind == "exponential"


@pytest.mark.parametrize(
    "written",
    [
        r"\s+$",  # searched: each space is a start
        r"\s*\s*x",
        r"\A\s*\s*x",
        r"\A.*a.*b",
        r'"(?:[^"\\]|\\.)*"',  # each \" is a start
        r"(\w+)=(\"[^\"]*\"|\S*)x",
        r"\b(\w+(?:\.\w+)*)\.(Listen)\b",
        r"[ \t]+(.*?)[ \t\r]*\Z",
        r"(?:a(?=a*b))*",  # looks far ahead at each place
        r"a(?:[ab]*c)?",  # finds something, but looks to the end first
        r"^const[ \t]*\((?s:.*?)^\)",
        r"\$\{(\w+)-([^}]*)\}",
        r"(?i)(?:token[A-Z0-9_]*)\s*=",
    ],
)
def test_an_expression_with_many_paths_is_blamed(written: str) -> None:
    assert blame(written, re.MULTILINE) is not None


@pytest.mark.parametrize(
    "written",
    [
        r"//[^\n]*",
        r"(?<![ \t])[ \t]+(?=,)",
        r"\A[ \t]*(?![ \t])x",
        r"\A[ \t]*(?![ \t])[^:]*:",
        r"[a-z]+(?:\.[a-z]+)*",
        r"(?<![\w.])\w+=x",
        r'\A(?:[^"\\]|\\.)*"',
        r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"?',
        r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?",
        r"\$\{input:([^{}]*)\}",
        r"\b\w+\b",
        r"[ ]*(?:[a-z]+|[^a-z ]|\Z)",  # one of the three always fits
        r"[0-9]{1,18}",
    ],
)
def test_an_expression_with_few_paths_is_not_blamed(written: str) -> None:
    assert blame(written, re.MULTILINE) is None


def test_what_is_matched_at_one_place_has_no_other_starts() -> None:
    assert blame(r"\s+x") is not None
    assert blame(r"\s+x", searched=False) is None
    assert blame(r"\s*x", once_a_line=True) is not None
    assert blame(r"[ \t]*x", once_a_line=True) is None
