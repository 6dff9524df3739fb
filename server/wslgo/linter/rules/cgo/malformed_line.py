"""go rejects a `#cgo` line as malformed, and no package that imports this one can be built.

After `#cgo` come conditions, the kind of flags, a colon, and flags. The kinds are `CFLAGS`, `CPPFLAGS`, `CXXFLAGS`,
`FFLAGS`, `LDFLAGS` and `pkg-config`. Each quote is closed, and go runs no command: for the flags that pkg-config knows
write `#cgo pkg-config: NAME`.

## Example

```go path=audio.go
package audio

// #cgo LDFLAGS -lm
import "C"
```

becomes

```go path=audio.go
package audio

// #cgo LDFLAGS: -lm
import "C"
```

## Example

```go path=audio.go
package audio

/*
#cgo linux LIBS: -lasound
#include <alsa/asoundlib.h>
*/
import "C"
```

becomes

```go path=audio.go
package audio

/*
#cgo linux LDFLAGS: -lasound
#include <alsa/asoundlib.h>
*/
import "C"
```

## Example

```go path=audio.go
package audio

// #cgo LDFLAGS: $(pkg-config --libs alsa)
import "C"
```

becomes

```go path=audio.go
package audio

// #cgo pkg-config: alsa
import "C"
```

## Example

```go path=audio.go crlf
package audio

// #cgo CFLAGS: -DNAME="a
import "C"
```

## No finding

```go path=audio.go
package audio

/*
#cgo CFLAGS: -DNAME=a "-I${SRCDIR}/my include" -DOTHER=a\\ b
#cgo linux,amd64 linux,arm64 LDFLAGS: -lm
#cgo pkg-config: alsa
#cgo noescape play
#cgo
#cgonothing LIBS: -lm
*/
import "C"
```

## No finding

go does not read a line for another system, and this comment is not above `import "C"`:

```go path=audio.go
package audio

// #cgo LDFLAGS -lm

// #cgo windows LIBS: -lwinmm
import "C"
```

## No finding

```go path=audio_windows.go
package audio

// #cgo LIBS: -lwinmm
import "C"
```
"""

from collections.abc import Iterator

from wslgo.linter.cgo_lines import lines
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD, CHANGE_TO
from wslgo.syntax.go.cgo_file import VERBS, CgoFile, Fault, Line
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

NO_COLON = Message(
    en="go rejects this line: invalid #cgo line. Write a colon after the kind of flags, as in #cgo LDFLAGS: -lm",
    zh="go 不接受此行：invalid #cgo line。请在标志种类后写冒号，例如 #cgo LDFLAGS: -lm",
)
OPEN_QUOTE = Message(
    en="go rejects this line: invalid #cgo line. A quote is not closed, or a backslash is its last character",
    zh="go 不接受此行：invalid #cgo line。引号没有闭合，或最后一个字符是反斜杠",
)
VERB = Message(
    en="go rejects {verb}: invalid #cgo verb. Valid: {verbs}",
    zh="go 不接受 {verb}：invalid #cgo verb。有效值：{verbs}",
)
ARGUMENT = Message(
    en="go rejects {word}: malformed #cgo argument, because of {sign}. The build fails",
    zh="go 不接受 {word}：malformed #cgo argument，原因是 {sign}。构建会失败",
)
COMMAND = Message(
    en="go runs no command in a #cgo line and rejects {word}. For pkg-config write #cgo pkg-config: NAME",
    zh="go 不会执行 #cgo 行中的命令，并拒绝 {word}。使用 pkg-config 时请写 #cgo pkg-config: NAME",
)

# What people write for it.
MEANT = {"LIBS": "LDFLAGS", "LDLIBS": "LDFLAGS", "LDADD": "LDFLAGS", "CCFLAGS": "CFLAGS", "pkgconfig": "pkg-config"}
_RUN = pattern(r"(?:\$\(|`)pkg-config((?: +[\w.+-]+)+)[)`]\Z")
_UNSAFE = pattern(r"[^A-Za-z0-9+\-.,/=_:$@%! ~^\x80-\U0010ffff]")


@rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=("go_variables", "processor"))
def check(file: CgoFile, scene: Scene) -> Iterator[Finding]:
    for line in lines(file, scene):
        text = scene.file.source.text[line.place.start : line.place.end]
        match line.fault:
            case Fault.NO_COLON | Fault.NO_VERB:
                yield Finding(line.place, NO_COLON(), _colon(line))
            case Fault.OPEN_QUOTE:
                yield Finding(line.place, OPEN_QUOTE())
            case Fault.VERB:
                meant = MEANT.get(text) or nearest(text, VERBS)
                fixes = (Fix(CHANGE_TO(value=meant), (Edit(line.place, meant),)),) if meant else ()
                yield Finding(line.place, VERB(verb=text, verbs=VERBS), fixes)
            case Fault.ARGUMENT if "$(" in text or "`" in text:
                yield Finding(line.place, COMMAND(word=text), _names(line, scene.file.source.text))
            case Fault.ARGUMENT if "${" not in text:  # cgo/unexpanded-variable
                word = next(word.text for word in line.words if word.span == line.place)
                sign = _UNSAFE.search(word)
                yield Finding(line.place, ARGUMENT(word=text, sign=sign[0] if sign else '""'))


def _colon(line: Line) -> tuple[Fix, ...]:
    """Return the fix of a line whose kind of flags is followed by no colon."""
    for word in line.words:
        for verb in VERBS:
            end = word.span.start + len(verb)
            if word.text == verb:
                return (Fix(ADD(text=":"), (Edit(Span(end, end), ":"),)),)
            if word.text.startswith(f"{verb}="):
                return (Fix(CHANGE_TO(value=f"{verb}:"), (Edit(Span(end, end + 1), ": "),)),)
    return ()


def _names(line: Line, text: str) -> tuple[Fix, ...]:
    """Return the fix of a line that has only a command of pkg-config."""
    flags = text[line.span.start : line.span.end].partition(":")[2].strip()
    found = _RUN.match(flags)
    names = [word for word in found[1].split() if not word.startswith("-")] if found else []
    if not names:
        return ()
    start = next(word.span.start for word in line.words)
    verb = Span(text.rindex(line.verb, line.span.start, start), start)
    new = f"pkg-config: {' '.join(names)}"
    return (Fix(CHANGE_TO(value=f"#cgo {new}"), (Edit(Span(verb.start, line.span.end), new),)),)
