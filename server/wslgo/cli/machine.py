"""The machine that files are checked for: a recorded one, or this one, probed for what the rules need."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from wslgo.cli import words
from wslgo.cli.call import Call
from wslgo.cli.files import Input, unread_reason
from wslgo.cli.options import FileOptions
from wslgo.linter.finding import Reported
from wslgo.linter.rules import needs
from wslgo.linter.scene import MachineScene, Scene, asks_for_machine, holds_entries, sets_variables
from wslgo.linter.settings import Settings
from wslgo.linter.shell_file import mentions_windows
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import AIR, CGO, GOMOD, GOWORK, MAKEFILE, SCRIPT, WSLCONF, WSLCONFIG
from wslgo.syntax.file import File, read
from wslgo.system.errors import reason
from wslgo.system.reader import read_regular
from wslgo.system.repository import current_folder, workspaces
from wslgo.text.message import Text
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wslgo.golang.workspace import Workspace
    from wslgo.linter.team_requirements import FoundPolicy
    from wslgo.syntax.family import Family
    from wslgo.system.world import World

WSL_FILES = (WSLCONFIG, WSLCONF)
OF_PLACES = (AIR, GOMOD, GOWORK, MAKEFILE, SCRIPT)  # a rule looks at the disk where they are
# What costs no program and opens no file of a person: rules about any file may ask for it.
CHEAP = frozenset(("mounts", "home", "goenv_path", "wsl.generation", "wslg.folder"))


class Machine:
    """The known facts of the machine; `problems` are those of the recorded file."""

    def __init__(self, call: Call[FileOptions], world: "World | None" = None) -> None:
        self.problems: list[Text] = []
        self._world = world
        self._environment = call.terminal.environment
        self._is_wanted: bool = call.options.machine
        self._adds_files = call.options.machine and call.options.stdin_filename is None
        paths = (*call.options.paths, *filter(None, (call.options.stdin_filename,)))
        self._named = tuple(path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths)
        self._asked: frozenset[str] = frozenset()
        self._recorded = self._replayed(call.options.host) if call.options.host else None
        self._host = UNKNOWN

    def host(self, scene: Scene, settings: Settings) -> Host:
        """Return the facts that the rules about a file need."""
        if self._recorded is not None:
            return self._recorded
        # In CI the machine is not checked unless --machine says so.
        if self._environment.get("CI") and not self._is_wanted:
            return UNKNOWN
        wanted = self._wanted(scene, settings)
        return self._probed(wanted) if wanted else UNKNOWN

    def files(self) -> Iterator[Input]:
        """Yield the files of this machine that --machine adds."""
        if not self._adds_files or self._recorded is not None:
            return
        from wslgo.machine.own_files import PLACES  # most runs need nothing of the machine

        for path, family in _own_files(self._this_machine(), self._probed(PLACES)):
            if os.path.isfile(path) and os.access(path, os.R_OK):
                yield Input(path, family, is_own=True)

    def scenes(self) -> Iterator[Scene]:
        """Yield the files of a recorded machine, whose texts were recorded with it."""
        if not self._adds_files or self._recorded is None:
            return
        from wslgo.linter.machine_check import wsl_files  # few runs replay a machine

        files = tuple(wsl_files(self._recorded))
        for file in files:
            yield Scene(file, tuple(other for other in files if other is not file))

    def findings(self, settings_of_machine: Callable[[], Settings], in_files: Iterable[Reported]) -> list[Reported]:
        """Return the findings about the machine itself, with --machine; `in_files` are those in its files."""
        if not self._adds_files:
            return []
        from wslgo.linter.machine_check import machine_findings, machine_needs
        from wslgo.machine.own_files import PLACES

        settings = settings_of_machine()
        if self._recorded is not None:
            scene = MachineScene(workspace=own_workspace(self._recorded, is_recorded=True))
            return machine_findings(self._recorded, settings, scene, in_files)
        host = self._probed(machine_needs(settings) | PLACES)
        return machine_findings(host, settings, own_scene(self._this_machine(), host), in_files)

    def cheap(self) -> Host:
        """Return the facts that cost no program."""
        return self._recorded if self._recorded is not None else self._probed(CHEAP)

    def is_of_another(self, file: File) -> bool:
        """Return whether a file is one of a recorded machine, which this one must not write."""
        return self._recorded is not None and Scene(file, host=self._recorded).snapshot is not None

    def _wanted(self, scene: Scene, settings: Settings) -> frozenset[str]:
        name, is_launching = scene.file.family.name, holds_entries(scene.file)
        if name in WSL_FILES and not self._may_be_own(scene.file):
            return frozenset()
        if name == CGO:
            return needs(name, settings) if asks_for_machine(scene.file) else frozenset()
        if name not in WSL_FILES and not self._is_wanted:
            is_asked = mentions_windows(scene.file) or any(map(sets_variables, (scene.file, *scene.others)))
            is_asked = is_asked or (name in OF_PLACES and self._is_mounted(scene.file.place))
            return needs(name, settings, is_launching=is_launching) & CHEAP if is_asked else frozenset()
        wanted = needs(name, settings, is_launching=is_launching)
        return wanted if wanted and (name not in WSL_FILES or self._is_own(scene.file)) else frozenset()

    def _may_be_own(self, file: File) -> bool:
        """Return whether the path suggests it, without asking Windows."""
        if file.family.name == WSLCONF:
            return file.place == "/etc/wsl.conf"
        return os.path.basename(file.place).lower() == ".wslconfig" and self._is_mounted(file.place)

    def _is_own(self, file: File) -> bool:
        """Return whether it is this machine's; Windows is asked only about a `.wslconfig` on a Windows drive."""
        if file.family.name == WSLCONF:
            return True
        if not self._probed(frozenset(("mounts",))).is_on_windows(file.place):
            return False
        return Scene(file, host=self._probed(frozenset(("wslconfig",)))).snapshot is not None

    def _is_mounted(self, place: str) -> bool:
        """Return whether a file is on another disk than the distribution."""
        found, root = self._stat(place), self._stat("/")
        return found is not None and root is not None and found.st_dev != root.st_dev

    def _stat(self, path: str) -> os.stat_result | None:
        if self._world is not None:
            return self._world.stat(path)
        try:
            return os.stat(path)
        except (OSError, ValueError):
            return None

    def _probed(self, wanted: frozenset[str]) -> Host:
        """Return this machine, with the facts that were asked for so far."""
        if not wanted <= self._asked:
            from wslgo.machine.probe import probe  # most runs need nothing of the machine

            self._asked |= wanted
            foreign = workspaces(self._named, self._environment.get("HOME", ""), here=current_folder())
            folders = tuple(map(os.path.abspath, self._named))
            self._host = probe(self._this_machine(), self._asked, foreign, folders=folders)
        return self._host

    def _this_machine(self) -> "World":
        from wslgo.system.this_machine import ThisMachine  # most runs need nothing of the machine

        return self._world or ThisMachine()

    def _replayed(self, path: str) -> Host:
        found = replayed(path, self._environment)
        if isinstance(found, Host):
            return found
        self.problems.append(found)
        return UNKNOWN


