"""The workspace as go's module graph sees it: copies of its go.mod, go.sum and go.work files in a folder of our own.

Only there does go run: it may write its copies, and finds no vendor folder and no file of a version manager. What
`replace` says about local folders leads to copies of their go.mod.
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from wslgo.mirror.pinned import Pinned, Sums, pinned
from wslgo.provision.errors import ProvisionError
from wslgo.syntax.go import mod_file
from wslgo.syntax.go.mod_entry import GoMod, GoWork, Replacement
from wslgo.syntax.go.string_literal import quote
from wslgo.system.errors import reason
from wslgo.system.reader import read_regular
from wslgo.text.message import Message
from wslgo.text.source import Source, decode
from wslgo.text.span import Edit, apply

MALFORMED = Message(en="{path}, line {line}: {words}", zh="{path} 第 {line} 行：{words}")
NOT_READ = Message(en="{path} cannot be read: {words}", zh="无法读取 {path}：{words}")
NO_REPLACEMENT = Message(
    en="{path} replaces {module} with {folder}, where no go.mod can be read: {words}",
    zh="{path} 用 {folder} 替换 {module}，但那里的 go.mod 无法读取：{words}",
)

MOD, SUM, WORK, WORK_SUM = "go.mod", "go.sum", "go.work", "go.work.sum"
_LARGEST = 16 << 20  # bytes of a go.sum


class Root(NamedTuple):
    """A main module or workspace, copied: where go runs, the hashes it brings, and the modules that it requires.

    `work` is the path of its go.work. `versions` are those of Go in its go and toolchain lines.
    """

    folder: Path
    sums: Sums
    required: frozenset[Pinned]
    work: Path | None = None
    versions: tuple[str, ...] = ()


def find(folder: Path, environment: Mapping[str, str]) -> Path | None:
    """Return the go.work or go.mod that go would use in a folder, None without one."""
    chosen = environment.get("GOWORK", "")
    if chosen == "off":
        return _upwards(folder, MOD)
    return Path(chosen) if chosen else _upwards(folder, WORK) or _upwards(folder, MOD)


def copy(path: Path, into: Path) -> Root:
    """Copy a go.mod or go.work, with what it leads to, into a new folder. Raises ProvisionError."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(mode=0o700, parents=True)
    sums = Sums()
    if path.suffix != ".work":
        module = _copy_module(path, into, sums)
        return Root(into, sums, _required(module) | _required_by_locals(into), None, tuple(_versions(module)))
    source = decode(_read(path))
    work = mod_file.parse_work(source)
    _check(path, work, source)
    modules = []
    for number, use in enumerate(work.use):
        inner = into / f"use-{number}"
        inner.mkdir()
        modules.append(_copy_module(path.parent / use.path / MOD, inner, sums))
    (into / WORK).write_text(_work(work, path, into), encoding="utf-8")
    _copy_sums(path.with_name(f"{path.name}.sum"), into / WORK_SUM, sums)
    required = frozenset(found for module in modules for found in _required(module)) | _required_by_locals(into)
    versions = (*_versions(work), *(version for module in modules for version in _versions(module)))
    return Root(into, sums, required, into / WORK, versions)


