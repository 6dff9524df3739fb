"""What is true of a machine: gathered once by `wslgo.machine.probe`, recorded, replayed, handed to rules.

Every fact may be unknown (None), and a rule that lacks a fact says nothing: unknown is not false. Paths are Linux
paths, sizes bytes.
"""

from typing import NamedTuple


class Mount(NamedTuple):
    """A line of the kernel's mount table; `windows` is the drive or folder of Windows behind it (`C:\\`), if any."""

    target: str
    kind: str
    source: str = ""
    windows: str | None = None


class Windows(NamedTuple):
    """The Windows side. `profile` is %USERPROFILE% as Linux reaches it; `processors` are the logical ones."""

    build: int | None = None
    memory: int | None = None
    processors: int | None = None
    profile: str | None = None


class Running(NamedTuple):
    """What the kernel of the virtual machine shows: the values that are in force."""

    boot_id: str | None = None
    memory: int | None = None
    processors: int | None = None
    swap: int | None = None
    command_line: str | None = None
    networking: str | None = None


class Wsl(NamedTuple):
    """The distribution and WSL itself; `generation` is 1 or 2, and 0 where there is no WSL at all.

    `distribution` is its name in `wsl --list`, `release` what /etc/os-release calls it. `has_interop`: Windows programs
    are registered with the kernel; `interop_answers`: one of them was tried, and it did.
    """

    generation: int | None = None
    version: str | None = None
    kernel: str | None = None
    distribution: str | None = None
    release: str | None = None
    others_running: tuple[str, ...] | None = None
    automount_root: str | None = None
    has_systemd: bool | None = None
    has_interop: bool | None = None
    interop_answers: bool | None = None


class Snapshot(NamedTuple):
    """The text of a configuration file: now, when what it sets up was started, and at the start before that.

    None where there was no file. `before` is known for a day, and only where it is not the text at the start.
    """

    path: str
    text: str | None = None
    at_start: str | None = None
    knows_start: bool = False
    before: str | None = None
    knows_before: bool = False


class Variable(NamedTuple):
    """A Go variable that has a value: `origin` is `environment`, a path of a file, or `default`."""

    name: str
    value: str
    origin: str


class Go(NamedTuple):
    """The go command that terminals find; `folder` is its GOROOT, `problem` what it says instead of its variables."""

    path: str
    version: str | None = None
    folder: str | None = None
    problem: str | None = None


class Tool(NamedTuple):
    """A program that was found, with what it says of its version."""

    path: str
    version: str | None = None


class Card(NamedTuple):
    """A GPU; `number` is the one that nvidia-smi gives it, in the order of the PCI bus."""

    number: int
    name: str
    memory: int | None = None


class Gpu(NamedTuple):
    """The paravirtual GPU: the device, the driver's libraries, what nvidia-smi says, and the CUDA toolkit.

    `nvcc` is the compiler that would run, "" where there is none.
    """

    has_device: bool | None = None
    has_library: bool | None = None
    loader_finds_library: bool | None = None
    cards: tuple[Card, ...] | None = None
    driver: str | None = None
    toolkit: Tool | None = None
    nvcc: str | None = None


class Wslg(NamedTuple):
    """Windows of Linux programs: the folder that WSL mounts for them, the X socket, and what the environment says.

    Of the environment are the last four: None also where the folder is known and the variable is not set.
    """

    folder: str | None = None
    has_socket: bool | None = None
    display: str | None = None
    wayland_display: str | None = None
    runtime_folder: str | None = None
    sound_server: str | None = None


class Editor(NamedTuple):
    """The server that an editor keeps in this distribution, the version of its Go extension ("" without one), and the
    ids of other extensions that matter to us."""

    name: str
    folder: str
    go_extension: str = ""
    extensions: tuple[str, ...] = ()


class Network(NamedTuple):
    """Proxies from the environment (passwords masked) and the name servers in force."""

    proxies: tuple[Variable, ...] = ()
    name_servers: tuple[str, ...] | None = None
    resolv_conf: str | None = None


class Host(NamedTuple):
    """A machine. `absent_paths` are those that `.wslconfig` names, and the folders of such, which are not there."""

    wsl: Wsl = Wsl()
    windows: Windows = Windows()
    running: Running = Running()
    mounts: tuple[Mount, ...] | None = None
    wslconfig: Snapshot | None = None
    wslconf: Snapshot | None = None
    absent_paths: tuple[str, ...] | None = None
    home: str | None = None
    go: Go | None = None
    go_variables: tuple[Variable, ...] | None = None
    goenv_path: str | None = None
    delve: Tool | None = None
    gopls: Tool | None = None
    compiler: Tool | None = None
    editors: tuple[Editor, ...] | None = None
    gpu: Gpu = Gpu()
    wslg: Wslg = Wslg()
    search_path: tuple[str, ...] | None = None
    network: Network = Network()

    def mount_of(self, path: str) -> Mount | None:
        """The mount that holds an absolute path; None when the mounts are unknown."""
        holding = [mount for mount in self.mounts or () if _holds(mount.target, path)]
        return max(holding, key=lambda mount: len(mount.target), default=None)

    def is_on_windows(self, path: str) -> bool | None:
        """Whether a path lies on a drive of Windows, by the mount table and never by its name."""
        mount = self.mount_of(path)
        return None if mount is None else mount.windows is not None

    def linux_path(self, windows: str) -> str | None:
        """Where Linux finds an absolute path of Windows; None where no drive or share that is mounted holds it."""
        return linux_path(self.mounts or (), windows)

    def variable(self, name: str) -> Variable | None:
        """The value of a Go variable that is in force."""
        return next((one for one in self.go_variables or () if one.name == name), None)

    def go_values(self) -> dict[str, str]:
        """The Go variables that are in force by their names; none where they are unknown."""
        return {one.name: one.value for one in self.go_variables or ()}


UNKNOWN = Host()


def linux_path(mounts: tuple[Mount, ...], windows: str) -> str | None:
    """Where these mounts show an absolute path of Windows, whose names ignore case and whose slashes go both ways."""
    path = windows.replace("/", "\\").rstrip("\\")
    holding = [
        (len(drive), mount.target + path[len(drive) :].replace("\\", "/"))
        for mount in mounts
        for drive in [(mount.windows or "").rstrip("\\")]
        if drive and (path + "\\").lower().startswith(drive.lower() + "\\")
    ]
    return max(holding, default=(0, None))[1]


def _holds(target: str, path: str) -> bool:
    return path == target or path.startswith(target.rstrip("/") + "/")
