"""The only asker: looks at a machine for the steps that are wanted, and asks the network what they need to know.

Nothing is asked of the network for a machine that needs nothing from there.
"""

import os
import platform
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from wslgo.machine.host import Host, Wsl
from wslgo.machine.probe import probe
from wslgo.machine.probe.network import proxies_of
from wslgo.provision.apply.context import refusal
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.facts import Facts, File
from wslgo.provision.model.spec import Spec
from wslgo.provision.net.http import Web
from wslgo.provision.plan import planner
from wslgo.provision.plan.steps import go_variables, wslg
from wslgo.provision.plan.steps import packages as packages_step
from wslgo.provision.plan.steps import toolchain as toolchain_step
from wslgo.provision.survey import apt, trust
from wslgo.provision.survey.shell_exports import exported
from wslgo.provision.survey.tools import with_builder, with_newest, with_tools
from wslgo.provision.survey.tree_world import TreeWorld
from wslgo.provision.survey.workspace import module_texts, workspace_of
from wslgo.provision.target import Target
from wslgo.provision.toolchain import release, source
from wslgo.provision.toolchain.policy import MODULE, PUBLIC, Candidate, Policy, candidates
from wslgo.syntax.go import gosumdb
from wslgo.system.errors import reason
from wslgo.system.place import Place
from wslgo.system.repository import workspaces
from wslgo.system.this_machine import ThisMachine
from wslgo.system.world import World
from wslgo.text.message import Message, Text

UNSEEN = Message(en="{path} cannot be looked at: {words}", zh="无法查看 {path}：{words}")

_PATIENCE = 5.0  # seconds: a proxy that is slower than that is no use to anybody
# The steps that look at the code of the modules around.
_NEED_WORKSPACE = frozenset(("packages", "wsl-conf", "gpu", "wslg", "launch"))
# The steps that look at what is installed.
_NEED_PACKAGES = frozenset(("certificates", "packages", "gpu", "wslg"))
# What a tree says of itself; the kernel and Windows are those of the machine that will boot it.
_OF_TREE = frozenset(
    ("wsl.release", "home", "go", "go_variables", "goenv_path", "delve", "gopls", "compiler", "editors")
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
) -> Facts:
    """What is there. `recorded` tells of the kernel and of Windows where this machine cannot; `folder` lies in the
    modules that Go is wanted for; `world` stands in for this machine; `opened` are the folders of an editor."""
    world = world or ThisMachine()
    host = host_of(target, folder, recorded, world, opened)
    if target.is_tree and spec.names("proxy"):  # who names it for a tree means the network that we are in
        host = host._replace(network=host.network._replace(proxies=proxies_of(environment)))
    asked, problems = _asked(spec, tuple(module_texts(folder)))
    facts = Facts(host, target.user, _architecture(target), asked=asked, problems=problems, is_tree=target.is_tree)
    if not _NEED_WORKSPACE.isdisjoint(planner.wanted(spec)):
        facts = _attempt(facts, lambda known: known._replace(workspace=workspace_of(folder, target)), str(folder))
    if not _NEED_PACKAGES.isdisjoint(planner.wanted(spec)):
        facts = _attempt(facts, lambda known: _with_packages(known, target), "dpkg")
    facts = _looked_at(target, spec, facts)
    if "tools" in planner.wanted(spec):
        facts = _attempt(facts, lambda known: with_tools(known, target), "tools")
    if spec.names("launch"):
        facts = _attempt(facts, lambda known: _with_launch(known, folder, target, environment), "launch")
    windows = None if target.is_tree else world
    around = trust.environment_of(target, environment)

    def answered(known: Facts) -> Facts:
        return _answered(known, spec, target, around, windows, knows_version=not problems)

    facts = _attempt(facts, answered, "web")
    return _attempt(facts, lambda known: _with_apt(known, spec, target), "apt")


