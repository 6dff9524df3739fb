"""Go variables that keep the go command from working, fixed where they are set.

The go env file is written by `go env -w` and read by every editor's go command. An exported value wins over it, so then
there is a warning. GOPROXY is a policy: proxies are added only if it is not set. Without a finding only the values
that `wslgo.yaml` requests are set.
"""

from collections.abc import Iterable, Iterator

from wslgo.goenv.assignment import ENVIRONMENT
from wslgo.goenv.failure import variable_behind
from wslgo.goenv.target import foreign_target
from wslgo.golang.cuda_links import linker_flags, unlinked
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import LOGIN, Step
from wslgo.provision.plan.file_fixes import FixedSource, fixed_source, joint_reason, write_of
from wslgo.provision.plan.judgement import has_finding
from wslgo.syntax.family import GOENV, family_of
from wslgo.syntax.go import env_file, goproxy
from wslgo.text.message import Message, Text
from wslgo.text.source import Source, decode
from wslgo.text.span import Edit, Span, apply

ID = "go-variables"
_SILENT_PROXY, _OTHER_GOROOT = "machine/silent-module-proxy", "machine/goroot-of-another-go"
_UNUSABLE = "goenv/unusable-proxy"
_NOT_LINKED = "machine/cuda-library-not-linked"
RESOLVES = ("goenv", "machine/empty-variable", _SILENT_PROXY, _OTHER_GOROOT, _NOT_LINKED)
TITLE = Message(en="Set {names} in the go env file", zh="在 go env 文件中设置 {names}")
TITLE_REMOVED = Message(en="Remove {names} from the go env file", zh="从 go env 文件中删除 {names}")
TITLE_CHANGED = Message(en="Change {names} in the go env file", zh="在 go env 文件中更改 {names}")
TITLE_SHELL = Message(en="Fix Go variables in {path}", zh="修复 {path} 中的 Go 变量")

BROKEN = Message(en="go rejects GOPROXY={value}: {words}", zh="go 会报错：GOPROXY={value} 无效（{words}）")
SILENT = Message(
    en="{proxy} does not answer here ({problem}), but {mirror} does",
    zh="此处无法访问 {proxy}（{problem}），而 {mirror} 可以访问",
)
OTHER_GOROOT = Message(
    en="GOROOT={value} makes every go command use that folder, even one of another version",
    zh="GOROOT={value} 会让所有 go 命令都使用该文件夹，即使版本不同",
)
FAILS = Message(
    en="{name}={value} makes every go command fail: {problem}",
    zh="{name}={value} 会使所有 go 命令失败：{problem}",
)
OTHER_SYSTEM = Message(
    en="{name}={value} makes every build one for another system; set it for one command instead",
    zh="{name}={value} 会使每次构建都面向另一系统；请只为单个命令设置",
)
UNLINKED = Message(
    en="The linker does not find {names}: it is in {folders}",
    zh="链接器找不到 {names}：它在 {folders} 中",
)
REQUESTED = Message(en="{name} is requested by wslgo.yaml", zh="wslgo.yaml 要求设置 {name}")
EXPORTED = Message(
    en="{name} is also exported ({value}), which wins over the go env file until you remove that export",
    zh="{name} 还被 export（{value}），在移除该 export 之前会优先于 go env 文件",
)

DEFAULT_PROXY = "https://proxy.golang.org"
# Reachable where the default is not; as of 2026-08. The first that answers is taken, `direct` stays last.
MIRRORS = ("https://goproxy.cn", "https://goproxy.io")


# Rules whose fix is not safe in an editor, since there is a choice; here the user sees and confirms it.
CHOSEN = (
    *("goenv/unreachable-proxy", "goenv/unusable-proxy", "goenv/proxy-without-entries"),
    *("goenv/malformed-checksum-database", "goenv/folder-not-absolute"),
)


def reads(user: User, host: Host) -> tuple[str, ...]:
    return (_path(user, host), *layout.shell_files(user))


