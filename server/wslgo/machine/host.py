"""The facts about a machine: collected by `wslgo.machine.probe`, recorded, replayed, and read by rules.

Every fact may be unknown (None). A rule that lacks a fact takes WSL's default if there is one (`drives`), and reports
nothing otherwise: unknown is not false. Paths are Linux paths, and sizes are in bytes.
"""

from wslgo.text.typing import NamedTuple


class Mount(NamedTuple):
    """A mounted file system; `windows` is the Windows drive or folder that it shows (`C:\\`), if any."""

    target: str
    kind: str
    source: str = ""
    windows: str | None = None


# Origins of a variable that no file sets.
ENVIRONMENT = "environment"
DEFAULT = "default"


class Variable(NamedTuple):
    """A Go variable that has a value, or GOTOOLCHAIN; `origin` is `environment`, the path of a file, or `default`."""

    name: str
    value: str
    origin: str


class PortRange(NamedTuple):
    """TCP ports, both ends included."""

    first: int
    last: int


class Windows(NamedTuple):
    """The Windows side; `profile` is the Linux path of %USERPROFILE%, `processors` counts logical processors.

    `go_variables` are those of downloads (GOPROXY, GOPRIVATE) that its environment or its own go env file sets.
    `gpu_debugging` is whether a value of the registry lets debuggers of CUDA reach the GPU; it is asked only if one is
    installed here. `proxy` is the address of the proxy that its programs use (`127.0.0.1:7890`), `proxy_script` that of
    a script (PAC) by which they find one; each is "" if there is none. `mtu` is that of the interface to
    the internet, `vpn` the kind of a connected VPN ("" if none is known by its name), `reserved_ports` are those that
    Windows keeps for itself or for Hyper-V.
    """

    build: int | None = None
    memory: int | None = None
    processors: int | None = None
    profile: str | None = None
    go_variables: tuple[Variable, ...] | None = None
    gpu_debugging: bool | None = None
    proxy: str | None = None
    proxy_script: str | None = None
    mtu: int | None = None
    vpn: str | None = None
    reserved_ports: tuple[PortRange, ...] | None = None


class Disk(NamedTuple):
    """The space of a file system, for users other than root; `windows` is the drive, None for a disk of Linux."""

    path: str
    size: int
    free: int
    windows: str | None = None


class Running(NamedTuple):
    """The values in effect, as the kernel of the virtual machine shows them.

    `clock_lag` is how many seconds its clock is behind that of Windows, 0 within a minute; `page_cache` is the memory
    that holds the content of files, `ptrace_scope` decides which processes a debugger may join (kernel.yama).
    """

    boot_id: str | None = None
    memory: int | None = None
    processors: int | None = None
    swap: int | None = None
    command_line: str | None = None
    networking: str | None = None
    clock_lag: int | None = None
    page_cache: int | None = None
    ptrace_scope: int | None = None


class Wsl(NamedTuple):
    """The distribution and WSL itself; `generation` is 1 or 2, and 0 outside WSL.

    `distribution` is its name in `wsl --list`, `release` the name in /etc/os-release. `has_interop` means that Windows
    programs are registered with the kernel, `interop_answers` that the probe started one of them successfully. `init`
    is the program behind /sbin/init, which WSL starts if systemd is asked for; "" if it is missing. `has_user_session`
    is whether systemd runs a session of the user, in the folder that XDG_RUNTIME_DIR names. `container` is what runs
    the container that this is (`docker`), "" outside of one.
    """

    generation: int | None = None
    version: str | None = None
    kernel: str | None = None
    distribution: str | None = None
    container: str | None = None
    release: str | None = None
    others_running: tuple[str, ...] | None = None
    automount_root: str | None = None
    has_systemd: bool | None = None
    has_user_session: bool | None = None
    init: str | None = None
    has_interop: bool | None = None
    interop_answers: bool | None = None


class Snapshot(NamedTuple):
    """The text of a configuration file now, at the last start of WSL, and at the start before that.

    A text is None if the file did not exist. `before` is known for a day, and only if it differs from the text at the
    last start.
    """

    path: str
    text: str | None = None
    at_start: str | None = None
    knows_start: bool = False
    before: str | None = None
    knows_before: bool = False


