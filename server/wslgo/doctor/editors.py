"""Editor support: VS Code's server, the Go extension, gopls and Delve."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Section, Sign, StatusLine, command, plain
from wslgo.machine.host import Editor, Host, Tool
from wslgo.text.message import Message

TITLE = Message(en="Editors", zh="编辑器")
EDITOR = Message(en="Editor", zh="编辑器")
GOPLS = Message(en="gopls", zh="gopls")
DELVE = Message(en="Delve", zh="Delve")

NONE_CONNECTED = Message(en="VS Code has not opened this distribution yet", zh="VS Code 还没有打开过此发行版")
WITH_GO = Message(en="{name} with Go extension {version}", zh="{name}，Go 扩展 {version}")
WITHOUT_GO = Message(en="{name} without the Go extension", zh="{name}，没有 Go 扩展")
INSTALL_EXTENSION = Message(
    en="install the extension golang.go in {name}'s WSL window", zh="在 {name} 的 WSL 窗口中安装扩展 golang.go"
)
MISSING = Message(en="not installed", zh="未安装")
IN = Message(en="{version} in {path}", zh="{version}，位于 {path}")


def section(host: Host) -> Section:
    return Section("editors", TITLE, tuple(_lines(host)))


def _lines(host: Host) -> Iterator[StatusLine]:
    if host.editors:
        yield from map(_editor, host.editors)
    elif host.wsl.generation:
        yield StatusLine("editors.editor", Sign.OK, EDITOR, NONE_CONNECTED(), command("code ."))
    yield _tool(host, "gopls", GOPLS, host.gopls)
    yield _tool(host, "delve", DELVE, host.delve)


def _editor(editor: Editor) -> StatusLine:
    if editor.go_extension:
        value = WITH_GO(name=editor.name, version=editor.go_extension)
        return StatusLine("editors.editor", Sign.OK, EDITOR, value)
    value = WITHOUT_GO(name=editor.name)
    return StatusLine("editors.editor", Sign.UNKNOWN, EDITOR, value, INSTALL_EXTENSION(name=editor.name))


def _tool(host: Host, name: str, label: Message, tool: Tool | None) -> StatusLine:
    if tool is not None:
        value = IN(version=tool.version, path=tool.path) if tool.version else plain(tool.path)
        return StatusLine(f"editors.{name}", Sign.OK, label, value)
    if host.search_path is None or host.go is None:
        return StatusLine(f"editors.{name}", Sign.UNKNOWN, label, UNKNOWN())
    return StatusLine(f"editors.{name}", Sign.ATTENTION, label, MISSING(), command("wslgo provision"))
