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

## Example

```ini path=/etc/wsl.config
[boot]
systemd=true
```

## Example

Linux tells capitals from small letters:

```ini path=/etc/WSL.conf
[boot]
systemd=true
```

## Example

```ini path=/home/me/etc/wsl.conf
[boot]
systemd=true
```

## Example

Its sections are those of the other file:

```ini path=/mnt/c/Users/me/wsl.config
[wsl2]
memory=8GB
```

## Example

```ini path=/mnt/c/.wslconfig
[wsl2]
memory=8GB
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

Windows does not tell them apart:

```ini path=/mnt/c/Users/me/.WSLConfig
[wsl2]
memory=8GB
```

## No finding

```ini path=/home/me/dotfiles/etc/wsl.conf
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

# Folders in lower case, because an expression that ignores case takes twice as long to compile: a home folder of Linux
# or (mounted or not) of Windows, a folder in it that is easily taken for it, and other folders of the system.
_LINUX_HOME = r"/(?:home/[^/]+|root)"
_WINDOWS_HOME = r"(?:[a-z]:|(?:/[^/]+)?/[a-z])/users/[^/]+"
_DRIVE = r"(?:[a-z]:|/mnt/[a-z])"
_LIKE_HOME = rf"{_WINDOWS_HOME}/(?:documents|desktop|downloads)|{_DRIVE}(?:/windows(?:/system32)?|/users)?"
NEVER_READ = {
    "wslconfig": pattern(
        rf".*\.wslconfig\.(?:txt|conf|ini|cfg)|(?:{_LINUX_HOME}|/etc|{_LIKE_HOME})/[^/]+"
        rf"|{_WINDOWS_HOME}/(?!\.wslconfig$)[^/]+"
    ),
    "wslconf": pattern(
        rf".*wsl\.conf(?:\.txt|\.ini)|.*/etc/(?!wsl\.conf$)[^/]+|/etc/wsl(?:\.conf)?(?:\.d)?/[^/]+"
        rf"|(?:{_LINUX_HOME}|{_WINDOWS_HOME}|{_DRIVE})(?:/etc|/\.config)?/[^/]+|.*/appdata/local/packages/(?s:.*)"
    ),
}
WSL_CONF = "/etc/wsl.conf"
READ = {"wslconfig": r"%USERPROFILE%\.wslconfig", "wslconf": WSL_CONF}
SECTIONS_OF_WSLCONFIG = ("wsl2", "experimental")

MESSAGE = Message(
    en="WSL does not read {name} here. Move it to {read}",
    zh="WSL 不会读取此处的 {name}。请移到 {read}",
)


@rule(Severity.WARNING)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    place = (scene.file.place or scene.file.path).replace("\\", "/")
    is_in_wrong_case = place != WSL_CONF and place.lower() == WSL_CONF
    if file.text and (is_in_wrong_case or NEVER_READ[file.dialect].fullmatch(place.lower())):
        name = place.rpartition("/")[2]
        first_line = file.text.partition("\n")[0].rstrip("\r")
        yield Finding(Span(0, len(first_line)), MESSAGE(name=name, read=READ[_meant_dialect(file)]))


def _meant_dialect(file: IniFile) -> str:
    """Return the file that the author means: that of its sections, whatever its name."""
    names = {section.name.lower() for section in file.sections}
    return "wslconfig" if names & set(SECTIONS_OF_WSLCONFIG) else file.dialect