class PrivateModules(NamedTuple):
    """Modules that seem to be private: a pattern of GOPRIVATE, and the file that has a login for them.

    With `is_remote` the file only has a remote there. In `folder` and below it counts, "" is everywhere.
    """

    pattern: str
    place: str
    folder: str = ""
    is_remote: bool = False


class Go(NamedTuple):
    """The go command that terminals find; `folder` is its GOROOT.

    `problem` is the error of every go command: its own words, or those of the system if `starts` is false. `processor`
    is the one that its file is for.
    """

    path: str
    version: str | None = None
    folder: str | None = None
    problem: str | None = None
    starts: bool | None = None
    processor: str | None = None


class LockedFolder(NamedTuple):
    """A folder of Go that this user cannot write; `variable` leads go there, and `owner` is the number of a user."""

    variable: str
    path: str
    owner: int | None = None


class Tool(NamedTuple):
    """An installed program, with the version that it reports; `built_by` is the Go that built it (1.25.3)."""

    path: str
    version: str | None = None
    built_by: str | None = None


class GoPrograms(NamedTuple):
    """The folder of `go install`, and how many programs are there."""

    folder: str
    number: int = 0


class Card(NamedTuple):
    """A GPU; `number` is its index in nvidia-smi, in the order of the PCI bus, and `uuid` its name for programs."""

    number: int
    name: str
    memory: int | None = None
    uuid: str | None = None


class Gpu(NamedTuple):
    """The paravirtual GPU: the device, the driver's libraries, the output of nvidia-smi, and the CUDA toolkit.

    `problem` is what nvidia-smi says if it fails, `smi` its path as a terminal finds it, and `nvcc` that of the
    compiler; both are "" if there is none in PATH. `has_copies`: the driver's library is a file and not a link, which
    ldconfig remarks. `hidden_by` is another libcuda.so.1 that LD_LIBRARY_PATH finds before, "" if there is none.
    `stale_devices` is a CDI file, by which containers get the GPU, that names files of a driver that is gone.
    `capabilities` are the compute capabilities of the GPUs ("8.9"), each once.

    `lent_driver` is the folder of an NVIDIA driver that Windows lends, `linux_library` a libcuda.so.1 that is not from
    Windows, in a folder of the system: of a Linux driver, or in a container of what runs it. `cached_library` is
    another libcuda.so.1 that the loader's cache has before that of Windows, and `linux_smi` the nvidia-smi that a
    terminal finds if it is not that of Windows; each is "" if there is none. `debugger` is cuda-gdb, "" if it is not
    installed. `unlinked_toolkit` is the newest folder of a CUDA toolkit to which no `/usr/local/cuda` leads.
    `container_engine` is a docker or podman of this distribution ("" for that of Docker Desktop, too),
    `container_toolkit` NVIDIA's program that gives it the GPU. `visible_devices` and `device_order` are variables of
    the environment that tell CUDA which GPUs to use.
    """

    has_device: bool | None = None
    has_library: bool | None = None
    loader_finds_library: bool | None = None
    has_copies: bool | None = None
    lent_driver: str | None = None
    linux_library: str | None = None
    cached_library: str | None = None
    hidden_by: str | None = None
    stale_devices: str | None = None
    cards: tuple[Card, ...] | None = None
    problem: str | None = None
    smi: str | None = None
    linux_smi: str | None = None
    driver: str | None = None
    visible_devices: str | None = None
    device_order: str | None = None
    toolkit: Tool | None = None
    unlinked_toolkit: str | None = None
    nvcc: str | None = None
    capabilities: tuple[str, ...] | None = None
    debugger: str | None = None
    container_engine: str | None = None
    container_toolkit: str | None = None


class CFolder(NamedTuple):
    """A folder with C libraries that wslgo knows: `-lcuda` of the linker, `alsa` of pkg-config, `<cuda.h>`.

    `is_searched`: linker, compiler or pkg-config look there without any flag.
    """

    path: str
    names: tuple[str, ...] = ()
    is_searched: bool = True


