"""The mistakes in a `wslgo.yaml`, each at its place, by the table of its keys."""

from collections.abc import Callable, Iterable, Iterator

from wslgo.goenv.team_patterns import is_of_a_team
from wslgo.knowledge.team_keys import ANY, KEYS, Shape, TeamKey
from wslgo.knowledge.wsl_key import Key as WslKey
from wslgo.knowledge.wsl_key import Kind
from wslgo.linter import policy_values
from wslgo.linter.settings import SEVERITIES, SYNONYMS, short_value
from wslgo.linter.team_yaml import Member, Node
from wslgo.linter.thresholds import score_of
from wslgo.syntax.go import gosumdb, module_patterns
from wslgo.syntax.wsl import value as wslvalue
from wslgo.text.message import Message, Text
from wslgo.text.nearest import nearest
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

UNKNOWN = Message(en="unknown key '{name}'", zh="未知的键 '{name}'")
NEAREST = Message(en="unknown key '{name}'; did you mean {near}?", zh="未知的键 '{name}'；是否指 {near}？")
TWICE = Message(en="'{name}' is there twice; only the last one counts", zh="'{name}' 出现了两次；只有最后一个有效")
NOT_A_MAP = Message(en="'{name}' must map names to values", zh="'{name}' 必须是名称到值的映射")
NOT_A_LIST = Message(en="'{name}' must be a list: {example}", zh="'{name}' 必须是列表：{example}")
NOT_A_VALUE = Message(en="'{name}' must be a value like {example}", zh="'{name}' 必须是 {example} 这样的值")
NOT_A_RULE = Message(en="wslgo has no rule '{value}'; see wslgo rules", zh="wslgo 没有规则 '{value}'；见 wslgo rules")
NOT_A_VERSION = Message(
    en="'{value}' is not a version for {name}; write it as {example}",
    zh="'{value}' 不是 {name} 的版本；请写成 {example}",
)
NOT_A_PROXY = Message(
    en="'{value}' is not a module proxy: write its address without a password, or direct",
    zh="'{value}' 不是模块代理：请写不含密码的地址，或 direct",
)
NOT_A_REGISTRY = Message(
    en="'{value}' is not a registry: write a host with or without a path, ghcr.io/acme",
    zh="'{value}' 不是镜像仓库：请写主机，可以带路径，例如 ghcr.io/acme",
)
NOT_A_PATTERN = Message(
    en="'{value}' is not a host or an organization that a team can own",
    zh="'{value}' 不是团队可以拥有的主机或组织",
)
NOT_A_DATABASE = Message(
    en="'{value}' is not a checksum database that go accepts, like sum.golang.org",
    zh="'{value}' 不是 go 接受的校验数据库，例如 sum.golang.org",
)
NOT_A_CHOICE = Message(
    en="{name} cannot be '{value}'; it can be {choices}", zh="{name} 不能是 '{value}'；可用：{choices}"
)
NO_WSL_KEY = Message(en=".wslconfig has no key '{name}'", zh=".wslconfig 没有键 '{name}'")
NEAREST_WSL_KEY = Message(
    en=".wslconfig has no key '{name}'; did you mean {near}?", zh=".wslconfig 没有键 '{name}'；是否指 {near}？"
)
NOT_FOR_WSL = Message(en="WSL does not accept '{value}' for {name}", zh="WSL 不接受 {name} 的值 '{value}'")
NO_ORDER = Message(
    en="{name} has no limits: only sizes and numbers have min and max",
    zh="{name} 没有上下限：只有大小和数字有 min 和 max",
)
CROSSED = Message(
    en="min of {name} is above its max, so no value is allowed", zh="{name} 的 min 大于 max，因此没有可用的值"
)
NOT_ONE = Message(en="wslgo.yaml must map names to values", zh="wslgo.yaml 必须是名称到值的映射")

_BY_PATH = {key.path: key for key in KEYS}
_ORDERED = (Kind.SIZE, Kind.INT)
_POLICY = "policy"
# Names that others have for keys of a policy.
_OTHER_WORDS = {
    **dict.fromkeys(("proxy", "goproxy", "GOPROXY"), "proxies"),
    **dict.fromkeys(("sumdb", "gosumdb", "GOSUMDB"), "checksums"),
    **dict.fromkeys(("registry", "images"), "registries"),
    **dict.fromkeys(("goprivate", "GOPRIVATE"), "private"),
    **dict.fromkeys(("ignore", "unignorable"), "never-ignore"),
    "tools": "versions",
}


class Problem(NamedTuple):
    """A mistake: an unknown key or a bad value, with the text that must have been meant, "" if that is not clear."""

    span: Span
    text: Text
    keys: tuple[str, ...]
    is_of_key: bool = False
    meant: str = ""


