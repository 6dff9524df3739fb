"""A line is neither a section, a setting nor a comment.

WSL skips such a line in `.wslconfig` with a warning. In `wsl.conf` it stops reading there, so every setting after the
line is lost. Correct the line, or comment it out.

## Example

```ini path=.wslconfig
[wsl2]
memory
```

becomes

```ini path=.wslconfig
[wsl2]
# memory
```

## Example

```ini path=wsl.conf
<<<<<<< HEAD
[boot]
systemd=true
```

becomes

```ini path=wsl.conf
# <<<<<<< HEAD
[boot]
systemd=true
```

## No finding

```ini path=.wslconfig
# memory
[wsl2]

memory=8GB
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import BAD_LINE, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import COMMENT_OUT
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Mistake, lines_with
from wslgo.syntax.wsl.edit import comment_out
from wslgo.syntax.wsl.ini import BLANKS
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="This line is not a [section], key=value or # comment ({warning}): {consequence}",
    zh="这一行不是 [节]、key=value 或 # 注释（{warning}）：{consequence}",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.OTHER):
        line = file.text[bad.span.start : bad.span.end]
        edit = comment_out(file, bad.span)
        span = Span(edit.span.start, max(edit.span.start, bad.span.start + len(line.rstrip(f"{BLANKS}\r\n"))))
        message = MESSAGE(warning=bad.warning, consequence=CONSEQUENCE[file.dialect])
        yield Finding(span, message, (Fix(COMMENT_OUT(), (edit,)),))
