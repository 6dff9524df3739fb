"""Which toolkit a program opens windows with, and what it needs for that."""

import pytest

from wslgo.golang.project import DEFAULT, Project, Texts
from wslgo.golang.uses import gui as gogui
from wslgo.knowledge import gui

MODULE = "module a.test/x\n"


def program(*imports: str) -> str:
    return "package main\n\nimport (\n" + "".join(f'\t"{path}"\n' for path in imports) + ")\n\nfunc main() {}\n"


def toolkit(texts: dict[str, str], folder: str = "") -> str | None:
    project = Project(Texts({"go.mod": MODULE, **texts}))
    package = project.package(folder)
    assert package is not None
    found = gogui.toolkit_of(project, package, package.files)
    if found is None:
        return None
    assert project.text(found.path)[slice(*found.span)] == f'"{found.what}"'
    return found.toolkit.name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("fyne.io/fyne/v2/app", "Fyne"),
        ("github.com/hajimehoshi/ebiten/v2", "Ebitengine"),
        ("gioui.org/app", "Gio"),
        ("github.com/wailsapp/wails/v2", "Wails"),
        ("github.com/wailsapp/wails/v3/pkg/application", "Wails 3"),
        ("github.com/go-gl/glfw/v3.3/glfw", "GLFW"),
        ("github.com/veandco/go-sdl2/sdl", "SDL 2"),
        ("github.com/gotk3/gotk3/gtk", "GTK 3"),
        ("github.com/diamondburned/gotk4/pkg/gtk/v4", "GTK 4"),
        ("github.com/mappu/miqt/qt6", "Qt 6"),
        ("github.com/therecipe/qt/widgets", "Qt 5"),
        ("github.com/gen2brain/raylib-go/raylib", "raylib"),
        ("github.com/AllenDang/giu", "giu"),
        ("github.com/AllenDang/cimgui-go/backend/glfwbackend", "Dear ImGui"),
        ("github.com/webview/webview_go", "webview"),
    ],
)
def test_a_program_opens_windows_with_what_it_imports(path: str, name: str) -> None:
    assert toolkit({"main.go": program("fmt", path)}) == name


@pytest.mark.parametrize(
    "path",
    [
        "fyne.io/fyne/v2",  # its own command line bundles resources with it
        "github.com/hajimehoshi/ebiten/v2/audio/wav",
        "github.com/hajimehoshi/ebitenmobile",
        "gioui.org/f32",
        "github.com/lxn/walk",  # Windows only
        "github.com/therecipe/qt/core",
        "github.com/go-gl/gl/v3.3-core/gl",
        "github.com/veandco/go-sdl2-clone/sdl",
    ],
)
def test_what_opens_no_window_is_no_toolkit(path: str) -> None:
    assert toolkit({"main.go": program(path)}) is None


def test_imports_are_followed_within_the_workspace_only() -> None:
    ui = program("gioui.org/app").replace("package main", "package ui")
    assert toolkit({"main.go": program("a.test/x/ui"), "ui/a.go": ui}) == "Gio"
    assert toolkit({"main.go": program("b.test/y/ui"), "ui/a.go": ui}) is None
    assert toolkit({"main.go": program("fmt"), "ui/a.go": ui}) is None


def test_a_test_that_opens_windows_makes_no_gui_program() -> None:
    assert toolkit({"main.go": program("fmt"), "main_test.go": program("fyne.io/fyne/v2/app")}) is None


def test_the_toolkit_counts_more_than_what_it_is_built_on() -> None:
    paths = ("github.com/go-gl/glfw/v3.3/glfw", "fyne.io/fyne/v2/app")
    assert toolkit({"main.go": program(*paths)}) == "Fyne"


def test_tags_choose_what_a_toolkit_talks_to() -> None:
    fyne, gio = (next(one for one in gui.TOOLKITS if one.name == name) for name in ("Fyne", "Gio"))
    assert gogui.displays(fyne, DEFAULT) == ("x11",)
    assert gogui.displays(fyne, DEFAULT._replace(tags=frozenset({"wayland"}))) == ("wayland",)
    assert gogui.displays(gio, DEFAULT) == ("wayland", "x11")
    assert gogui.displays(gio, DEFAULT._replace(tags=frozenset({"nowayland"}))) == ("x11",)


def test_wails_needs_a_mode_unless_one_is_set() -> None:
    wails, fyne = (next(one for one in gui.TOOLKITS if one.name == name) for name in ("Wails", "Fyne"))
    assert gogui.tags_needed(wails, DEFAULT) == ("dev",)
    assert gogui.tags_needed(wails, DEFAULT._replace(tags=frozenset({"production"}))) == ()
    assert gogui.tags_needed(fyne, DEFAULT) == ()


def test_the_variables_are_those_of_wslg_where_it_is_mounted() -> None:
    ebiten, gio = (next(one for one in gui.TOOLKITS if one.name == name) for name in ("Ebitengine", "Gio"))
    assert gogui.variables(ebiten, DEFAULT, "/mnt/wslg") == {
        "DISPLAY": ":0",
        "PULSE_SERVER": "unix:/mnt/wslg/PulseServer",
    }
    assert gogui.variables(gio, DEFAULT, "/w/wslg")["XDG_RUNTIME_DIR"] == "/w/wslg/runtime-dir"


def test_no_toolkit_has_two_names_and_no_import_two_toolkits() -> None:
    imports = [path for one in gui.TOOLKITS for path in one.imports]
    assert len(imports) == len(set(imports))
    assert len(gui.TOOLKITS) == len({one.name for one in gui.TOOLKITS})
    assert all(one in ("x11", "wayland") for toolkit in gui.TOOLKITS for one in toolkit.displays)
