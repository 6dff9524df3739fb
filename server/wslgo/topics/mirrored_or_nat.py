"""NAT is the default and fits most; mirrored mode needs Windows 11 22H2 and makes localhost the same on both sides.

## What people believe

"Mirrored mode is simply better", and "in NAT mode Windows is the name server in resolv.conf".

## What is true

In NAT mode Windows reaches your servers at localhost; other computers do not. From Linux, Windows is the default
gateway, and localhost is Linux. The name server is that of the tunnel for DNS, not Windows.

In mirrored mode `127.0.0.1` is shared (not `::1`), Linux has the addresses of Windows, and other computers reach it
if the firewall lets them. The price: a port that Windows uses cannot be opened in Linux, a DNS server of your own may
not work, `localhostForwarding` has no effect, and Windows does not reach containers of a Docker Engine before 27.3.
If Windows cannot do it, WSL says so once at its start and uses NAT.

## What to do

Choose mirrored mode for a proxy or a database at localhost of Windows, for some VPNs, and for servers that other
computers must reach: `networkingMode=mirrored` under `[wsl2]` in `.wslconfig`. `wsl --shutdown` makes it count, and
ends everything that runs in WSL. These show the mode, and the gateway:

```sh
wslinfo --networking-mode
ip route show default
```

## Sources

- Microsoft, networking in WSL: <https://learn.microsoft.com/windows/wsl/networking>
- microsoft/WSL at 3e27a6a5, `src/windows/service/exe/WslCoreVm.cpp`, 2026-08
- Docker Engine 27.3, moby pull request 48514: <https://github.com/moby/moby/pull/48514>
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_key import WINDOWS_11_22H2
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import other_than_wsl_2

NEEDS = ("wsl.generation", "running.networking", "network.gateway", "windows.build", "network.docker")

MODE = Message(en="The mode in effect is {mode}", zh="当前生效的模式为 {mode}")
UNKNOWN = Message(
    en="The mode in effect is unknown: wslinfo did not report it", zh="当前生效的模式未知：wslinfo 没有报告"
)
GATEWAY = Message(en="From Linux, Windows is {address}", zh="从 Linux 访问 Windows 的地址为 {address}")
LOOPBACK = "127.0.0.1"
TOO_OLD = Message(
    en="Build {build} of Windows cannot do mirrored mode, which needs {needed}",
    zh="Windows 内部版本 {build} 不支持镜像模式，至少需要 {needed}",
)
DOCKER = Message(en="Docker Engine {version} runs in this distribution", zh="此发行版中有 Docker Engine {version}")


def here(host: Host) -> Iterator[Text]:
    """Yield the mode, the address of Windows, and what speaks against mirrored mode."""
    yield from other_than_wsl_2(host)
    if host.wsl.generation != 2:
        return
    mode = host.running.networking
    yield MODE(mode=mode) if mode else UNKNOWN()
    address = {"nat": host.network.gateway, "mirrored": LOOPBACK}.get(mode or "")
    if address:
        yield GATEWAY(address=address)
    build = host.windows.build
    if build is not None and build < WINDOWS_11_22H2:
        yield TOO_OLD(build=build, needed=WINDOWS_11_22H2)
    if host.network.docker is not None:
        yield DOCKER(version=host.network.docker.version)
