"""The edit that adds a rule to `check: ignore:` in `wslgo.yaml`: one insertion, which keeps comments and layout."""

import yaml

from wslgo.linter import team_yaml
from wslgo.syntax.wsl.edit import newline
from wslgo.text.span import Edit, Span, apply
from wslgo.text.typing import Any


def ignore_edit(text: str, rule: str) -> Edit | None:
    """Return the edit after which the file ignores `rule` and is otherwise the same; None if there is none."""
    try:
        wanted = _parts_with(team_yaml.parse(text), rule) if len(text) <= team_yaml.LARGEST else None
        if wanted is None:
            return None
        edit = _insertion(text, rule)
        return edit if team_yaml.parse(apply(text, [edit])) == wanted else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _parts_with(parts: Any, rule: str) -> Any:
    """Return the new content; None if the file is not a `wslgo.yaml` or already ignores the rule."""
    parts = {} if parts is None else parts
    check = ({} if parts.get("check") is None else parts["check"]) if isinstance(parts, dict) else None
    if not isinstance(check, dict):
        return None
    ignore = [] if check.get("ignore") is None else check["ignore"]
    if not isinstance(ignore, list) or rule in ignore:
        return None
    return {**parts, "check": {**check, "ignore": [rule, *ignore]}}


def _insertion(text: str, rule: str) -> Edit:
    """Return the insertion at the deepest part of `check: ignore:` that the file has."""
    end = newline(text)
    root: Any = yaml.compose(text, yaml.SafeLoader)
    if root is None or _is_null(root):
        return _at_end(text, f"check:{end}  ignore:{end}    - {rule}{end}")
    check = _member(root, "check")
    if check is None:
        if root.flow_style:
            return _in_flow(root, f"check: {{ignore: [{rule}]}}")
        return _at_end(text, f"check:{end}  ignore:{end}    - {rule}{end}")
    if _is_null(check):
        return _after(check, f"{end}  ignore:{end}    - {rule}")
    ignore = _member(check, "ignore")
    if ignore is None:
        if check.flow_style:
            return _in_flow(check, f"ignore: [{rule}]")
        return _before(check, f"ignore:{end}{_indent(check)}  - {rule}{end}{_indent(check)}")
    if _is_null(ignore):
        return _after(ignore, f" [{rule}]")
    return _in_flow(ignore, rule) if ignore.flow_style else _before(ignore, f"- {rule}{end}{_indent(ignore)}")


def _member(mapping: Any, name: str) -> Any:
    if not isinstance(mapping, yaml.MappingNode):
        return None
    return next((value for key, value in mapping.value if key.value == name), None)


def _is_null(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null" and not node.value


def _indent(node: Any) -> str:
    return " " * int(node.start_mark.column)


def _before(node: Any, new: str) -> Edit:
    return Edit(Span(node.start_mark.index, node.start_mark.index), new)


def _after(node: Any, new: str) -> Edit:
    return Edit(Span(node.end_mark.index, node.end_mark.index), new)


def _in_flow(node: Any, new: str) -> Edit:
    """Insert at the start of braces or brackets."""
    start = node.start_mark.index + 1
    return Edit(Span(start, start), f"{new}, " if node.value else new)


def _at_end(text: str, new: str) -> Edit:
    return Edit(Span(len(text), len(text)), new if not text or text.endswith(("\n", "\r")) else newline(text) + new)