def asks(facts: Facts) -> tuple[str, ...]:
    """Return the proxies to ask next: none if GOPROXY is set, mirrors only if the default does not answer."""
    answers = {proxy.url: proxy for proxy in facts.proxies}
    if not _is_default(facts) or MIRRORS[0] in answers:
        return ()
    if DEFAULT_PROXY not in answers:
        return (DEFAULT_PROXY,)
    return MIRRORS if answers[DEFAULT_PROXY].seconds is None else ()


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    path = _path(facts.user, facts.host)
    repaired = fixed_source(facts, path, GOENV, CHOSEN)
    if repaired is not None:
        yield from _in_file(facts, path, repaired, _changes(facts, spec, repaired.source))
    for shell_file in layout.shell_files(facts.user):
        yield from _in_shell(facts, shell_file)


def _in_file(facts: Facts, path: str, repaired: FixedSource, changes: "Changes") -> Iterator[Step]:
    """Yield the step for the go env file: first its fixes, then the changes."""
    text = repaired.source.text
    for name, (value, _) in changes.items():
        text = _with(text, name, value)
    write = write_of(facts, path, repaired.source._replace(text=text))
    if write is not None:
        before, after = decode(write.before or b""), Source(text)
        names = _names(before, after)
        reason = joint_reason((*repaired.reasons, *(reason for _, reason in changes.values())))
        is_broken = any(reason.message is BROKEN for _, reason in changes.values())
        resolves = (*repaired.rules, *((_UNUSABLE,) if is_broken else ()), *_resolved(facts.host, names))
        warnings = tuple(_exports(facts, names))
        yield Step(ID, _title(names, after), reason, (write,), warnings=warnings, resolves=resolves)


def _title(names: tuple[str, ...], after: Source) -> Text:
    """Return a title that says whether variables are set, removed, or both."""
    left = {line.key for line in env_file.parse(after).lines}
    removed = [name for name in names if name not in left]
    title = TITLE if not removed else TITLE_REMOVED if len(removed) == len(names) else TITLE_CHANGED
    return title(names=names)


