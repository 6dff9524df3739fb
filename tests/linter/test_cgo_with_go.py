"""Rules about `#cgo` lines against the real go command: it rejects a line where they have an error, and no other."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from wslgo.linter.check import check
from wslgo.linter.finding import Severity
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source

GO = shutil.which("go")
GCC = shutil.which("gcc")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not GO or not GCC, reason="needs the go command and gcc")]

LINES = (
    *("LDFLAGS: -lm", "LDFLAGS -lm", "LIBS: -lm", " : -lm", "linux LDFLAGS: -lm", "windows LIBS: -lm", "LDFLAGS:-lm"),
    *("LDFLAGS: -L${SRCDIR}/lib -lm", "LDFLAGS: -L${CUDA_HOME}/lib64", "LDFLAGS: $(pkg-config --libs alsa)"),
    *('LDFLAGS: "-lm', "LDFLAGS: -lm\\", 'CFLAGS: -DX=\\"a\\"', "CFLAGS: -DX='a b'", "CFLAGS: -I-foo -I@x"),
    *("CFLAGS: -fno-schedule-insns", "CFLAGS: -malign-double", "CFLAGS: -ffast-math", "CFLAGS: -O3,x", "cflags: -O2"),
    *("LDFLAGS: -Wl,--version-script=a.map", "LDFLAGS: -Wl,-Bstatic -lm -Wl,-Bdynamic", "LDFLAGS: ${SRCDIR}/libx.a"),
    *("LDFLAGS: ./x.obj", "LDFLAGS: x.so.1", "LDFLAGS: -l:libm.a", "LDFLAGS: -Wl,-rpath,$ORIGIN/lib"),
    *("LDFLAGS: -Wl,--whole-archive -lx", "LDFLAGS: -Wl,-z,relro,-z,now", "LDFLAGS: -s -w", "LDFLAGS: -fuse-ld=gold"),
    *("LDFLAGS: -framework Metal", "LDFLAGS: -Xlinker -rpath", "LDFLAGS: -lto_library", "LDFLAGS: -no-pie"),
    *("CFLAGS: -include foo.h -isystem /x", "CFLAGS: -Xclang -x", "CFLAGS: -nostdinc", "CXXFLAGS: -std=c++17"),
    *("CFLAGS: -march=native -mavx2", "CFLAGS: -march=native -mfma", "CPPFLAGS: -DX -UX", "FFLAGS: -O2"),
    *("pkg-config: alsa", "pkg-config: --static alsa", "pkg-config: --foo alsa", "noescape f", "nocallback f g"),
    *("LDFLAGS: -Wl,--push-state,--as-needed -lm", "LDFLAGS: -lstdc++ -ldl", "LDFLAGS: -static-libgcc --static"),
    *("amd64,linux arm64 LDFLAGS: -lm", "(linux&&amd64) LDFLAGS: -lm", 'CFLAGS: "" -DX', "LDFLAGS: `pkg-config x`"),
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what go says about a package with each line; one run with `-n` compiles nothing."""
    folder = tmp_path_factory.mktemp("lines")
    (folder / "go.mod").write_text("module example.com/m\n\ngo 1.21\n")
    return {line: output(folder / f"p{number}", line) for number, line in enumerate(LINES)}


def output(folder: Path, line: str) -> str:
    folder.mkdir()
    (folder / "p.go").write_text(text_with(line))
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOENV": "off", "PKG_CONFIG": "/bin/true"}
    environment |= {"CGO_ENABLED": "1", "GOFLAGS": ""}
    assert GO is not None
    run = subprocess.run([GO, "build", "-n", "."], cwd=folder, env=environment, capture_output=True, text=True)
    return run.stderr if run.returncode else ""


def text_with(line: str) -> str:
    return f'package p\n\n// #cgo {line}\nimport "C"\n\nvar _ C.int\n'


def errors(line: str, end: str = "\n") -> list[str]:
    family = family_of("p.go")
    assert family is not None
    found = check(read("p.go", family, Source(text_with(line).replace("\n", end))))
    return [reported.rule for reported in found if reported.severity is Severity.ERROR]


@pytest.mark.parametrize("line", LINES)
def test_go_rejects_a_line_that_has_an_error_and_no_other(line: str, outputs: dict[str, str]) -> None:
    words = ("invalid #cgo", "malformed #cgo", "invalid flag", "invalid pkg-config")
    assert bool(errors(line)) == any(word in outputs[line] for word in words), outputs[line]
    assert errors(line, "\r\n") == errors(line)