class Wslg(NamedTuple):
    """The WSLg server: the folder that WSL mounts for it, sockets, environment variables, and what draws.

    The variables are also None if the folder is known and the variable is not set. `has_socket` is about the socket of
    X11 where programs look, `has_wayland` and `has_sound` about those that the variables name; `serves_x11`,
    `serves_wayland` and `serves_sound` about those in the server's own folder. `has_runtime_folder` is whether the
    folder of XDG_RUNTIME_DIR exists. `alsa_default` is the file that tells ALSA where to play sound, "" if there is
    none; `lacks_alsa_plugin`: it names PulseAudio, and the plug-in for that is missing. `renderer` is what draws OpenGL
    (`d3d12` by the GPU, `llvmpipe` by the processor), "" without Mesa; `renderer_cause` is why it is not the GPU: a
    variable, or a file that is missing.
    """

    folder: str | None = None
    has_socket: bool | None = None
    serves_x11: bool | None = None
    has_wayland: bool | None = None
    serves_wayland: bool | None = None
    has_runtime_folder: bool | None = None
    has_sound: bool | None = None
    serves_sound: bool | None = None
    alsa_default: str | None = None
    lacks_alsa_plugin: bool | None = None
    renderer: str | None = None
    renderer_cause: str | None = None
    display: str | None = None
    wayland_display: str | None = None
    runtime_folder: str | None = None
    sound_server: str | None = None


class Editor(NamedTuple):
    """An editor's server in this distribution, with its extensions.

    `go_extension` is the version of the Go extension ("" if it is not installed), `extensions` the ids of other
    extensions that wslgo knows.
    """

    name: str
    folder: str
    go_extension: str = ""
    extensions: tuple[str, ...] = ()


class Answer(NamedTuple):
    """The answer of a server that has `modules` or `toolchains`; `problem` is why it has none.

    `distrust` are the words about its certificate if the CA is unknown here. `proxy_status` is the status with which
    an HTTP proxy rejected a connection to it, 0 if none did. The rest is known of the servers that `wslgo doctor
    --network` asks, also for `checksums` and for the `origin` of private modules: the `outcome` (one of `outcomes.py`),
    the HTTP `status`, how long it took, whether go asks the next entry of GOPROXY then, whether go would wait without
    end, and the proxy that passes the question on.
    """

    url: str
    serves: str = "modules"
    problem: str = ""
    distrust: str = ""
    proxy_status: int = 0
    outcome: str = ""
    status: int | None = None
    seconds: float = 0.0
    falls_back: bool = False
    is_endless: bool = False
    via: str = ""


class Lookups(NamedTuple):
    """The answers of a name server: to a single query, to `sent` queries at once, and to one over TCP."""

    server: str
    answers: bool = False
    sent: int = 0
    answered: int = 0
    answers_over_tcp: bool = False


class Docker(NamedTuple):
    """Docker Engine of this distribution; `publishes_by_rules`: by iptables and its proxy, as it does by default."""

    version: str
    publishes_by_rules: bool = True


class CredentialHelper(NamedTuple):
    """A program that `git` or `docker` starts for logins: what a file names, the file, and the path that is started.

    The path is "" if such a program is missing, None if that is unknown. `is_split`: git starts what precedes a space
    in it, and the file with the space exists.
    """

    owner: str
    name: str
    place: str
    path: str | None = None
    is_split: bool = False


