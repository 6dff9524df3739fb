"""Steps that a policy does not allow: versions, sources of downloads, and files that would break it afterwards.

The rules judge; a step may leave a finding that its file has already.
"""

from collections.abc import Iterator
from typing import NamedTuple

from wslgo.linter.policy import HERE, Policy, Requirement
from wslgo.linter.policy_check import file_findings
from wslgo.linter.policy_values import allows_download
from wslgo.linter.policy_versions import older_go, older_tool
from wslgo.linter.titles import OLDER_THAN_POLICY
from wslgo.machine.own_files import family_of_own_file
from wslgo.provision.model.facts import Facts
from wslgo.provision.model.step import GoInstall, InstallToolchain, Step, WriteFile
from wslgo.provision.toolchain.policy import SITES
from wslgo.syntax.file import read
from wslgo.syntax.go.url import mask
from wslgo.text.message import Message, Text
from wslgo.text.source import decode

REJECTED = Message(
    en="Not planned, since the policy does not allow it: {title}. {reason}",
    zh="策略不允许，因此未列入计划：{title}。{reason}",
)
FROM = Message(en="{url} is not an allowed source ({requirement})", zh="{url} 不是允许的来源（{requirement}）")
WITH = Message(en="{problem} ({requirement})", zh="{problem}（{requirement}）")
SOURCE_REJECTED = Message(
    en="--source {url} is not used: it is not an allowed source ({requirement})",
    zh="未使用 --source {url}：它不是允许的来源（{requirement}）",
)


class Restricted(NamedTuple):
    """The sources that a policy allows, and messages about the others."""

    sources: tuple[str, ...]
    problems: tuple[Text, ...] = ()


def rejection(step: Step, facts: Facts) -> Text | None:
    """Return why a policy does not allow a step; None if it does."""
    policy = facts.policy
    if policy is None:
        return None
    reason = next(_reasons(step, policy, facts), None)
    return None if reason is None else REJECTED(title=step.title, reason=reason)


def _reasons(step: Step, policy: Policy, facts: Facts) -> Iterator[Text]:
    for action in step.actions:
        if isinstance(action, InstallToolchain):
            yield from _of_toolchain(action, policy)
        elif isinstance(action, GoInstall):
            yield from _of_tool(action, policy)
        elif isinstance(action, WriteFile):
            yield from _of_write(action, policy, facts)


def _of_toolchain(action: InstallToolchain, policy: Policy) -> Iterator[Text]:
    version = action.version.removeprefix("go")
    for wanted in older_go(version, policy):
        yield _older("Go", version, wanted)
    yield from (
        FROM(url=mask(action.source), requirement=_words(wanted)) for wanted in forbidding(action.source, policy)
    )


def _of_tool(action: GoInstall, policy: Policy) -> Iterator[Text]:
    for wanted in older_tool(action.program, action.version, policy):
        yield _older(action.program, action.version, wanted)
    if action.toolchain is not None:
        yield from _of_toolchain(action.toolchain, policy)


def _of_write(action: WriteFile, policy: Policy, facts: Facts) -> Iterator[Text]:
    """Yield what the new content of a file breaks, and the old one does not."""
    family = family_of_own_file(action.path, facts.host)
    if family is None or action.after is None:
        return
    before, after = (
        file_findings(read(action.path, family, decode(data or b""), action.path), policy, facts.host)
        for data in (action.before, action.after)
    )
    known = {(reported.rule, reported.finding.message) for reported in before}
    for reported in after:
        if (reported.rule, reported.finding.message) not in known:
            related = [place.message for place in reported.finding.related[-1:]]
            yield WITH(problem=reported.finding.message, requirement=related[0] if related else "")


def forbidding(url: str, policy: Policy) -> tuple[Requirement, ...]:
    """Return the requirements about proxies that forbid to download from an address.

    The sites that publish Go are where `direct` leads.
    """
    return tuple(
        wanted
        for wanted in policy.of("proxies")
        if not (allows_download(wanted.values, url) or ("direct" in wanted.values and _is_site(url)))
    )


def allowed_sources(sources: tuple[str, ...], policy: Policy | None) -> Restricted:
    """Return those of `--source` that a policy allows."""
    if policy is None or not policy.of("proxies"):
        return Restricted(sources)
    broken = {url: forbidding(url, policy) for url in sources}
    problems = tuple(
        SOURCE_REJECTED(url=mask(url), requirement=_words(wanted[0])) for url, wanted in broken.items() if wanted
    )
    return Restricted(tuple(url for url in sources if not broken[url]), problems)


def _is_site(url: str) -> bool:
    return any(url == site or url.startswith(f"{site}/") for site in SITES)


def _older(name: str, version: str, wanted: Requirement) -> Text:
    problem = OLDER_THAN_POLICY(name=name, version=version, oldest=wanted.values[0])
    return WITH(problem=problem, requirement=_words(wanted))


def _words(wanted: Requirement) -> Text:
    return HERE(name=wanted.name, path=wanted.path)
