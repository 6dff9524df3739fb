"""A key is in a section that does not have it, or in none.

WSL looks for `section.key`, so it does not know `autoMemoryReclaim` under `[wsl2]`, or `memory` above the first header,
and ignores the line. Move the key to its section.

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

The key is already set in the right section:

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

from wslgo.knowledge.wsl_key import Key
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import MOVE_TO
from wslgo.syntax.memo import of_last
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile, Setting, stops_wsl
from wslgo.syntax.wsl.unknown_key import Miss, unknowns
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="WSL ignores '{key}' here. Move it to [{section}]",
    zh="WSL 会忽略这里的 '{key}'。请移到 [{section}]",
)
ADD_HEADER = Message(en="Add [{section}] above the line", zh="在此行上方加上 [{section}]")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting, _, meant, _ in unknowns(file, Miss.WRONG_SECTION):
        if meant:
            message = MESSAGE(key=setting.key, section=meant.section)
            yield Finding(setting.key_span, message, tuple(_fixes(file, setting, meant)))


def _fixes(file: IniFile, setting: Setting, meant: Key) -> Iterator[Fix]:
    if meant.id in file.holders or stops_wsl(meant, setting.value) or _is_below_bad_header(file, setting):
        return
    has_section = any(section.name.lower() == meant.section for section in file.sections)
    if "." not in setting.written.name and not has_section:
        from bisect import bisect_left  # a library of its own, and most keys are in their section

        start = _first_without_section(file)[meant.section]
        # WSL cuts the name of a bad header to the length of the section before it: a new section there changes keys.
        if bisect_left(_bad_headers(file), start) < len(_bad_headers(file)):
            return
        header = f"[{meant.section}]{edit.newline(file.text)}"
        yield Fix(ADD_HEADER(section=meant.section), (Edit(Span(start, start), header),), Safety.SAFE)
        return
    # In a section that WSL does not have, a key may mean something else, such as the umask of a mount.
    sections = {"", *(key.section.lower() for key in KEYS[file.dialect])}
    is_known = setting.written.name.rpartition(".")[0].lower() in sections
    safety = Safety.SAFE if is_known else Safety.UNSAFE
    yield Fix(MOVE_TO(place=f"[{meant.section}]"), edit.move(file, setting, meant.section), safety)


@of_last
def _first_without_section(file: IniFile) -> dict[str, int]:
    """Return for each section the place where one header serves all keys that lack it."""
    found: dict[str, int] = {}
    for setting, _, meant, _ in unknowns(file, Miss.WRONG_SECTION):
        if meant and "." not in setting.written.name:
            found.setdefault(meant.section, setting.written.span.start)
    return found


def _is_below_bad_header(file: IniFile, setting: Setting) -> bool:
    """Return whether the header above is bad: its own fix corrects the key as well."""
    from bisect import bisect_left  # see above

    starts = _bad_headers(file)
    following = bisect_left(starts, setting.section.span.end if setting.section else 0)
    return following < len(starts) and starts[following] < setting.key_span.start


@of_last
def _bad_headers(file: IniFile) -> list[int]:
    from wslgo.syntax.wsl.bad_line import Mistake, lines_with  # most files have no bad line

    return sorted(
        bad.span.start for bad in lines_with(file, Mistake.HEADER, Mistake.TEXT_AFTER_HEADER, Mistake.FULL_WIDTH)
    )