def _resolved(host: Host, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the rules about the machine whose findings other values of variables in the go env file end."""
    if "GOPROXY" in names:
        yield _SILENT_PROXY
    if "GOROOT" in names:
        yield _OTHER_GOROOT
    if "CGO_LDFLAGS" in names:
        yield _NOT_LINKED
    broken, foreign = variable_behind(host), foreign_target(host)
    if broken is not None and broken.name in names and broken.origin == host.goenv_path:
        yield "machine/go-fails"
    if foreign and all(variable.name in names and variable.origin == host.goenv_path for variable in foreign):
        yield "machine/builds-for-another-system"


def _in_shell(facts: Facts, path: str) -> Iterator[Step]:
    """Yield the step for exports in a shell file that go rejects or ignores in part; they win over the go env file."""
    family = family_of(path)
    repaired = fixed_source(facts, path, family.name, CHOSEN) if family else None
    write = write_of(facts, path, repaired.source) if repaired else None
    if repaired is not None and write is not None:
        yield Step(
            ID,
            TITLE_SHELL(path=path),
            joint_reason(repaired.reasons),
            (write,),
            after=(LOGIN,),
            resolves=repaired.rules,
        )


def _names(before: Source, after: Source) -> tuple[str, ...]:
    """Return the variables whose values differ."""
    old, new = ({line.key: line.value for line in env_file.parse(source).lines} for source in (before, after))
    return tuple(name for name in dict.fromkeys((*new, *old)) if name and old.get(name) != new.get(name))


Changes = dict[str, tuple[str | None, Text]]  # the new value, None for no line, and why


def _changes(facts: Facts, spec: Spec, source: Source) -> Changes:
    """Return the changes that no rule can make, since they depend on the network or on requested settings."""
    tree = env_file.parse(source)
    changes: Changes = {}
    line = tree.find("GOPROXY")
    proxy = _usable_entries(line.value) if line else _mirror(facts)
    if proxy is not None:
        changes["GOPROXY"] = proxy
    root = tree.find("GOROOT")
    if root is not None and root.value and has_finding(_OTHER_GOROOT, facts.host):
        changes["GOROOT"] = (None, OTHER_GOROOT(value=root.value))
    broken = variable_behind(facts.host)
    if broken is not None and facts.host.go is not None:
        harm = FAILS(name=broken.name, value=broken.value, problem=facts.host.go.problem)
        changes |= _removal(facts.host, tree, broken.name, harm)
    changes |= _linker_flags(facts)
    for foreign in foreign_target(facts.host):
        harm = OTHER_SYSTEM(name=foreign.name, value=foreign.value)
        changes |= _removal(facts.host, tree, foreign.name, harm)
    for name, value in spec.variables:
        present = tree.find(name)
        if present is None or present.value != value:
            changes[name] = (value, REQUESTED(name=name))
    return changes


def _linker_flags(facts: Facts) -> Changes:
    """Return CGO_LDFLAGS with the folders of CUDA libraries that the linker does not find, unless it is exported."""
    variable = facts.host.variable("CGO_LDFLAGS")
    if facts.workspace is None or (variable is not None and variable.origin == ENVIRONMENT):
        return {}
    if not has_finding(_NOT_LINKED, facts.host, MachineScene(workspace=facts.workspace)):
        return {}
    found = tuple(unlinked(facts.workspace.cuda_links, facts.host))
    names = tuple(dict.fromkeys(link.name for link, _ in found))
    folders = tuple(dict.fromkeys(folder for _, folder in found))
    return {"CGO_LDFLAGS": (linker_flags(facts.host, folders), UNLINKED(names=names, folders=folders))}


def _removal(host: Host, tree: env_file.GoEnv, name: str, reason: Text) -> Changes:
    """Return the removal of a variable, if it is this file that sets the value in effect."""
    variable, line = host.variable(name), tree.find(name)
    is_here = variable is not None and variable.origin == host.goenv_path
    return {name: (None, reason)} if is_here and line is not None and variable and line.value == variable.value else {}


def _usable_entries(value: str) -> tuple[str | None, Text] | None:
    """Return the list without the entries for which go rejects all of it; no value if no entry would be left."""
    proxy = goproxy.parse(value, default="")
    kept = [entry for entry in proxy.entries if not entry.error]
    if not proxy.error or not proxy.entries:
        return None
    if not kept:
        return None, BROKEN(value=value, words=proxy.error)
    pieces = [entry.text + ("|" if entry.next_on == "any-error" else ",") for entry in kept]
    return "".join(pieces)[:-1], BROKEN(value=value, words=proxy.error)


def _mirror(facts: Facts) -> tuple[str | None, Text] | None:
    """Return a mirror if the default does not answer; None if GOPROXY is set or the answer is unknown."""
    answers = {proxy.url: proxy for proxy in facts.proxies}
    default = answers.get(DEFAULT_PROXY)
    if not _is_default(facts) or default is None or default.seconds is not None:
        return None
    mirror = next((url for url in MIRRORS if url in answers and answers[url].seconds is not None), None)
    if mirror is None:
        return None
    return f"{mirror},direct", SILENT(proxy=DEFAULT_PROXY, problem=default.problem, mirror=mirror)


def _is_default(facts: Facts) -> bool:
    """Return whether GOPROXY has its default value."""
    known = facts.host.variable("GOPROXY")
    return known is None or known.value == goproxy.DEFAULT


def _with(text: str, name: str, value: str | None) -> str:
    """Return the file with one line for a variable, or with none; lines of that name that go skips are removed."""
    lines = [
        line
        for line in env_file.parse(Source(text)).lines
        if line.key == name and line.use is not env_file.LineStatus.SKIPPED
    ]
    wholes = [Span(line.span.start, line.span.end + text.startswith("\n", line.span.end)) for line in lines]
    if value is None:
        return apply(text, [Edit(whole, "") for whole in wholes])
    if lines:
        return apply(text, [*(Edit(whole, "") for whole in wholes[:-1]), Edit(lines[-1].value_span, value)])
    break_ = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{break_}{name}={value}\n"


def _exports(facts: Facts, names: Iterable[str]) -> Iterator[Text]:
    for name in names:
        known = facts.host.variable(name)
        if known is not None and known.origin == ENVIRONMENT:
            yield EXPORTED(name=name, value=known.value)


def _path(user: User, host: Host) -> str:
    return host.goenv_path or f"{user.home}/.config/go/env"
