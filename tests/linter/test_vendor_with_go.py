"""The rule about `vendor/modules.txt` against the real go command: both find the same differences."""

import random
import re
import shutil
from pathlib import Path

import pytest

from realgo import RealGo
from wslgo.linter.check import check
from wslgo.linter.rules.vendor.out_of_step import differences
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.syntax.go import mod_file, vendor_list
from wslgo.text.source import Source

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("go") is None, reason="needs the go command")]

NAMES = ("example.com/a", "example.com/b", "golang.org/x/c")
VERSIONS = ("v1.0.0", "v1.2.0")
REPLACEMENTS = ("", "../local", "example.com/fork v1.0.0")


def go_mod(choose: random.Random) -> str:
    lines = ["module example.com/m", "go 1.21"]
    for name in NAMES:
        if choose.random() < 0.7:
            lines.append(f"require {name} {choose.choice(VERSIONS)}{choose.choice(('', ' // indirect'))}")
        new = choose.choice(REPLACEMENTS) if choose.random() < 0.4 else ""
        if new:
            lines.append(f"replace {name}{choose.choice(('', ' v1.0.0'))} => {new}")
    return "\n".join(lines) + "\n"


def modules_txt(choose: random.Random, module: str) -> str:
    """Return the list that fits a go.mod, with a few lines changed, lost or added."""
    replaced = dict(re.findall(r"replace (\S+(?: v\S+)?) => (.+)", module))
    lines = []
    for name, version in re.findall(r"require (\S+) (\S+)", module):
        new = replaced.get(f"{name} {version}") or replaced.get(name)
        lines += [f"# {name} {version}" + (f" => {new}" if new else ""), "## explicit; go 1.18", f"{name}/p"]
    lines += [f"# {old} => {new}" for old, new in replaced.items()]
    for _ in range(choose.choice((0, 0, 1, 2))):
        match choose.randrange(5):
            case 0 if lines:
                del lines[choose.randrange(len(lines))]
            case 1:
                lines = [line.replace("v1.0.0", "v1.2.0") if choose.random() < 0.3 else line for line in lines]
            case 2:
                name = choose.choice(NAMES)
                lines += [f"# {name} v1.2.0", "## explicit", f"{name}/p"]
            case 3:
                lines += [f"# {choose.choice(NAMES)} => ../other"]
            case _:
                lines = [line.replace("## explicit; go 1.18", "## go 1.18") for line in lines]
    return choose.choice(("\n", "\r\n")).join(lines) + "\n"


def found(module: str, listed: str) -> list[str]:
    tree, file = vendor_list.parse(Source(listed)), mod_file.parse(Source(module))
    return [difference.name for difference in differences(tree, file)]


def test_the_differences_that_go_reports(tmp_path: Path) -> None:
    go = RealGo(tmp_path)
    (tmp_path / "vendor").mkdir()
    counts = {True: 0, False: 0}
    for seed in range(60):
        choose = random.Random(seed)
        module = go_mod(choose)
        listed = modules_txt(choose, module)
        (tmp_path / "go.mod").write_text(module, encoding="utf-8")
        (tmp_path / "vendor" / "modules.txt").write_text(listed, encoding="utf-8", newline="")
        report = go.run("build", "./...").stderr
        assert "errors parsing go.mod" not in report, report
        is_out = "inconsistent vendoring" in report
        names = {name.partition("@")[0] for name in re.findall(r"\n\t(\S+): is ", report)}
        assert bool(found(module, listed)) == is_out, (seed, module, listed, report)
        assert {name.partition("@")[0] for name in found(module, listed)} == names, (seed, module, listed, report)
        counts[is_out] += 1
    assert min(counts.values()) > 10


def file_of(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text))


@pytest.mark.parametrize("work", ["go 1.21\n\nuse .\n", "go 1.21\n\nuse ./other\n"])
def test_a_module_below_a_go_work_is_not_compared(tmp_path: Path, work: str) -> None:
    module = "module example.com/m\n\ngo 1.21\n\nrequire example.com/a v1.0.0\n"
    go = RealGo(tmp_path)
    (tmp_path / "vendor").mkdir()
    (tmp_path / "other").mkdir()
    for path, text in (("go.mod", module), ("go.work", work), ("vendor/modules.txt", "")):
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "other" / "go.mod").write_text("module example.com/other\n\ngo 1.21\n", encoding="utf-8")
    # With a vendor folder beside it, go compares the list with all modules of the go.work: `go work vendor` writes it.
    report = go.run("build", ".", GOFLAGS="-mod=readonly").stderr
    others = (file_of("go.mod", module), file_of("go.work", work))
    reported = check(file_of("vendor/modules.txt", ""), others=others)
    assert "inconsistent vendoring" not in report
    assert not reported
