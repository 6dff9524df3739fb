"""A key stands in a section that does not have it, or in none.

WSL looks for `section.key`, so `autoMemoryReclaim` below `[wsl2]` is unknown, and so is `memory` above the first header.

## Example

```ini path=.wslconfig
[wsl2]
memory=8GB
autoMemoryReclaim=gradual # since 2.0
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB

[experimental]
autoMemoryReclaim=gradual # since 2.0
```

## Example

```ini path=.wslconfig
memory=8GB
processors=4
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
processors=4
```

## Example

The key is set where it belongs already:

```ini path=wsl.conf
[user]
systemd=false
[boot]
systemd=true
```

## No finding

```ini path=.wslconfig
[wsl2]
memory=8GB
[experimental]
autoMemoryReclaim=gradual
```
"""

from collections.abc import Iterator

from wslgo.finding import Finding, Fix, Safety, Severity
from wslgo.knowledge.wslkey import Key
from wslgo.knowledge.wslkeys import KEYS
from wslgo.message import Message
from wslgo.rules import rule
from wslgo.scene import Scene
from wslgo.syntax import wsledit
from wslgo.syntax.wslfile import IniFile, Setting
from wslgo.syntax.wslmiss import Miss, unknowns
from wslgo.syntax.wslslip import Slip, slips
from wslgo.text import Edit, Span

MESSAGE = Message(
    en="WSL ignores '{key}' here: it belongs in [{section}]",
    zh="WSL 会忽略这里的 '{key}'：它应写在 [{section}] 中",
)
MOVE = Message(en="Move it to [{section}]", zh="移到 [{section}]")
BEGIN = Message(en="Begin [{section}] above it", zh="在上方加上 [{section}]")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting, _, meant, _ in unknowns(file, Miss.WRONG_SECTION):
        if meant:
            message = MESSAGE(key=setting.key, section=meant.section)
            yield Finding(setting.key_span, message, tuple(_fixes(file, setting, meant)))


def _fixes(file: IniFile, setting: Setting, meant: Key) -> Iterator[Fix]:
    if any(one.known == meant for one in file.settings) or _is_below_bad_header(file, setting):
        return
    has_section = any(section.name.lower() == meant.section for section in file.sections)
    if "." not in setting.written.name and not has_section:
        at = _first_without_section(file, meant.section)
        header = f"[{meant.section}]{wsledit.newline(file.text)}"
        yield Fix(BEGIN(section=meant.section), (Edit(Span(at, at), header),), Safety.SAFE)
        return
    # Whoever invents a section may mean something else by its keys, such as the umask of a mount.
    is_known = setting.written.name.rpartition(".")[0].lower() in {"", *(key.section.lower() for key in KEYS[file.dialect])}
    safety = Safety.SAFE if is_known else Safety.UNSAFE
    yield Fix(MOVE(section=meant.section), wsledit.move(file, setting, meant.section), safety)


def _first_without_section(file: IniFile, section: str) -> int:
    """Where one header serves all keys that lack it."""
    lacking = (one for one in unknowns(file, Miss.WRONG_SECTION) if one.meant and "." not in one.setting.written.name)
    return next(one.setting.written.span.start for one in lacking if one.meant and one.meant.section == section)


def _is_below_bad_header(file: IniFile, setting: Setting) -> bool:
    """Whether the header above is bad: its own fix puts the key right."""
    begin = setting.section.span.end if setting.section else 0
    headers = slips(file, Slip.HEADER, Slip.TEXT_AFTER_HEADER, Slip.FULL_WIDTH)
    return any(begin <= bad.span.start < setting.key_span.start for bad in headers)
