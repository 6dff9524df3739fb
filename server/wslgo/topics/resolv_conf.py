"""`generateResolvConf` belongs under `[network]` in `/etc/wsl.conf`; in `/etc/resolv.conf` it has no effect.

## What people believe

"Write generateResolvConf = false into /etc/resolv.conf and DNS stays as it is", and "the nameserver there is
Windows".

## What is true

Programs that look up names skip that line. WSL does not read the file; it writes it at each start, as a link to
`/mnt/wsl/resolv.conf`, and your line is gone.

With `generateResolvConf=false` in `/etc/wsl.conf`, WSL leaves the file alone and removes its own link. Until you
write a file, no name is found.

Since WSL 2.2.1, on Windows 11, the server in the file is `10.255.255.254`: the tunnel by which Windows answers, also
through a VPN. It is not the address of Windows, and no proxy listens there.

## What to do

Leave the file to WSL unless you have a reason. If you have one: set the key, run `wsl --terminate` with the name of
the distribution, and write a real file in place of the link. The last command says what is wrong with either file.

```sh
ls -l /etc/resolv.conf
cat /etc/resolv.conf
wslgo check /etc/wsl.conf /etc/resolv.conf
```

## Sources

- Microsoft, wsl.conf: <https://learn.microsoft.com/windows/wsl/wsl-config#network-settings>
- microsoft/WSL at 3e27a6a5, `src/linux/init/config.cpp`, 2026-08
- resolv.conf(5): <https://man7.org/linux/man-pages/man5/resolv.conf.5.html>
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.machine.switches import switched_off
from wslgo.text.message import Message, Text
from wslgo.topics.here import other_than_wsl_2

NEEDS = ("wsl.generation", "network.resolv_conf", "network.name_servers", "wslconf")

FILE = Message(en="/etc/resolv.conf is {path}", zh="/etc/resolv.conf 实际为 {path}")
SERVERS = Message(en="It names {servers}", zh="其中的服务器为 {servers}")
NONE_NAMED = Message(en="It names no server", zh="其中没有服务器")
UNKNOWN = Message(en="/etc/resolv.conf is unknown: it cannot be read", zh="/etc/resolv.conf 未知：无法读取")
OFF = Message(en="{path} says {setting}", zh="{path} 中写有 {setting}")
ON = Message(
    en="{path} leaves generateResolvConf at its default, true", zh="{path} 中 generateResolvConf 为默认值 true"
)


def here(host: Host) -> Iterator[Text]:
    """Yield the file, its servers, and the key."""
    yield from other_than_wsl_2(host)
    path, servers = host.network.resolv_conf, host.network.name_servers
    if path is None and servers is None:
        yield UNKNOWN()
    else:
        if path:
            yield FILE(path=path)
        yield SERVERS(servers=servers) if servers else NONE_NAMED()
    if host.wslconf is None or host.wsl.generation != 2:
        return
    switch = switched_off(host, (("wslconf", "network", "generateResolvConf"),))
    yield OFF(path=switch.path, setting=switch.in_words) if switch else ON(path=host.wslconf.path)