class Network(NamedTuple):
    """Proxies from the environment (passwords masked), the name servers in use, and answers of servers.

    `listeners` are the addresses at which a DNS server of this machine listens. Only provisioning and `wslgo doctor
    --network` ask servers, only the latter asks name servers; otherwise `answers` and `lookups` are None, and so is
    `large_packets_lost_by`: hosts whose TLS handshake ends only in small packets. `apt_proxy`
    is the file with the proxy of apt, "" if there is none. `has_authorities` means that there are CA certificates where
    go looks for them. `gateway` is the address of the default route, which is Windows in NAT mode ("" without such a
    route), `mtu` that of its interface. `silent_proxies` are the proxies on this machine at whose port no program of
    the distribution listens. `has_docker_name`: a hosts file, here or in Windows, names `host.docker.internal`.
    `services` are the ports of `knowledge/local_services` at which a program of the distribution listens.
    `credential_helpers` are the programs that git and docker start for logins, and `credential_manager` is the path of
    Git for Windows' own, "" if there is none.
    """

    proxies: tuple[Variable, ...] = ()
    name_servers: tuple[str, ...] | None = None
    resolv_conf: str | None = None
    listeners: tuple[str, ...] | None = None
    answers: tuple[Answer, ...] | None = None
    apt_proxy: str | None = None
    has_authorities: bool | None = None
    gateway: str | None = None
    silent_proxies: tuple[str, ...] | None = None
    mtu: int | None = None
    docker: Docker | None = None
    has_docker_name: bool | None = None
    lookups: tuple[Lookups, ...] | None = None
    large_packets_lost_by: tuple[str, ...] | None = None
    credential_helpers: tuple[CredentialHelper, ...] | None = None
    credential_manager: str | None = None
    services: tuple[int, ...] | None = None


class Host(NamedTuple):
    """A machine; `absent_paths` are paths in `.wslconfig`, and folders of such paths, that do not exist.

    `stray_files` are configuration files of WSL under a name or in a place where WSL reads none.

    `is_in_china` means that its own settings show it to be in mainland China; it is never False.
    `processor` is its name in Go: `amd64`. `packages` are the installed ones of the distribution, of those that wslgo
    knows, by their names in Debian; `installer` is the program that installs packages: `apt-get`, `dnf`. `programs` are
    compilers, git and pkg-config, of those that a terminal finds. `other_go` is another go command behind the one in
    use, with the version in its files. `c_folders` are the folders with C libraries.
    """

    wsl: Wsl = Wsl()
    windows: Windows = Windows()
    running: Running = Running()
    mounts: tuple[Mount, ...] | None = None
    disks: tuple[Disk, ...] | None = None
    wslconfig: Snapshot | None = None
    wslconf: Snapshot | None = None
    absent_paths: tuple[str, ...] | None = None
    stray_files: tuple[str, ...] | None = None
    home: str | None = None
    go: Go | None = None
    other_go: Go | None = None
    go_variables: tuple[Variable, ...] | None = None
    goenv_path: str | None = None
    private_modules: tuple[PrivateModules, ...] | None = None
    locked_folders: tuple[LockedFolder, ...] | None = None
    delve: Tool | None = None
    gopls: Tool | None = None
    go_programs: GoPrograms | None = None
    compiler: Tool | None = None
    installer: str | None = None
    programs: tuple[str, ...] | None = None
    packages: tuple[str, ...] | None = None
    c_folders: tuple[CFolder, ...] | None = None
    editors: tuple[Editor, ...] | None = None
    gpu: Gpu = Gpu()
    wslg: Wslg = Wslg()
    search_path: tuple[str, ...] | None = None
    is_in_china: bool | None = None
    processor: str | None = None
    network: Network = Network()

    def mount_of(self, path: str) -> Mount | None:
        """Return the mount that contains an absolute path; None if the mounts are unknown."""
        holding = [mount for mount in self.mounts or () if _holds(mount.target, path)]
        return max(holding, key=lambda mount: len(mount.target), default=None)

    def is_on_windows(self, path: str) -> bool | None:
        """Return whether a path is on a Windows drive, by the mount table and never by its name."""
        mount = self.mount_of(path)
        return None if mount is None else mount.windows is not None

    def linux_path(self, windows: str) -> str | None:
        """Return the Linux path of an absolute Windows path; None if its drive or share is not mounted."""
        return linux_path(self.mounts or (), windows)

    def variable(self, name: str) -> Variable | None:
        """Return a Go variable with its value in effect."""
        return next((variable for variable in self.go_variables or () if variable.name == name), None)

    def go_values(self) -> dict[str, str]:
        """Return the values in effect of the Go variables by name; empty if they are unknown."""
        return {variable.name: variable.value for variable in self.go_variables or ()}


UNKNOWN = Host()


def linux_path(mounts: tuple[Mount, ...], windows: str) -> str | None:
    """Return the Linux path of an absolute Windows path, ignoring case and the direction of slashes."""
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
