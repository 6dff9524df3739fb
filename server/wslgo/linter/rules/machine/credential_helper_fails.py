"""git or docker starts a program for logins that is missing, or that cannot run.

git then asks for a user and a password, which go forbids: private modules fail with "could not read Username". docker
fails for public images, too: "docker-credential-desktop.exe: executable file not found". Programs of Windows need
interop, Docker Desktop's own is in the PATH of Windows or behind a link that Docker Desktop makes, and git reads a path
up to the first space that has no backslash before it.

## Example

```json host
{"network": {"credential_helpers": [
  {"owner": "docker", "name": "desktop.exe", "place": "/home/user/.docker/config.json", "path": ""}
]}}
```

becomes

```json host
{"network": {"credential_helpers": [
  {
    "owner": "docker",
    "name": "desktop.exe",
    "place": "/home/user/.docker/config.json",
    "path": "/usr/bin/docker-credential-desktop.exe"
  }
]}}
```

## Example

Git for Windows is installed elsewhere:

```json host
{"network": {
  "credential_helpers": [{
    "owner": "git",
    "name": "/mnt/c/Git/git-credential-manager-core.exe",
    "place": "/home/user/.gitconfig",
    "path": ""
  }],
  "credential_manager": "/mnt/c/Program Files/Git/mingw64/bin/git-credential-manager.exe"
}}
```

## Example

Interop is off:

```json host
{
  "wsl": {"has_interop": false, "interop_answers": null},
  "network": {"credential_helpers": [{
    "owner": "git",
    "name": "/mnt/c/Git/git-credential-manager.exe",
    "place": "/home/user/.gitconfig",
    "path": "/mnt/c/Git/git-credential-manager.exe"
  }]}
}
```

## No finding

Another helper works:

```json host
{"network": {"credential_helpers": [
  {"owner": "git", "name": "manager", "place": "/home/user/.gitconfig", "path": ""},
  {"owner": "git", "name": "store", "place": "/home/user/.gitconfig", "path": "/usr/lib/git-core/git-credential-store"}
]}}
```

## No finding

It is not known where git has its commands:

```json host
{"network": {"credential_helpers": [
  {"owner": "git", "name": "manager", "place": "/home/user/.gitconfig", "path": null}
]}}
```

## No finding

```json host
{"network": {"credential_helpers": []}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import CredentialHelper, Host
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command

MISSING = Message(
    en="{owner} starts {program} for logins ({place}), and it is not found: signing in fails",
    zh="{owner} 登录时启动 {program}（{place}），但找不到它：无法登录",
)
SPLIT = Message(
    en="git reads credential.helper={program} ({place}) only up to the first space: signing in fails",
    zh="git 只读取 credential.helper={program}（{place}）中第一个空格之前的部分：无法登录",
)
NO_INTEROP = Message(
    en="{owner} starts {program} for logins ({place}), a program of Windows, and interop is off: signing in fails",
    zh="{owner} 登录时启动 {program}（{place}），它是 Windows 程序，而互操作已关闭：无法登录",
)
ESCAPE = Message(
    en="write a backslash before each space, as in: {command}",
    zh="在每个空格前写一个反斜杠，例如：{command}",
)
OF_DOCKER = Message(
    en="start Docker Desktop with this distribution in its WSL integration, or delete credsStore from {place}",
    zh="启动 Docker Desktop 并在其 WSL 集成中启用此发行版，或从 {place} 中删除 credsStore",
)
OF_GIT = Message(
    en="install Git for Windows, or name another helper: {command}",
    zh="安装 Git for Windows，或改用其他凭据助手：{command}",
)
TURN_ON = Message(
    en="turn interop on: delete enabled=false under [interop] in /etc/wsl.conf, or name a helper of Linux in {place}",
    zh="开启互操作：删除 /etc/wsl.conf 中 [interop] 下的 enabled=false，或在 {place} 中改用 Linux 的凭据助手",
)
DOCKER = "docker"
OF_LINUX = "git config --global credential.helper cache"
_SET = "git config --global credential.helper '{path}'"


@machine_rule(
    Severity.WARNING,
    "network.credentials",
    needs=("network.credential_helpers", "network.credential_manager", "wsl.has_interop", "wsl.generation"),
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    known = host.network.credential_helpers or ()
    for helper in known:
        others = (other for other in known if other.owner == helper.owner != DOCKER)
        if not any(_works(other, host) for other in others) and not _works(helper, host):
            yield _finding(helper, host)
            if helper.owner != DOCKER:
                return


def _works(helper: CredentialHelper, host: Host) -> bool:
    """Return whether a helper can run, as far as that is known."""
    return helper.path is None or (helper.path != "" and not _lacks_interop(helper, host))


def _lacks_interop(helper: CredentialHelper, host: Host) -> bool:
    is_of_windows = (helper.path or "").lower().endswith(".exe")
    return is_of_windows and host.wsl.has_interop is False and host.wsl.generation != 0


def _finding(helper: CredentialHelper, host: Host) -> Finding:
    program = f"docker-credential-{helper.name}" if helper.owner == DOCKER else helper.name
    if helper.is_split:
        return machine_finding(SPLIT(program=program, place=helper.place), _escape(helper.name))
    words = {"owner": helper.owner, "program": program, "place": helper.place}
    if _lacks_interop(helper, host):
        return machine_finding(NO_INTEROP(**words), TURN_ON(place=helper.place))
    return machine_finding(MISSING(**words), _step(helper, host))


def _step(helper: CredentialHelper, host: Host) -> Text:
    if helper.owner == DOCKER:
        return OF_DOCKER(place=helper.place)
    manager = host.network.credential_manager
    return command(_command(manager)) if manager and "'" not in manager else OF_GIT(command=OF_LINUX)


def _escape(path: str) -> Text:
    return ESCAPE(command=_command(path)) if "'" not in path else OF_GIT(command=OF_LINUX)


def _command(path: str) -> str:
    """Return the command that sets a helper, with the signs escaped that the shell behind git would read."""
    escaped = "".join(f"\\{sign}" if sign in " ()&;" else sign for sign in path)
    return _SET.format(path=escaped)
