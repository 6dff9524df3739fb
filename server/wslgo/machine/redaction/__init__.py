"""Redaction of user names, internal hosts and secrets, so that a recorded machine can be shared.

Only public words are kept. Each field is read by its kind (a path, a URL, a WSL file, ...); a name in it that is not in
`knowledge/public_names.py` becomes a placeholder, the same one everywhere, so that paths and patterns still match each
other. Comments are removed.
"""

from wslgo.knowledge import c_names, public_names
from wslgo.knowledge.packages import PROGRAMS, is_known
from wslgo.knowledge.vpns import VPNS
from wslgo.machine.host import (
    Answer,
    Card,
    CFolder,
    CredentialHelper,
    Disk,
    Editor,
    Go,
    GoPrograms,
    Gpu,
    Host,
    LockedFolder,
    Lookups,
    Mount,
    Network,
    PrivateModules,
    Snapshot,
    Tool,
    Variable,
    Windows,
    Wsl,
    Wslg,
)
from wslgo.machine.redaction import go_value, text, wsl_file
from wslgo.machine.redaction.names import Names
from wslgo.syntax.wsl.ini import Dialect
from wslgo.text.typing import NamedTuple

DEVICE = "GPU-00000000-0000-4000-8000-{:012d}"
BOOT = "00000000-0000-4000-8000-000000000000"
_C_NAMES = c_names.KNOWN
_PROGRAMS = frozenset(name for names in PROGRAMS.values() for name in names)


class RedactedHost(NamedTuple):
    """A machine that can be shared, and the number of names that were replaced in it."""

    host: Host
    names: int


def redacted_host(host: Host) -> RedactedHost:
    """Return the machine with placeholders for its names."""
    first = Names()
    _Redaction(first).host(host)  # a field can refer to a user or host that only a later field reveals
    names = first.for_second_pass()
    return RedactedHost(_Redaction(names).host(host), names.count)


