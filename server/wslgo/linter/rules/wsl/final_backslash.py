r"""A path ends in a single backslash, which joins the next line to it.

A backslash at the end of a line continues the value on the next line, so WSL reads the next setting as part of this
value and neither works. As the very last character of `wsl.conf` it is worse: WSL fails while it builds the warning,
and the distribution may not start (according to WSL's source; not tested). Double the backslash or remove it.

## Example

```ini path=.wslconfig
[wsl2]
swapFile=D:\\wsl\
memory=8GB
```

becomes

```ini path=.wslconfig
[wsl2]
swapFile=D:\\wsl\\
memory=8GB
```

## Example

```ini path=wsl.conf no-newline
[automount]
root=/win\
```

becomes

```ini path=wsl.conf no-newline
[automount]
root=/win
```

## No finding

A command that is meant to continue:

```ini path=wsl.conf
[boot]
command=service docker start && \
  service cron start
```

## No finding

```ini path=.wslconfig
[wsl2]
swapFile=D:\\wsl\\
memory=8GB
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.bad_line import Mistake, has_fatal_line, lines_with
from wslgo.syntax.wsl.ini import Dialect, is_good_line
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

# A lookahead, because the joined line may end in a backslash as well.
CONTINUED = pattern(r"(?<!\\)(?:\\\\)*(\\)\r?\n(?=([^\r\n]*))")
ASSIGNMENT = pattern(r"[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=|[ \t]*\[[A-Za-z0-9]+\]")

SWALLOWS = Message(
    en=r"The backslash at the end of the line joins '{line}' to this value. Write \\ or remove it",
    zh=r"行尾的反斜杠会把 '{line}' 并入这个值。请写成 \\ 或删除它",
)
ENDS = Message(
    en="The file ends in an unfinished escape: WSL rejects the line, and the distribution may not start",
    zh="文件末尾的转义不完整：WSL 会拒绝这一行，发行版可能无法启动",
)
DOUBLE_BACKSLASH = Message(en="Double the backslash", zh="把反斜杠写成双份")
REMOVE_BACKSLASH = Message(en="Remove the backslash", zh="删除反斜杠")


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=("\\",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    continued_settings = (setting for setting in file.settings if "\n" in setting.written.raw)
    for setting in continued_settings:
        for continued in CONTINUED.finditer(file.text, *setting.value_span):
            if _is_setting(continued[2], file.dialect):
                span = Span(*continued.span(1))
                fixes = (Fix(DOUBLE_BACKSLASH(), (Edit(Span(span.start, span.start), "\\"),), Safety.SAFE),)
                # A quoted value would then lack its closing quote.
                ended = file.text[setting.written.span.start : span.end] + "\\"
                is_whole = is_good_line(ended, file.dialect) and not has_fatal_line(continued[2], file.dialect)
                yield Finding(span, SWALLOWS(line=continued[2].strip()), fixes if is_whole else ())
    for bad in lines_with(file, Mistake.FINAL_BACKSLASH):
        yield Finding(bad.culprit, ENDS(), (Fix(REMOVE_BACKSLASH(), (Edit(bad.culprit, ""),), Safety.SAFE),))


def _is_setting(line: str, dialect: Dialect) -> bool:
    """Return whether a joined line was meant as a line of its own."""
    match = ASSIGNMENT.match(line)
    if match is None or match[1] is None:
        return match is not None
    return match[1].lower() in {key.name.lower() for key in KEYS[dialect]}
