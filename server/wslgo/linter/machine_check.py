"""The check of a machine: rules about its facts, and the rules about Go variables for the values in effect.

Its files are checked like any others. A value whose file was checked has its finding there, at the line.
"""

from collections.abc import Iterable, Iterator

from wslgo.goenv.assignment import of_variable
from wslgo.goenv.failure import variable_behind
from wslgo.linter.check import assignment_check, check
from wslgo.linter.finding import Finding, Reported, Severity, choice, readable
from wslgo.linter.rules import MACHINE, Rule, needs, selected_rules
from wslgo.linter.scene import MachineScene
from wslgo.linter.settings import Settings
from wslgo.linter.value_cure import cause_of, cure
from wslgo.machine.host import Host
from wslgo.syntax.family import (
    ENVIRONMENT,
    FISH,
    FSTAB,
    GOENV,
    RESOLVCONF,
    SETTINGS,
    SHELL,
    WSLCONF,
    WSLCONFIG,
    by_name,
)
from wslgo.syntax.file import File, read
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command
from wslgo.text.source import Source
from wslgo.text.span import Lines

# The facts on the health page that the findings in a file are about, unless they are about a Go variable.
FACT_OF_FILE = {
    WSLCONFIG: "wsl.wslconfig",
    WSLCONF: "wsl.wslconf",
    GOENV: "go.goenv",
    RESOLVCONF: "network.names",
    FSTAB: "wsl.drives",
    SETTINGS: "editors.editor",
    **dict.fromkeys((SHELL, FISH, ENVIRONMENT), "wsl.shell"),
}

# The facts that the next step for a Go variable depends on.
NEEDS_OF_CURES = ("goenv_path", "home", "mounts")

# Rules about a fact of the machine, and those about the line of a file that causes it: one problem, shown at the line.
CAUSED_BY = {
    "machine/builds-for-another-system": ("goenv/target-of-another-system",),
    "machine/foreign-display": ("shell/display-by-hand",),
    "machine/go-not-for-workspace": (
        *("gomod/go-not-available", "gowork/go-not-available"),
        *("gomod/go-line-without-patch", "gowork/go-line-without-patch"),
    ),
    "machine/goroot-of-another-go": ("goenv/goroot-by-hand",),
    "machine/gpu-library-hidden": ("shell/cuda-stubs-at-run-time",),
    "machine/workspace-on-windows-drive": ("gomod/workspace-on-windows-drive", "gowork/workspace-on-windows-drive"),
    "machine/module-proxy-through-proxy": ("goenv/module-proxy-not-excluded",),
    "machine/proxy-at-another-address": ("goenv/proxy-of-another-mode",),
    "machine/proxy-of-itself": ("goenv/proxy-of-another-mode",),
    "machine/dns-server-when-mirrored": ("resolvconf/loopback-server-when-mirrored",),
}

# Ladders: a rule, and those about what comes before it. Where these have a finding, it follows from that, and its next
# step would be a wrong one.
EXPLAINED_BY = {
    "machine/gpu-not-listed": (
        *("machine/gpu-library-not-found", "machine/linux-nvidia-driver", "machine/another-gpu-library-first"),
    ),
    "machine/no-answer": ("machine/proxy-needs-login",),
    "machine/failing-module-proxy": (
        *("machine/silent-module-proxy", "machine/module-proxy-through-proxy", "machine/proxy-needs-login"),
    ),
    "machine/no-module-source": (
        *("machine/silent-module-proxy", "machine/untrusted-certificate", "machine/bad-certificate"),
        *("machine/login-page", "machine/module-proxy-through-proxy", "machine/proxy-needs-login"),
    ),
    "machine/no-sound": ("machine/no-sound-server",),
    "machine/no-wayland-socket": ("machine/no-user-session",),
    "machine/nvidia-smi-of-linux-driver": ("machine/linux-nvidia-driver",),
}

FIX = {WSLCONFIG: "wslgo fix --machine", WSLCONF: "wslgo fix --machine --as-root"}
CORRECT = Message(en="correct {path}, line {line}", zh="改正 {path} 第 {line} 行")


def machine_findings(
    host: Host, settings: Settings | None = None, scene: MachineScene | None = None, in_files: Iterable[Reported] = ()
) -> list[Reported]:
    """Return the findings about a machine, the worst first; without those values that `in_files` has already."""
    settings, scene = _with_policy(settings or Settings(), scene or MachineScene())
    in_files = tuple(in_files)
    causes = {reported.rule for reported in in_files}
    of_rules = _first_broken(
        reported for reported in _of_rules(host, settings, scene) if causes.isdisjoint(CAUSED_BY.get(reported.rule, ()))
    )
    found = [*of_rules, *value_findings(host, settings, in_files)]
    return sorted(found, key=lambda reported: (reported.severity, reported.finding.about, reported.rule))


def _first_broken(findings: Iterable[Reported]) -> Iterator[Reported]:
    """Yield the findings without those that an earlier rung of their ladder explains."""
    known = tuple(findings)
    rules = {reported.rule for reported in known}
    yield from (reported for reported in known if rules.isdisjoint(EXPLAINED_BY.get(reported.rule, ())))


