"""The C libraries of a workspace: from #cgo lines of its packages, of vendor and of the module cache."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from listing import MemoryListing
from wslgo.golang.c_libraries import libraries
from wslgo.golang.disk import Disk
from wslgo.golang.package import BuildTarget
from wslgo.golang.project import Project
from wslgo.golang.workspace import Library, Workspace
from wslgo.knowledge import c_libraries
from wslgo.knowledge.packages import is_known

GO = shutil.which("go")
MODULE = "module example.com/m\n\ngo 1.21\n\nrequire github.com/Some/dep v1.2.3\n"
MAIN = 'package main\n\nimport _ "github.com/Some/dep/sound"\n\nfunc main() {}\n'
CACHED = "github.com/!some/dep@v1.2.3"


def cgo(lines: str, package: str = "sound") -> str:
    return f'package {package}\n\n// {lines}\nimport "C"\n'


def found(
    texts: Mapping[str, str], cache: "Mapping[str, str] | None" = None, tags: str = ""
) -> list[tuple[str, str, str]]:
    modules = None if cache is None else Project(MemoryListing(dict(cache)))
    target = BuildTarget(tags=frozenset(tags.split()))
    return [tuple(library) for library in libraries(Project(MemoryListing(dict(texts))), modules, target)]


def test_a_package_of_the_workspace() -> None:
    texts = {"go.mod": "module example.com/m\n", "a/a.go": cgo("#cgo pkg-config: vips")}
    assert found(texts) == [("vips", "libvips-dev", "example.com/m")]


def test_a_dependency_in_the_module_cache() -> None:
    cache = {f"{CACHED}/sound/a.go": cgo("#cgo linux pkg-config: alsa")}
    assert found({"go.mod": MODULE, "main.go": MAIN}, cache) == [("alsa", "libasound2-dev", "github.com/Some/dep")]


def test_a_dependency_of_a_dependency_that_go_mod_does_not_list() -> None:
    cache = {
        f"{CACHED}/go.mod": "module github.com/Some/dep\n\nrequire example.org/pcap v0.1.0\n",
        f"{CACHED}/sound/a.go": 'package sound\n\nimport _ "example.org/pcap"\n',
        "example.org/pcap@v0.1.0/pcap.go": cgo("#cgo LDFLAGS: -lpcap", "pcap"),
    }
    assert found({"go.mod": MODULE, "main.go": MAIN}, cache) == [("-lpcap", "libpcap-dev", "example.org/pcap")]


def test_vendor_counts_before_the_module_cache() -> None:
    cache = {f"{CACHED}/sound/a.go": cgo("#cgo pkg-config: alsa")}
    texts = {"go.mod": MODULE, "main.go": MAIN, "vendor/github.com/Some/dep/sound/a.go": cgo("#cgo pkg-config: vips")}
    assert [name for name, _, _ in found(texts, cache)] == ["vips"]


def test_a_replaced_module() -> None:
    local = {"go.mod": f"{MODULE}\nreplace github.com/Some/dep => ./dep\n", "main.go": MAIN}
    texts = {**local, "dep/go.mod": "module github.com/Some/dep\n", "dep/sound/a.go": cgo("#cgo pkg-config: alsa")}
    assert [name for name, _, _ in found(texts)] == ["alsa"]
    other = {"go.mod": f"{MODULE}\nreplace github.com/Some/dep => example.org/fork v0.2.0\n", "main.go": MAIN}
    cache = {"example.org/fork@v0.2.0/sound/a.go": cgo("#cgo pkg-config: opus")}
    assert [name for name, _, _ in found(other, cache)] == ["opus"]


@pytest.mark.parametrize(
    "path", ["github.com/ebitengine/oto/v3", "github.com/hegedustibor/htgo-tts", "github.com/gopxl/beep/v2/speaker"]
)
def test_a_dependency_without_source_is_known_by_its_import(path: str) -> None:
    main = f'package main\n\nimport _ "{path}"\n'
    assert found({"go.mod": "module example.com/m\n", "main.go": main}) == [("alsa", "libasound2-dev", path)]


@pytest.mark.parametrize(
    ("texts", "cache"),
    [
        # Of another system, of a tag that is not set, and of a test.
        ({}, {"sound/a.go": cgo("#cgo windows LDFLAGS: -lpcap")}),
        (
            {},
            {
                "sound/a.go": f"//go:build portaudio\n\n{cgo('#cgo pkg-config: portaudio-2.0')}",
                "sound/b.go": "package sound\n",
            },
        ),
        ({}, {"sound/a_test.go": cgo("#cgo pkg-config: alsa"), "sound/b.go": "package sound\n"}),
        ({}, {"sound/a_windows.go": cgo("#cgo pkg-config: alsa"), "sound/b.go": "package sound\n"}),
        # A package that nothing imports.
        ({}, {"other/a.go": cgo("#cgo pkg-config: alsa", "other"), "sound/b.go": "package sound\n"}),
        # It brings the library along.
        ({}, {"sound/a.go": cgo("#cgo LDFLAGS: -L${SRCDIR}/libs -lzstd")}),
        ({}, {"sound/a.go": cgo("#cgo LDFLAGS: ${SRCDIR}/librdkafka_glibc_linux.a -lz")}),
        # What every compiler brings, and what is unknown.
        ({}, {"sound/a.go": cgo("#cgo LDFLAGS: -lm -lpthread -ldl -lstdc++ -lc -lunknown")}),
        ({}, {"sound/a.go": cgo("#cgo pkg-config: --static unknown-1.0")}),
        # Not cgo.
        ({}, {"sound/a.go": "package sound\n\n// #cgo pkg-config: alsa\n"}),
        ({"main.go": "package main\n\nfunc main() {}\n"}, {"sound/a.go": cgo("#cgo pkg-config: alsa")}),
    ],
)
def test_silent(texts: Mapping[str, str], cache: Mapping[str, str]) -> None:
    inside = {f"{CACHED}/{path}": text for path, text in cache.items()}
    assert not found({"go.mod": MODULE, "main.go": MAIN, **texts}, inside)


def test_a_tag_chooses_the_file() -> None:
    cache = {
        f"{CACHED}/sound/a.go": f"//go:build !portaudio\n\n{cgo('#cgo pkg-config: alsa')}",
        f"{CACHED}/sound/b.go": f"//go:build portaudio\n\n{cgo('#cgo pkg-config: portaudio-2.0')}",
    }
    texts = {"go.mod": MODULE, "main.go": MAIN}
    assert [name for name, _, _ in found(texts, cache)] == ["alsa"]
    assert [name for name, _, _ in found(texts, cache, "portaudio")] == ["portaudio-2.0"]


def test_a_folder_of_the_system_is_where_the_linker_looks_anyway() -> None:
    cache = {f"{CACHED}/sound/a.go": cgo("#cgo linux LDFLAGS: -L/usr/src -lm -lX11 -lXtst")}
    assert [name for name, _, _ in found({"go.mod": MODULE, "main.go": MAIN}, cache)] == ["-lX11", "-lXtst"]


def test_packages_of_a_toolkit_are_not_named_twice() -> None:
    library = Library("-lX11", "libx11-dev", "github.com/go-gl/glfw")
    fyne = Workspace(toolkits=("Fyne",), packages=("xorg-dev", "libgl1-mesa-dev"), c_libraries=(library,))
    assert not fyne.missing_c_libraries(())
    assert fyne._replace(packages=()).missing_c_libraries(()) == (library,)


def test_each_name_of_an_import_has_a_package_that_is_asked_about() -> None:
    packages = {c_libraries.package_of(name) for names in c_libraries.IMPORTS.values() for name in names}
    assert all(map(is_known, packages))


@pytest.mark.slow
@pytest.mark.skipif(GO is None, reason="needs the go command")
def test_the_real_go_names_the_same(tmp_path: Path) -> None:
    files = {
        "go.mod": MODULE,
        "main.go": MAIN,
        "vendor/modules.txt": "# github.com/Some/dep v1.2.3\n## explicit\ngithub.com/Some/dep/sound\n",
        "vendor/github.com/Some/dep/sound/a.go": cgo(
            "#cgo linux,!nosound pkg-config: alsa\n// #cgo windows LDFLAGS: -lole32"
        ),
        "vendor/github.com/Some/dep/sound/b_linux.go": cgo("#cgo LDFLAGS: -lpcap -lzstd"),
        "vendor/github.com/Some/dep/sound/c.go": f"//go:build vips\n\n{cgo('#cgo pkg-config: vips')}",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    environment = {
        **os.environ,
        "GOTOOLCHAIN": "local",
        "GOENV": "off",
        "GOFLAGS": "",
        "GOPROXY": "off",
        "CGO_ENABLED": "1",
    }
    for tags in ("", "vips", "nosound", "nosound,vips"):
        command = [str(GO), "list", "-e", "-deps", "-tags", tags, "-f", "{{.CgoPkgConfig}}{{.CgoLDFLAGS}}", "."]
        ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        words = set(ran.stdout.replace("[", " ").replace("]", " ").split())
        target = BuildTarget(tags=frozenset(tags.split(",")))
        found_here = {library.name for library in libraries(Project(Disk(str(tmp_path))), None, target)}
        assert found_here == {word for word in words if c_libraries.package_of(word)}
