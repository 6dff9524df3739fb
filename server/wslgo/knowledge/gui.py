"""GUI toolkits for Go on Linux: their imports, their displays, and the packages that a build needs.

Sources: install pages and sources of Fyne 2.7 and 2.8, Ebitengine 2.8, Gio 0.10, Wails 2.9 and 3 alpha, go-gl/glfw 3.3 and 3.4,
go-sdl2 0.4, gotk3, gotk4, miqt, raylib-go, giu, cimgui-go, webview_go; package names of Ubuntu 24.04; WSL src/linux/init
(config.cpp) and microsoft/wslg for what WSLg sets; as of 2026-11. `walk` is for Windows only, so it is not here.
"""

from collections.abc import Mapping

from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

X11, WAYLAND = "x11", "wayland"


class Release(NamedTuple):
    """A change of a toolkit: what holds where one of these modules has this version or a newer one."""

    modules: tuple[tuple[str, str], ...]
    displays: tuple[str, ...]
    packages: tuple[str, ...]
    tags: Mapping[str, tuple[str, ...]] = {}


class Toolkit(NamedTuple):
    """A toolkit.

    `imports` are the packages whose import opens windows, with those below them only if `is_deep`. `displays` are the
    ones it supports, the preferred one first; `tags` change that: tag to the remaining displays. `packages` are those
    of apt that a build needs, of which some tags `spare` a few; `newer` is what a later release changed, `older` what
    holds where one of its modules is older than it says. Without one of
    `modes` the program builds but does not run; `choice` is the variable that selects a display.
    """

    name: str
    imports: tuple[str, ...]
    displays: tuple[str, ...]
    packages: tuple[str, ...]
    tags: Mapping[str, tuple[str, ...]] = {}
    uses_opengl: bool = True
    needs_cgo: bool = True
    has_sound: bool = False
    is_deep: bool = False
    modes: tuple[str, ...] = ()
    choice: str = ""
    spare: Mapping[str, tuple[str, ...]] = {}
    newer: Release | None = None
    older: Release | None = None


_XORG = ("libx11-dev", "libxcursor-dev", "libxrandr-dev", "libxinerama-dev", "libxi-dev", "libxxf86vm-dev")
_GTK = "GDK_BACKEND"
_SDL = "SDL_VIDEODRIVER"
_QT = "QT_QPA_PLATFORM"
_GLFW_TAGS = {"wayland": (WAYLAND,)}
_WAYLAND_HEADERS = ("libwayland-dev",)
_ONLY_X11 = {"x11": _WAYLAND_HEADERS}

# build.go of go-gl/glfw 3.4: without tags it builds for X11 and for Wayland, and the program prefers Wayland.
_GLFW_3_4 = ("github.com/go-gl/glfw/v3.4/glfw", "v0.0.0-0")
_BOTH = {"x11": (X11,), "wayland": (WAYLAND,)}

