"""`LD_LIBRARY_PATH` names the stubs of the CUDA toolkit, which are for linking only.

`libcuda.so` and `libnvidia-ml.so` in `.../lib64/stubs` are empty: a program that loads them ends with "CUDA driver is a
stub library" (error 34), although the GPU works. In WSL the driver is in `/usr/lib/wsl/lib`, which the dynamic linker
finds by itself. To link with `-lcuda` put the folder into `CGO_LDFLAGS` (`-L/usr/local/cuda/lib64/stubs`) or
`LIBRARY_PATH` instead.

## Example

```bash path=.bashrc
export LD_LIBRARY_PATH=/usr/local/cuda/lib64:/usr/local/cuda/lib64/stubs:/usr/lib/wsl/lib
```

becomes

```bash path=.bashrc
export LD_LIBRARY_PATH=/usr/local/cuda/lib64:/usr/lib/wsl/lib
```

## Example

```bash path=.profile
export LD_LIBRARY_PATH="$CUDA_HOME/lib64/stubs:$LD_LIBRARY_PATH"
```

becomes

```bash path=.profile
export LD_LIBRARY_PATH="$LD_LIBRARY_PATH"
```

## Example

```properties path=.env
LD_LIBRARY_PATH=/usr/local/cuda-12.9/lib64/stubs
```

becomes

```properties path=.env
LD_LIBRARY_PATH=
```

## Example

```json path=.vscode/launch.json
{"configurations": [
  {"type": "go", "request": "launch", "name": "gpu", "program": ".",
   "env": {"LD_LIBRARY_PATH": "/usr/local/cuda/lib64/stubs:/usr/local/cuda/lib64"}}
]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [
  {"type": "go", "request": "launch", "name": "gpu", "program": ".",
   "env": {"LD_LIBRARY_PATH": "/usr/local/cuda/lib64"}}
]}
```

## Example

```properties path=etc/environment
LD_LIBRARY_PATH="/usr/lib/wsl/lib:/usr/local/cuda/lib64/stubs"
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"LD_LIBRARY_PATH": "/usr/local/cuda/lib64:/usr/local/cuda/lib64/stubs"}}
```

## Example

```json path=.devcontainer/devcontainer.json
{"containerEnv": {"LD_LIBRARY_PATH": "/usr/local/cuda/lib64/stubs"}}
```

## No finding

```bash path=.bashrc
export LD_LIBRARY_PATH=/usr/local/cuda/lib64
export LIBRARY_PATH=/usr/local/cuda/lib64/stubs
export CGO_LDFLAGS="-L/usr/local/cuda/lib64/stubs -lcuda"
# export LD_LIBRARY_PATH=/usr/local/cuda/lib64/stubs
```

## No finding

```properties path=.env
CGO_LDFLAGS=-L/usr/local/cuda/lib64/stubs
# LD_LIBRARY_PATH=/usr/local/cuda/lib64/stubs
LD_LIBRARY_PATH=/srv/app/stubs
```

## No finding

```json path=.vscode/launch.json
{"configurations": [
  {"type": "go", "request": "launch", "name": "gpu", "program": ".",
   "env": {"CGO_LDFLAGS": "-L/usr/local/cuda/lib64/stubs", "LD_LIBRARY_PATH": "${workspaceFolder}/lib"}}
]}
```

## No finding

```properties path=etc/environment
LIBRARY_PATH="/usr/local/cuda/lib64/stubs"
```

## No finding

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"CGO_LDFLAGS": "-L/usr/local/cuda/lib64/stubs"}}
```

## No finding

```json path=.devcontainer/devcontainer.json
{"containerEnv": {"LIBRARY_PATH": "/usr/local/cuda/lib64/stubs"}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.syntax.file import comments
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="{folder} is for linking only: programs end with CUDA driver is a stub library (error 34)",
    zh="{folder} 仅供链接使用：程序会报 CUDA driver is a stub library（错误 34）",
)
TITLE = Message(en="Remove {folder}", zh="删除 {folder}")

NAME = "LD_LIBRARY_PATH"
_VALUE = pattern(r"""(?<![\w$])LD_LIBRARY_PATH(?:"[ \t]*:[ \t]*"([^"\\\n]*)|\+?=["']?([^"'\s;&|]*))""")
_REFERENCE = "${LD_LIBRARY_PATH"  # the rest of `/folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}`


@rule(Severity.WARNING, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE, by_entry=True, only_with=("/stubs",))
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    if "/stubs" not in text or NAME not in text:
        return
    ignored = tuple(comments(scene.file))
    for match in _VALUE.finditer(text):
        value = Span(*match.span(1 if match[1] is not None else 2))
        if not any(comment.start <= match.start() < comment.end for comment in ignored):
            yield from _findings(text, value)


def _findings(text: str, value: Span) -> Iterator[Finding]:
    from wslgo.knowledge.nvidia import FOLDER  # few files name folders of stubs

    start, is_behind = value.start, False
    for entry in text[value.start : value.end].split(":"):
        folder = entry.partition(_REFERENCE)[0]
        if _is_of_stubs(folder):
            span = Span(start, start + len(folder))
            fixes = (_removal(text, span, value),) if folder == entry else ()
            is_before = not is_behind and FOLDER in text[span.end : value.end]
            severity = Severity.HINT if is_behind else Severity.ERROR if is_before else None
            yield Finding(span, MESSAGE(folder=folder), fixes, severity=severity)
        is_behind = is_behind or folder.rstrip("/") == FOLDER
        start += len(entry) + 1


def _is_of_stubs(folder: str) -> bool:
    words = folder.rstrip("/").lower()
    return words.endswith("/stubs") and ("cuda" in words or "/lib64/" in words)


def _removal(text: str, span: Span, value: Span) -> Fix:
    """Return the removal of an entry with one of the colons around it."""
    is_first = span.start == value.start
    before, after = (0, 1) if is_first and span.end < value.end else (0 if is_first else 1, 0)
    return Fix(TITLE(folder=text[span.start : span.end]), (Edit(Span(span.start - before, span.end + after), ""),))