def every_machine_finding(
    host: Host, settings: Settings | None = None, scene: MachineScene | None = None
) -> list[Reported]:
    """Return the findings about a machine and in its files: those of `scene`, and what the `Host` has of WSL's."""
    settings, scene = _with_policy(settings or Settings(), scene or MachineScene())
    files = (*scene.files, *wsl_files(host, scene.files))
    in_files = [
        reported for file in (*files, *_deleted_files(host)) for reported in _in_file(file, files, host, settings)
    ]
    found = [*machine_findings(host, settings, scene, in_files), *in_files]
    return sorted(found, key=lambda reported: reported.severity)


def _with_policy(settings: Settings, scene: MachineScene) -> tuple[Settings, MachineScene]:
    """Return both with the policy that one of them has."""
    policy = settings.policy if settings.policy is not None else scene.policy
    return settings._replace(policy=policy), scene._replace(policy=policy)


def machine_needs(settings: Settings) -> frozenset[str]:
    """Return the facts that the rules about the machine use, and those about Go variables."""
    return needs(MACHINE, settings) | needs(GOENV, settings) | {"go_variables", *NEEDS_OF_CURES}


def wsl_files(host: Host, known: Iterable[File] = ()) -> Iterator[File]:
    """Yield the files of WSL whose texts the `Host` has, without those that were read anyway."""
    places = {file.place or file.path for file in known}
    for name, snapshot in ((WSLCONFIG, host.wslconfig), (WSLCONF, host.wslconf)):
        family = by_name(name)
        if snapshot and snapshot.text is not None and family and snapshot.path not in places:
            yield read(snapshot.path, family, Source(snapshot.text), snapshot.path)


def _deleted_files(host: Host) -> Iterator[File]:
    """Yield the files of WSL that were there at its start, as empty: their settings are still in effect."""
    for name, snapshot in ((WSLCONFIG, host.wslconfig), (WSLCONF, host.wslconf)):
        family = by_name(name)
        if snapshot and snapshot.text is None and snapshot.at_start and family:
            yield read(snapshot.path, family, Source(""), snapshot.path)


def judged_facts(host: Host) -> frozenset[str]:
    """Return the facts on the health page that a rule looks at, without those that wait for an answer."""
    by_rules = (fact for rule in selected_rules(MACHINE, Settings()) for fact in rule.about)
    variables = (f"go.{variable.name.lower()}" for variable in host.go_variables or ())
    return frozenset((*FACT_OF_FILE.values(), *by_rules, *variables)) - unasked_facts(host)


def unasked_facts(host: Host) -> frozenset[str]:
    """Return the facts that may be fine or not: a module proxy that was never asked."""
    return frozenset(("go.goproxy",) if host.network.answers is None and _has_module_proxy(host) else ())


def _has_module_proxy(host: Host) -> bool:
    """Return whether GOPROXY names a server."""
    from wslgo.syntax.go.goproxy import parse  # only a health page asks

    value = next((variable.value for variable in host.go_variables or () if variable.name == "GOPROXY"), "")
    return any(entry.target is not None and entry.target.scheme != "file" for entry in parse(value).entries)


def _in_file(file: File, files: tuple[File, ...], host: Host, settings: Settings) -> Iterator[Reported]:
    fact = FACT_OF_FILE.get(file.family.name, "")
    for reported in check(file, settings, tuple(other for other in files if other is not file), host):
        finding = reported.finding
        step = finding.next if reported.severity > Severity.WARNING else finding.next or _next_step(reported, file)
        yield reported._replace(finding=finding._replace(about=finding.about or fact, next=step))


def _next_step(reported: Reported, file: File) -> Text:
    """Return the step after a finding in a file, seen from a page where its place is not shown."""
    if file.family.name in FIX and choice(reported, unsafe=False) is not None:
        return command(FIX[file.family.name])
    line, _ = Lines(file.source.text).position(reported.finding.span.start)
    return CORRECT(path=file.path, line=line + 1)


def _of_rules(host: Host, settings: Settings, scene: MachineScene) -> Iterator[Reported]:
    for rule in selected_rules(MACHINE, settings):
        for finding in rule.check(host, scene):
            yield from _reported(rule, finding, settings)


def _reported(rule: Rule, finding: Finding, settings: Settings) -> Iterator[Reported]:
    severity = settings.severity_of(rule.id, finding.severity or rule.severity)
    if severity is not None:
        yield Reported(rule.id, severity, "", readable(finding._replace(about=finding.about or rule.about[0])))


def value_findings(host: Host, settings: Settings, in_files: Iterable[Reported] = ()) -> Iterator[Reported]:
    """Yield the findings about Go variables as `go env` reports them."""
    family = by_name(GOENV)
    if family is None or not host.go_variables:
        return
    nowhere = read("", family, Source(""))
    broken = variable_behind(host)  # `machine/go-fails` has it, in the words of go
    check_assignment = assignment_check(settings, (), host)
    found = [
        (variable, cause_of(host, variable), reported)
        for variable in host.go_variables
        if variable != broken
        for reported in check_assignment(of_variable(variable), nowhere)
    ]
    seen = {(reported.rule, reported.finding.about) for reported in in_files}
    # A GOPATH on a Windows drive takes the module cache there: one problem, shown at the cache, which is always shown.
    derived = {(reported.rule, cause.name) for variable, cause, reported in found if cause is not variable}
    for variable, cause, reported in found:
        is_repeated = cause is variable and (reported.rule, variable.name) in derived
        if not is_repeated and (reported.rule, f"go.{cause.name.lower()}") not in seen:
            finding = readable(reported.finding._replace(fixes=(), related=(), next=cure(host, variable)))
            yield reported._replace(path=cause.origin if "/" in cause.origin else "", finding=finding)
