"""Inspect the machine and the network for the facts the requested steps need.

No other module of `provision` does. A machine that needs nothing from the network does not use it.
"""

import platform
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from wslgo.machine.host import Answer, Host, Wsl
from wslgo.machine.probe import probe
from wslgo.machine.probe.network import proxies_of
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.facts import Facts
from wslgo.provision.model.spec import Spec
from wslgo.provision.net.http import Web
from wslgo.provision.plan import planner
from wslgo.provision.plan.steps import packages, wslg
from wslgo.provision.survey import apt, network, tools, trust
from wslgo.provision.survey.answers import answers_in, with_answers
from wslgo.provision.survey.files import file_facts
from wslgo.provision.survey.observer import Observer
from wslgo.provision.survey.shell_exports import exported_variables
from wslgo.provision.survey.tree_world import TreeWorld
from wslgo.provision.survey.workspace import module_texts, surroundings, workspace_facts
from wslgo.provision.target import Target
from wslgo.provision.toolchain import release
from wslgo.provision.toolchain.policy import candidates
from wslgo.system.repository import workspaces
from wslgo.system.this_machine import ThisMachine
from wslgo.system.world import World
from wslgo.text.message import Text

# The steps that look at the code of the workspace.
_NEED_WORKSPACE = frozenset(("packages", "wsl-conf", "gpu", "wslg", "launch"))
# The steps that look at the installed packages.
_NEED_PACKAGES = frozenset(("certificates", "packages", "gpu", "wslg"))
# What a tree tells about itself; the kernel and Windows are those of the machine that will boot it.
_OF_TREE = frozenset(
    (
        *("wsl.release", "home", "go", "go_variables", "goenv_path", "delve", "gopls", "go_programs", "editors"),
        *("compiler", "programs", "packages", "network.has_authorities"),
    )
)
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "armv7l": "arm", "i686": "386", "riscv64": "riscv64"}


def survey(
    target: Target,
    spec: Spec,
    environment: Mapping[str, str],
    folder: Path,
    recorded: Host | None = None,
    world: World | None = None,
    opened: tuple[str, ...] = (),
    *,
    asks_network: bool = True,
) -> Facts:
    """Return the facts that the requested steps need; without `asks_network` only those of the machine itself.

    `recorded` tells about the kernel and Windows where this machine cannot. `folder` is inside of the modules that need
    Go, `world` replaces this machine, and `opened` are the folders of an editor.
    """
    world = world or ThisMachine()
    host = host_of(target, folder, recorded, world, opened)
    if target.is_tree and spec.names("proxy"):  # for a tree that step means the network of this machine
        host = host._replace(network=host.network._replace(proxies=proxies_of(environment)))
    asked, problems = _asked_version(spec, folder)
    observer = Observer(
        Facts(host, target.user, _architecture(target), asked=asked, problems=problems, is_tree=target.is_tree)
    )
    steps = frozenset(planner.requested_steps(spec))
    if steps & _NEED_WORKSPACE:
        of_builds = surroundings(host.go_values(), {} if target.is_tree else environment, has_libraries=True)
        observer.look(str(folder), lambda _: workspace_facts(folder, target, of_builds))
    if steps & _NEED_PACKAGES:
        observer.look("dpkg", lambda _: apt.package_facts(target))
    observer.look("files", lambda facts: file_facts(target, _read_paths(facts, spec)))
    if "tools" in steps:
        observer.look("tools", lambda facts: tools.tool_facts(facts, target))
    if spec.names("launch"):
        from wslgo.provision.survey.launch_files import launch_facts  # the parsers of Go and the GPU tables

        observer.look("launch", lambda facts: launch_facts(facts, folder, target, environment))
    if not asks_network:
        return observer.facts
    windows = None if target.is_tree else world
    around = trust.environment_of(target, environment)
    _NetworkSurvey(target, spec, around, windows, knows_version=not problems).ask(observer)
    observer.look("apt", lambda facts: apt.apt_facts(target, _asked_packages(facts, spec)))
    return observer.facts


def host_of(
    target: Target,
    folder: Path,
    recorded: Host | None = None,
    world: World | None = None,
    opened: tuple[str, ...] = (),
) -> Host:
    """Return the probed facts of a machine; for a tree those in its files.

    Programs of the repository around `folder` never run, nor those of folders that are `opened`.
    """
    if target.is_tree:
        own = probe(TreeWorld(target), _OF_TREE)
    else:
        own = _running(target, folder, world or ThisMachine(), opened)
    if recorded is None:
        return own
    wsl = Wsl(**{**recorded.wsl._asdict(), "release": own.wsl.release})
    return own._replace(
        wsl=wsl,
        windows=recorded.windows,
        running=recorded.running,
        mounts=recorded.mounts,
        wslconfig=recorded.wslconfig,
        gpu=recorded.gpu,
        wslg=recorded.wslg,
    )


