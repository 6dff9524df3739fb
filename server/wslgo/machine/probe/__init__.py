"""The only reader of /proc, wsl.exe, go env and nvidia-smi: it collects the requested facts about this machine.

`probe(world)` collects every fact; `probe(world, {"mounts", "windows.memory"})` only these, so that a check whose rules
need no facts about Windows does not start a Windows program. A fact that cannot be collected is unknown, never an
exception.
"""

from collections.abc import Callable, Mapping

from wslgo.machine.host import Gpu, Host, Network, Running, Windows, Wsl, Wslg
from wslgo.machine.probe import (
    c_folders,
    credentials,
    disks,
    editors,
    executable,
    folders,
    go,
    gpu,
    interop,
    kernel,
    mounts,
    network,
    opengl,
    packages,
    private_modules,
    programs,
    region,
    stray_files,
    windows,
    windows_network,
    windows_proxy,
    wslg,
)
from wslgo.machine.probe.context import ProbeContext
from wslgo.system.world import World
from wslgo.text.typing import Any, cast

# The function that collects each fact, by the fact's place in the `Host`; `wsl` alone means all of `wsl.`
FACTS: Mapping[str, Callable[[ProbeContext], object]] = {
    "wsl.generation": kernel.generation,
    "wsl.version": windows.version,
    "wsl.kernel": kernel.kernel,
    "wsl.distribution": windows.distribution,
    "wsl.container": kernel.container,
    "wsl.release": kernel.release,
    "wsl.others_running": windows.others_running,
    "wsl.automount_root": mounts.automount_root,
    "wsl.has_systemd": kernel.has_systemd,
    "wsl.has_user_session": kernel.has_user_session,
    "wsl.init": kernel.init,
    "wsl.has_interop": kernel.has_interop,
    "windows.build": windows.build,
    "windows.memory": windows.memory,
    "windows.processors": windows.processors,
    "windows.profile": windows.profile,
    "windows.gpu_debugging": windows.gpu_debugging,
    "windows.proxy": windows_proxy.address,
    "windows.proxy_script": windows_proxy.script,
    "windows.mtu": windows_network.mtu,
    "windows.vpn": windows_network.vpn,
    "windows.reserved_ports": windows_network.reserved_ports,
    "running.boot_id": kernel.running_boot_id,
    "running.memory": kernel.memory,
    "running.processors": kernel.processors,
    "running.swap": kernel.swap,
    "running.command_line": kernel.command_line,
    "running.networking": windows.networking,
    "running.clock_lag": kernel.clock_lag,
    "running.page_cache": kernel.page_cache,
    "running.ptrace_scope": kernel.ptrace_scope,
    "mounts": mounts.mounts,
    "disks": disks.disks,
    "wslconfig": windows.wslconfig,
    "wslconf": windows.wslconf,
    "absent_paths": windows.absent_paths,
    "stray_files": stray_files.stray_files,
    "home": programs.home,
    "go": go.go,
    "other_go": go.other_go,
    "go_variables": go.variables,
    "windows.go_variables": windows.go_variables,
    "goenv_path": go.goenv_path,
    "private_modules": private_modules.private_modules,
    "locked_folders": folders.locked_folders,
    "delve": programs.delve,
    "gopls": programs.gopls,
    "go_programs": go.go_programs,
    "compiler": programs.compiler,
    "installer": packages.installer,
    "programs": programs.build_programs,
    "packages": packages.packages,
    "c_folders": c_folders.c_folders,
    "editors": editors.editors,
    "gpu.has_device": gpu.has_device,
    "gpu.has_library": gpu.has_library,
    "gpu.loader_finds_library": gpu.loader_finds_library,
    "gpu.has_copies": gpu.has_copies,
    "gpu.lent_driver": gpu.lent_driver,
    "gpu.linux_library": gpu.linux_library,
    "gpu.cached_library": gpu.cached_library,
    "gpu.hidden_by": gpu.hidden_by,
    "gpu.stale_devices": gpu.stale_devices,
    "gpu.cards": gpu.cards,
    "gpu.problem": gpu.problem,
    "gpu.smi": gpu.smi,
    "gpu.linux_smi": gpu.linux_smi,
    "gpu.driver": gpu.driver,
    "gpu.toolkit": gpu.toolkit,
    "gpu.unlinked_toolkit": gpu.unlinked_toolkit,
    "gpu.nvcc": gpu.nvcc,
    "gpu.capabilities": gpu.capabilities,
    "gpu.debugger": gpu.debugger,
    "gpu.container_engine": gpu.container_engine,
    "gpu.container_toolkit": gpu.container_toolkit,
    "gpu.visible_devices": gpu.visible_devices,
    "gpu.device_order": gpu.device_order,
    "wslg.folder": wslg.folder,
    "wslg.has_socket": wslg.has_socket,
    "wslg.serves_x11": wslg.serves_x11,
    "wslg.has_wayland": wslg.has_wayland,
    "wslg.serves_wayland": wslg.serves_wayland,
    "wslg.has_runtime_folder": wslg.has_runtime_folder,
    "wslg.has_sound": wslg.has_sound,
    "wslg.serves_sound": wslg.serves_sound,
    "wslg.alsa_default": wslg.alsa_default,
    "wslg.lacks_alsa_plugin": wslg.lacks_alsa_plugin,
    "wslg.renderer": opengl.renderer,
    "wslg.renderer_cause": opengl.cause,
    "wslg.display": wslg.display,
    "wslg.wayland_display": wslg.wayland_display,
    "wslg.runtime_folder": wslg.runtime_folder,
    "wslg.sound_server": wslg.sound_server,
    "search_path": programs.search_path,
    "is_in_china": region.is_in_china,
    "processor": executable.processor,
    "network.proxies": network.proxies,
    "network.name_servers": network.name_servers,
    "network.resolv_conf": network.resolv_conf,
    "network.listeners": network.listeners,
    "network.answers": network.answers,
    "network.apt_proxy": network.apt_proxy,
    "network.has_authorities": network.has_authorities,
    "network.silent_proxies": network.silent_proxies,
    "network.credential_helpers": credentials.helpers,
    "network.credential_manager": credentials.manager,
    "network.gateway": network.gateway,
    "network.mtu": network.mtu,
    "network.docker": network.docker,
    "network.has_docker_name": network.has_docker_name,
    "network.lookups": network.lookups,
    "network.large_packets_lost_by": network.large_packets_lost_by,
    "network.services": network.services,
    "wsl.interop_answers": interop.answers,  # last: it depends on the programs that the others started
}

