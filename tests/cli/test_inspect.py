"""`wslgo inspect`: the table, the JSON, exit codes, names that would act on a terminal, a recorded machine."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from commandline import wslgo
from machines import HOSTS
from smallelf import small_elf
from tree import SERVER
from wslgo.machine.probe.binary.build_info import MAGIC

FATBINS = Path(__file__).parents[1] / "machine" / "fatbins"
MODULES = 'path\texample.com/app\nmod\texample.com/app\t(devel)\nbuild\t-gcflags="all=-N -l"\nbuild\tGOOS={system}\n'


def program(tmp_path: Path, go: str = "go1.25.3", system: str = "linux", modules: str = MODULES) -> str:
    """Return a program with the build information of Go and the kernels of nvcc, but nothing to run."""
    framed = bytes(16) + modules.format(system=system).encode() + bytes(16)
    texts = b"".join(bytes((len(text) & 127 | 128, len(text) >> 7)) + text for text in (go.encode(), framed))
    sections = {
        ".go.buildinfo": MAGIC + b"\x08\x02" + bytes(16) + texts,
        ".nv_fatbin": (FATBINS / "zstd.fatbin").read_bytes(),
    }
    (tmp_path / "app").write_bytes(small_elf(sections))
    return "app"


def inspected(*words: str) -> dict[str, Any]:
    code, out, err = wslgo("inspect", "--format", "json", *words, environment={"PATH": ""})
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_object_that_scripts_rely_on(tmp_path: Path) -> None:
    found = inspected(program(tmp_path))
    findings = found.pop("findings")
    assert found == {
        "go": "go1.25.3",
        "dwarf": False,
        "optimized": False,
        "build": {"-gcflags": "all=-N -l", "GOOS": "linux"},
        "needed": [],
        "cuda": {"sm": ["90"], "ptx": ["9.5"], "kernels": ["_Z5scaleIfEvPT_S0_i", "add"]},
    }
    assert [finding["rule"] for finding in findings] == ["binary/no-debug-information", "binary/kernels-out-of-reach"]
    assert set(findings[0]) == {"rule", "severity", "path", "message", "about", "next"}
    assert findings[0]["path"] == "app"


def test_a_recorded_machine_has_the_gpu(tmp_path: Path) -> None:
    host = json.loads((HOSTS / "nvidia-gpu.json").read_text(encoding="utf-8"))
    host["gpu"] |= {"capabilities": ["7.5"], "driver": "551.61"}
    (tmp_path / "host.json").write_text(json.dumps(host), encoding="utf-8")
    found = inspected("--host", "host.json", program(tmp_path))["findings"]
    assert [finding["rule"] for finding in found if finding["severity"] == "error"] == ["binary/cuda-not-for-gpu"]


def test_the_table_and_the_findings(tmp_path: Path) -> None:
    code, out, err = wslgo("inspect", program(tmp_path, system="windows"), environment={"PATH": ""})
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "app"
    assert "  Built by           go1.25.3" in lines
    assert "  Package            example.com/app, module example.com/app (devel)" in lines
    assert "  CUDA code          sm_90, compute_80, PTX 9.5" in lines
    assert any(line.startswith("error: A program for Windows") for line in lines)
    assert "  -> type: GOOS=linux GOARCH=" in out


def test_chinese(tmp_path: Path) -> None:
    code, out, _ = wslgo("inspect", "--lang", "zh", program(tmp_path), environment={"PATH": ""})
    assert code == 0
    assert "构建者" in out
    assert "没有调试信息" in out


def test_the_exit_code_counts_findings_only_on_request(tmp_path: Path) -> None:
    path = program(tmp_path)
    assert wslgo("inspect", "--fail-on", "warning", path, environment={"PATH": ""}).code == 1
    assert wslgo("inspect", "--fail-on", "error", path, environment={"PATH": ""}).code == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"hello", "is not a program"),
        (b"\x7fELF\x02\x01\x01", "is damaged or cut off"),
    ],
)
def test_what_cannot_be_inspected_is_one_line(tmp_path: Path, data: bytes | None, words: str) -> None:
    if data is not None:
        (tmp_path / "app").write_bytes(data)
    code, out, err = wslgo("inspect", "app")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"wslgo: app {words}" in err


def test_folders_devices_and_pipes_are_not_read(tmp_path: Path) -> None:
    subprocess.run(["mkfifo", tmp_path / "pipe"], check=True)
    for path in (str(tmp_path), "/dev/zero", "pipe"):
        assert wslgo("inspect", path).code == 2


def test_names_in_a_program_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    modules = "path\t\x1b]0;owned\x07\nmod\t\u202eexample\t\x1b[2J\nbuild\t-tags=\x1b[31m\n"
    path = program(tmp_path, go="go1.25.3\x1b[1m", modules=modules)
    code, out, _ = wslgo("inspect", path, environment={"PATH": ""})
    assert code == 0
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert json.loads(wslgo("inspect", "--format", "json", path, environment={"PATH": ""}).out)["build"]


def test_passwords_in_build_settings_are_masked(tmp_path: Path) -> None:
    path = program(tmp_path, modules="path\ta.test/a\nbuild\t-ldflags=-X main.url=https://me:secret@a.test\n")
    for words in ((), ("--format", "json")):
        assert "secret" not in wslgo("inspect", *words, path, environment={"PATH": ""}).out


@pytest.mark.parametrize("command", ["check", "env", "parse", "launch", "doctor"])
def test_other_commands_do_not_load_what_reads_programs(command: str) -> None:
    code = f"import sys; sys.path.insert(0, {str(SERVER)!r}); import wslgo.cli.commands.{command}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert not {"elftools", "psutil", "zlib", "wslgo.machine.probe.binary"} & set(done.stdout.split())
