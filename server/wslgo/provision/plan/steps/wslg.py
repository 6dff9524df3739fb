"""GUI programs: sound for those that play it through ALSA; tools to inspect WSLg and a Chinese font on request.

Those are never needed. Why programs open no window is a finding of the linter, which no step can resolve.
"""

import re
from collections.abc import Iterator

from wslgo.knowledge.packages import ALSA_PLUGINS
from wslgo.linter.rules import find
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import USER, Step, WriteFile
from wslgo.provision.plan import package_needs
from wslgo.provision.plan.package_needs import Need
from wslgo.text.message import Message, Text

ID = "wslg"
RESOLVES = ("machine/no-sound",)
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
NO_SOUND = Message(
    en="Programs of this workspace play sound through ALSA, and WSLg has only PulseAudio",
    zh="此工作区的程序通过 ALSA 播放声音，而 WSLg 只有 PulseAudio",
)
TITLE_SOUND = Message(
    en="Pass the sound of ALSA to PulseAudio in {path}", zh="在 {path} 中将 ALSA 的声音交给 PulseAudio"
)

# Of the thread microsoft/wslg 864.
_DEFAULT_DEVICE = b"pcm.!default { type pulse }\nctl.!default { type pulse }\n"
_LOCALES = ("/etc/default/locale", "/etc/locale.conf")
_CHINESE = re.compile(r"^[ \t]*(?:LANG|LC_ALL|LC_CTYPE|LANGUAGE)=[\"']?zh", re.MULTILINE)
_GLYPHS = re.compile(r"(?:fonts|ttf|xfonts)-(?:noto-cjk|wqy|arphic|droid-fallback|cwtex|adobe-source-han|sarasa).*")


def reads(user: User, _host: Host) -> tuple[str, ...]:
    return (*_LOCALES, _sound_file(user))


def asks(facts: Facts, spec: Spec) -> tuple[str, ...]:
    """Return the packages that apt has to be asked about."""
    return package_needs.names_of(package_needs.unmet_needs(facts, _needs(facts, spec)))


def steps(facts: Facts, spec: Spec) -> Iterator[Step | Text]:
    yield from package_needs.steps(facts, ID, package_needs.unmet_needs(facts, _needs(facts, spec)))
    path = _sound_file(facts.user)
    has_plugins = facts.packages is not None  # they are installed, or the step before does that
    has_default = facts.host.wslg.alsa_default != ""  # then only the plug-in for it is missing
    if has_plugins and not has_default and _is_silent(facts) and facts.knows(path) and facts.data(path) is None:
        write = WriteFile(path, None, _DEFAULT_DEVICE, USER)
        yield Step(ID, TITLE_SOUND(path=path), NO_SOUND(), (write,))


def _sound_file(user: User) -> str:
    return f"{user.home}/.asoundrc"


def _is_silent(facts: Facts) -> bool:
    """Return whether a program plays sound through ALSA, which has no device."""
    found = find(*RESOLVES)
    return found is not None and any(found.check(facts.host, MachineScene(workspace=facts.workspace)))


def _needs(facts: Facts, spec: Spec) -> Iterator[Need]:
    if _is_silent(facts):
        yield Need((ALSA_PLUGINS,), NO_SOUND())
    if facts.host.wslg.folder is None or not spec.names(ID):
        return
    yield Need(("mesa-utils",), TO_SEE_OPENGL())
    yield Need(("wayland-utils",), TO_SEE_WAYLAND())
    if _is_chinese(facts) and not any(map(_GLYPHS.fullmatch, facts.packages or ())):
        yield Need(("fonts-noto-cjk",), NO_GLYPHS())


def _is_chinese(facts: Facts) -> bool:
    return any(_CHINESE.search(facts.text(path) or "") for path in _LOCALES)
