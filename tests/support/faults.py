"""Faults of a machine: one fact each, as a change of a recorded healthy machine, and the rules that have to name it."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import machines
from ruledocs import merge
from wslgo.machine.host import Host
from wslgo.machine.host_json import from_json

# Machines on which nothing is to be found and everything is known.
HEALTHY = (
    "china-company",
    "moved-automount-root",
    "nvidia-gpu",
    "ubuntu-24.04-mirrored",
    "ubuntu-24.04-nat",
)


Change = Callable[[dict[str, Any]], dict[str, Any]]


class Fault(NamedTuple):
    """A fault with the members of the recorded `Host` that it changes."""

    name: str
    change: dict[str, Any] | Change
    rules: tuple[str, ...]


def with_fault(machine: str, fault: Fault) -> Host:
    """Return a recorded machine with one fault."""
    recorded = json.loads((machines.HOSTS / f"{machine}.json").read_text(encoding="utf-8"))
    change = fault.change(recorded) if callable(fault.change) else fault.change
    return from_json(merge(recorded, change))


def _variable(name: str, value: str, origin: str = "environment") -> Change:
    """Return a change of one Go variable; the others keep their values."""

    def change(recorded: dict[str, Any]) -> dict[str, Any]:
        others = [variable for variable in recorded["go_variables"] if variable["name"] != name]
        return {"go_variables": [*others, *([{"name": name, "value": value, "origin": origin}] if value else [])]}

    return change


def _file(name: str, text: str) -> Change:
    """Return a change of a file of WSL that has been in effect since the start."""
    path = {"wslconfig": "/mnt/c/Users/user/.wslconfig", "wslconf": "/etc/wsl.conf"}[name]

    def change(recorded: dict[str, Any]) -> dict[str, Any]:
        known = recorded.get(name) or {}
        place = known.get("path", path)
        return {name: {"path": place, "text": text, "at_start": text, "knows_start": True, "knows_before": False}}

    return change


def _home(folder: str) -> Change:
    """Return a change of the home folder to one on the first Windows drive."""

    def change(recorded: dict[str, Any]) -> dict[str, Any]:
        drives = [mount["target"] for mount in recorded.get("mounts") or () if mount.get("windows")]
        return {"home": f"{drives[0]}/{folder}"} if drives else {}

    return change


def _disk(free: int = 2**35, windows: str | None = None) -> dict[str, Any]:
    return {"path": "/mnt/c" if windows else "/", "size": 2**39, "free": free, "windows": windows}


def _kept(version: str, gigabytes: int) -> dict[str, Any]:
    return {"wsl": {"version": version}, "running": {"page_cache": gigabytes << 30}}


def _started_with(name: str, text: str, at_start: str, facts: dict[str, Any]) -> Change:
    """Return a change of a file of WSL with its text at the start, and of other facts."""

    def change(recorded: dict[str, Any]) -> dict[str, Any]:
        file = _file(name, text)
        known = file(recorded)[name] if callable(file) else {}
        return {name: {**known, "at_start": at_start}, **facts}

    return change


def _of_windows(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value, "origin": "/mnt/c/Users/user/AppData/Roaming/go/env"}


_DEFAULT_PROXY = "https://proxy.golang.org,direct"
_NONE = {"path": "/mnt/c/Users/user/.wslconfig", "text": None}


def _both(change: Change, more: dict[str, Any]) -> Change:
    """Return two changes as one."""
    return lambda recorded: change(recorded) | more


def _through(proxy: str, excluded: str) -> list[dict[str, str]]:
    """Return the variables of a proxy, in the spelling that all programs read."""
    values = {"https_proxy": proxy, "no_proxy": excluded}
    return [{"name": name, "value": value, "origin": "environment"} for name, value in values.items() if value]


_EXCLUDED = "localhost,.corp.example.cn"
_WINDOWS_11 = 22000
# `apt_proxy` is unknown on a machine that has lost its proxy.
_NO_PROXY: dict[str, Any] = {"network": {"proxies": []}}


_GPU = {
    "has_device": True,
    "has_library": True,
    "loader_finds_library": True,
    "cards": [{"number": 0, "name": "RTX", "uuid": "GPU-0a1b2c3d-0000-4000-8000-000000000000"}],
    "smi": "/usr/lib/wsl/lib/nvidia-smi",
}
_NO_GPU = {"has_device": False, "has_library": False, "cards": None, "smi": None}
_WSLG = {"folder": "/mnt/wslg", "has_socket": True, "display": ":0"}

_OF_MACHINE = (
    Fault("WSL 1", {"wsl": {"generation": 1, "version": None}}, ("machine/wsl-1",)),
    Fault("interop fails", {"wsl": {"interop_answers": False}}, ("machine/interop-broken",)),
    Fault("WSLInterop is gone", {"wsl": {"has_interop": False, "interop_answers": None}}, ("machine/interop-lost",)),
    Fault("the clock is hours behind", {"running": {"clock_lag": 28800}}, ("machine/clock-behind",)),
    Fault("the clock is minutes behind", {"running": {"clock_lag": 600}}, ("machine/clock-behind",)),
    Fault("the disk is full", {"disks": [_disk(free=0)]}, ("machine/disk-nearly-full",)),
    Fault("drive C: is full", {"disks": [_disk(), _disk(free=2**20, windows="C:")]}, ("machine/disk-nearly-full",)),
    Fault("memory is kept", {"wslconfig": _NONE, **_kept("2.0.9.0", 9)}, ("machine/memory-kept",)),
    Fault("an old WSL keeps memory", {"wslconfig": _NONE, **_kept("1.2.5.0", 4)}, ("machine/memory-kept",)),
    Fault("no drive is mounted", {"mounts": [{"target": "/", "kind": "ext4"}]}, ("machine/no-windows-drives",)),
    *(
        Fault(
            f"{name} of Windows alone",
            _both(_variable(name, default, "default"), {"windows": {"go_variables": [_of_windows(name, value)]}}),
            ("machine/go-variables-of-windows",),
        )
        for name, value, default in (
            ("GOPROXY", "https://goproxy.cn,direct", "https://proxy.golang.org,direct"),
            ("GOPRIVATE", "git.corp.example", ""),
        )
    ),
    *(
        Fault(
            f"{path} beside the file that WSL reads",
            _both(_file("wslconfig", "[wsl2]\nswap=2GB\n"), {"stray_files": [path]}),
            ("machine/stray-file",),
        )
        for path in ("/home/user/.wslconfig", "/mnt/c/Users/user/.wslconfig.txt", "/etc/wsl.config")
    ),
    Fault(
        "a .wslconfig.txt instead of .wslconfig",
        {"wslconfig": _NONE, "stray_files": ["/mnt/c/Users/user/.wslconfig.txt"]},
        ("machine/stray-file",),
    ),
    Fault("no go", {"go": None, "go_variables": None}, ("machine/no-go",)),
    Fault("go fails", {"go": {"version": None, "problem": "go: cannot find GOROOT directory"}}, ("machine/go-fails",)),
    Fault("no compiler", {"compiler": None}, ("machine/no-c-compiler",)),
    Fault("no compiler on Fedora", {"compiler": None, "installer": "dnf"}, ("machine/no-c-compiler",)),
    Fault("no gopls", {"gopls": None}, ("machine/no-gopls",)),
    Fault("no Delve", {"delve": None}, ("machine/no-delve",)),
    Fault("no name server", {"network": {"name_servers": []}}, ("machine/no-name-server",)),
    Fault(
        "resolv.conf leads nowhere",
        {"network": {"name_servers": None, "resolv_conf": "/run/gone"}},
        ("machine/no-name-server",),
    ),
    Fault("nvidia-smi lists nothing", {"gpu": {**_GPU, "cards": []}}, ("machine/gpu-not-listed",)),
    Fault(
        "nvidia-smi fails",
        {"gpu": {**_GPU, "cards": [], "problem": "NVIDIA-SMI has failed because it couldn't communicate"}},
        ("machine/gpu-not-listed",),
    ),
    Fault("nvidia-smi is not in PATH", {"gpu": {**_GPU, "smi": ""}}, ("machine/nvidia-smi-not-in-path",)),
    Fault("a Linux driver", {"gpu": _GPU, "packages": ["libnvidia-compute-535"]}, ("machine/linux-nvidia-driver",)),
    Fault("another Linux driver", {"gpu": _GPU, "packages": ["cuda-drivers"]}, ("machine/linux-nvidia-driver",)),
    Fault(
        "no libraries of the GPU",
        _both(_file("wslconf", "[gpu]\nenabled=false\n"), {"gpu": {**_NO_GPU, "has_device": True}}),
        ("machine/gpu-switched-off",),
    ),
    Fault(
        "no GPU at all",
        _both(_file("wslconfig", "[wsl2]\ngpuSupport=false\n"), {"gpu": _NO_GPU}),
        ("machine/gpu-switched-off",),
    ),
    Fault("libcuda is not found", {"gpu": {**_GPU, "loader_finds_library": False}}, ("machine/gpu-library-not-found",)),
    Fault("no socket of X11", {"wslg": {**_WSLG, "has_socket": False}}, ("machine/x11-socket-missing",)),
    Fault(
        "no X server",
        {"wslg": {**_WSLG, "has_socket": False, "serves_x11": False}},
        ("machine/x11-socket-missing",),
    ),
    Fault(
        "all of WSLg has ended",
        {"wslg": {**_WSLG, **dict.fromkeys(("has_socket", "serves_x11", "has_wayland", "serves_wayland"), False)}},
        ("machine/x11-socket-missing",),
    ),
    Fault("no socket of Wayland", {"wslg": {"has_wayland": False}}, ("machine/no-wayland-socket",)),
    Fault(
        "no XDG_RUNTIME_DIR",
        {"wslg": {"has_wayland": None, "runtime_folder": None, "has_runtime_folder": None}},
        ("machine/no-wayland-socket",),
    ),
    Fault(
        "another WAYLAND_DISPLAY",
        {"wslg": {"has_wayland": False, "wayland_display": "wayland-1"}},
        ("machine/no-wayland-socket",),
    ),
    Fault("no DISPLAY", {"wslg": {**_WSLG, "display": None}}, ("machine/foreign-display",)),
    Fault("another DISPLAY", {"wslg": {**_WSLG, "display": "172.22.16.1:0"}}, ("machine/foreign-display",)),
    Fault(
        "apt without the proxy",
        {
            "network": {
                "proxies": [
                    {"name": "HTTPS_PROXY", "value": "http://proxy.example:8080", "origin": "environment"},
                    {"name": "NO_PROXY", "value": "localhost,.corp.example.cn", "origin": "environment"},
                ],
                "apt_proxy": "",
            }
        },
        ("machine/apt-without-proxy",),
    ),
    Fault(
        "a proxy without NO_PROXY",
        _both(
            _variable("GOPROXY", _DEFAULT_PROXY, "default"),
            {
                "network": {
                    "proxies": [{"name": "https_proxy", "value": "http://proxy.example:8080", "origin": "environment"}]
                }
            },
        ),
        ("machine/proxy-without-exceptions",),
    ),
    Fault(
        "no module proxy answers",
        {"network": {"answers": [{"url": "https://goproxy.cn", "problem": "no answer in time"}]}},
        ("machine/no-answer",),
    ),
    Fault(
        "no source of Go answers",
        {"network": {"answers": [{"url": "https://go.dev", "serves": "toolchains", "problem": "unreachable"}]}},
        ("machine/no-answer",),
    ),
    Fault(
        "a certificate of an unknown CA",
        {
            "network": {
                "answers": [{"url": "https://goproxy.cn", "problem": "certificate: self-signed", "distrust": "x"}]
            }
        },
        ("machine/untrusted-certificate",),
    ),
    Fault(
        "the proxy asks for a login",
        {
            "network": {
                "proxies": _through("http://10.1.2.3:8080", "localhost,.corp.example.cn"),
                "answers": [{"url": "https://goproxy.cn", "problem": "Tunnel connection failed", "proxy_status": 407}],
            }
        },
        ("machine/proxy-needs-login",),
    ),
    *(
        Fault(
            f"Windows alone uses {proxy} on {windows}",
            _both(
                _file("wslconfig", "[wsl2]\n"),
                {
                    "windows": {"proxy": proxy, "build": windows},
                    "running": {"networking": None if windows < _WINDOWS_11 else "nat"},
                    **_NO_PROXY,
                },
            ),
            ("machine/windows-proxy-not-used",),
        )
        for proxy, windows in (
            ("127.0.0.1:7890", 26100),
            ("socks://localhost:1080", 22631),
            ("proxy.corp.example:8080", 26100),
            ("127.0.0.1:7890", 19045),
            ("10.1.2.3:8080", 19045),
        )
    ),
    Fault(
        "Windows finds its proxy with a script",
        {"windows": {"proxy": "", "proxy_script": "http://wpad.corp.example/wpad.dat"}, **_NO_PROXY},
        ("machine/proxy-script",),
    ),
    *(
        Fault(f"HTTPS_PROXY={value}", {"network": {"proxies": _through(value, _EXCLUDED)}}, ("machine/proxy-script",))
        for value in ("http://proxy.corp.example/proxy.pac", "http://wpad/wpad.dat?site=1")
    ),
    Fault(
        "a proxy at the DNS tunnel",
        {"network": {"proxies": _through("http://10.255.255.254:7890", _EXCLUDED)}},
        ("machine/proxy-at-another-address",),
    ),
    Fault(
        "a proxy of an earlier start in NAT mode",
        _both(
            _file("wslconfig", "[wsl2]\n"),
            {
                "running": {"networking": "nat"},
                "network": {"proxies": _through("http://172.28.144.1:7890", _EXCLUDED), "gateway": "172.22.16.1"},
            },
        ),
        ("machine/proxy-at-another-address",),
    ),
    Fault(
        "autoProxy=false, and Windows uses a proxy",
        _both(
            _file("wslconfig", "[wsl2]\nautoProxy=false\n"),
            {"windows": {"proxy": "10.1.2.3:8080"}, "running": {"networking": "nat"}, **_NO_PROXY},
        ),
        ("machine/windows-proxy-not-used",),
    ),
    Fault(
        "a proxy of NAT mode in mirrored mode",
        {
            "running": {"networking": "mirrored"},
            "network": {"proxies": _through("http://172.28.144.1:7890", _EXCLUDED), "listeners": []},
        },
        ("machine/proxy-at-another-address",),
    ),
    *(
        Fault(
            f"{value} in NAT mode",
            _both(
                _file("wslconfig", "[wsl2]\n"),
                {
                    "running": {"networking": "nat"},
                    "network": {"proxies": _through(value, ""), "silent_proxies": silent},
                },
            ),
            ("machine/proxy-of-itself",),
        )
        for value, silent in (
            ("http://127.0.0.1:7890", None),
            ("http://127.0.0.1:7891", ["http://127.0.0.1:7891"]),
            ("socks5://localhost:1080", ["socks5://localhost:1080"]),
        )
    ),
    *(
        Fault(
            f"{host} through the proxy with {excluded} excluded",
            _both(
                _variable("GOPROXY", f"https://{host},direct"),
                {"network": {"proxies": _through("http://proxy.shop.example:8080", excluded)}},
            ),
            ("machine/module-proxy-through-proxy",),
        )
        for host, excluded in (
            ("goproxy.corp.internal", "localhost,corp.internal:8443"),
            ("modules.shop.example", "localhost 10.0.0.0/8"),
            ("10.1.2.3:8081", "localhost,10.*"),
        )
    ),
    Fault(
        "the proxy does not reach the module proxy",
        _both(
            _variable("GOPROXY", "https://modules.example.com,direct"),
            {
                "network": {
                    "proxies": _through("http://10.1.2.3:8080", "localhost"),
                    "answers": [
                        {"url": "https://modules.example.com", "problem": "Bad Gateway", "proxy_status": 502},
                        {"url": "https://goproxy.cn"},
                    ],
                }
            },
        ),
        ("machine/module-proxy-through-proxy",),
    ),
    *(
        Fault(
            f"{owner} starts {name}, which is not found",
            {
                "network": {
                    "credential_helpers": [{"owner": owner, "name": name, "place": "/home/user/.config", "path": ""}],
                    "credential_manager": manager,
                }
            },
            ("machine/credential-helper-fails",),
        )
        for owner, name, manager in (
            ("docker", "desktop.exe", ""),
            ("git", "manager", ""),
            ("git", "/mnt/c/Git/git-credential-manager.exe", "/mnt/c/Program Files/Git/mingw64/bin/manager.exe"),
        )
    ),
    Fault("GOPROXY is empty", _variable("GOPROXY", ""), ("machine/empty-variable",)),
    Fault("GOSUMDB is empty", _variable("GOSUMDB", ""), ("machine/empty-variable",)),
)

_OF_VALUES = tuple(
    Fault(f"{name}={value}", _variable(name, value), (f"goenv/{rule}",))
    for name, value, rule in (
        ("GOPROXY", "direct,https://goproxy.cn", "unreachable-proxy"),
        ("GOPROXY", "https://goproxy.cn,bogus", "unusable-proxy"),
        ("GOPROXY", ",", "proxy-without-entries"),
        ("GOSUMDB", "sum.golang.org+https://sum.golang.org", "malformed-checksum-database"),
        ("GOCACHE", "cache", "folder-not-absolute"),
        ("GO111MODULE", "yes", "unknown-module-mode"),
        ("GOFLAGS", "-ldflags=-s -w", "flag-of-go-env"),
        ("GOARCH", "x86_64", "unknown-target"),
        ("GONOSUMDB", "https://git.corp.example", "pattern-without-match"),
        ("CGO_ENABLED", "true", "unknown-cgo-value"),
    )
)

_OF_WSLCONFIG = tuple(
    Fault(f".wslconfig: {text!r}", _file("wslconfig", text), (f"wslconfig/{rule}",))
    for text, rule in (
        ("[wsl2]\nmemmory=8GB\n", "unknown-key"),
        ("[ws12]\nswap=1GB\n", "unknown-section"),
        ("[wsl2]\nprocessors=many\n", "invalid-integer"),
        ("[wsl2]\nnetworkingMode=mirored\n", "invalid-choice"),
        ("[wsl2]\nmemory=2GB\n", "low-limit"),
        ("[wsl2]\nprocessors=1\n", "low-limit"),
        ("[wsl2]\nmemory=6GB\nswap=0\n", "no-swap"),
        ("[wsl2]\nmemory=7GB\nswap=0MB\n", "no-swap"),
        ("[wsl2]\ndnsTunneling=yes\n", "invalid-boolean"),
    )
)

_OF_WSLCONF = tuple(
    Fault(f"wsl.conf: {text!r}", _file("wslconf", text), (f"wslconf/{rule}",))
    for text, rule in (
        ("[boot]\nsystemmd=true\n", "unknown-key"),
        ("[boott]\nsystemd=true\n", "unknown-section"),
        ("[boot]\nsystemd=yes\n", "invalid-boolean"),
        ("[boot]\nsystemd=true\ncommand=sysctl -w vm.swappiness=10\n", "kernel-settings-in-command"),
        ("[boot]\nsystemd=true\ncommand=sysctl -qw vm.swappiness=1\n", "kernel-settings-in-command"),
        ("[boot]\nsystemd true\n", "missing-equals"),
    )
)

_MIRRORED, _CONSOMME = "[wsl2]\nnetworkingMode=mirrored\n", "[wsl2]\nnetworkingMode=Consomme\n"
_SYSTEMD = "[boot]\nsystemd=true\n"
_OFF = {"has_systemd": False}

_OF_START = tuple(
    Fault(name, _started_with(file, text, at_start, facts), (rule,))
    for name, file, text, at_start, facts, rule in (
        (
            *("mirrored fell back", "wslconfig", _MIRRORED, _MIRRORED, {"running": {"networking": "nat"}}),
            "wslconfig/networking-fell-back",
        ),
        (
            *("consomme fell back", "wslconfig", _CONSOMME, _CONSOMME, {"running": {"networking": "nat"}}),
            "wslconfig/networking-fell-back",
        ),
        (
            *("no init", "wslconf", _SYSTEMD, _SYSTEMD, {"wsl": {**_OFF, "init": ""}}),
            "wslconf/systemd-not-running",
        ),
        ("systemd fails", "wslconf", _SYSTEMD, _SYSTEMD, {"wsl": _OFF}, "wslconf/systemd-not-running"),
        ("systemd waits", "wslconf", _SYSTEMD, "", {"wsl": _OFF}, "wslconf/not-in-force"),
        ("swap waits", "wslconfig", "[wsl2]\nswap=1GB\n", "[wsl2]\n", {}, "wslconfig/not-in-force"),
        ("memory waits", "wslconfig", "[wsl2]\nmemory=9GB\n", "[wsl2]\n", {}, "wslconfig/not-in-force"),
    )
)


def _broken_by(name: str, value: str, problem: str) -> Change:
    """Return a change of a variable that makes every go command fail."""
    with_value = _variable(name, value)
    return lambda recorded: {**with_value(recorded), "go": {"problem": problem, "starts": True}}


def _silent(problem: str, processor: str | None = None) -> dict[str, Any]:
    """Return a change to a go command that prints nothing."""
    return {"go": {"version": None, "folder": None, "problem": problem, "starts": False, "processor": processor}}


def _without_folder(*folders: str) -> Change:
    """Return a change of PATH."""
    return lambda recorded: {"search_path": [folder for folder in recorded["search_path"] if folder not in folders]}


_OF_GO = (
    Fault(
        "GOFLAGS is no flag",
        _broken_by("GOFLAGS", "-tags integration", 'go: parsing $GOFLAGS: non-flag "integration"'),
        ("machine/go-fails",),
    ),
    Fault(
        "GOTOOLCHAIN is no toolchain",
        _broken_by("GOTOOLCHAIN", "go9.9", 'go: invalid GOTOOLCHAIN "go9.9"'),
        ("machine/go-fails",),
    ),
    Fault(
        "a toolchain is not in PATH",
        _broken_by("GOTOOLCHAIN", "go1.22.5+path", 'go: cannot find "go1.22.5" in PATH'),
        ("machine/go-fails",),
    ),
    Fault(
        "an experiment is over",
        _broken_by("GOEXPERIMENT", "rangefunc", "go: unknown GOEXPERIMENT rangefunc"),
        ("machine/go-fails",),
    ),
    Fault("go of arm64", _silent("Exec format error", "arm64"), ("machine/go-of-another-processor",)),
    Fault("go is no program", _silent("Exec format error"), ("machine/go-does-not-start",)),
    Fault("go may not be run", _silent("Permission denied"), ("machine/go-does-not-start",)),
    Fault(
        "the loader of go is gone",
        _silent("/lib/ld-musl-x86_64.so.1: No such file or directory", "amd64"),
        ("machine/go-does-not-start",),
    ),
    Fault("go crashes", _silent("ended by SIGSEGV"), ("machine/go-does-not-start",)),
    Fault("go hangs", _silent("does not start, or does not answer within 10 seconds"), ("machine/go-does-not-start",)),
    Fault("go prints nothing", _silent("exit status 0, no output"), ("machine/go-does-not-start",)),
    Fault(
        "Go 1.10",
        {"go": {"version": "1.10.4"}},
        ("machine/delve-not-for-go", "machine/go-too-old", "machine/gopls-not-for-go"),
    ),
    Fault(
        "Go 1.10 with the Delve and gopls of its time",
        {"go": {"version": "1.10.4"}, "delve": {"version": "1.8.0", "built_by": None}, "gopls": {"version": "0.7.0"}},
        ("machine/delve-not-for-go", "machine/go-too-old"),
    ),
    Fault("an old Delve", {"delve": {"version": "1.20.1", "built_by": "1.20.1"}}, ("machine/delve-not-for-go",)),
    Fault("a Delve of an older Go", {"delve": {"built_by": "1.24.8"}}, ("machine/delve-not-for-go",)),
    Fault("an old gopls", {"gopls": {"version": "0.11.0", "built_by": None}}, ("machine/gopls-not-for-go",)),
    Fault("a gopls of an older Go", {"gopls": {"built_by": "1.24.8"}}, ("machine/gopls-not-for-go",)),
    Fault("GOOS of Windows", _variable("GOOS", "windows"), ("machine/builds-for-another-system",)),
    Fault("GOARCH of arm64", _variable("GOARCH", "arm64"), ("machine/builds-for-another-system",)),
    Fault("go is not in PATH", _without_folder("/usr/local/go/bin"), ("machine/go-not-in-path",)),
)

_MIRRORED_NOW = {"running": {"networking": "mirrored"}}

_OF_USE = (
    Fault("systemd runs no session", {"wsl": {"has_user_session": False}}, ("machine/no-user-session",)),
    Fault(
        "the session of another number is missing",
        {"wsl": {"has_user_session": False}, "wslg": {"runtime_folder": "/run/user/1001"}},
        ("machine/no-user-session",),
    ),
    Fault(
        "a DNS server at 127.0.0.1 in mirrored mode",
        _both(_file("wslconfig", _MIRRORED), {**_MIRRORED_NOW, "network": {"listeners": ["127.0.0.1"]}}),
        ("machine/dns-server-when-mirrored",),
    ),
    Fault(
        "a DNS server at every address in mirrored mode",
        _both(_file("wslconfig", _MIRRORED), {**_MIRRORED_NOW, "network": {"listeners": ["127.0.0.53", "::"]}}),
        ("machine/dns-server-when-mirrored",),
    ),
    *(
        Fault(
            f"an MTU of {mtu} in Windows",
            _both(
                _file("wslconfig", "[wsl2]\nnetworkingMode=nat\n"),
                {"running": {"networking": "nat"}, "network": {"mtu": 1500}, "windows": {"mtu": mtu}},
            ),
            ("machine/mtu-above-windows",),
        )
        for mtu in (1420, 1300)
    ),
    *(
        Fault(
            f"Docker {version} in mirrored mode",
            _both(_file("wslconfig", _MIRRORED), {**_MIRRORED_NOW, "network": {"docker": {"version": version}}}),
            ("machine/docker-ports-when-mirrored",),
        )
        for version in ("24.0.7", "27.2.1")
    ),
    *(
        Fault(
            f"{vpn} without the DNS tunnel",
            _both(
                _file("wslconfig", "[wsl2]\nnetworkingMode=nat\ndnsTunneling=false\n"),
                {
                    "running": {"networking": "nat"},
                    "windows": {"vpn": vpn},
                    "network": {"name_servers": ["172.20.0.1"], "gateway": "172.20.0.1"},
                },
            ),
            ("wslconfig/vpn-without-tunnel",),
        )
        for vpn in ("WireGuard", "Tailscale")
    ),
    *(
        Fault(
            f"large packets of {name} are lost",
            {"network": {"large_packets_lost_by": [name]}},
            ("machine/lost-large-packets",),
        )
        for name in ("goproxy.example", "proxy.golang.org")
    ),
    Fault(
        "the name server is silent",
        {"network": {"lookups": [{"server": "10.255.255.254"}]}},
        ("machine/lost-queries",),
    ),
    Fault(
        "the name server loses queries",
        {"network": {"lookups": [{"server": "10.1.1.1", "answers": True, "sent": 16, "answered": 4}]}},
        ("machine/lost-queries",),
    ),
    *(
        Fault(
            f"the Go {version} of the distribution hides a newer Go",
            {
                "go": {"path": "/usr/bin/go", "version": version},
                "other_go": {"path": "/usr/local/go/bin/go", "version": "1.27.3"},
                "delve": {"built_by": "1.27.3"},
                "gopls": {"built_by": "1.27.3"},
            },
            ("machine/older-go-first",),
        )
        for version in ("1.22.2", "1.24.8")
    ),
    Fault("the home is on a drive", _home("Users/user"), ("machine/home-on-windows-drive",)),
    Fault("the home is a folder of a drive", _home("work/我"), ("machine/home-on-windows-drive",)),
    Fault("Go for 386", {"go": {"processor": "386"}}, ("machine/go-of-32-bits",)),
    Fault("Go for arm", {"go": {"processor": "arm"}, "processor": "arm64"}, ("machine/go-of-32-bits",)),
    *(
        Fault(
            f"{variable} cannot be written",
            {"locked_folders": [{"variable": variable, "path": path, "owner": owner}]},
            ("machine/folder-not-writable",),
        )
        for variable, path, owner in (
            ("GOMODCACHE", "/home/user/go/pkg/mod/cache/lock", 0),
            ("GOCACHE", "/home/user/.cache", 0),
            ("GOPATH", "/home/user/go/bin", 1001),
        )
    ),
    Fault(
        "a stub hides libcuda",
        {"gpu": {**_GPU, "hidden_by": "/usr/local/cuda/lib64/stubs/libcuda.so.1"}},
        ("machine/gpu-library-hidden",),
    ),
    *(
        Fault(f"{path} is stale", {"gpu": {**_GPU, "stale_devices": path}}, ("machine/stale-container-devices",))
        for path in ("/etc/cdi/nvidia.yaml", "/var/run/cdi/nvidia.yaml")
    ),
    *(
        Fault(
            f"{path} comes first in the loader's cache",
            {"gpu": {**_GPU, "cached_library": path}},
            ("machine/another-gpu-library-first",),
        )
        for path in ("/usr/local/cuda/lib64/stubs/libcuda.so.1", "/opt/cuda/compat/libcuda.so.1")
    ),
    *(
        Fault(
            f"{path} is of a Linux driver, and comes first",
            {
                "gpu": {**_GPU, "linux_library": path, "cached_library": path, "cards": []},
                "packages": [],
                "installer": installer,
            },
            ("machine/linux-nvidia-driver",),
        )
        for path, installer in (
            ("/usr/lib/x86_64-linux-gnu/libcuda.so.1", "apt-get"),
            ("/usr/lib64/libcuda.so.1", "dnf"),
        )
    ),
    *(
        Fault(
            f"{path} is first in PATH",
            {"gpu": {**_GPU, "smi": path, "linux_smi": path}},
            ("machine/nvidia-smi-of-linux-driver",),
        )
        for path in ("/usr/bin/nvidia-smi", "/usr/local/bin/nvidia-smi")
    ),
    *(
        Fault(
            f"{folder} without libcuda",
            {"gpu": {**_NO_GPU, "has_device": True, "lent_driver": f"/usr/lib/wsl/drivers/{folder}"}},
            ("machine/no-gpu-driver",),
        )
        for folder in ("nv_dispi.inf_amd64_0a1b2c3d", "nvlti.inf_amd64_0a1b2c3d")
    ),
    *(
        Fault(
            f"toolkit {toolkit} beside driver {driver}",
            {"gpu": {**_GPU, "driver": driver, "toolkit": {"path": "/usr/local/cuda", "version": toolkit}}},
            ("machine/toolkit-newer-than-driver",),
        )
        for toolkit, driver in (("13.0.2", "576.02"), ("12.9.1", "537.70"), ("12.0.0", "516.94"))
    ),
    *(
        Fault(
            f"CUDA_VISIBLE_DEVICES={value}",
            {"gpu": {**_GPU, "visible_devices": value}},
            ("machine/gpu-left-out",),
        )
        for value in ("1", "all", "0,7", "GPU-ffff")
    ),
    *(
        Fault(
            f"CUDA_VISIBLE_DEVICES={value} with unequal GPUs",
            {
                "gpu": {
                    **_GPU,
                    "cards": [{"number": 0, "name": "T1000"}, {"number": 1, "name": "RTX 4090"}],
                    "visible_devices": value,
                }
            },
            ("machine/another-gpu-order",),
        )
        for value in ("1", "1,0")
    ),
    # What comes before explains what comes after.
    Fault(
        "libcuda is not found, and nvidia-smi fails",
        {"gpu": {**_GPU, "loader_finds_library": False, "cards": [], "problem": "couldn't find libnvidia-ml.so"}},
        ("machine/gpu-library-not-found",),
    ),
    Fault(
        "a Linux driver, and its nvidia-smi",
        {
            "gpu": {**_GPU, "cards": [], "smi": "/usr/bin/nvidia-smi", "linux_smi": "/usr/bin/nvidia-smi"},
            "packages": ["libnvidia-compute-535"],
        },
        ("machine/linux-nvidia-driver",),
    ),
    Fault(
        "a Linux library hides libcuda",
        {"gpu": {**_GPU, "hidden_by": "/usr/lib/x86_64-linux-gnu/libcuda.so.1"}},
        ("machine/gpu-library-hidden",),
    ),
)


def _answers(problem: str) -> Change:
    """Return a change to a default GOPROXY that does not answer beside a mirror that does."""
    silent = {"url": "https://proxy.golang.org", "problem": problem}
    return _both(
        _variable("GOPROXY", _DEFAULT_PROXY, "default"),
        {"network": {"answers": [silent, {"url": "https://goproxy.cn"}]}},
    )


def _proxies(*names: str) -> dict[str, Any]:
    """Return a change to a proxy in these variables, which apt has, too."""
    values = [
        (name, "localhost,.corp.example.cn" if name.upper() == "NO_PROXY" else "http://proxy.example:8080")
        for name in names
    ]
    proxies = [{"name": name, "value": value, "origin": "environment"} for name, value in values]
    return {"network": {"proxies": proxies, "apt_proxy": "/etc/apt/apt.conf.d/80proxy"}}


_TOOLS_ELSEWHERE = {"delve": {"path": "/usr/bin/dlv"}, "gopls": {"path": "/usr/bin/gopls"}}

_STOPPED = {"url": "https://goproxy.io", "problem": "connection refused", "outcome": "unreachable"}
_SERVED = {"url": "https://goproxy.cn", "outcome": "answers", "status": 200}


def _live(goproxy: str, *answers: dict[str, Any]) -> Change:
    """Return a change to a GOPROXY and the live answers of its entries, and of other servers."""
    return _both(_variable("GOPROXY", goproxy, "/home/user/.config/go/env"), {"network": {"answers": list(answers)}})


def _of_use(serves: str, outcome: str, **members: Any) -> dict[str, Any]:
    return {"url": "https://other.example", "serves": serves, "outcome": outcome, "problem": "x", **members}


# What `wslgo doctor --network` learns.
_LIVE = (
    Fault(
        "go stops at the first proxy",
        _live("https://goproxy.io,https://goproxy.cn", _STOPPED, _SERVED),
        ("machine/failing-module-proxy",),
    ),
    Fault(
        "go waits for the first proxy",
        _live(
            "https://goproxy.io|https://goproxy.cn", {**_STOPPED, "outcome": "times-out", "is_endless": True}, _SERVED
        ),
        ("machine/failing-module-proxy",),
    ),
    Fault("nothing answers", _live("https://goproxy.io", _STOPPED), ("machine/no-module-source",)),
    Fault(
        "nothing answers through a proxy",
        _live("https://goproxy.io", {**_STOPPED, "outcome": "refuses", "status": 502, "via": "http://p.example:1"}),
        ("machine/no-module-source",),
    ),
    Fault(
        "a login page",
        _live("https://goproxy.io", {**_STOPPED, "outcome": "login-page", "status": 200}),
        ("machine/login-page",),
    ),
    Fault("a login page of a host", _live("off", _of_use("origin", "login-page")), ("machine/login-page",)),
    Fault(
        "an old certificate",
        _live(
            "https://goproxy.cn", _SERVED, _of_use("checksums", "bad-certificate", problem="certificate has expired")
        ),
        ("machine/bad-certificate",),
    ),
    Fault(
        "a certificate of another host",
        _live("https://goproxy.io", {**_STOPPED, "outcome": "bad-certificate", "problem": "Hostname mismatch"}),
        ("machine/bad-certificate",),
    ),
    Fault(
        "no checksum database",
        _live("https://goproxy.cn", _SERVED, _of_use("checksums", "times-out")),
        ("machine/silent-checksum-database",),
    ),
    Fault(
        "a checksum database that fails",
        _live("https://goproxy.cn", _SERVED, _of_use("checksums", "refuses", status=500)),
        ("machine/silent-checksum-database",),
    ),
    Fault(
        "a silent private host",
        _live("https://goproxy.cn", _SERVED, _of_use("origin", "unreachable")),
        ("machine/silent-private-host",),
    ),
    Fault(
        "a private host behind a proxy",
        _live("https://goproxy.cn", _SERVED, _of_use("origin", "refuses", status=502, via="http://p.example:1")),
        ("machine/silent-private-host",),
    ),
)

# The faults that a provisioning step ends.
_OF_STEPS = (
    Fault("no git", _both(_variable("GOPRIVATE", "a.example"), {"programs": ["gcc"]}), ("machine/no-git",)),
    Fault("no git for direct", _both(_variable("GOPROXY", "direct"), {"programs": []}), ("machine/no-git",)),
    Fault("no CA certificates", {"network": {"has_authorities": False}}, ("machine/no-ca-certificates",)),
    Fault(
        "no CA certificates, and a server",
        {"network": {"has_authorities": False, "answers": [{"url": "https://a.example", "distrust": "x"}]}},
        ("machine/no-ca-certificates", "machine/untrusted-certificate"),
    ),
    Fault("NO_PROXY alone", _proxies("https_proxy", "NO_PROXY"), ("machine/proxy-exceptions-in-capitals",)),
    Fault("NO_PROXY without no_proxy", _proxies("http_proxy", "NO_PROXY"), ("machine/proxy-exceptions-in-capitals",)),
    Fault("GOROOT of another Go", _variable("GOROOT", "/opt/go"), ("machine/goroot-of-another-go",)),
    Fault(
        "GOROOT of a package",
        _variable("GOROOT", "/usr/lib/go-1.22", "/home/user/.config/go/env"),
        ("machine/goroot-of-another-go",),
    ),
    Fault(
        "programs out of PATH",
        _both(_without_folder("/home/user/go/bin"), _TOOLS_ELSEWHERE),
        ("machine/tools-not-in-path",),
    ),
    Fault("GOBIN out of PATH", {"go_programs": {"folder": "/opt/bin", "number": 1}}, ("machine/tools-not-in-path",)),
    Fault("a silent default", _answers("no answer in time"), ("machine/silent-module-proxy",)),
    Fault("an unreachable default", _answers("Network is unreachable"), ("machine/silent-module-proxy",)),
)

FAULTS = (*_OF_STEPS, *_LIVE, *_OF_MACHINE, *_OF_USE, *_OF_GO, *_OF_VALUES, *_OF_WSLCONFIG, *_OF_WSLCONF, *_OF_START)
