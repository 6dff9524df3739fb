"""The networking mode of WSL as the rules about proxies see it, and how a proxy of Windows is reached in it."""

from wslgo.knowledge.wsl_key import WINDOWS_11_22H2
from wslgo.linter.displays import reader
from wslgo.linter.scene import Scene
from wslgo.machine.host import Host
from wslgo.machine.proxies import port_of_proxy
from wslgo.syntax.family import WSLCONFIG
from wslgo.text.message import Message, Text

NAT, MIRRORED = "nat", "mirrored"
# In NAT mode Windows is the gateway; the shell asks for it at each start, because the address changes.
EXPORT = "export {name}=http://$(ip route show default | awk '{{print $3; exit}}'):{port}"

MIRROR = Message(
    en="if the proxy runs in Windows: set networkingMode=mirrored under [wsl2] in .wslconfig, then restart WSL",
    zh="如果代理运行在 Windows 中：在 .wslconfig 的 [wsl2] 下设置 networkingMode=mirrored，然后重启 WSL",
)
BY_GATEWAY = Message(
    en="let the proxy in Windows accept connections of other computers, then type: {command}",
    zh="让 Windows 中的代理接受其他计算机的连接，然后输入：{command}",
)


def is_nat(host: Host) -> bool:
    """Return whether WSL uses NAT: on Windows 10, where no program reports the mode, it does."""
    build = host.windows.build
    if host.wsl.generation not in (None, 2):
        return False
    return host.running.networking == NAT or (
        host.running.networking is None and build is not None and build < WINDOWS_11_22H2
    )


def mode_of(scene: Scene) -> str | None:
    """Return the mode that a `.wslconfig` beside a file sets, else that of the machine that reads the file."""
    from wslgo.syntax.wsl.effective import networking_mode  # few files name a proxy on this computer

    host = reader(scene)
    _, config = scene.other(WSLCONFIG) or ("", None)
    written = networking_mode(config) if config is not None else None
    if host.windows.build is not None and not can_mirror(host):
        return NAT
    return written.lower() if written else host.running.networking


def can_mirror(host: Host) -> bool:
    """Return whether Windows has the mirrored mode; an unknown one counts as having it."""
    return (host.windows.build or WINDOWS_11_22H2) >= WINDOWS_11_22H2


def reach_windows(host: Host, proxy: str, name: str) -> Text:
    """Return the next step to reach a proxy that runs in Windows, which a distribution in NAT mode does not."""
    if can_mirror(host):
        return MIRROR()
    return BY_GATEWAY(command=EXPORT.format(name=name, port=port_of_proxy(proxy)))