def _running(target: Target, folder: Path, world: World, opened: tuple[str, ...]) -> Host:
    """Probe with the variables of a terminal: an editor's server starts without what `.bashrc` exports at its end."""
    foreign = workspaces(opened, target.user.home, here=str(folder))
    return probe(world, workspaces=foreign, exports=exported_variables(world.read, target.user))


def _read_paths(facts: Facts, spec: Spec) -> Iterator[str]:
    """Yield the paths that the requested steps read."""
    for name in planner.requested_steps(spec):
        yield from planner.module_of(name).reads(facts.user, facts.host)


def _asked_packages(facts: Facts, spec: Spec) -> tuple[str, ...]:
    """Return the missing packages that apt may be able to install."""
    asking = (step for step in (packages, wslg) if step.ID in planner.requested_steps(spec))
    return tuple(dict.fromkeys(name for step in asking for name in step.asks(facts, spec)))


def _asked_version(spec: Spec, folder: Path) -> tuple[str, tuple[Text, ...]]:
    """Return the Go version that the modules ask for, and what is wrong with it or with the requested one."""
    from wslgo.syntax.go.mod_file import parse  # only a workspace needs it
    from wslgo.text.source import Source

    modules = [parse(Source(text)) for text in module_texts(folder)]
    try:
        release.wanted(spec.go)
        return release.wanted("", modules), ()
    except ProvisionError as error:
        return "", (error.text,)


def _architecture(target: Target) -> str:
    """Return Go's name of the processor; the name of a tree's loader tells that of the tree."""
    if target.is_tree:
        for loader, name in (("/lib64/ld-linux-x86-64.so.2", "amd64"), ("/lib/ld-linux-aarch64.so.1", "arm64")):
            if target.open(loader).stat() is not None:
                return name
    machine = platform.machine()
    return _ARCHITECTURES.get(machine, machine)


class _NetworkSurvey(NamedTuple):
    """The questions to the network. `windows` may have missing certificates; None for a tree."""

    target: Target
    spec: Spec
    environment: Mapping[str, str]
    windows: World | None
    knows_version: bool

    def ask(self, observer: Observer) -> None:
        """Ask everything that the requested steps need to know, and keep the answers."""
        before = self._ask_with_trust(observer)
        observer.facts = with_answers(observer.facts, before)

    def _ask_with_trust(self, observer: Observer) -> tuple[Answer, ...]:
        """Ask the hosts, twice if certificates were missing the first time; return the first answers."""
        if "certificates" not in planner.requested_steps(self.spec):
            self._ask_hosts(observer, Web(self.environment))
            return ()
        observer.look("certificates", lambda _: trust.requested_certificates(self.spec.certificates))
        before = observer.facts
        self._ask_hosts(observer, trust.trusting_web(before, self.environment))
        first = answers_in(observer.facts)
        windows = self.windows
        if windows is None:
            return first
        urls = self._source_urls(before)
        observer.look("certificates", lambda facts: trust.missing_certificates(facts, self.environment, urls, windows))
        certificates = observer.facts.certificates
        if certificates != before.certificates:
            observer.facts = before._replace(certificates=certificates)
            self._ask_hosts(observer, trust.trusting_web(observer.facts, self.environment))
        return first

    def _ask_hosts(self, observer: Observer, web: Web) -> None:
        steps = planner.requested_steps(self.spec)
        if self.spec.names("certificates"):
            observer.look("certificates", lambda facts: network.source_facts(facts, self.spec, web))
        if "go-variables" in steps:
            observer.look("go-variables", lambda facts: network.proxy_facts(facts, web))
        if "toolchain" in steps and self.knows_version:
            observer.look("toolchain", lambda facts: network.release_facts(facts, self.spec, web))
        if "tools" in steps:
            observer.look("tools", lambda facts: tools.newest_facts(facts, self.spec, web))
            observer.look("tools", lambda facts: tools.builder_facts(facts, self.spec, web, self.target))

    def _source_urls(self, facts: Facts) -> tuple[str, ...]:
        """Return the sources to verify besides, if the step is requested by name."""
        if not self.spec.names("certificates"):
            return ()
        return tuple(candidate.url for candidate in candidates(network.policy_of(facts.host, self.spec)))
