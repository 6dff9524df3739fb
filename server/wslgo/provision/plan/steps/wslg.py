"""GUI programs: reasons why those of the workspace open no window, and on request tools to inspect WSLg.

The tools are never needed. If the socket of X11 is missing, only a start of WSL restores it for good.
"""

import re
from collections.abc import Iterator

from wslgo.linter.rules.machine.x11_socket_missing import restore_command
from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Step
from wslgo.provision.plan import package_needs
from wslgo.provision.plan.file_fixes import wsl_file
from wslgo.provision.plan.package_needs import Need
from wslgo.text.message import Message, Text
from wslgo.text.source import Source

ID = "wslg"
RESOLVES = ()
TITLE = package_needs.TITLE

TO_SEE_OPENGL = Message(
    en="glxinfo -B shows what renders OpenGL: the GPU or llvmpipe",
    zh="glxinfo -B 显示 OpenGL 由 GPU 还是 llvmpipe 渲染",
)
TO_SEE_WAYLAND = Message(
    en="wayland-info shows what WSLg offers to Wayland programs", zh="wayland-info 显示 WSLg 为 Wayland 程序提供的功能"
)
NO_GLYPHS = Message(
    en="The locale is Chinese, but no font has Chinese characters: GUI programs show boxes",
    zh="系统语言为中文，但没有包含中文字符的字体：图形程序会显示方框",
)
NO_SOCKET = Message(
    en="X11 programs ({toolkits}) open no window: /tmp/.X11-unix/X0 is missing. Update WSL (wsl --update), or run "
    "{command} after each start",
    zh="X11 程序（{toolkits}）无法打开窗口：缺少 /tmp/.X11-unix/X0。请更新 WSL（wsl --update），"
    "或在每次启动后运行 {command}",
)
SWITCHED_OFF = Message(
    en="guiApplications=false in {path} disables WSLg, but this workspace has GUI programs ({toolkits}); "
    "remove that line to run them",
    zh="{path} 中的 guiApplications=false 会关闭 WSLg，而此工作区有图形程序（{toolkits}）；如需运行它们，请删除该行",
)

_LOCALES = ("/etc/default/locale", "/etc/locale.conf")
_CHINESE = re.compile(r"^[ \t]*(?:LANG|LC_ALL|LC_CTYPE|LANGUAGE)=[\"']?zh", re.MULTILINE)
_GLYPHS = re.compile(r"(?:fonts|ttf|xfonts)-(?:noto-cjk|wqy|arphic|droid-fallback|cwtex|adobe-source-han|sarasa).*")


def reads(_user: User, host: Host) -> tuple[str, ...]:
    return (*_LOCALES, *((host.wslconfig.path,) if host.wslconfig else ()))


def asks(facts: Facts, spec: Spec) -> tuple[str, ...]:
    """Return the packages that apt has to be asked about."""
    return package_needs.names_of(package_needs.unmet_needs(facts, _needs(facts, spec)))


def steps(facts: Facts, spec: Spec) -> Iterator[Step | Text]:
    yield from _windows(facts)
    yield from package_needs.steps(facts, ID, package_needs.unmet_needs(facts, _needs(facts, spec)))


def _needs(facts: Facts, spec: Spec) -> Iterator[Need]:
    if facts.host.wslg.folder is None or not spec.names(ID):
        return
    yield Need(("mesa-utils",), TO_SEE_OPENGL())
    yield Need(("wayland-utils",), TO_SEE_WAYLAND())
    if _is_chinese(facts) and not any(map(_GLYPHS.fullmatch, facts.packages or ())):
        yield Need(("fonts-noto-cjk",), NO_GLYPHS())


def _is_chinese(facts: Facts) -> bool:
    return any(_CHINESE.search(facts.text(path) or "") for path in _LOCALES)


def _windows(facts: Facts) -> Iterator[Text]:
    """Yield the reasons why programs of the workspace open no window."""
    wslg, workspace = facts.host.wslg, facts.workspace
    if workspace is None or not workspace.toolkits or facts.host.wsl.generation != 2:
        return
    toolkits = tuple(workspace.toolkits)
    if wslg.folder is not None and wslg.has_socket is False:
        yield NO_SOCKET(toolkits=toolkits, command=restore_command(wslg.folder))
    if wslg.folder is None and facts.host.wslconfig and _is_switched_off(facts, facts.host.wslconfig.path):
        yield SWITCHED_OFF(path=facts.host.wslconfig.path, toolkits=toolkits)


def _is_switched_off(facts: Facts, path: str) -> bool:
    file = wsl_file(Source(facts.text(path) or ""), "wslconfig")
    setting = file.find("wsl2", "guiApplications")
    return setting is not None and setting.converted == "false"