class _Redaction:
    """One pass over a machine."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def host(self, host: Host) -> Host:
        running = host.running
        return host._replace(
            wsl=self.wsl(host.wsl),
            windows=self.windows(host.windows),
            running=running._replace(
                boot_id=BOOT if running.boot_id else running.boot_id,
                command_line=self.settings(running.command_line),
                networking=self.system(running.networking),
            ),
            mounts=None if host.mounts is None else tuple(map(self.mount, host.mounts)),
            disks=None if host.disks is None else tuple(map(self.disk, host.disks)),
            wslconfig=self.snapshot(host.wslconfig, "wslconfig"),
            wslconf=self.snapshot(host.wslconf, "wslconf"),
            absent_paths=self.paths(host.absent_paths),
            stray_files=self.paths(host.stray_files),
            home=self.path(host.home),
            go=self.go(host.go),
            other_go=self.go(host.other_go),
            private_modules=None if host.private_modules is None else tuple(map(self.modules, host.private_modules)),
            locked_folders=None if host.locked_folders is None else tuple(map(self.locked, host.locked_folders)),
            go_variables=None if host.go_variables is None else tuple(map(self.go_variable, host.go_variables)),
            goenv_path=self.path(host.goenv_path),
            delve=self.tool(host.delve),
            gopls=self.tool(host.gopls),
            go_programs=self.go_programs(host.go_programs),
            compiler=self.tool(host.compiler),
            installer=self.system(host.installer),
            programs=None if host.programs is None else tuple(filter(_PROGRAMS.__contains__, host.programs)),
            packages=None if host.packages is None else tuple(filter(is_known, host.packages)),
            c_folders=None if host.c_folders is None else tuple(map(self.c_folder, host.c_folders)),
            editors=None if host.editors is None else tuple(map(self.editor, host.editors)),
            gpu=self.gpu(host.gpu),
            wslg=self.wslg(host.wslg),
            search_path=self.paths(host.search_path),
            processor=self.system(host.processor),
            network=self.network(host.network),
        )

    def wsl(self, wsl: Wsl) -> Wsl:
        others = wsl.others_running
        return wsl._replace(
            version=self.system(wsl.version),
            kernel=self.system(wsl.kernel),
            distribution=self.distribution(wsl.distribution),
            container=self.system(wsl.container),
            release=self.system(wsl.release),
            others_running=None if others is None else tuple(text.distribution(other, self.names) for other in others),
            automount_root=self.path(wsl.automount_root),
            init=self.path(wsl.init),
        )

    def windows(self, windows: Windows) -> Windows:
        variables = windows.go_variables
        return windows._replace(
            profile=self.path(windows.profile),
            vpn=windows.vpn if windows.vpn in VPNS else self.system(windows.vpn),
            go_variables=None if variables is None else tuple(map(self.go_variable, variables)),
            proxy=None if windows.proxy is None else text.hosts(windows.proxy, self.names),
            proxy_script=None if windows.proxy_script is None else text.url(windows.proxy_script, self.names),
        )

    def mount(self, mount: Mount) -> Mount:
        windows = None if mount.windows is None else text.path(mount.windows, self.names)
        return Mount(
            text.path(mount.target, self.names),
            text.words(mount.kind, public_names.SYSTEM, self.names),
            text.source(mount.source, self.names),
            windows,
        )

    def disk(self, disk: Disk) -> Disk:
        return disk._replace(path=text.path(disk.path, self.names), windows=self.path(disk.windows))

    def snapshot(self, file: Snapshot | None, dialect: Dialect) -> Snapshot | None:
        if file is None:
            return None
        now, at_start, before = (
            None if content is None else wsl_file.redacted_content(content, dialect, self.names)
            for content in (file.text, file.at_start, file.before)
        )
        return file._replace(path=text.path(file.path, self.names), text=now, at_start=at_start, before=before)

    def go(self, go: Go | None) -> Go | None:
        if go is None:
            return None
        problem = None if go.problem is None else text.prose(go.problem, public_names.GO, self.names)
        return go._replace(
            path=text.path(go.path, self.names),
            version=self.system(go.version),
            folder=self.path(go.folder),
            problem=problem,
            processor=self.system(go.processor),
        )

    def locked(self, folder: LockedFolder) -> LockedFolder:
        variable = text.words(folder.variable, go_value.NAMES, self.names)
        return folder._replace(variable=variable, path=text.path(folder.path, self.names))

    def modules(self, modules: PrivateModules) -> PrivateModules:
        pattern = go_value.redacted_value("GOPRIVATE", modules.pattern, self.names)
        place, folder = (text.path(path, self.names) for path in (modules.place, modules.folder))
        return modules._replace(pattern=pattern, place=place, folder=folder)

    def go_variable(self, variable: Variable) -> Variable:
        return Variable(
            text.words(variable.name, go_value.NAMES, self.names),
            go_value.redacted_value(variable.name, variable.value, self.names),
            text.path(variable.origin, self.names),
        )

    def proxy(self, proxy: Variable) -> Variable:
        return Variable(
            text.words(proxy.name, go_value.NAMES, self.names),
            text.hosts(proxy.value, self.names),
            text.path(proxy.origin, self.names),
        )

    def tool(self, tool: Tool | None) -> Tool | None:
        return (
            None
            if tool is None
            else Tool(text.path(tool.path, self.names), self.system(tool.version), self.system(tool.built_by))
        )

    def go_programs(self, known: GoPrograms | None) -> GoPrograms | None:
        return None if known is None else known._replace(folder=text.path(known.folder, self.names))

    def c_folder(self, folder: CFolder) -> CFolder:
        names = tuple(filter(_C_NAMES.__contains__, folder.names))
        return folder._replace(path=text.path(folder.path, self.names), names=names)

    def editor(self, editor: Editor) -> Editor:
        return Editor(
            text.words(editor.name, public_names.SYSTEM, self.names),
            text.path(editor.folder, self.names),
            text.words(editor.go_extension, public_names.SYSTEM, self.names),
            tuple(text.words(extension, public_names.SYSTEM, self.names) for extension in editor.extensions),
        )

    def gpu(self, gpu: Gpu) -> Gpu:
        cards = gpu.cards
        return gpu._replace(
            cards=None if cards is None else tuple(map(self.card, cards)),
            visible_devices=self.devices(gpu),
            device_order=self.system(gpu.device_order),
            debugger=self.path(gpu.debugger),
            container_engine=self.path(gpu.container_engine),
            container_toolkit=self.path(gpu.container_toolkit),
            problem=None if gpu.problem is None else text.prose(gpu.problem, public_names.NVIDIA_SMI, self.names),
            lent_driver=self.path(gpu.lent_driver),
            linux_library=self.path(gpu.linux_library),
            cached_library=self.path(gpu.cached_library),
            hidden_by=self.path(gpu.hidden_by),
            stale_devices=self.path(gpu.stale_devices),
            smi=self.path(gpu.smi),
            linux_smi=self.path(gpu.linux_smi),
            driver=self.system(gpu.driver),
            toolkit=self.tool(gpu.toolkit),
            unlinked_toolkit=self.path(gpu.unlinked_toolkit),
            nvcc=self.path(gpu.nvcc),
        )

    def card(self, card: Card) -> Card:
        uuid = None if card.uuid is None else DEVICE.format(card.number)
        return card._replace(name=text.card(card.name, self.names), uuid=uuid)

    def devices(self, gpu: Gpu) -> str | None:
        """Return the choice of GPUs with the placeholders of their UUIDs."""
        if gpu.visible_devices is None:
            return None
        return ",".join(self.device(item.strip(), gpu.cards or ()) for item in gpu.visible_devices.split(","))

    def device(self, item: str, cards: tuple[Card, ...]) -> str:
        if not item.upper().startswith(("GPU-", "MIG-")):
            return text.words(item, public_names.SYSTEM, self.names)
        named = [card.number for card in cards if (card.uuid or "").lower().startswith(item.lower())]
        return DEVICE.format(named[0]) if len(named) == 1 else f"{item[:4]}{'0' * bool(named)}"

    def wslg(self, wslg: Wslg) -> Wslg:
        return wslg._replace(
            folder=self.path(wslg.folder),
            alsa_default=self.path(wslg.alsa_default),
            renderer=self.system(wslg.renderer),
            renderer_cause=self.renderer_cause(wslg.renderer_cause),
            display=self.address(wslg.display),
            wayland_display=self.address(wslg.wayland_display),
            runtime_folder=self.path(wslg.runtime_folder),
            sound_server=self.address(wslg.sound_server),
        )

    def renderer_cause(self, cause: str | None) -> str | None:
        return self.path(cause) if (cause or "").startswith("/") else self.system(cause)

    def network(self, network: Network) -> Network:
        return Network(
            tuple(map(self.proxy, network.proxies)),
            self.addresses(network.name_servers),
            self.path(network.resolv_conf),
            self.addresses(network.listeners),
            None if network.answers is None else tuple(map(self.answer, network.answers)),
            self.path(network.apt_proxy),
            network.has_authorities,
            None if network.gateway is None else text.hosts(network.gateway, self.names),
            self.addresses(network.silent_proxies),
            network.mtu,
            network.docker and network.docker._replace(version=self.system(network.docker.version) or ""),
            network.has_docker_name,
            None if network.lookups is None else tuple(map(self.lookup, network.lookups)),
            self.addresses(network.large_packets_lost_by),
            None if network.credential_helpers is None else tuple(map(self.helper, network.credential_helpers)),
            self.path(network.credential_manager),
            network.services,
        )

    def lookup(self, lookup: Lookups) -> Lookups:
        return lookup._replace(server=text.hosts(lookup.server, self.names))

    def helper(self, helper: CredentialHelper) -> CredentialHelper:
        is_path = helper.name.startswith("/")
        name = (
            text.path(helper.name, self.names)
            if is_path
            else text.words(helper.name, public_names.CREDENTIALS, self.names)
        )
        return helper._replace(name=name, place=text.path(helper.place, self.names), path=self.path(helper.path))

    def answer(self, answer: Answer) -> Answer:
        problem, distrust = (
            text.prose(words, public_names.SYSTEM, self.names) for words in (answer.problem, answer.distrust)
        )
        url, via = (text.url(place, self.names) if place else "" for place in (answer.url, answer.via))
        return answer._replace(url=url, problem=problem, distrust=distrust, via=via)

    def addresses(self, found: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if found is None else tuple(text.hosts(address, self.names) for address in found)

    def distribution(self, name: str | None) -> str | None:
        return None if name is None else text.distribution(name, self.names)

    def path(self, path: str | None) -> str | None:
        return None if path is None else text.path(path, self.names)

    def paths(self, paths: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if paths is None else tuple(text.path(path, self.names) for path in paths)

    def system(self, value: str | None) -> str | None:
        return None if value is None else text.words(value, public_names.SYSTEM, self.names)

    def settings(self, value: str | None) -> str | None:
        return None if value is None else text.prose(value, public_names.SETTINGS, self.names)

    def address(self, value: str | None) -> str | None:
        return None if value is None else text.address(value, self.names)
