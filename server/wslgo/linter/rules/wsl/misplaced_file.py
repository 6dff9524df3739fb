r"""The file has a name or a location that WSL never reads.

WSL reads only `%USERPROFILE%\.wslconfig` and, in each distribution, `/etc/wsl.conf`. Windows Explorer and Notepad turn
the former into `.wslconfig.txt`, and a `.wslconfig` in the Linux home folder has no effect. Rename or move the file.

## Example

```ini path=.wslconfig.txt
[wsl2]
memory=8GB
```

## Example

```ini path=/home/me/.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini path=/mnt/c/Users/me/AppData/Local/Packages/Ubuntu/LocalState/wsl.conf
[boot]
systemd=true
```

## No finding

```ini path=/mnt/c/Users/me/.wslconfig
[wsl2]
memory=8GB
```

## No finding

A copy in a repository of dotfiles:

```ini path=/home/me/dotfiles/windows/.wslconfig
[wsl2]
memory=8GB
```

## No finding

```ini path=/etc/wsl.conf
[boot]
systemd=true
```

## No finding

```ini path=dotfiles/etc/wsl.conf
[boot]
systemd=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

# A home folder, of Linux or (mounted or not) of Windows, or a folder from which programs read their settings; in
# lower case, because an expression that ignores case takes twice as long to compile.
_LINUX_HOME = r"/(?:home/[^/]+|root)"
_WINDOWS_HOME = r"(?:[a-z]:|(?:/[^/]+)?/[a-z])/users/[^/]+"
NEVER_READ = {
    "wslconfig": pattern(
        rf".*\.wslconfig\.(?:txt|conf|ini|cfg)|(?:{_LINUX_HOME}|/etc)/[^/]+|{_WINDOWS_HOME}/(?!\.wslconfig$)[^/]+"
    ),
    "wslconf": pattern(
        rf".*wsl\.conf(?:\.txt|\.ini)|(?:{_LINUX_HOME}|{_WINDOWS_HOME})/[^/]+|.*/appdata/local/packages/(?s:.*)"
    ),
}
READ = {"wslconfig": r"%USERPROFILE%\.wslconfig", "wslconf": "/etc/wsl.conf"}

MESSAGE = Message(
    en="WSL does not read {name} here. Move it to {read}",
    zh="WSL 不会读取此处的 {name}。请移到 {read}",
)


@rule(Severity.WARNING)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    place = (scene.file.place or scene.file.path).replace("\\", "/")
    if NEVER_READ[file.dialect].fullmatch(place.lower()) and file.text:
        name = place.rpartition("/")[2]
        first_line = file.text.partition("\n")[0].rstrip("\r")
        yield Finding(Span(0, len(first_line)), MESSAGE(name=name, read=READ[file.dialect]))