def problems(root: Node | None) -> Iterator[Problem]:
    """Yield the mistakes of a file in the order of its keys."""
    if root is None or (root.written is not None and root.value is None):
        return
    if root.members is None:
        yield Problem(root.span, NOT_ONE(), ())
        return
    yield from _in_map(root, ())


def known_keys(path: tuple[str, ...]) -> tuple[TeamKey, ...]:
    """Return the keys that a map can have."""
    return tuple(key for key in KEYS if len(key.path) == len(path) + 1 and _is_below(key.path, path))


def key_at(path: tuple[str, ...]) -> TeamKey | None:
    """Return the key at a path; a name that is not in the table is any name, where there can be one."""
    return _BY_PATH.get(path) or next(
        (key for key in KEYS if len(key.path) == len(path) and _fits(key.path, path)), None
    )


def _fits(known: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return all(mine in (name, ANY) for mine, name in zip(known, path, strict=False))


def _is_below(known: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return _fits(known[: len(path)], path)


def _in_map(node: Node, path: tuple[str, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for member in node.members or ():
        name = ".".join((*path, short_value(member.name)))
        if member.name in seen:
            yield Problem(member.span, TWICE(name=name), (*path, member.name), is_of_key=True)
        seen.add(member.name)
        if member.name == ANY or (key := key_at((*path, member.name))) is None:
            yield _unknown(member, path)
        else:
            yield from _of_value(member, key, (*path, member.name))


def _unknown(member: Member, path: tuple[str, ...]) -> Problem:
    near = nearest(member.name, (key.path[-1] for key in known_keys(path) if key.path[-1] != ANY))
    name = ".".join((*path, short_value(member.name)))
    meant = ".".join((*path, near)) if near else _elsewhere(member.name, path)
    text = NEAREST(name=name, near=meant) if meant else UNKNOWN(name=name)
    return Problem(member.span, text, (*path, member.name), is_of_key=True, meant=near or "")


def _elsewhere(name: str, path: tuple[str, ...]) -> str:
    """Return the key of the same part that a name must mean: one below, or the one that it is another word for."""
    below = [key.path for key in KEYS if key.path[-1] == name and key.path[:-2] == path]
    if path and len(below) == 1:
        return ".".join(below[0])
    return ".".join((*path, _OTHER_WORDS[name])) if path == (_POLICY,) and name in _OTHER_WORDS else ""


def _of_value(member: Member, key: TeamKey, path: tuple[str, ...]) -> Iterator[Problem]:
    node, name = member.node, ".".join(path)
    if path[:2] == (_POLICY, "wslconfig") and len(path) == 3:
        yield from _of_wsl_key(member, path)
        return
    if node.written is not None and node.value is None and _may_be_empty(path):
        return
    if key.shape is Shape.MAP:
        if node.members is None:
            yield Problem(node.span, NOT_A_MAP(name=name), path)
        elif path == ("check", "severity"):
            yield from (
                Problem(each.span, NOT_A_RULE(value=each.name), (*path, each.name), is_of_key=True)
                for each in node.members
                if not _is_rule(each.name)
            )
            yield from _in_map(node, path)
        else:
            yield from _in_map(node, path)
    elif key.shape is Shape.CHECKSUMS and node.items is None:
        yield from _of_choice(node, key, path)
    elif key.shape in _ITEMS:
        yield from _of_list(node, key, path)
    else:
        yield from _of_scalar(node, key, path)


def _may_be_empty(path: tuple[str, ...]) -> bool:
    """Return whether a key without a value is one that was not set: a requirement without one would be lost."""
    return path[0] != _POLICY or len(path) == 1


def _of_list(node: Node, key: TeamKey, path: tuple[str, ...]) -> Iterator[Problem]:
    name = ".".join(path)
    if node.items is None:
        yield Problem(node.span, NOT_A_LIST(name=name, example=key.example), path)
        return
    is_right, message = _ITEMS[key.shape]
    for item in node.items:
        if item.written is None or item.value is None:
            yield Problem(item.span, NOT_A_VALUE(name=name, example=key.example.strip("[]")), path)
        elif key.choices and key.shape is Shape.STEPS:
            yield from _of_choice(item, key, path)
        elif not is_right(item.written):
            yield Problem(item.span, message(value=short_value(item.written)), path)


def _of_scalar(node: Node, key: TeamKey, path: tuple[str, ...]) -> Iterator[Problem]:
    name = ".".join(path)
    if node.written is None or node.value is None:
        yield Problem(node.span, NOT_A_VALUE(name=name, example=key.example), path)
    elif key.shape is Shape.VERSION:
        read = policy_values.tool_version if path[:2] == (_POLICY, "versions") and path[-1] != "go" else _go_version
        if read(node.written) is None:
            shown = NOT_A_VERSION(value=short_value(node.written), name=path[-1], example=key.example.strip('"'))
            yield Problem(node.span, shown, path)
    elif key.shape is Shape.SEVERITY:
        word = node.written.lower()
        if SYNONYMS.get(word, word) not in SEVERITIES and not (word == "off" or node.value is False):
            yield from _of_choice(node, key, path)
    elif key.shape is Shape.SCORE and score_of(node.written) is None:
        yield Problem(node.span, NOT_A_VALUE(name=name, example=key.example), path)
    elif key.choices:
        yield from _of_choice(node, key, path)


def _go_version(text: str) -> object:
    return policy_values.oldest_go(text)


def _of_choice(node: Node, key: TeamKey, path: tuple[str, ...]) -> Iterator[Problem]:
    if node.written in key.choices:
        return
    shown = short_value(node.written if node.written is not None else node.plain())
    near = nearest(node.written or "", key.choices) or ""
    yield Problem(node.span, NOT_A_CHOICE(name=".".join(path), value=shown, choices=key.choices), path, meant=near)


def _is_rule(name: str) -> bool:
    from wslgo.linter.rule_names import is_rule_name  # it imports every rule for a name that it does not know

    return is_rule_name(name)


def _is_pattern(text: str) -> bool:
    return module_patterns.fault_of(text) is None and not policy_values.exempts_others(None, text)


def _is_database(text: str) -> bool:
    return text not in ("", "off") and not gosumdb.error_of(text)


_ITEMS: dict[Shape, tuple[Callable[[str], bool], Message]] = {
    Shape.RULES: (_is_rule, NOT_A_RULE),
    Shape.MODULES: (is_of_a_team, NOT_A_PATTERN),
    Shape.PATTERNS: (_is_pattern, NOT_A_PATTERN),
    Shape.STEPS: (bool, NOT_A_CHOICE),
    Shape.PROXIES: (policy_values.is_proxy, NOT_A_PROXY),
    Shape.REGISTRIES: (policy_values.is_registry, NOT_A_REGISTRY),
    Shape.CHECKSUMS: (_is_database, NOT_A_DATABASE),
}


# Keys of .wslconfig


def wsl_key(name: str) -> WslKey | None:
    """Return the key of `.wslconfig` that a policy names, with its section or without."""
    found = [key for key in _wsl_keys() if name.lower() in (key.id.lower(), key.name.lower())]
    return found[0] if len({key.id for key in found}) == 1 else None


def wsl_value(key: WslKey, text: str) -> str | None:
    """Return a value as WSL converts it; None if it rejects it."""
    match key.kind:
        case Kind.SIZE:
            return wslvalue.size(text)
        case Kind.INT:
            return wslvalue.integer(text, "wslconfig")
        case Kind.BOOL:
            return wslvalue.boolean(text)
        case Kind.ENUM:
            return wslvalue.enumeration(text, key.values)
    return text


def _wsl_keys() -> Iterable[WslKey]:
    from wslgo.knowledge.wslconfig_keys import KEYS as OF_WSLCONFIG  # few policies name one

    return OF_WSLCONFIG


def _of_wsl_key(member: Member, path: tuple[str, ...]) -> Iterator[Problem]:
    known = wsl_key(member.name)
    if known is None:
        near = nearest(member.name, (key.name for key in _wsl_keys())) or ""
        shown = short_value(member.name)
        text = NEAREST_WSL_KEY(name=shown, near=near) if near else NO_WSL_KEY(name=shown)
        yield Problem(member.span, text, path, is_of_key=True, meant=near)
        return
    if member.node.members is None:
        yield from _of_wsl_value(member.node, known, path)
        return
    yield from _in_map(member.node, path)
    if known.kind not in _ORDERED:
        yield Problem(member.node.span, NO_ORDER(name=known.name), path)
        return
    bounds = [member.node.at(name) for name in ("min", "max")]
    for bound in filter(None, bounds):
        if bound.written is not None and bound.value is not None:
            yield from _of_wsl_value(bound, known, path)
    values = [wsl_value(known, bound.written or "") for bound in bounds if bound is not None]
    if not member.node.members:
        yield Problem(member.node.span, NOT_A_VALUE(name=".".join(path), example="{max: 16GB}"), path)
    if len(values) == 2 and None not in values and int(values[0] or 0) > int(values[1] or 0):
        yield Problem(member.node.span, CROSSED(name=known.name), path)


def _of_wsl_value(node: Node, known: WslKey, path: tuple[str, ...]) -> Iterator[Problem]:
    if node.written is None or node.value is None:
        yield Problem(node.span, NOT_A_VALUE(name=".".join(path), example="{max: 16GB}"), path)
    elif wsl_value(known, node.written) is None:
        yield Problem(node.span, NOT_FOR_WSL(value=short_value(node.written), name=known.name), path)
