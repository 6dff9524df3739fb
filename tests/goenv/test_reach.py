"""The module that reports problems of its environment."""

import pytest

from govariables import BAD, MODULE, bashrc, broken_environment, file, goenv, module, settings
from wslgo.linter.check import check
from wslgo.linter.finding import Severity
from wslgo.linter.settings import Settings
from wslgo.machine.host import Host, Mount, Variable


def test_the_finding_at_the_module_line_links_to_the_assignment() -> None:
    [one] = broken_environment(module(), bashrc())
    assert one.severity is Severity.WARNING
    assert "module example.com/m"[slice(*one.finding.span)] == "module example.com/m"
    [place] = one.finding.related
    assert (place.path, BAD[7:]) == (".bashrc", bashrc().source.text[slice(*place.span)])
    assert {edit.path for fix in one.finding.fixes for edit in fix.edits} == {".bashrc"}


def test_of_several_problems_only_the_most_severe_is_reported() -> None:
    shell = file(".bashrc", f"export GOPROXY={BAD}\nexport GOCACHE=rel\nexport GO111MODULE=on\n")
    [one] = broken_environment(module(), shell, goenv("a.test,bogus"))
    assert "GOCACHE" in one.finding.message.render()


HARMFUL = {
    "GOSUMDB": "sum.golang.org+https://sum.golang.org",
    "GOPROXY": "direct,https://goproxy.cn",
    "GOCACHE": "/win/c/cache",
    "GOMODCACHE": "/win/c/mod",
    "GOTMPDIR": "/win/c/tmp",
    "GOPATH": "/win/c/go",
}


@pytest.mark.parametrize("lines", [[*HARMFUL], [*reversed(HARMFUL)]], ids=["in order", "backwards"])
def test_the_most_harmful_problem_is_reported_first(lines: list[str]) -> None:
    host = Host(home="/home/me", mounts=(Mount("/", "ext4"), Mount("/win/c", "9p", windows="C:\\")))
    order = []
    while lines:
        shell = file("/home/me/.bashrc", "".join(f"export {name}={HARMFUL[name]}\n" for name in lines))
        [one] = broken_environment(module("/ws/go.mod"), shell, host=host)
        [place] = one.finding.related
        order.append(lines[shell.source.text.count("\n", 0, place.span.start)])
        lines = [name for name in lines if name != order[-1]]
    assert order == [*HARMFUL]


def test_a_hint_does_not_break_an_environment() -> None:
    assert not broken_environment(module(), file(".bashrc", "export GO111MODULE=on\n"))


def test_one_module_reports_for_all() -> None:
    modules = (module("go.mod"), module("a/go.mod"), module("b/c/go.mod"))
    others = (*modules, bashrc())
    assert [bool(broken_environment(root, *others)) for root in modules] == [True, False, False]
    [one] = broken_environment(modules[0], *others)
    assert "3 modules" in one.finding.message.render()


def test_without_a_root_module_the_first_module_reports() -> None:
    modules = (module("b/go.mod"), module("a/go.mod"))
    assert [bool(broken_environment(root, *modules, bashrc())) for root in modules] == [False, True]


def test_settings_of_a_folder_affect_its_modules() -> None:
    here, there = module("a/go.mod"), module("b/go.mod")
    others = (here, there, settings(BAD, "b/.vscode/settings.json"))
    assert not broken_environment(here, *others)
    assert broken_environment(there, *others)


def test_a_suppressed_finding_is_not_reported_at_the_module() -> None:
    shell = file(".bashrc", f"export GOPROXY={BAD} # wslgo: ignore[goenv/unreachable-proxy]\n")
    assert not broken_environment(module(), shell)
    ignored = Settings(ignore=("goenv/unreachable-proxy",))
    assert not [reported for reported in check(module(), ignored, (bashrc(),)) if reported.rule == MODULE]


def test_a_value_known_only_from_the_host_is_reported() -> None:
    host = Host(go_variables=(Variable("GOPROXY", BAD, "environment"),))
    [one] = broken_environment(module(), host=host)
    assert not one.finding.related
    assert not one.finding.fixes


def test_a_default_of_the_host_is_not_reported() -> None:
    assert not broken_environment(module(), host=Host(go_variables=(Variable("GOPROXY", BAD, "default"),)))


def test_a_file_that_this_machine_does_not_read_is_not_in_effect() -> None:
    host = Host(home="/home/me")
    assert not broken_environment(module("/ws/go.mod"), bashrc(path="/ws/dotfiles/.bashrc"), host=host)
    assert broken_environment(module("/ws/go.mod"), bashrc(path="/home/me/.bashrc"), host=host)


def test_windows_drives_are_known_by_their_mounts() -> None:
    host = Host(home="/home/me", mounts=(Mount("/", "ext4"), Mount("/win/c", "9p", windows="C:\\")))
    shell = file("/home/me/.bashrc", "export GOCACHE=/win/c/go\nexport GOMODCACHE=/mnt/c/go\n")
    [one] = [
        reported for reported in check(shell, Settings(), (), host) if reported.rule == "goenv/folder-on-windows-drive"
    ]
    assert shell.source.text[slice(*one.finding.span)] == "/win/c/go"
