"""Programs as `wslgo inspect` reads them: real ones of the go command and of gcc, and hostile ones."""

import os
import random
import re
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from frontdoor import dev
from smallelf import small_elf
from wslgo.machine.binary import DEPENDENCIES, OPTIMIZED, UNOPTIMIZED, Binary, Library
from wslgo.machine.probe.binary import DAMAGED, NOT_A_PROGRAM, read_binary
from wslgo.system.this_machine import ThisMachine
from wslgo.text.message import Text

# Without packages of the standard library, which would have to be built for each system and each set of flags.
MAIN = 'package main\n\nfunc main() { println("hi") }\n'
C = 'package main\n\n// int twice(int x) { return 2 * x; }\nimport "C"\n\nfunc main() { println(C.twice(2)) }\n'


def inspected(path: Path, library_path: str = "") -> Binary:
    found = read_binary(str(path), ThisMachine(), library_path)
    assert isinstance(found, Binary)
    return found


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("module")
    (folder / "go.mod").write_text("module example.com/app\n\ngo 1.24\n", encoding="utf-8")
    (folder / "main.go").write_text(MAIN, encoding="utf-8")
    (folder / "c").mkdir()
    (folder / "c/main.go").write_text(C, encoding="utf-8")
    return folder


def build(module: Path, *words: str, **variables: str) -> Path:
    """Return what the real go command builds; a permanent cache, because `all=` rebuilds the standard library."""
    out = module / f"app{len(list(module.iterdir()))}"
    kept = {name: os.environ[name] for name in ("PATH", "HOME")}
    own = {"GOCACHE": str(dev.CACHE / "go-build"), "GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false", "GOENV": "off"}
    words = words if any(word.startswith("./") for word in words) else (*words, ".")
    subprocess.run(["go", "build", "-o", out, *words], cwd=module, env={**kept, **own, **variables}, check=True)
    return out


# What the go command builds


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "dwarf", "optimized"),
    [
        ((), True, OPTIMIZED),
        (("-gcflags=all=-N -l",), True, UNOPTIMIZED),
        (("-gcflags=-N -l",), True, DEPENDENCIES),
        (("-gcflags=all=-N -l", "-ldflags=-compressdwarf=false"), True, UNOPTIMIZED),
        (("-gcflags=all=-N -l", "-ldflags=-s -w"), False, UNOPTIMIZED),
        (("-ldflags=-w",), False, OPTIMIZED),
    ],
)
def test_debug_information_and_optimization(module: Path, words: tuple[str, ...], dwarf: bool, optimized: str) -> None:
    found = inspected(build(module, *words))
    assert (found.dwarf, found.optimized) == (dwarf, optimized)
    assert found.needed == ()


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("-gcflags=all=-N -l", "-tags=a,b"), ("-trimpath", "-ldflags=-X 'main.a=b c'")])
def test_the_build_settings_are_those_of_go_version(module: Path, words: tuple[str, ...]) -> None:
    path = build(module, *words)
    said = subprocess.run(["go", "version", "-m", path], capture_output=True, text=True, check=True).stdout
    found = inspected(path)
    first, *lines = said.splitlines()
    assert first == f"{path}: {found.go}"
    assert f"\tpath\t{found.package}" in lines
    quoted = [line.removeprefix("\tbuild\t") for line in lines if line.startswith("\tbuild\t")]
    printed = [re.sub(r'="(.*)"\Z', lambda value: "=" + value[1].replace('\\"', '"'), line) for line in quoted]
    assert [f"{setting.name}={setting.value}" for setting in found.settings] == printed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("system", "processor"),
    [("windows", "amd64"), ("darwin", "arm64"), ("freebsd", "amd64"), ("linux", "arm64")],
)
def test_programs_of_other_systems_and_processors(module: Path, system: str, processor: str) -> None:
    found = inspected(build(module, GOOS=system, GOARCH=processor, CGO_ENABLED="0"))
    assert (found.system, found.processor) == (system, processor)
    assert found.go is not None
    assert found.package == "example.com/app"


@pytest.mark.slow
def test_c_code_is_optimized_unless_cgo_is_told_otherwise(module: Path) -> None:
    assert inspected(build(module, "./c", CGO_ENABLED="1")).is_c_optimized is True
    found = inspected(build(module, "-gcflags=all=-N -l", "./c", CGO_ENABLED="1", CGO_CFLAGS="-O0 -g"))
    assert (found.is_c_optimized, found.optimized) == (False, UNOPTIMIZED)
    assert inspected(build(module, "-trimpath", "./c", CGO_ENABLED="1")).is_c_optimized is None
    split = inspected(build(module, "./c", CGO_ENABLED="1", CGO_CFLAGS="-O0 -g -gsplit-dwarf"))
    assert (split.dwarf, split.has_split_dwarf) == (True, True)