# What others build on comes last, so that a program is told by the toolkit that its author chose.
TOOLKITS = (
    Toolkit(
        "Fyne",
        ("fyne.io/fyne/app", "fyne.io/fyne/v2/app"),
        (X11,),
        ("gcc", "libgl1-mesa-dev", "xorg-dev", "libxkbcommon-dev"),
        _GLFW_TAGS,
        spare=_ONLY_X11,
        # Its go.mod requires go-gl/glfw 3.4 from here on.
        newer=Release((("fyne.io/fyne/v2", "v2.8.0"), _GLFW_3_4), (WAYLAND, X11), _WAYLAND_HEADERS, _BOTH),
    ),
    Toolkit(
        "Ebitengine",
        ("github.com/hajimehoshi/ebiten", "github.com/hajimehoshi/ebiten/v2"),
        (X11,),
        ("gcc", "libc6-dev", "libgl1-mesa-dev", *_XORG[1:], "libasound2-dev", "pkg-config"),
        has_sound=True,
    ),
    Toolkit(
        "Gio",
        ("gioui.org/app",),
        (WAYLAND, X11),
        (
            *("gcc", "pkg-config", "libwayland-dev", "libx11-dev", "libx11-xcb-dev", "libxkbcommon-x11-dev"),
            *("libgles2-mesa-dev", "libegl1-mesa-dev", "libffi-dev", "libxcursor-dev", "libvulkan-dev"),
        ),
        {"nowayland": (X11,), "nox11": (WAYLAND,)},
    ),
    Toolkit(
        "Wails",
        ("github.com/wailsapp/wails/v2",),
        (WAYLAND, X11),
        ("build-essential", "pkg-config", "libgtk-3-dev", "libwebkit2gtk-4.1-dev"),
        uses_opengl=False,
        modes=("dev", "production"),
        choice=_GTK,
        older=Release(
            (("github.com/wailsapp/wails/v2", "v2.9.0"),),
            (WAYLAND, X11),
            ("build-essential", "pkg-config", "libgtk-3-dev", "libwebkit2gtk-4.0-dev"),
        ),
    ),
    Toolkit(
        "Wails 3",
        ("github.com/wailsapp/wails/v3/pkg/application",),
        (WAYLAND, X11),
        ("build-essential", "pkg-config", "libgtk-3-dev", "libwebkit2gtk-4.1-dev"),
        uses_opengl=False,
        choice=_GTK,
    ),
    Toolkit("giu", ("github.com/AllenDang/giu",), (X11,), (*_XORG, "libglx-dev", "libgl1-mesa-dev"), _GLFW_TAGS),
    Toolkit(
        "raylib",
        ("github.com/gen2brain/raylib-go/raylib",),
        (X11, WAYLAND),
        ("gcc", "libgl1-mesa-dev", *_XORG, "libwayland-dev", "libxkbcommon-dev"),
        {"x11": (X11,), **_GLFW_TAGS},
        has_sound=True,
        spare=_ONLY_X11,
    ),
    Toolkit(
        "webview",
        ("github.com/webview/webview", "github.com/webview/webview_go"),
        (WAYLAND, X11),
        ("g++", "pkg-config", "libgtk-3-dev", "libwebkit2gtk-4.0-dev"),
        uses_opengl=False,
        choice=_GTK,
    ),
    Toolkit(
        "Qt 5",
        (
            *("github.com/mappu/miqt/qt", "github.com/therecipe/qt/widgets"),
            *("github.com/therecipe/qt/gui", "github.com/therecipe/qt/quick"),
        ),
        (X11, WAYLAND),
        ("build-essential", "pkg-config", "qtbase5-dev"),
        uses_opengl=False,
        choice=_QT,
    ),
    Toolkit(
        "Qt 6",
        ("github.com/mappu/miqt/qt6",),
        (X11, WAYLAND),
        ("build-essential", "pkg-config", "qt6-base-dev"),
        uses_opengl=False,
        choice=_QT,
    ),
    Toolkit(
        "GTK 4",
        ("github.com/diamondburned/gotk4/pkg/gtk/v4", "github.com/diamondburned/gotk4-adwaita/pkg/adw"),
        (WAYLAND, X11),
        ("gcc", "pkg-config", "libgtk-4-dev", "libgirepository1.0-dev"),
        choice=_GTK,
    ),
    Toolkit(
        "GTK 3",
        ("github.com/gotk3/gotk3/gtk", "github.com/diamondburned/gotk4/pkg/gtk/v3"),
        (WAYLAND, X11),
        ("gcc", "pkg-config", "libgtk-3-dev", "libcairo2-dev", "libglib2.0-dev"),
        uses_opengl=False,
        choice=_GTK,
    ),
    Toolkit(
        "Dear ImGui",
        (
            *("github.com/AllenDang/cimgui-go/backend", "github.com/AllenDang/cimgui-go/impl"),
            "github.com/inkyblackness/imgui-go",
        ),
        (X11,),
        ("g++", "libgl1-mesa-dev", *_XORG),
        is_deep=True,
    ),
    Toolkit(
        "SDL 2",
        ("github.com/veandco/go-sdl2/sdl",),
        (X11, WAYLAND),
        ("gcc", "pkg-config", "libsdl2-dev", "libsdl2-image-dev", "libsdl2-mixer-dev", "libsdl2-ttf-dev"),
        has_sound=True,
        choice=_SDL,
    ),
    Toolkit(
        "SDL 3",
        ("github.com/Zyko0/go-sdl3/sdl", "github.com/jupiterrider/purego-sdl3/sdl"),
        (WAYLAND, X11),
        (),
        needs_cgo=False,
        has_sound=True,
        choice="SDL_VIDEO_DRIVER",
    ),
    Toolkit(
        "GLFW",
        ("github.com/go-gl/glfw",),
        (X11,),
        ("gcc", "libgl1-mesa-dev", "xorg-dev"),
        _GLFW_TAGS,
        is_deep=True,
        spare=_ONLY_X11,
        newer=Release((_GLFW_3_4,), (WAYLAND, X11), ("libxkbcommon-dev", *_WAYLAND_HEADERS), _BOTH),
    ),
)

# Distributions from which on there is WebKitGTK 4.1 without 4.0 (package pages of Ubuntu and Debian).
_WITHOUT_WEBKIT_4_0 = {"Ubuntu": (24, 4), "Debian GNU/Linux": (13, 0)}
_RELEASE = pattern(r"([A-Za-z/ ]+?) (\d{1,3})(?:\.(\d{1,3}))?(?![\d])")


def has_webkit_4_0(release: str) -> bool | None:
    """Return whether a distribution, by its name in /etc/os-release, has WebKitGTK 4.0; None if unknown."""
    match = _RELEASE.match(release)
    first = _WITHOUT_WEBKIT_4_0.get(match[1]) if match is not None else None
    return None if match is None or first is None else (int(match[2]), int(match[3] or 0)) < first


# What WSLg sets in a session, `{folder}` being where WSL mounts it: `/mnt/wslg` unless automount.root says otherwise.
DISPLAY_VARIABLES: Mapping[str, Mapping[str, str]] = {
    X11: {"DISPLAY": ":0"},
    WAYLAND: {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "{folder}/runtime-dir"},
}
SOUND_VARIABLES: Mapping[str, str] = {"PULSE_SERVER": "unix:{folder}/PulseServer"}
