"""The GUI toolkit a program imports, and what it needs from the session."""

import pytest

from listing import MemoryListing
from wslgo.golang.package import DEFAULT_TARGET
from wslgo.golang.project import Project
from wslgo.golang.uses.gui import displays, tags_needed, toolkit_of, variables
from wslgo.knowledge import gui
from wslgo.knowledge.gui import has_webkit_4_0

MODULE = "module a.test/x\n"


def program(*imports: str) -> str:
    return "package main\n\nimport (\n" + "".join(f'\t"{path}"\n' for path in imports) + ")\n\nfunc main() {}\n"


def toolkit(texts: dict[str, str], folder: str = "") -> str | None:
    project = Project(MemoryListing({"go.mod": MODULE, **texts}))
    package = project.package(folder)
    assert package is not None
    found = toolkit_of(project, package, package.files)
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
def test_imports_without_windows_are_not_toolkits(path: str) -> None:
    assert toolkit({"main.go": program(path)}) is None


def test_imports_are_followed_within_the_workspace_only() -> None:
    ui = program("gioui.org/app").replace("package main", "package ui")
    assert toolkit({"main.go": program("a.test/x/ui"), "ui/a.go": ui}) == "Gio"
    assert toolkit({"main.go": program("b.test/y/ui"), "ui/a.go": ui}) is None
    assert toolkit({"main.go": program("fmt"), "ui/a.go": ui}) is None


def test_an_import_in_a_test_does_not_count() -> None:
    assert toolkit({"main.go": program("fmt"), "main_test.go": program("fyne.io/fyne/v2/app")}) is None


def test_a_toolkit_takes_precedence_over_the_one_below_it() -> None:
    paths = ("github.com/go-gl/glfw/v3.3/glfw", "fyne.io/fyne/v2/app")
    assert toolkit({"main.go": program(*paths)}) == "Fyne"


def test_tags_choose_the_display_servers_of_a_toolkit() -> None:
    fyne, gio = (next(toolkit for toolkit in gui.TOOLKITS if toolkit.name == name) for name in ("Fyne", "Gio"))
    assert displays(fyne, DEFAULT_TARGET) == ("x11",)
    assert displays(fyne, DEFAULT_TARGET._replace(tags=frozenset({"wayland"}))) == ("wayland",)
    assert displays(gio, DEFAULT_TARGET) == ("wayland", "x11")
    assert displays(gio, DEFAULT_TARGET._replace(tags=frozenset({"nowayland"}))) == ("x11",)


def test_wails_needs_a_mode_unless_one_is_set() -> None:
    wails, fyne = (next(toolkit for toolkit in gui.TOOLKITS if toolkit.name == name) for name in ("Wails", "Fyne"))
    assert tags_needed(wails, DEFAULT_TARGET) == ("dev",)
    assert tags_needed(wails, DEFAULT_TARGET._replace(tags=frozenset({"production"}))) == ()
    assert tags_needed(fyne, DEFAULT_TARGET) == ()


def test_the_variables_depend_on_the_mount_point_of_wslg() -> None:
    ebiten, gio = (next(toolkit for toolkit in gui.TOOLKITS if toolkit.name == name) for name in ("Ebitengine", "Gio"))
    assert variables(ebiten, DEFAULT_TARGET, "/mnt/wslg") == {
        "DISPLAY": ":0",
        "PULSE_SERVER": "unix:/mnt/wslg/PulseServer",
    }
    assert variables(gio, DEFAULT_TARGET, "/w/wslg")["XDG_RUNTIME_DIR"] == "/w/wslg/runtime-dir"


def test_names_and_imports_of_toolkits_are_unique() -> None:
    imports = [path for toolkit in gui.TOOLKITS for path in toolkit.imports]
    assert len(imports) == len(set(imports))
    assert len(gui.TOOLKITS) == len({toolkit.name for toolkit in gui.TOOLKITS})
    assert all(display in ("x11", "wayland") for toolkit in gui.TOOLKITS for display in toolkit.displays)


@pytest.mark.parametrize(
    ("release", "has_it"),
    [
        ("Ubuntu 22.04.5 LTS", True),
        ("Ubuntu 24.04.3 LTS", False),
        ("Ubuntu 26.04 LTS", False),
        ("Debian GNU/Linux 12 (bookworm)", True),
        ("Debian GNU/Linux 13 (trixie)", False),
        ("Fedora Linux 42", None),
        ("", None),
    ],
)
def test_distributions_that_have_only_webkit_4_1(release: str, has_it: "bool | None") -> None:
    assert has_webkit_4_0(release) is has_it
