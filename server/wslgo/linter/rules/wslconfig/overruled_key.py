r"""A setting is overruled by another one in the same file.

After reading, WSL makes the settings agree with each other, mostly in silence: what needs virtio goes off with
virtio, what belongs to DNS tunneling goes with it, a firewall cannot be off in mirrored mode, safe mode takes nearly
everything.

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

Safe mode is for a short while, so nothing is taken out:

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
from typing import NamedTuple

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.file import IniFile, Setting
from wslgo.text.message import Message

UNUSED = None  # the value is not looked at, whatever it is


class Force(NamedTuple):
    """What a cause does to another key: the value that WSL puts there; `only` names the one value it touches."""

    section: str
    name: str
    becomes: str | None
    only: str = ""


class Cause(NamedTuple):
    """A key whose value overrules others; a negative number stands as `-`."""

    name: str
    values: tuple[str, ...]
    forces: tuple[Force, ...]


# src/windows/common/WslCoreConfig.cpp, ParseConfigFile and Initialize (2026-08). Of several causes the first is named.
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
    # src/windows/common/NatNetworking.cpp: looked at in NAT without tunneling only.
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

# Details of something that is switched off: nothing is lost.
LEFTOVERS = ("swapFile", "crashDumpFolder", "initialAutoProxyTimeout")

FORCED = Message(
    en="{key}={value} is overruled by {cause}={because}: WSL takes {becomes} instead",
    zh="{key}={value} 被 {cause}={because} 覆盖：WSL 实际使用 {becomes}",
)
USELESS = Message(en="{key} has no effect with {cause}={because}", zh="{cause}={because} 时 {key} 无效")
HERE = Message(en="{cause} is set here", zh="{cause} 在此处设置")
TITLE = Message(en="Remove {key}", zh="删除 {key}")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    named: set[str] = set()
    for cause in CAUSES:
        because = file.find("wsl2", cause.name)
        if because is None or not _holds(cause, because.converted or ""):
            continue
        for force in cause.forces:
            setting = file.find(force.section, force.name)
            if setting is not None and force.name not in named and _is_touched(force, setting):
                named.add(force.name)
                yield _finding(file, setting, force, because)


def _holds(cause: Cause, value: str) -> bool:
    return value in cause.values or (value[:1] == "-" and "-" in cause.values)


def _is_touched(force: Force, setting: Setting) -> bool:
    if force.only:
        return setting.converted == force.only
    return setting.converted not in ("", force.becomes)


def _finding(file: IniFile, setting: Setting, force: Force, because: Setting) -> Finding:
    message = FORCED if force.becomes is not UNUSED else USELESS
    words = {"key": force.name, "cause": because.known.name if because.known else "", "because": because.value}
    if force.becomes is not UNUSED:
        words |= {"value": setting.value, "becomes": force.becomes}
    is_safe_mode = words["cause"] == SAFE_MODE
    fix = Fix(TITLE(key=force.name), (edit.removal(file, setting),))
    return Finding(
        setting.key_span if message is USELESS else setting.value_span,
        message(**words),
        () if is_safe_mode else (fix,),
        (Related(because.key_span, HERE(cause=words["cause"])),),
        (Tag.UNNECESSARY,),
        Severity.INFORMATION if is_safe_mode or force.name in LEFTOVERS else Severity.WARNING,
    )