@pytest.mark.slow
def test_a_separate_file_with_debug_information_is_found(module: Path) -> None:
    path = build(module)
    assert inspected(path).has_split_dwarf is False
    kept = path.with_suffix(".debug")
    subprocess.run(["objcopy", "--only-keep-debug", path, kept], check=True)
    subprocess.run(["strip", "--strip-debug", path], check=True)
    assert inspected(path).dwarf is False
    subprocess.run(["objcopy", f"--add-gnu-debuglink={kept}", path], check=True)
    found = inspected(path)
    assert (found.dwarf, found.debug_file) == (True, str(kept))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("objcopy") is None, reason="binutils are missing")
@pytest.mark.parametrize("kind", ["zlib", "zlib-gnu", "none"])
def test_compressed_debug_information_of_c(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.c").write_text("int main(void) { return 0; }\n", encoding="utf-8")
    subprocess.run(["gcc", "-g", f"-gz={kind}", "-o", tmp_path / "a", tmp_path / "a.c"], check=True)
    found = inspected(tmp_path / "a")
    assert (found.go, found.dwarf, found.has_split_dwarf) == (None, True, False)


@pytest.mark.slow
def test_debug_information_that_zstd_compressed(module: Path) -> None:
    path = build(module, "-gcflags=all=-N -l")
    done = subprocess.run(["objcopy", "--compress-debug-sections=zstd", path], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this objcopy has no zstd")
    found = inspected(path)
    assert (found.dwarf, found.optimized, found.has_split_dwarf) == (True, UNOPTIMIZED, False)


# Libraries


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("libraries")
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    (folder / "a.c").write_text("int f(void) { return 1; }\n", encoding="utf-8")
    (folder / "main.c").write_text("int f(void); int main(void) { return f(); }\n", encoding="utf-8")
    for place in ("one", "two"):
        words = ["gcc", "-shared", "-o", folder / place / "libf.so", "-Wl,-soname,libf.so", folder / "a.c"]
        subprocess.run(words, check=True)
    return folder


def linked(folder: Path, *words: str) -> Path:
    out = folder / f"app{len(list(folder.iterdir()))}"
    subprocess.run(["gcc", "-o", out, folder / "main.c", f"-L{folder}/one", "-lf", *words], check=True)
    return out


def library(binary: Binary) -> str | None:
    return next(library.found for library in binary.needed if library.name == "libf.so")


@pytest.mark.slow
def test_libraries_are_found_where_the_loader_finds_them(libraries: Path) -> None:
    plain = linked(libraries)
    assert library(inspected(plain)) is None
    assert library(inspected(plain, f"{libraries}/two")) == f"{libraries}/two/libf.so"
    runpath = linked(libraries, f"-Wl,--enable-new-dtags,-rpath,{libraries}/one")
    assert library(inspected(runpath)) == f"{libraries}/one/libf.so"
    assert library(inspected(runpath, f"{libraries}/two")) == f"{libraries}/two/libf.so"
    rpath = linked(libraries, f"-Wl,--disable-new-dtags,-rpath,{libraries}/one")
    assert library(inspected(rpath, f"{libraries}/two")) == f"{libraries}/one/libf.so"
    origin = linked(libraries, "-Wl,-rpath,$ORIGIN/two")
    assert library(inspected(origin)) == f"{libraries}/two/libf.so"


@pytest.mark.slow
def test_the_search_agrees_with_the_real_loader(libraries: Path) -> None:
    path = linked(libraries, "-lm", "-lpthread", f"-Wl,-rpath,{libraries}/one", "-Wl,--no-as-needed")
    said = subprocess.run(["ldd", path], capture_output=True, text=True, check=True).stdout
    real = dict(re.findall(r"(\S+) => (/\S+)", said))
    found = {library.name: library.found for library in inspected(path).needed}
    assert found
    assert found == {name: real[name] for name in found}


@pytest.mark.slow
def test_what_libraries_need_is_searched_as_the_loader_does(libraries: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "h.c").write_text("int h(void) { return 1; }\n", encoding="utf-8")
    (tmp_path / "g.c").write_text("int h(void); int g(void) { return h(); }\n", encoding="utf-8")
    (tmp_path / "main.c").write_text("int g(void); int main(void) { return g(); }\n", encoding="utf-8")
    shared = ["gcc", "-shared", "-fPIC"]
    subprocess.run([*shared, "-o", tmp_path / "far/libh.so", "-Wl,-soname,libh.so", tmp_path / "h.c"], check=True)
    chain = [f"-L{tmp_path}/far", "-lh"]
    words = [*shared, "-o", tmp_path / "libg.so", "-Wl,-soname,libg.so", tmp_path / "g.c", *chain]
    subprocess.run(words, check=True)
    flags = [f"-L{tmp_path}", "-lg", "-Wl,--allow-shlib-undefined"]
    for dtags, places, expected in (
        ("--enable-new-dtags", f"{tmp_path}", ("libh.so",)),
        ("--enable-new-dtags", f"{tmp_path}:{tmp_path}/far", ("libh.so",)),  # a RUNPATH is not inherited
        ("--disable-new-dtags", f"{tmp_path}:$ORIGIN/far", ()),
    ):
        path = tmp_path / "app"
        rpath = [f"-Wl,{dtags}", f"-Wl,-rpath,{places}"]
        subprocess.run(["gcc", "-o", path, tmp_path / "main.c", *flags, *rpath], check=True)
        said = subprocess.run(["ldd", path], capture_output=True, text=True, check=False).stdout
        assert tuple(re.findall(r"(\S+) => not found", said)) == expected
        assert tuple(dependency.name for dependency in inspected(path).missing) == expected
        assert inspected(path, f"{tmp_path}/far").missing == ()


@pytest.mark.slow
def test_a_library_for_another_processor_is_passed_over(tmp_path: Path, libraries: Path) -> None:
    (tmp_path / "libf.so").write_bytes(small_elf({".text": b""}, machine=183))
    path = linked(libraries)
    assert library(inspected(path, f"{tmp_path}:{libraries}/one")) == f"{libraries}/one/libf.so"


def test_the_loader_itself() -> None:
    found = inspected(Path(shutil.which("sh") or "/bin/sh"))
    assert found.loader is None or found.loader == Library(found.loader.name, found.loader.name)


# Files that are not what they seem


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", NOT_A_PROGRAM),
        (b"#!/bin/sh\n", NOT_A_PROGRAM),
        (b"MZ", NOT_A_PROGRAM),
        (b"MZ" + b"\xff" * 100, NOT_A_PROGRAM),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x41" + bytes(100), NOT_A_PROGRAM),  # a class of Java
        (b"\x7fELF", DAMAGED),
        (b"\x7fELF\x02\x01\x01" + b"\xff" * 57, DAMAGED),
        (small_elf({".text": b"x"})[:100], DAMAGED),
    ],
)
def test_other_files_are_named(tmp_path: Path, data: bytes, expected: Text) -> None:
    (tmp_path / "app").write_bytes(data)
    assert read_binary(str(tmp_path / "app"), ThisMachine()) == expected()


