"""`-lcuda` on WSL, really linked: the build fails where the rule has a finding, and succeeds after its fix.

A small library stands for the driver, in a folder that stands for the root of the machine.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from machines import Tree, tree_of
from wslgo.golang.disk import project_of
from wslgo.linter.check import check
from wslgo.linter.fix import source_after
from wslgo.machine.host import DEFAULT, Host, Variable
from wslgo.machine.probe import probe
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source

GO, GCC = shutil.which("go"), shutil.which("gcc")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not GO or not GCC, reason="needs the go command and gcc")]

RULE = "cgo/library-not-linked"
DRIVER = "/usr/lib/wsl/lib"
MAIN = """package main

/*
{lines}
unsigned cuInit(unsigned flags);
*/
import "C"

func main() {{ println(C.cuInit(0)) }}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a machine with the driver of WSL, and a toolkit that has it only as a stub."""
    folder = tmp_path_factory.mktemp("machine")
    tree_of("A machine.\n-- /usr/local/cuda/bin/ --\n", folder)
    root = folder / "root"
    for path in (DRIVER, "/usr/local/cuda/lib64/stubs"):
        place = root / path.lstrip("/")
        place.mkdir(parents=True)
        source = place / "cuda.c"
        source.write_text("unsigned cuInit(unsigned flags) { return flags; }\n")
        assert GCC is not None
        subprocess.run([GCC, "-shared", "-fPIC", "-o", place / "libcuda.so", source], check=True)
    return root


def host(root: Path, flags: str) -> Host:
    known = probe(Tree(str(root), {}), frozenset(("c_folders",)))
    return known._replace(go_variables=(Variable("CGO_LDFLAGS", flags, DEFAULT),))


def error_of_build(folder: Path, root: Path, flags: str) -> str:
    """Build with the folders of the machine below its root."""
    main = folder / "main.go"
    text = main.read_text()
    main.write_text(text.replace("-L/", f"-L{root}/"))
    environment = {**os.environ, "CGO_ENABLED": "1", "GOFLAGS": "", "GOENV": "off", "LIBRARY_PATH": ""}
    environment |= {"GOTOOLCHAIN": "local", "GOPROXY": "off", "CGO_LDFLAGS": flags.replace("-L/", f"-L{root}/")}
    assert GO is not None
    run = subprocess.run(
        [GO, "build", "-o", "/dev/null", "."], cwd=folder, env=environment, capture_output=True, text=True
    )
    main.write_text(text)
    return run.stderr if run.returncode else ""


@pytest.mark.parametrize(
    ("lines", "flags", "is_linked"),
    [
        ("#cgo LDFLAGS: -lcuda", "-O2 -g", False),
        ("#cgo LDFLAGS: -L/usr/local/cuda/lib64 -lcuda", "-O2 -g", False),
        ("#cgo linux,amd64 linux,arm64 LDFLAGS: -L/usr/local/cuda/lib64 \\t-lcuda", "-O2 -g", False),
        ("#cgo LDFLAGS: -L/usr/lib/wsl/lib -lcuda", "-O2 -g", True),
        ("#cgo LDFLAGS: -lcuda\n#cgo LDFLAGS: -L/usr/local/cuda/lib64/stubs/", "-O2 -g", True),
        ("#cgo LDFLAGS: -lcuda", "-O2 -g -L/usr/lib/wsl/lib", True),
        ("#cgo LDFLAGS: -lcuda", "-O2 -g -L/usr/local/cuda/lib64", False),
    ],
)
def test_the_linker_fails_where_there_is_a_finding(
    lines: str, flags: str, is_linked: bool, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "go.mod").write_text("module example.com/gpu\n\ngo 1.21\n")
    main = tmp_path / "main.go"
    main.write_text(MAIN.format(lines=lines.replace("\\t", "\t")))
    error = error_of_build(tmp_path, root, flags)
    assert ("cuda" in error) is not is_linked, error

    family = family_of("main.go")
    assert family is not None
    file = read(str(main), family, Source(main.read_text()), str(main))
    project = project_of(str(tmp_path / ".vscode/launch.json"))
    found = [each for each in check(file, host=host(root, flags), project=project) if each.rule == RULE]
    assert bool(found) is not is_linked
    for reported in found:
        main.write_text(source_after(file.source, reported.finding.fixes[:1]).text)
        assert not error_of_build(tmp_path, root, flags)
