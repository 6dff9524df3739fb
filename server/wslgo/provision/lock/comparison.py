"""A machine compared with the settings and pins of a team (`wslgo.yaml`, `wslgo.lock`), without the network.

Only what is known to be equal matches: a version without the hash that was pinned with it is unknown.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.doctor.status import status_of
from wslgo.knowledge.go_tools import TOOLS, GoTool
from wslgo.knowledge.version import go_version
from wslgo.linter.finding import Severity
from wslgo.linter.named import is_named
from wslgo.linter.policy import FAMILY, HARDENED, OF_MACHINE
from wslgo.linter.rules import find
from wslgo.provision.errors import problem_of
from wslgo.provision.inventory.item import AS_RECORDED, CHANGED, TOOL, TOOLCHAIN, UNKNOWN, Item
from wslgo.provision.model import layout
from wslgo.provision.model.facts import BuildInfo, Facts
from wslgo.provision.model.spec import Spec
from wslgo.provision.net import pem
from wslgo.provision.plan import planner
from wslgo.provision.plan.judgement import findings_to_resolve
from wslgo.provision.plan.steps import toolchain
from wslgo.provision.plan.steps.certificates import BUNDLE
from wslgo.provision.target import Target
from wslgo.provision.toolchain.module_content import module_hash
from wslgo.provision.toolchain.release import is_release_of
from wslgo.syntax.lock_file import NAME, Archives, Lock, PinnedTool
from wslgo.text.message import Message, Text

MATCHES = "matches"
DIFFERS = "differs"
CANNOT_TELL = "unknown"

SETTINGS = "wslgo.yaml"
# The steps whose facts are compared with a lock.
OF_LOCK = ("certificates", "toolchain", "tools")

INSTALL = "wslgo provision --trust-team --only {step}"

ABSENT = Message(en="it is not installed", zh="未安装")
NOT_LEARNT = Message(en="it could not be learnt", zh="无法得知")
NOT_A_RELEASE = Message(en="{found} is not a release", zh="{found} 不是正式发布的版本")
OTHER_FILES = Message(
    en="its files are not those of the release (perhaps an edited go.env); move {path} away, then provision",
    zh="其文件与正式发布的不同（可能是 go.env 被修改）；请移走 {path}，然后重新配置",
)
CHANGED_SINCE = Message(en="it was changed after wslgo installed it", zh="在 wslgo 安装之后被更改")
OTHER_ARCHIVE = Message(en="it came from another archive: {found}", zh="它来自另一个归档：{found}")
NO_PROOF = Message(
    en="its files cannot be compared: wslgo did not install it here, and the lock has no module hash for {platform}",
    zh="无法比较其文件：它不是由 wslgo 在此安装的，而且锁文件没有 {platform} 的模块校验和",
)
NO_BUILD_INFO = Message(en="{path} does not say which module it was built from", zh="{path} 未说明它由哪个模块构建")
OTHER_PACKAGE = Message(en="{path} is built from {found}", zh="{path} 由 {found} 构建")
OTHER_SUM = Message(en="it was built from other source code: {found}", zh="它由不同的源代码构建：{found}")
ELSEWHERE = Message(
    en="it is in another folder, so its source code is not known", zh="它位于其他文件夹，无法得知其源代码"
)
NO_BUNDLE = Message(en="{path} cannot be read", zh="无法读取 {path}")
NOT_TRUSTED = Message(en="it is not trusted here", zh="此处不信任它")
FACT_UNKNOWN = Message(en="{name} could not be checked", zh="无法检查 {name}")


class Comparison(NamedTuple):
    """An expectation of a lock or of `wslgo.yaml`, and whether the machine meets it; `next` is what to run."""

    source: str
    kind: str
    name: str
    state: str
    expected: str = ""
    found: str = ""
    reason: Text | None = None
    next: Text | str = ""


class Machine(NamedTuple):
    """A machine to compare: its facts, and what wslgo has installed there."""

    facts: Facts
    items: list[Item]
    target: Target


def verdict(compared: Iterable[Comparison]) -> str:
    """Return one state for all: a difference is certain whatever else is unknown."""
    states = {comparison.state for comparison in compared}
    return DIFFERS if DIFFERS in states else CANNOT_TELL if CANNOT_TELL in states else MATCHES


def with_lock(machine: Machine, lock: Lock) -> Iterator[Comparison]:
    """Compare a machine with the pins of a lock."""
    if lock.go is not None:
        archives = lock.go.archives.get(f"linux-{machine.facts.architecture}", Archives())
        yield _next_by(_go(machine, lock.go.version, archives), "toolchain")
    for tool in TOOLS:
        pin = lock.tool(tool.package)
        if pin is not None:
            yield _next_by(_tool(machine, tool, pin), "tools")
    if lock.certificates:
        yield from _certificates(machine, lock)


def with_settings(machine: Machine, asked: Spec) -> Iterator[Comparison]:
    """Compare a machine with the settings that a repository may request."""
    facts = machine.facts
    if asked.go:
        found = _version(facts)
        compared = Comparison(SETTINGS, TOOLCHAIN, "go", MATCHES, asked.go, found or "")
        if found is None:
            yield _next_by(_without_go(compared, facts), "toolchain")
        else:
            reason = NOT_A_RELEASE(found=found) if go_version(found) is None else None
            state = CANNOT_TELL if reason is not None else MATCHES if is_release_of(found, asked.go) else DIFFERS
            yield _next_by(compared._replace(state=state, reason=reason), "toolchain")
    values = facts.host.go_values()
    for name, value in asked.variables:
        compared = Comparison(SETTINGS, "variable", name, MATCHES, value, values.get(name, ""))
        if not values:
            yield compared._replace(state=CANNOT_TELL, reason=NOT_LEARNT())
        else:
            state = MATCHES if values.get(name, "") == value else DIFFERS
            yield _next_by(compared._replace(state=state), "go-variables")
    yield from _findings(facts, asked)


def _next_by(compared: Comparison, step: str) -> Comparison:
    is_other = compared.state == DIFFERS
    return compared._replace(next=INSTALL.replace("{step}", step)) if is_other and not compared.next else compared


# Go


def _go(machine: Machine, version: str, pinned: Archives) -> Comparison:
    facts = machine.facts
    found = _version(facts)
    compared = Comparison(NAME, TOOLCHAIN, "go", MATCHES, version, found or "")
    if found is None:
        return _without_go(compared, facts)
    if go_version(found) is None:
        return compared._replace(state=CANNOT_TELL, reason=NOT_A_RELEASE(found=found))
    if go_version(found) != go_version(version):
        return compared._replace(state=DIFFERS)
    state, reason = _content(machine, version, pinned)
    return compared._replace(state=state, reason=reason)


def _version(facts: Facts) -> str | None:
    go = toolchain.go_command(facts)
    return None if go is None else go.version or None


def _without_go(compared: Comparison, facts: Facts) -> Comparison:
    is_absent = toolchain.go_command(facts) is None and any(
        reported.rule == "machine/no-go" for reported in findings_to_resolve(facts)
    )
    state, reason = (DIFFERS, ABSENT()) if is_absent else (CANNOT_TELL, NOT_LEARNT())
    return compared._replace(state=state, reason=reason)


def _content(machine: Machine, version: str, pinned: Archives) -> tuple[str, Text | None]:
    """Compare the files of the Go in use: by what wslgo verified and recorded, else with the hash of the module."""
    facts = machine.facts
    own = layout.toolchain(facts.user, f"go{version}")
    is_own = layout.in_use(facts) is not None
    go = toolchain.go_command(facts)
    path = own if is_own else (go.folder if go is not None else None) or ""
    item = next((item for item in machine.items if (item.kind, item.path) == (TOOLCHAIN, path)), None)
    if item is not None and item.state == CHANGED:
        return DIFFERS, CHANGED_SINCE()
    archive = item.hash("archive") if item is not None and item.state == AS_RECORDED else ""
    known = pinned.module if archive.startswith("h1:") else pinned.tarball
    if archive and known and archive != known:
        return DIFFERS, OTHER_ARCHIVE(found=archive)
    if archive and known:
        return MATCHES, None
    if not (pinned.module and path):
        return CANNOT_TELL, NO_PROOF(platform=f"linux-{facts.architecture}")
    try:
        found = module_hash(machine.target.open(path).enter(), f"go{version}", facts.architecture)
    except OSError as error:
        return CANNOT_TELL, problem_of(error, path)
    return (MATCHES, None) if found == pinned.module else (DIFFERS, OTHER_FILES(path=path))


# Tools


def _tool(machine: Machine, tool: GoTool, pin: PinnedTool) -> Comparison:
    facts = machine.facts
    place = layout.programs(facts)
    path, there = f"{place}/{tool.program}", facts.tools.get(tool.program)
    compared = Comparison(NAME, TOOL, tool.program, MATCHES, pin.version, there.version if there is not None else "")
    if place not in facts.folders:
        return compared._replace(state=CANNOT_TELL, reason=NO_BUNDLE(path=place))
    if tool.program not in (facts.folders[place] or ()):
        return _tool_elsewhere(compared, tool, facts)
    if there is None:
        return compared._replace(state=CANNOT_TELL, reason=NO_BUILD_INFO(path=path))
    return _built(compared, there, pin, path, machine)


def _built(compared: Comparison, there: BuildInfo, pin: PinnedTool, path: str, machine: Machine) -> Comparison:
    if there.package != pin.package:
        return compared._replace(state=DIFFERS, reason=OTHER_PACKAGE(path=path, found=there.package))
    if there.version != pin.version:
        return compared._replace(state=DIFFERS)
    if not there.sum:
        return compared._replace(state=CANNOT_TELL, reason=NO_BUILD_INFO(path=path))
    if there.sum != pin.sum:
        return compared._replace(state=DIFFERS, reason=OTHER_SUM(found=there.sum))
    item = next((item for item in machine.items if (item.kind, item.path) == (TOOL, path)), None)
    if item is not None and item.state == CHANGED:
        return compared._replace(state=DIFFERS, reason=CHANGED_SINCE())
    if item is not None and item.state == UNKNOWN:
        return compared._replace(state=CANNOT_TELL, reason=item.reason)
    return compared


def _tool_elsewhere(compared: Comparison, tool: GoTool, facts: Facts) -> Comparison:
    """Compare a tool that is not in the folder of `go install`: the probe knows the version of some."""
    found = {"gopls": facts.host.gopls, "dlv": facts.host.delve}.get(tool.program)
    if found is None:
        return compared._replace(state=DIFFERS, reason=ABSENT())
    if found.version is None:
        return compared._replace(state=CANNOT_TELL, reason=NOT_LEARNT())
    compared = compared._replace(found=f"v{found.version}")
    if compared.found != compared.expected:
        return compared._replace(state=DIFFERS)
    return compared._replace(state=CANNOT_TELL, reason=ELSEWHERE())


# Certificates


def _certificates(machine: Machine, lock: Lock) -> Iterator[Comparison]:
    data = machine.facts.data(BUNDLE)
    is_known = machine.facts.knows(BUNDLE)
    trusted = frozenset(map(pem.fingerprint, pem.certificates(data or b"")))
    for fingerprint, name in lock.certificates.items():
        compared = Comparison(NAME, "certificate", name or fingerprint, MATCHES, fingerprint)
        if not is_known:
            yield compared._replace(state=CANNOT_TELL, reason=NO_BUNDLE(path=BUNDLE))
        elif fingerprint in trusted:
            yield compared._replace(found=fingerprint)
        else:
            command = "wslgo provision --only certificates --certificate FILE"
            yield compared._replace(state=DIFFERS, reason=NOT_TRUSTED(), next=command)


# Findings


def _findings(facts: Facts, asked: Spec) -> Iterator[Comparison]:
    """Yield the findings that the requested steps end, those about the policy, and the facts that are unknown."""
    steps = asked.only
    rules = {rule: step for step in steps for rule in planner.module_of(step).RESOLVES}
    of_policy = _rules_of_policy(facts)
    found, is_kept = findings_to_resolve(facts), True
    for reported in found:
        named = next((rule for rule in rules if is_named(reported.rule, (rule,))), None)
        if reported.severity > Severity.WARNING or (named is None and not is_named(reported.rule, of_policy)):
            continue
        finding = reported.finding
        command = (finding.next or "") if named is None else INSTALL.replace("{step}", rules[named])
        yield Comparison(
            SETTINGS, "finding", reported.rule, DIFFERS, found=finding.about, reason=finding.message, next=command
        )
        is_kept = is_kept and not is_named(reported.rule, of_policy)
    if facts.policy is not None and is_kept:
        yield Comparison(SETTINGS, FAMILY, FAMILY, MATCHES)
    about = {fact for rule in (*rules, *_unknown_to(facts)) for fact in _facts_of(rule)}
    for fact in status_of(facts.host, found).unknown:
        if fact.id in about:
            yield Comparison(SETTINGS, "fact", fact.id, CANNOT_TELL, reason=FACT_UNKNOWN(name=fact.name))


def _rules_of_policy(facts: Facts) -> tuple[str, ...]:
    """Return the rules and families whose findings the policy makes errors."""
    policy = facts.policy
    if policy is None:
        return ()
    hardened = (rule for key, rules in HARDENED.items() if policy.of(key) for rule in rules)
    return (FAMILY, *OF_MACHINE, *hardened)


def _unknown_to(facts: Facts) -> Iterator[str]:
    """Yield the rules about the machine whose facts the policy needs to know."""
    for key, rule in zip(("wslconfig", "versions"), OF_MACHINE, strict=True):
        if facts.policy is not None and facts.policy.below(key):
            yield rule


def _facts_of(rule: str) -> tuple[str, ...]:
    known = find(rule)
    return () if known is None else known.about