@pytest.mark.slow
def test_a_bomb_in_compressed_debug_information_is_read_up_to_a_limit(tmp_path: Path) -> None:
    packer, bomb = zlib.compressobj(1), b""
    for _ in range(150):
        bomb += packer.compress(bytes(1 << 20))
    header = struct.pack("<IIQQ", 1, 0, 1 << 62, 1)
    sections = {".debug_info": header + bomb + packer.flush(), ".debug_abbrev": header + zlib.compress(b"\0")}
    (tmp_path / "app").write_bytes(small_elf(sections, flags=0x800))
    assert inspected(tmp_path / "app").optimized is None


def test_a_table_of_sections_without_end_is_not_read(tmp_path: Path) -> None:
    data = bytearray(small_elf({".text": b"x" * 100_000}))
    struct.pack_into("<H", data, 60, 0)  # the number is in the first section
    (start,) = struct.unpack_from("<Q", data, 40)
    struct.pack_into("<Q", data, start + 32, 1 << 60)
    (tmp_path / "app").write_bytes(data)
    assert read_binary(str(tmp_path / "app"), ThisMachine()) == DAMAGED()


@pytest.mark.slow
def test_no_damage_raises(tmp_path: Path) -> None:
    chance, whole = random.Random(7), Path("/proc/self/exe").resolve().read_bytes()[: 1 << 20]
    honest = [small_elf({".go.buildinfo": bytes(64), ".debug_info": bytes(50), ".debug_abbrev": bytes(9)}), whole]
    for _ in range(80):
        data = bytearray(chance.choice(honest))
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(min(len(data), 5000))] = chance.choice((0, 127, 255, chance.randrange(256)))
        (tmp_path / "app").write_bytes(data[: chance.randrange(len(data)) if chance.random() < 0.3 else None])
        read_binary(str(tmp_path / "app"), ThisMachine())