def of_texts(module: bytes, sums_of_module: bytes, into: Path, origin: str) -> Root:
    """Return a root from the bytes of a go.mod and a go.sum. Raises ProvisionError."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(mode=0o700, parents=True)
    source = decode(module)
    parsed = mod_file.parse(source)
    _check(origin, parsed, source)
    (into / MOD).write_bytes(module)
    (into / SUM).write_bytes(sums_of_module)
    sums = Sums()
    sums.add(sums_of_module.decode("utf-8", "replace"), origin)
    return Root(into, sums, _required(parsed), None, tuple(_versions(parsed)))


def _copy_module(path: Path, into: Path, sums: Sums) -> GoMod:
    source = decode(_read(path))
    module = mod_file.parse(source)
    _check(path, module, source)
    edits = [
        Edit(replacement.new.path_span, f"./{_copy_local(path, replacement, into, number)}")
        for number, replacement in enumerate(module.replace)
        if _is_local(replacement)
    ]
    text = apply(source.text, edits)
    (into / MOD).write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
    _copy_sums(path.with_name(SUM), into / SUM, sums)
    return module


def _copy_local(path: Path, replacement: Replacement, into: Path, number: int) -> str:
    """Copy the go.mod of a local folder; return the name of its folder in `into`. Its own `replace` lines are void."""
    folder = path.parent / replacement.new.path
    name = f"local-{number}"
    try:
        data = read_regular(folder / MOD)
    except OSError as error:
        words = NO_REPLACEMENT(
            path=str(path), module=replacement.old.path, folder=replacement.new.path, words=reason(error)
        )
        raise ProvisionError(words) from error
    (into / name).mkdir()
    (into / name / MOD).write_bytes(data)
    return name


def _work(work: GoWork, path: Path, into: Path) -> str:
    """Return a go.work that leads to the copies."""
    lines = [f"go {work.go.version}"] if work.go is not None else []
    lines += [f"use ./use-{number}" for number in range(len(work.use))]
    for number, replacement in enumerate(work.replace):
        old, new = replacement.old, replacement.new
        target = f"./{_copy_local(path, replacement, into, number)}" if _is_local(replacement) else quote(new.path)
        lines.append(f"replace {quote(old.path)} {old.version} => {target} {new.version}")
    return "".join(f"{line}\n" for line in lines)


def _copy_sums(path: Path, into: Path, sums: Sums) -> None:
    try:
        data = read_regular(path, _LARGEST)
    except FileNotFoundError:
        return
    except OSError as error:
        raise ProvisionError(NOT_READ(path=str(path), words=reason(error))) from error
    into.write_bytes(data)
    sums.add(data.decode("utf-8", "replace"), str(path))


def _is_local(replacement: Replacement) -> bool:
    return not replacement.new.version and mod_file.is_directory(replacement.new.path)


def _required(module: GoMod) -> frozenset[Pinned]:
    """Return what a go.mod requires, as its `replace` lines change it."""
    replaced = {(line.old.path, line.old.version): line for line in module.replace}
    found = set()
    for requirement in module.require:
        path, version = requirement.target.path, requirement.target.version
        line = replaced.get((path, version)) or replaced.get((path, ""))
        if line is None:
            found.add(pinned(path, version))
        elif not _is_local(line):
            found.add(pinned(line.new.path, line.new.version))
    return frozenset(filter(None, found))


def _required_by_locals(into: Path) -> frozenset[Pinned]:
    """Return what the copied local folders require: a go.mod before go 1.17 does not repeat it."""
    locals_ = (mod_file.parse(decode(_read(path))) for path in into.rglob("local-*/go.mod"))
    return frozenset(found for module in locals_ for found in _required(module))


def _versions(module: GoMod | GoWork) -> Iterator[str]:
    if module.go is not None:
        yield module.go.version
    if module.toolchain is not None:
        yield module.toolchain.name.removeprefix("go")


def _check(path: Path | str, file: GoMod | GoWork, source: Source) -> None:
    """Raise ProvisionError for a file that go rejects."""
    for problem in file.problems:
        line = source.text.count("\n", 0, problem.at) + 1
        raise ProvisionError(MALFORMED(path=str(path), line=line, words=problem.message))


def _read(path: Path) -> bytes:
    try:
        return read_regular(path)
    except OSError as error:
        raise ProvisionError(NOT_READ(path=str(path), words=reason(error))) from error


def _upwards(folder: Path, name: str) -> Path | None:
    """Return the nearest file of a name in a folder or above it; go does not stop at a repository."""
    return next((path for path in (above / name for above in (folder, *folder.parents)) if path.is_file()), None)
