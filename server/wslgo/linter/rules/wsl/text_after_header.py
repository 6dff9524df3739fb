"""A section header is followed by something on the same line.

WSL allows only a `#` comment there. It rejects the header, and the settings below lose their section; a file that was
pasted on one line sets nothing at all.

## Example

```ini path=.wslconfig
[wsl2] memory=8GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini path=wsl.conf
[boot] ; services
systemd=true
```

becomes

```ini path=wsl.conf
[boot] # services
systemd=true
```

## Example

A whole file on one line:

```ini path=.wslconfig
[wsl2] memory=8GB processors=4 swap=0
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
processors=4
swap=0
```

## No finding

```ini path=wsl.conf
[boot] # services
systemd=true
```
"""

import re
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import BAD_LINE, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import START_COMMENT
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Mistake, is_fixed_by, lines_with
from wslgo.syntax.wsl.edit import newline
from wslgo.syntax.wsl.ini import BadLine
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

HEADER = pattern(r"(\[\s*([A-Za-z][A-Za-z0-9]*)\s*\])([ \t]*)([^\r\n]*)")
COMMENT = pattern(r"(;|//|--)\s*")
# Where a new setting or header starts on a line that should have been several.
NEXT = pattern(r"(?<![ \t])[ \t]+(?=[A-Za-z][A-Za-z0-9]*[ \t]*=|\[)")

MESSAGE = Message(
    en="Only a # comment may follow a section header, not '{text}': {consequence}",
    zh="节标题后面只允许 # 注释，不能写 '{text}'：{consequence}",
)
SPLIT = Message(en="Put each setting on its own line", zh="让每个设置单独成行")


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.TEXT_AFTER_HEADER):
        if header := HEADER.search(file.text, *bad.span):
            text = header[4].rstrip()
            span = Span(header.start(4), header.start(4) + len(text))
            message = MESSAGE(text=text, consequence=CONSEQUENCE[file.dialect])
            yield Finding(span, message, tuple(_fixes(file, bad, header)))


def _fixes(file: IniFile, bad: BadLine, header: re.Match[str]) -> Iterator[Fix]:
    title = f"[{header[2]}]"
    text = header[4].rstrip()
    line = Span(header.start(), header.start(4) + len(text))
    comment = COMMENT.match(text)
    if comment:
        fix = Fix(START_COMMENT(), (Edit(line, f"{title} # {text[comment.end() :]}"),), Safety.SAFE)
    else:
        lines = newline(file.text).join((title, *NEXT.sub("\n", text).split("\n")))
        fix = Fix(SPLIT(), (Edit(line, lines),), Safety.SAFE)
    if is_fixed_by(file, bad, *fix.edits):
        yield fix
