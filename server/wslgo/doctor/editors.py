"""Editor support: VS Code's server, the Go extension, gopls and Delve."""

from collections.abc import Iterator

from wslgo.doctor.fact import Area, Fact, plain, unknown
from wslgo.machine.host import Editor, Host, Tool
from wslgo.text.message import Message, Text

TITLE = Message(en="Editors", zh="编辑器")
EDITOR = Message(en="Editor", zh="编辑器")
GOPLS = Message(en="gopls", zh="gopls")
DELVE = Message(en="Delve", zh="Delve")

NONE_CONNECTED = Message(
    en="VS Code has not opened this distribution yet (code . does)", zh="VS Code 还没有打开过此发行版（code . 可打开）"
)
WITH_GO = Message(en="{name} with Go extension {version}", zh="{name}，Go 扩展 {version}")
WITHOUT_GO = Message(en="{name} without the Go extension", zh="{name}，没有 Go 扩展")
MISSING = Message(en="not installed", zh="未安装")
IN = Message(en="{version} in {path}", zh="{version}，位于 {path}")


def area(host: Host) -> Area:
    return Area("editors", TITLE, tuple(_facts(host)))


def _facts(host: Host) -> Iterator[Fact]:
    if host.editors:
        yield from map(_editor, host.editors)
    elif host.wsl.generation:
        yield (
            Fact("editors.editor", EDITOR(), NONE_CONNECTED())
            if host.editors is not None
            else unknown("editors.editor", EDITOR())
        )
    yield _tool(host, "gopls", GOPLS(), host.gopls)
    yield _tool(host, "delve", DELVE(), host.delve)


def _editor(editor: Editor) -> Fact:
    value = (
        WITH_GO(name=editor.name, version=editor.go_extension) if editor.go_extension else WITHOUT_GO(name=editor.name)
    )
    return Fact("editors.editor", EDITOR(), value)


def _tool(host: Host, name: str, label: Text, tool: Tool | None) -> Fact:
    if tool is not None:
        if tool.version is None:
            return unknown(f"editors.{name}", label, plain(tool.path))
        return Fact(f"editors.{name}", label, IN(version=tool.version, path=tool.path))
    if host.search_path is None or host.go is None:
        return unknown(f"editors.{name}", label)
    return Fact(f"editors.{name}", label, MISSING())