def own_workspace(host: Host, *, is_recorded: bool = False) -> "Workspace | None":
    """Return what the Go modules around the current folder need on a machine; None without any."""
    from pathlib import Path  # only who looks at the machine asks

    from wslgo.provision.survey.workspace import surroundings, workspace_of
    from wslgo.provision.target import this_machine

    around = surroundings(host.go_values(), os.environ, has_libraries=not is_recorded)
    return workspace_of(Path.cwd(), this_machine(None, os.environ.get("HOME", "")), around)


def own_scene(world: "World", host: Host) -> MachineScene:
    """Return the files of this machine and the Go workspace, for the rules about it."""
    return MachineScene(read_own_files(world, host), own_workspace(host))


def policy_here(environment: Mapping[str, str]) -> "FoundPolicy":
    """Return the policy that holds in the current folder."""
    from wslgo.linter.team_policy import Policies  # the check of files has its own way

    return Policies(environment, shows_relative=True).around(current_folder())


def read_own_files(world: "World", host: Host) -> tuple[File, ...]:
    """Return the files that configure this machine, as far as they can be read."""
    from wslgo.text.source import decode

    found = ((path, family, world.read(path)) for path, family in _own_files(world, host))
    return tuple(read(path, family, decode(data), path) for path, family, data in found if data is not None)


def _own_files(world: "World", host: Host) -> "Iterator[tuple[str, Family]]":
    """Yield the files that configure this machine, whether they exist or not, with their families."""
    from wslgo.machine.own_files import family_of_own_file, own_files

    found = ((path, family_of_own_file(path, host)) for path in own_files(world, host))
    return ((path, family) for path, family in found if family is not None)


def replayed(path: str, environment: Mapping[str, str]) -> Host | Text:
    """Return a machine recorded with `doctor --record`, or what is wrong with the file."""
    if trouble := unread_reason(path, environment):
        return trouble.sentence()
    import json  # a millisecond that most runs need not pay

    from wslgo.machine.host_json import from_json

    try:
        return from_json(json.loads(read_regular(path)))
    except (OSError, ValueError, RecursionError) as error:
        return words.TROUBLE(path=path, reason=words.UNREADABLE(reason=reason(error)))