_GROUPS: Mapping[str, Callable[..., object]] = {
    "wsl": Wsl,
    "windows": Windows,
    "running": Running,
    "gpu": Gpu,
    "wslg": Wslg,
    "network": Network,
}


def probe(
    world: World,
    facts: frozenset[str] | None = None,
    workspaces: tuple[str, ...] = (),
    *,
    folders: tuple[str, ...] = (),
    is_fresh: bool = False,
    exports: Mapping[str, str] | None = None,
) -> Host:
    """Collect facts about this machine, all of them if `facts` is None.

    Programs inside `workspaces` are never run; `folders` are those that are open or named. With `is_fresh` the cache of
    this boot is not used. `exports` are variables that a terminal has and the environment of this process lacks.
    """
    machine = ProbeContext(world, workspaces, folders, is_fresh=is_fresh, exports=exports)
    known = {name: machine.ask(question) for name, question in FACTS.items() if _is_wanted(name, facts)}
    return _host(known)


def _is_wanted(name: str, facts: frozenset[str] | None) -> bool:
    return facts is None or name in facts or name.partition(".")[0] in facts


def _host(known: Mapping[str, object]) -> Host:
    fields: dict[str, Any] = {name: value for name, value in known.items() if "." not in name}
    for group, kind in _GROUPS.items():
        members = {name.partition(".")[2]: value for name, value in known.items() if name.startswith(f"{group}.")}
        fields[group] = kind(**cast("dict[str, Any]", members))
    return Host(**fields)