def _attempt(facts: Facts, look: Callable[[Facts], Facts], what: str) -> Facts:
    """Return what one more look finds. An error that nobody expected is a problem: the facts of that look are missing,
    and the steps that need them stay silent."""
    try:
        return look(facts)
    except Exception as error:  # noqa: BLE001 - one look that fails keeps nothing else from being done
        return facts._replace(problems=(*facts.problems, refusal(error, what)))


def host_of(
    target: Target,
    folder: Path,
    recorded: Host | None = None,
    world: World | None = None,
    opened: tuple[str, ...] = (),
) -> Host:
    """The facts of a machine; of a tree those that lie in it. Programs of the repository around a folder never run, nor
    those of folders that are `opened`."""
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
    """What terminals have counts: an editor's server is started without what `.bashrc` exports below its guard."""
    foreign = workspaces(opened, target.user.home, here=str(folder))
    return probe(world, workspaces=foreign, exports=exported(world.read, target.user))


def policy_of(host: Host, spec: Spec) -> Policy:
    """Whom the GOPROXY and GOSUMDB in force let us ask. A GOSUMDB that go refuses is nobody's policy: then the public
    database is asked, as it will be once that value is mended."""
    values = host.go_values()
    database = values.get("GOSUMDB", "")
    return Policy(values.get("GOPROXY", ""), "" if gosumdb.refusal(database) else database, spec.sources)


# Files


def _looked_at(target: Target, spec: Spec, facts: Facts) -> Facts:
    files: dict[str, File | None] = {}
    folders: dict[str, tuple[str, ...] | None] = {}
    links: dict[str, str | None] = {}
    problems: list[Text] = []
    for name in planner.wanted(spec):
        for path in planner.planner(name).reads(facts.user, facts.host):
            for one in _named(target, path, folders):
                try:
                    _look(target, one, files, folders, links)
                except OSError as error:
                    if one.startswith(f"{facts.user.home}/"):  # what others keep from us is no matter of ours
                        problems.append(UNSEEN(path=one, words=reason(error)))
                except Exception as error:  # noqa: BLE001 - as in `_attempt`
                    problems.append(refusal(error, one))
    unseen = tuple(dict.fromkeys(problems))
    return facts._replace(files=files, folders=folders, links=links, problems=(*facts.problems, *unseen))


def _named(target: Target, path: str, folders: dict[str, tuple[str, ...] | None]) -> tuple[str, ...]:
    """The path, or for `FOLDER/*` what lies in the folder."""
    folder, star, _ = path.partition("/*")
    if not star:
        return (path,)
    names = target.opened(folder).names()
    folders[folder] = names
    return tuple(f"{folder}/{name}" for name in names or ())


def _look(
    target: Target,
    path: str,
    files: dict[str, File | None],
    folders: dict[str, tuple[str, ...] | None],
    links: dict[str, str | None],
) -> None:
    """Note what a path is. Raises OSError for what may not be looked at; it stays unknown."""
    links[path] = target.opened(path, follows=False).says()
    place = target.opened(path)
    found = place.found()
    if found is None or stat.S_ISREG(found.st_mode):
        files[path] = None if found is None else _file(target, place, found)
    if found is None or stat.S_ISDIR(found.st_mode):
        folders[path] = None if found is None else place.names()
    elif not stat.S_ISREG(found.st_mode) and not stat.S_ISCHR(found.st_mode):  # links to /dev/null turn files off
        place.content()  # says why it cannot be read


def _file(target: Target, place: Place, found: os.stat_result) -> File | None:
    data = place.content()
    return None if data is None else File(data, stat.S_IMODE(found.st_mode), target.owner(found.st_uid))


# Packages


def _with_packages(facts: Facts, target: Target) -> Facts:
    dpkg = apt.installed(target)
    return facts if dpkg is None else facts._replace(packages=dpkg.installed, provided=dpkg.provided)


