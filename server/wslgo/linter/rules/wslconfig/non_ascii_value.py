r"""A path or a text has non-ASCII characters, which WSL garbles.

WSL silently keeps only the low byte of every character in a `.wslconfig` value: `é` becomes a replacement character,
`山` becomes `q`, and an emoji cuts the value off. So it cannot read the path of a user folder whose name is not ASCII.
Use a path in ASCII.

## Example

```ini
[wsl2]
kernel=C:\\Users\\山田\\bzImage
```

## Example

```ini
[wsl2]
swapFile=“D:\\swap.vhdx”
```

becomes

```ini
[wsl2]
swapFile="D:\\swap.vhdx"
```

## Example

```ini
[wsl2]
loadKernelModules=vhci，usbip
```

becomes

```ini
[wsl2]
loadKernelModules=vhci,usbip
```

## No finding

Comments may use any characters:

```ini
# 内核：自己编译
[wsl2]
kernel=C:\\wsl\\bzImage # 山田
```

## No finding

Another rule reports a value that WSL rejects:

```ini
[wsl2]
memory=８GB
```
"""

from collections.abc import Iterator

from wslgo.knowledge.punctuation import half_width
from wslgo.knowledge.wsl_key import Kind
from wslgo.knowledge.wslconfig_keys import FATAL_WHEN_MISSING
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini import is_good_line
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

OTHER = pattern(r"[^\x00-\x7f](?:[\x00-\x7f]*[^\x00-\x7f])*")
# File names contain these only by mistake.
TYPOGRAPHY = pattern("[\x01-\x7f“”＂，\u3000\u00a0\u200b\ufeff]*")

MESSAGE = Message(
    en="WSL cannot read the non-ASCII '{characters}' and reads this value as '{value}'. Use only ASCII",
    zh="WSL 无法读取非 ASCII 字符 '{characters}'，会把该值读成 '{value}'。请只使用 ASCII 字符",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind in (Kind.PATH, Kind.STRING) and setting.verdict is Verdict.ACCEPTED:
            characters = OTHER.search(setting.written.raw)
            if characters is not None:
                start = setting.value_span.start
                span = Span(start + characters.start(), start + characters.end())
                message = MESSAGE(characters=characters.group(), value=setting.value)
                # WSL does not find such a path, and without some files it does not start.
                severity = Severity.ERROR if setting.known.name in FATAL_WHEN_MISSING else Severity.WARNING
                yield Finding(span, message, tuple(_fixes(file, setting)), severity=severity)


def _fixes(file: IniFile, setting: Setting) -> Iterator[Fix]:
    raw = setting.written.raw
    value = half_width(raw).strip(" \t")
    if value.isascii() and is_good_line(f"{setting.key}={value}", file.dialect):
        safety = Safety.SAFE if TYPOGRAPHY.fullmatch(raw) else Safety.UNSAFE
        yield Fix(CHANGE_TO(value=value), (Edit(setting.value_span, value),), safety)
