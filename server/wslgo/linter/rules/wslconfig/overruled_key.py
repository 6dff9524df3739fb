r"""A setting is overridden by another one in the same file.

After reading the file, WSL makes the settings agree with each other, mostly silently: without virtio it turns off
everything that needs virtio, without DNS tunneling everything that belongs to it, in mirrored mode the firewall is
always on, and safe mode turns off nearly everything. Remove one of the two settings.

## Example

```ini
[wsl2]
networkingMode=mirrored
firewall=false
```

becomes

```ini
[wsl2]
networkingMode=mirrored
```

## Example

```ini
[wsl2]
dnsTunneling=false
[experimental]
bestEffortDnsParsing=true
```

## Example

```ini
[wsl2]
virtio=false
virtiofs=true
```

## Example

```ini
[wsl2]
swap=0
swapFile=D:\\swap.vhdx
```

## Example

Safe mode is temporary, so wslgo offers no fix:

```ini
[wsl2]
safeMode=true
swap=8GB
networkingMode=mirrored
```

## No finding

```ini
[wsl2]
networkingMode=mirrored
firewall=true
swap=8GB
swapFile=D:\\swap.vhdx
dnsTunneling=true
[experimental]
bestEffortDnsParsing=true
```

## No finding

The settings agree:

```ini
[wsl2]
safeMode=true
swap=0
networkingMode=none
dnsTunneling=false
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import mode_name
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple

UNUSED = None  # WSL ignores the value, whatever it is


class Force(NamedTuple):
    """The value that a cause forces on another key; `only` names the one value that it changes."""

    section: str
    name: str
    becomes: str | None
    only: str = ""


class Cause(NamedTuple):
    """A key whose value overrides others; `-` means any negative number."""

    name: str
    values: tuple[str, ...]
    forces: tuple[Force, ...]


# src/windows/common/WslCoreConfig.cpp, ParseConfigFile and Initialize (2026-08). Only the first cause is reported.
SAFE_MODE = "safeMode"
TUNNELING = (
    Force("experimental", "bestEffortDnsParsing", "false"),
    Force("experimental", "dnsTunnelingIpAddress", UNUSED),
)
CAUSES = (
    Cause(
        SAFE_MODE,
        ("true",),
        (
            *(
                Force("wsl2", name, "false")
                for name in (
                    "hostFileSystemAccess",
                    "nestedVirtualization",
                    "hardwarePerformanceCounters",
                    "gpuSupport",
                    "virtio",
                    "guiApplications",
                    "dnsTunneling",
                    "autoProxy",
                )
            ),
            Force("wsl2", "swap", "0"),
            Force("wsl2", "kernel", UNUSED),
            Force("wsl2", "kernelModules", UNUSED),
            Force("wsl2", "networkingMode", "None"),
        ),
    ),
    Cause(
        "virtio",
        ("false",),
        (
            Force("wsl2", "virtiofs", "false"),
            Force("experimental", "swiotlb", "0"),
            Force("wsl2", "networkingMode", "Nat", only="Consomme"),
        ),
    ),
    Cause("networkingMode", ("Mirrored",), (Force("wsl2", "firewall", "true"),)),
    Cause("networkingMode", ("None", "Bridged"), (Force("wsl2", "dnsTunneling", "false"), *TUNNELING)),
    Cause("dnsTunneling", ("false",), TUNNELING),
    # src/windows/common/NatNetworking.cpp: read only in NAT without tunneling.
    Cause(
        "networkingMode",
        ("None", "Bridged", "Mirrored", "Consomme"),
        (Force("wsl2", "dnsProxy", UNUSED, only="false"),),
    ),
    Cause("dnsTunneling", ("true",), (Force("wsl2", "dnsProxy", UNUSED, only="false"),)),
    Cause("autoProxy", ("false",), (Force("experimental", "initialAutoProxyTimeout", UNUSED),)),
    Cause("maxCrashDumpCount", ("-",), (Force("wsl2", "crashDumpFolder", UNUSED),)),
    Cause("swap", ("0",), (Force("wsl2", "swapFile", UNUSED),)),
)

# Details of something that is turned off: nothing is lost.
LEFTOVERS = ("swapFile", "crashDumpFolder", "initialAutoProxyTimeout")

FORCED = Message(
    en="WSL ignores {key}={value} and uses {becomes} because {cause}={because} is set",
    zh="WSL 忽略 {key}={value} 并使用 {becomes}，因为设置了 {cause}={because}",
)
USELESS = Message(en="{key} has no effect with {cause}={because}", zh="{cause}={because} 时 {key} 不起作用")
HERE = Message(en="{cause} is set here", zh="{cause} 在此处设置")


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    only_with=tuple({force.name.lower(): None for cause in CAUSES for force in cause.forces}),
)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    reported: set[str] = set()
    for cause in CAUSES:
        because = file.find("wsl2", cause.name)
        if because is None or not _holds(cause, because.converted or ""):
            continue
        for force in cause.forces:
            setting = file.find(force.section, force.name)
            if setting is not None and force.name not in reported and _is_changed(force, setting):
                reported.add(force.name)
                yield _finding(file, setting, force, because)


def _holds(cause: Cause, value: str) -> bool:
    return value in cause.values or (value[:1] == "-" and "-" in cause.values)


def _is_changed(force: Force, setting: Setting) -> bool:
    if force.only:
        return setting.converted == force.only
    return setting.converted not in ("", force.becomes)


def _finding(file: IniFile, setting: Setting, force: Force, because: Setting) -> Finding:
    message = FORCED if force.becomes is not UNUSED else USELESS
    words = {"key": force.name, "cause": because.known.name if because.known else "", "because": because.value}
    if force.becomes is not UNUSED:
        shown = mode_name(force.becomes) if force.name == "networkingMode" else force.becomes
        words |= {"value": setting.value, "becomes": shown}
    is_safe_mode = words["cause"] == SAFE_MODE
    fix = Fix(REMOVE(name=force.name), (edit.removal(file, setting),))
    return Finding(
        setting.key_span if message is USELESS else setting.value_span,
        message(**words),
        () if is_safe_mode else (fix,),
        (Related(because.key_span, HERE(cause=words["cause"])),),
        (Tag.UNNECESSARY,),
        Severity.INFORMATION if is_safe_mode or force.name in LEFTOVERS else Severity.WARNING,
    )