def _with_apt(facts: Facts, spec: Spec, target: Target) -> Facts:
    """Apt is only asked about what is lacking."""
    asking = (one for one in (packages_step, wslg) if one.ID in planner.wanted(spec))
    names = tuple(dict.fromkeys(name for one in asking for name in one.asks(facts, spec)))
    return facts._replace(apt=apt.answer(target, names)) if names else facts


def _with_launch(facts: Facts, folder: Path, target: Target, environment: Mapping[str, str]) -> Facts:
    """What would be written beside the code; nothing where that lies outside of the machine."""
    from wslgo.provision.survey.launch_files import generated  # the parsers of Go and what knows GPUs

    if facts.workspace is None or not facts.workspace.folder:
        return facts
    try:
        made = generated(folder, facts.workspace.folder, target, facts.host, environment)
    except OSError as error:
        unseen = UNSEEN(path=str(error.filename or folder), words=reason(error))
        return facts._replace(problems=(*facts.problems, unseen))
    files = {**facts.files, **made.before}
    return facts._replace(files=files, generated=made.after, problems=(*facts.problems, *made.problems))


# Versions


def _asked(spec: Spec, modules: tuple[str, ...]) -> tuple[str, tuple[Text, ...]]:
    from wslgo.syntax.go.mod_file import parse  # only a workspace needs it
    from wslgo.text.source import Source

    try:
        release.wanted(spec.go)
        return release.wanted("", [parse(Source(text)) for text in modules]), ()
    except ProvisionError as error:
        return "", (error.text,)


def _architecture(target: Target) -> str:
    """What Go calls the processor; a tree that brings its own says it in the name of its loader."""
    if target.is_tree:
        for loader, name in (("/lib64/ld-linux-x86-64.so.2", "amd64"), ("/lib/ld-linux-aarch64.so.1", "arm64")):
            if target.opened(loader).found() is not None:
                return name
    machine = platform.machine()
    return _ARCHITECTURES.get(machine, machine)


# The network


def _answered(
    facts: Facts,
    spec: Spec,
    target: Target,
    environment: Mapping[str, str],
    windows: World | None,
    *,
    knows_version: bool,
) -> Facts:
    """With what the network says to all that the wanted steps need to know of it."""

    def ask(facts: Facts, web: Web) -> Facts:
        if "go-variables" in planner.wanted(spec):
            facts = _with_proxies(facts, web)
        if "toolchain" in planner.wanted(spec) and knows_version and toolchain_step.need(facts, spec) is not None:
            facts = _with_release(facts, spec, web)
        return (
            with_builder(with_newest(facts, spec, web), spec, web, target) if "tools" in planner.wanted(spec) else facts
        )

    if "certificates" not in planner.wanted(spec):
        return ask(facts, Web(environment))
    named = candidates(policy_of(facts.host, spec)) if spec.names("certificates") else ()
    asker = trust.Asker(ask, environment, tuple(one.url for one in named), windows)
    return trust.answered(facts, spec.certificates, asker)


def _with_proxies(facts: Facts, web: Web) -> Facts:
    while urls := go_variables.asks(facts):
        asked = tuple(Candidate(url, MODULE, PUBLIC) for url in urls)
        answers = source.probe(asked, "", facts.architecture, web, _PATIENCE)
        facts = facts._replace(proxies=(*facts.proxies, *(one.source for one in answers)))
    return facts


def _with_release(facts: Facts, spec: Spec, web: Web) -> Facts:
    version = spec.go.removeprefix("go") or facts.asked
    try:
        search = source.search(version, facts.architecture, policy_of(facts.host, spec), web)
    except ProvisionError as error:
        return facts._replace(problems=(*facts.problems, error.text))
    facts = facts._replace(sources=search.sources, release=search.release)
    if search.release is None:
        refusal = source.refusal(search, version, facts.architecture).text
        return facts._replace(problems=(*facts.problems, refusal))
    return facts
