"""PATH: the folders of Go, in one marked block of the file that the user's shell reads.

A toolchain of wslgo that terminals do not find counts if it ends a finding about the Go that they find.
"""

import re
from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import LOGIN, Step
from wslgo.provision.plan import shell_block, shell_files
from wslgo.provision.plan.shell_block import Block
from wslgo.provision.plan.steps import toolchain
from wslgo.syntax.shell.search_path import adds
from wslgo.text.message import Message, Text

ID = "path"
RESOLVES = ("machine/go-not-in-path", "machine/tools-not-in-path", "machine/no-go")
TITLE = Message(en="Add Go to PATH in {files}", zh="在 {files} 中将 Go 加入 PATH")
REASON = Message(
    en="VS Code's server and scripts do not find go and its tools: add {folders} to PATH",
    zh="VS Code 服务器和脚本找不到 go 及其工具：需将 {folders} 加入 PATH",
)
REASON_TOOLS = Message(
    en="Terminals and scripts do not find the programs of go install: add {folders} to PATH",
    zh="终端和脚本找不到 go install 安装的程序：需将 {folders} 加入 PATH",
)
BARE_COMMANDS = Message(
    en="wsl.exe -- go ... from Windows starts bash without its files; use wsl.exe -- bash -lc 'go ...'",
    zh="从 Windows 运行 wsl.exe -- go ... 时 bash 不读取启动文件；请使用 wsl.exe -- bash -lc 'go ...'",
)

BLOCK = Block("Go in PATH")


def reads(user: User, host: Host) -> tuple[str, ...]:
    own = (layout.switch(user), layout.version_file(user))
    return (*shell_files.reads(user), layout.programs(Facts(host, user)), *own)


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    used = _folders(facts, is_named=spec.names(ID))
    folders = _missing(facts, used)
    places = shell_files.places(facts) if folders else ()
    writes = tuple(filter(None, (shell_block.write_of(facts, path, _block(facts, path, used)) for path in places)))
    if not writes:
        return
    title = TITLE(files=tuple(shell_files.short(write.path, facts.user) for write in writes))
    warnings: tuple[Text, ...] = (BARE_COMMANDS(),) if shell_files.kind(facts.user) == shell_files.BASH else ()
    reason = (REASON_TOOLS if folders == (layout.programs(facts),) else REASON)(folders=tuple(folders))
    resolves = (*RESOLVES, *toolchain.resolved_with(facts), *_of_own_toolchain(facts), *_of_new_tools(facts))
    yield Step(ID, title, reason, writes, after=(LOGIN,), warnings=warnings, resolves=resolves)


def _of_own_toolchain(facts: Facts) -> tuple[str, ...]:
    """Return the rules about the Go of terminals whose findings end once they find that of wslgo."""
    version = layout.in_use(facts)
    return () if version is None else toolchain.resolved_by(facts, version.removeprefix("go"))


def _of_new_tools(facts: Facts) -> Iterator[str]:
    """Yield the rules about missing tools that the steps before have built: a terminal finds them through PATH."""
    there = facts.folders.get(layout.programs(facts)) or ()
    if facts.host.delve is None and "dlv" in there:
        yield "machine/no-delve"
    if facts.host.gopls is None and "gopls" in there:
        yield "machine/no-gopls"


def _missing(facts: Facts, folders: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders of Go that no file of this shell adds and that are not in PATH otherwise.

    An empty folder of tools does not count; the editor finds tools without PATH.
    """
    known = {folder.rstrip("/") for folder in facts.host.search_path or ()}
    tools = layout.programs(facts)
    used = (folder for folder in folders if folder != tools or facts.folders.get(folder))
    return tuple(folder for folder in used if folder not in known and not _is_added(facts, folder))


def _folders(facts: Facts, *, is_named: bool) -> tuple[str, ...]:
    """Return the folder of the go command that is or will be in use, and that of tools; none without Go."""
    own = f"{layout.switch(facts.user)}/bin"
    is_own = is_named or facts.host.go is None or facts.host.go.path == f"{own}/go" or facts.host.search_path is None
    if facts.release is not None or (layout.in_use(facts) is not None and (is_own or _of_own_toolchain(facts))):
        return (own, layout.programs(facts))
    if facts.host.go is None:
        return ()
    folder = facts.host.go.path.rpartition("/")[0]
    return (*(() if folder in layout.LOGIN_PATH else (folder,)), layout.programs(facts))


# The shell files


def _is_added(facts: Facts, folder: str) -> bool:
    """Return whether a file that every shell of this kind reads adds the folder to PATH."""
    texts = shell_files.login_texts(facts)
    return any(adds(text, folder, facts.user.home, is_fish=shell_files.is_of_fish(path)) for path, text in texts)


# The block


def _block(facts: Facts, path: str, folders: tuple[str, ...]) -> Block:
    names = [_from_home(folder, facts.user) for folder in folders]
    return BLOCK._replace(lines=(_fish if shell_files.is_of_fish(path) else _sh)(names))


def _sh(names: list[str]) -> str:
    cases = "".join(f'case ":$PATH:" in *":{name}:"*) ;; *) PATH="{name}:$PATH" ;; esac\n' for name in reversed(names))
    return f"{cases}export PATH\n"


def _fish(names: list[str]) -> str:
    return "".join(f'contains -- "{name}" $PATH; or set -gx PATH "{name}" $PATH\n' for name in reversed(names))


def _from_home(folder: str, user: User) -> str:
    """Return a folder as a double-quoted word of a shell, relative to `$HOME` if it is there."""
    below = folder.removeprefix(f"{user.home}/")
    quoted = re.sub(r'(["\\$`])', r"\\\1", below)
    return f"$HOME/{quoted}" if below != folder else quoted
