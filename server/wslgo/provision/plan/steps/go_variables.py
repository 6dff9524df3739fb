"""Go variables that keep the go command from working, mended where they are set.

The go env file is what `go env -w` writes and every editor's go command reads. A value that somebody exports wins over
it, so then there is a warning. GOPROXY is a policy: proxies are added only where nobody has set one.
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import ENVIRONMENT
from wslgo.machine.host import Host
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import LOGIN, Step
from wslgo.provision.plan.file_fixes import Mended, mended, together, written
from wslgo.syntax.family import GOENV, family_of
from wslgo.syntax.go import env_file, goproxy
from wslgo.text.message import Message, Text
from wslgo.text.source import Source, decode
from wslgo.text.span import Edit, Span, apply

ID = "go-variables"
TITLE = Message(en="Set {names} in the go env file", zh="在 go env 文件中设置 {names}")
TITLE_SHELL = Message(en="Mend the Go variables in {path}", zh="修正 {path} 中的 Go 变量")

BROKEN = Message(en="go refuses GOPROXY={value}: {words}", zh="go 拒绝 GOPROXY={value}：{words}")
SILENT = Message(
    en="{proxy} does not answer here ({problem}), and {mirror} does",
    zh="此处无法访问 {proxy}（{problem}），而 {mirror} 可以访问",
)
OTHER_GOROOT = Message(
    en="GOROOT={value} would make every go command use that tree, whichever Go it is",
    zh="GOROOT={value} 会让任何 go 命令都使用该目录，无论其版本",
)
WISHED = Message(en="{name} is wished for", zh="按要求设置 {name}")
EXPORTED = Message(
    en="{name} is also exported ({value}), which wins over the go env file until that export is gone",
    zh="{name} 还被 export（{value}），在移除该 export 之前会优先于 go env 文件",
)

DEFAULT_PROXY = "https://proxy.golang.org"
# Reachable where the default is not; as of 2026-08. The first that answers is taken, `direct` stays last.
MIRRORS = ("https://goproxy.cn", "https://goproxy.io")


# Rules whose fix is not safe in an editor, since there is a choice; here it is shown and asked for.
CHOSEN = (
    *("goenv/unreachable-proxy", "goenv/unusable-proxy", "goenv/proxy-without-entries"),
    *("goenv/malformed-checksum-database", "goenv/folder-not-absolute"),
)


def reads(user: User, host: Host) -> tuple[str, ...]:
    return (_path(user, host), *layout.shell_files(user))


def asks(facts: Facts) -> tuple[str, ...]:
    """The proxies to ask next: none where somebody has decided, and mirrors only where the default is silent."""
    answers = {one.url: one for one in facts.proxies}
    if not _is_default(facts) or MIRRORS[0] in answers:
        return ()
    if DEFAULT_PROXY not in answers:
        return (DEFAULT_PROXY,)
    return MIRRORS if answers[DEFAULT_PROXY].seconds is None else ()


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    path = _path(facts.user, facts.host)
    repaired = mended(facts, path, GOENV, CHOSEN)
    if repaired is not None:
        yield from _in_file(facts, path, repaired, _changes(facts, spec, repaired.source))
    for shell_file in layout.shell_files(facts.user):
        yield from _in_shell(facts, shell_file)


def _in_file(facts: Facts, path: str, repaired: Mended, changes: "Changes") -> Iterator[Step]:
    """The go env file, mended and then changed."""
    text = repaired.source.text
    for name, (value, _) in changes.items():
        text = _with(text, name, value)
    write = written(facts, path, repaired.source._replace(text=text))
    if write is not None:
        names = _names(decode(write.before or b""), Source(text))
        reason = together((*repaired.reasons, *(reason for _, reason in changes.values())))
        yield Step(ID, TITLE(names=names), reason, (write,), warnings=tuple(_exports(facts, names)))


def _in_shell(facts: Facts, path: str) -> Iterator[Step]:
    """Exports of the user that go refuses or never heeds to the end; those win over the go env file."""
    family = family_of(path)
    repaired = mended(facts, path, family.name, CHOSEN) if family else None
    write = written(facts, path, repaired.source) if repaired else None
    if repaired is not None and write is not None:
        yield Step(ID, TITLE_SHELL(path=path), together(repaired.reasons), (write,), after=(LOGIN,))


def _names(before: Source, after: Source) -> str:
    """The variables whose values differ."""
    old, new = ({one.key: one.value for one in env_file.parse(source).lines} for source in (before, after))
    return ", ".join(name for name in dict.fromkeys((*new, *old)) if name and old.get(name) != new.get(name))


Changes = dict[str, tuple[str | None, Text]]  # the new value, None for no line, and why


def _changes(facts: Facts, spec: Spec, source: Source) -> Changes:
    """What no rule mends, since it takes the network or a wish to know what is meant."""
    tree = env_file.parse(source)
    changes: Changes = {}
    line = tree.find("GOPROXY")
    proxy = _without_refused(line.value) if line else _mirrored(facts)
    if proxy is not None:
        changes["GOPROXY"] = proxy
    root = tree.find("GOROOT")
    if root is not None and root.value and layout.in_use(facts) is not None:
        changes["GOROOT"] = (None, OTHER_GOROOT(value=root.value))
    for name, value in spec.variables:
        wished = tree.find(name)
        if wished is None or wished.value != value:
            changes[name] = (value, WISHED(name=name))
    return changes


def _without_refused(value: str) -> tuple[str | None, Text] | None:
    """The list without the entries for which go refuses all of it; nothing where none would be left to ask."""
    proxy = goproxy.parse(value, default="")
    kept = [one for one in proxy.entries if not one.refusal]
    if not proxy.error or not proxy.entries:
        return None
    if not kept:
        return None, BROKEN(value=value, words=proxy.error)
    pieces = [one.text + ("|" if one.next_on == "any-error" else ",") for one in kept]
    return "".join(pieces)[:-1], BROKEN(value=value, words=proxy.error)


def _mirrored(facts: Facts) -> tuple[str | None, Text] | None:
    """A mirror where the default is silent; None where somebody has decided, or nobody knows."""
    answers = {one.url: one for one in facts.proxies}
    default = answers.get(DEFAULT_PROXY)
    if not _is_default(facts) or default is None or default.seconds is not None:
        return None
    mirror = next((one for one in MIRRORS if one in answers and answers[one].seconds is not None), None)
    if mirror is None:
        return None
    return f"{mirror},direct", SILENT(proxy=DEFAULT_PROXY, problem=default.problem, mirror=mirror)


def _is_default(facts: Facts) -> bool:
    """Whether GOPROXY says what it says without anybody's doing."""
    known = facts.host.variable("GOPROXY")
    return known is None or known.value == goproxy.DEFAULT


def _with(text: str, name: str, value: str | None) -> str:
    """The file with a line for a variable, or without one. Further lines of that name, which go skips, go with it."""
    lines = [
        one
        for one in env_file.parse(Source(text)).lines
        if one.key == name and one.use is not env_file.LineStatus.SKIPPED
    ]
    wholes = [Span(one.span.start, one.span.end + text.startswith("\n", one.span.end)) for one in lines]
    if value is None:
        return apply(text, [Edit(whole, "") for whole in wholes])
    if lines:
        return apply(text, [*(Edit(whole, "") for whole in wholes[:-1]), Edit(lines[-1].value_span, value)])
    break_ = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{break_}{name}={value}\n"


def _exports(facts: Facts, names: str) -> Iterator[Text]:
    for name in names.split(", "):
        known = facts.host.variable(name)
        if known is not None and known.origin == ENVIRONMENT:
            yield EXPORTED(name=name, value=known.value)


def _path(user: User, host: Host) -> str:
    return host.goenv_path or f"{user.home}/.config/go/env"
