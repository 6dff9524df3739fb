"""`wslgo check`: exit codes, formats and what it reads."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commandline import SERVER, process, write, wslgo
from wslgo.cli.files import LARGEST

BAD = "[wsl2]\nguiApplications=off\n"
GOOD = "[wsl2]\nmemory=8GB\n"
# The bad escape is after a character that UTF-16 counts twice.
EMOJI = "[wsl2]\nkernelCommandLine=😀\\q\n"

# Of the standard library, modules that take a tenth of the time of a run, and more.
NEVER = {"argparse", "contextlib", "dataclasses", "markdown_it", "pathlib", "subprocess", "typing"}


def test_a_healthy_file_prints_nothing_but_that_it_is_healthy(folder: Path) -> None:
    write(folder / ".wslconfig", GOOD)
    assert wslgo("check", ".wslconfig") == (0, "", "No problems in 1 file\n")


def test_a_finding_shows_the_line_with_the_culprit_underlined(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    code, out, _ = wslgo("check", "--select", "invalid-boolean")
    first, source, underline, fix, *_ = out.splitlines()
    assert code == 1
    assert first.startswith(".wslconfig:2:17: warning: ")
    assert first.endswith(" [wslconfig/invalid-boolean]")
    assert source == "    2 | guiApplications=off"
    assert underline == "      |                 ^~~"
    assert fix == "      = fix: Change to false"
    assert out.splitlines()[-1] == "1 problem (1 warning), 1 fixable with wslgo fix"


@pytest.mark.parametrize(
    ("threshold", "code"), [("error", 0), ("warning", 1), ("info", 1), ("information", 1), ("hint", 1)]
)
def test_the_exit_code_follows_the_threshold(folder: Path, threshold: str, code: int) -> None:
    write(folder / ".wslconfig", BAD)
    assert wslgo("check", "--select", "invalid-boolean", "--fail-on", threshold).code == code


def test_findings_below_the_threshold_are_printed_all_the_same(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    printed = json.loads(wslgo("check", "--fail-on", "error", "--format", "json").out)
    assert [finding["severity"] for finding in printed["findings"]] == ["warning"]


def test_json_has_the_shape_of_the_contract(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    printed = json.loads(wslgo("check", "--format", "json").out)
    finding = printed["findings"][0]
    spot = {"start": {"line": 1, "character": 16}, "end": {"line": 1, "character": 19}}
    assert printed["version"] == 1
    assert list(finding) == ["rule", "severity", "path", "message", "range", "related", "fixes", "fingerprint"]
    assert (finding["rule"], finding["path"], finding["range"]) == ("wslconfig/invalid-boolean", ".wslconfig", spot)
    edit = {"path": ".wslconfig", "range": spot, "newText": "false"}
    assert finding["fixes"] == [{"title": "Change to false", "safety": "safe", "edits": [edit]}]


def test_json_counts_in_utf16_and_text_in_code_points(folder: Path) -> None:
    write(folder / ".wslconfig", EMOJI)
    start = json.loads(wslgo("check", "--format", "json").out)["findings"][0]["range"]["start"]
    assert start == {"line": 1, "character": 20}
    assert wslgo("check").out.startswith(".wslconfig:2:20: ")


def test_a_healthy_file_gives_an_empty_list_in_json(folder: Path) -> None:
    write(folder / ".wslconfig", GOOD)
    code, out, err = wslgo("check", "--format", "json")
    counts = {"files": 1, "error": 0, "warning": 0, "information": 0, "hint": 0}
    assert (code, json.loads(out), err) == (0, {"version": 1, "findings": [], "counts": counts}, "")


def test_json_is_english_unless_the_option_says_otherwise(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    chinese = {"LANG": "zh_CN.UTF-8"}
    assert "改为" in wslgo("check", environment=chinese).out
    assert "Change to false" in wslgo("check", environment={**chinese, "LC_ALL": "C.UTF-8"}).out
    assert "Change to false" in wslgo("check", "--lang", "en", environment=chinese).out
    machine = [wslgo("check", "--format", "json", *more, environment=chinese).out for more in ((), ("--lang", "zh-cn"))]
    titles = [json.loads(out)["findings"][0]["fixes"][0]["title"] for out in machine]
    assert titles[0] == "Change to false"
    assert titles[1] != titles[0]


def test_github_gets_one_escaped_command_a_finding(folder: Path) -> None:
    write(folder / "a,b" / ".wslconfig", "[wsl2]\nmemory=50%\n")
    out = wslgo("check", "--format", "github", "--select", "invalid-size").out
    assert out.startswith(
        "::warning file=a%2Cb/.wslconfig,line=2,endLine=2,col=8,endColumn=10,title=wslconfig/invalid-size::"
    )
    assert "'50%25'" in out
    assert out.count("\n") == 1


def test_standard_input_is_read_under_a_name(folder: Path) -> None:
    code, out, _ = wslgo("check", "--stdin-filename", "etc/wsl.conf", stdin=b"[boot]\nsystemd=on\n")
    assert code == 1
    assert out.startswith("etc/wsl.conf:2:9: warning: ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--stdin-filename", "x.txt"), "x.txt is not a supported file type"),
        (("--stdin-filename", ".wslconfig", "."), "takes no other file"),
        (("nowhere/.wslconfig",), "nowhere/.wslconfig cannot be read: No such file or directory"),
        (("nowhere",), "nowhere cannot be read: No such file or directory"),
        (("\0",), "cannot be read"),
        (("--select", "wslconfig/unknown-kye"), "did you mean wslconfig/unknown-key?"),
        (("--ignore", "qqqqqqq"), "unknown rule 'qqqqqqq'"),
        (("--config", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_bad_usage_says_what_is_wrong_and_exits_with_2(arguments: tuple[str, ...], words: str) -> None:
    code, out, err = wslgo("check", *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.startswith("wslgo: ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "xml"), "--format takes text, json, sarif, github, gitlab, junit, rdjson, not 'xml'"),
        (("--fail-on=never",), "--fail-on takes error, warning, info, hint, not 'never'"),
        (("--bogus",), "unknown option '--bogus'; see wslgo check --help"),
        (("--lang",), "--lang needs a value (LANG)"),
        (("--isolated=yes",), "--isolated takes no value"),
        (("--isolated", "--config", "x"), "exclude each other"),
    ],
)
def test_a_bad_option_is_named_and_exits_with_2(arguments: tuple[str, ...], words: str) -> None:
    code, out, err = wslgo("check", *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_a_file_may_be_named_like_an_option(folder: Path) -> None:
    write(folder / "--lang" / ".wslconfig", BAD)
    assert wslgo("check", "--", "--lang").code == 1


def test_a_named_file_of_no_known_family_exits_with_2_and_the_others_are_checked(folder: Path) -> None:
    write(folder / "main.rs", "package main\n")
    write(folder / ".wslconfig", BAD)
    code, out, err = wslgo("check", "main.rs", ".wslconfig")
    assert code == 2
    assert ".wslconfig:2:17" in out
    assert err == "wslgo: main.rs is not a supported file type\n"


def test_options_may_be_between_paths(folder: Path) -> None:
    write(folder / "a" / ".wslconfig", BAD)
    write(folder / "b" / ".wslconfig", BAD)
    assert len(json.loads(wslgo("check", "a", "--format", "json", "b").out)["findings"]) == 2


def test_several_roots_are_walked_once_each_and_in_order(folder: Path) -> None:
    for name in ("b/.wslconfig", "a/.wslconfig", "a/c/wsl.conf"):
        write(folder / name, "[wsl2]\nx=1\n")
    printed = json.loads(wslgo("check", "b", "a", "b", "a/c", "--format", "json").out)
    paths = list(dict.fromkeys(finding["path"] for finding in printed["findings"]))
    assert paths == ["b/.wslconfig", "a/.wslconfig", "a/c/wsl.conf"]
    assert len(printed["findings"]) == len({(finding["path"], finding["rule"]) for finding in printed["findings"]})


@pytest.mark.parametrize("skipped", [".git", "node_modules", "vendor", "sub/vendor"])
def test_folders_of_others_are_not_entered(folder: Path, skipped: str) -> None:
    write(folder / skipped / ".wslconfig", BAD)
    assert wslgo("check") == (0, "", "No supported files in .\n")


def test_a_loop_of_links_ends(folder: Path) -> None:
    write(folder / "sub" / ".wslconfig", BAD)
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "wsl.conf").symlink_to("wsl.conf")
    assert wslgo("check").out.count(".wslconfig:2:17") == 1


@pytest.mark.usefixtures("ordinary_user")
def test_what_may_not_be_read_in_a_folder_is_left_out(folder: Path) -> None:
    write(folder / "closed" / ".wslconfig", BAD).parent.chmod(0)
    try:
        assert wslgo("check").code == 0
    finally:
        (folder / "closed").chmod(0o700)


def test_a_folder_named_like_a_file_is_walked(folder: Path) -> None:
    write(folder / "go.mod" / ".wslconfig", BAD)
    assert wslgo("check").code == 1


def test_the_nearest_wslgo_yaml_decides(folder: Path) -> None:
    write(folder / "wslgo.yaml", "check:\n  severity:\n    invalid-boolean: hint\n")
    write(folder / "quiet" / "wslgo.yaml", "check: {ignore: [invalid-boolean]}\n")
    for name in (".wslconfig", "quiet/.wslconfig"):
        write(folder / name, BAD)
    code, out, _ = wslgo("check")
    assert code == 0
    assert out.splitlines()[-1].startswith("1 problem (1 hint)")


@pytest.mark.parametrize("options", [("--isolated",), ("--config", "other.yaml")])
def test_settings_can_be_left_out_or_taken_from_elsewhere(folder: Path, options: tuple[str, ...]) -> None:
    write(folder / "wslgo.yaml", "check: {ignore: [all]}\n")
    write(folder / "other.yaml", "check: {ignore: [windows-line-ends]}\n")
    write(folder / ".wslconfig", BAD)
    assert wslgo("check").code == 0
    assert wslgo("check", *options).code == 1


@pytest.mark.parametrize("text", ["check: [\n", "\x00", "check: {selct: []}\n", "chekc: {}\n", "- a\n"])
def test_a_broken_wslgo_yaml_is_said_and_exits_with_2(folder: Path, text: str) -> None:
    write(folder / "wslgo.yaml", text)
    write(folder / ".wslconfig", GOOD)
    code, _, err = wslgo("check")
    assert code == 2
    assert err.splitlines()[-1].startswith("wslgo: ")
    assert str(folder) not in err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("check: {ignore: [wslconf/crlf]}", "wslgo.yaml: unknown rule 'wslconf/crlf'; see wslgo rules"),
        (
            "check: {select: [invalid-bolean]}",
            "wslgo.yaml: unknown rule 'invalid-bolean'; did you mean invalid-boolean?",
        ),
        (
            "check: {severity: {wslconfig/unkown-key: error}}",
            "wslgo.yaml: unknown rule 'wslconfig/unkown-key'; did you mean wslconfig/unknown-key?",
        ),
        ("check: {sevrity: {}}", "wslgo has no setting 'check.sevrity'; did you mean check.severity?"),
        ("provision: {stepps: []}", "wslgo has no setting 'provision.stepps'; did you mean provision.steps?"),
        ("chek: {}", "wslgo.yaml has an unknown key 'chek'; did you mean check?"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("check", "--config", "wslgo.yaml"), ("fix", "--diff")])
def test_a_name_in_wslgo_yaml_that_does_not_exist_is_an_error(
    folder: Path, text: str, words: str, command: tuple[str, ...]
) -> None:
    write(folder / "wslgo.yaml", text + "\n")
    write(folder / ".wslconfig", GOOD)
    outcome = wslgo(*command)
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, f"wslgo: {words}")


@pytest.mark.parametrize(
    ("command", "is_shown"),
    [(("check",), True), (("check", ".wslconfig"), False), (("check", "--select", "wslconfig"), False)],
)
def test_what_is_wrong_with_a_policy_is_said_once(folder: Path, command: tuple[str, ...], *, is_shown: bool) -> None:
    write(folder / "wslgo.yaml", "policy: {proxy: []}\n")
    write(folder / ".wslconfig", GOOD)
    outcome = wslgo(*command)
    words = "unknown key 'policy.proxy'; did you mean policy.proxies?"
    assert outcome.code == 2
    assert (outcome.out.count(words), outcome.err.count(f"wslgo.yaml, line 1: {words}")) == (is_shown, not is_shown)


@pytest.mark.parametrize(
    "names",
    [
        "all",
        "wslconfig",
        "unknown-key",
        "WSLCONFIG/Unknown-Key",
        "wslconfig/not-in-force",
        "goenv",
        "goenv/unquoted-pipe",
        "file",
    ],
)
def test_every_way_to_name_a_rule_is_accepted(folder: Path, names: str) -> None:
    write(folder / "wslgo.yaml", f"check: {{ignore: [{names}], severity: {{{names}: hint}}}}\n")
    write(folder / ".wslconfig", GOOD)
    assert wslgo("check").code == 0


def test_rules_are_chosen_on_the_command_line(folder: Path) -> None:
    write(folder / ".wslconfig", BAD + "memory=8gb\n")
    assert found("--select", "invalid-size") == {"wslconfig/invalid-size"}
    both = ("--select", "invalid-size,invalid-boolean")
    assert found(*both, "--ignore", "wslconfig/invalid-size") == {"wslconfig/invalid-boolean"}
    assert found("--ignore", "wslconfig") == set()


def found(*options: str) -> set[str]:
    """Return the rules that find something."""
    printed = json.loads(wslgo("check", "--format", "json", *options).out)
    return {finding["rule"] for finding in printed["findings"]}


def test_a_comment_silences_a_rule(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\nguiApplications=off # wslgo: ignore[invalid-boolean]\n")
    assert wslgo("check").code == 0


def test_colour_only_where_it_is_wanted(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    assert "\x1b[" not in wslgo("check").out
    assert "\x1b[" in wslgo("check", is_interactive=True).out
    assert "\x1b[" not in wslgo("check", is_interactive=True, environment={"NO_COLOR": "1"}).out
    assert "\x1b[" in wslgo("check", "--color", "always", environment={"NO_COLOR": "1"}).out
    assert "\x1b[" not in wslgo("check", "--color", "never", is_interactive=True).out


def test_a_file_name_cannot_send_commands_to_the_terminal(folder: Path) -> None:
    write(folder / "\x1b[31m" / ".wslconfig", "[wsl2]\nkernel=\x1b]0;owned\x07\nnetworkingMode=\x1b[2J\n")
    out = wslgo("check").out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "<U+001B>[31m" in out


def test_an_undecodable_file_name_is_read_and_shown(folder: Path) -> None:
    write(folder / os.fsdecode(b"\xff") / ".wslconfig", BAD)
    for form in ("text", "json", "sarif", "github", "gitlab", "junit", "rdjson"):
        done = process("check", "--format", form, cwd=folder)
        assert done.returncode == 1, done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab", "junit", "rdjson"])
def test_no_personal_file_is_read_and_no_absolute_path_is_printed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, form: str
) -> None:
    """In CI every user gets the same findings; the home folder is not read."""
    write(folder / ".wslconfig", "[wsl2]\nguiApplications=off\n")
    write(folder / "go.mod", "module m\n")
    write(folder / ".vscode/settings.json", '{"go.toolsEnvVars": {"GOPROXY": "direct,https://proxy.test"}}')
    bare, full = tmp_path_factory.mktemp("bare"), tmp_path_factory.mktemp("full")
    write(full / ".config/go/env", "GOPROXY=direct,https://mine.test\nGOCACHE=relative\n")
    write(full / ".bashrc", "export GOPROXY=off,https://mine.test\n")
    write(full / ".wslconfig", "[wsl2]\nfoo=1\n")
    first, second = (
        process("check", "--format", form, cwd=folder, HOME=str(home), XDG_CONFIG_HOME=str(home / ".config"))
        for home in (bare, full)
    )
    assert first.returncode == second.returncode == 1
    assert first.stdout == second.stdout
    for secret in (str(folder), str(full), "mine.test"):
        assert secret.encode() not in first.stdout + first.stderr


@pytest.mark.parametrize(
    ("name", "text", "unused"),
    [
        (
            "go.mod",
            "module example.com/m\n",
            {"wslgo.syntax.wsl.ini_file", "wslgo.syntax.go.goproxy", "wslgo.syntax.json.jsonc"},
        ),
        (
            "go.mod",
            "module example.com/m\n\ngo 1.25\n\nrequire example.com/x v1.2.3\n",
            {
                "wslgo.goenv.readers",
                "wslgo.golang.toolchain",
                "wslgo.knowledge.gui",
                "wslgo.linter.fix",
                "wslgo.syntax.encoding",
            },
        ),
        (
            ".vscode/launch.json",
            '{"configurations": [{"type": "go", "request": "launch", "program": "${workspaceFolder}/cmd"}]}',
            {
                "wslgo.golang.uses.cuda",
                "wslgo.goenv.readers",
                "wslgo.knowledge.cuda_variables",
                "wslgo.knowledge.delve_variables",
                "wslgo.knowledge.go_flags",
                "wslgo.knowledge.nvidia",
                "wslgo.knowledge.version",
                "wslgo.launch.build_flags",
                "wslgo.launch.flag_repair",
                "wslgo.launch.without_cgo",
                "wslgo.linter.rules.launch.port_in_launch",
                "wslgo.machine.drives",
                "wslgo.syntax.go.command_line",
                "wslgo.syntax.go.file_body",
                "wslgo.syntax.go.file_head",
                "wslgo.syntax.go.flag_words",
                "wslgo.syntax.go.goflags",
                "wslgo.syntax.go.goproxy",
                "wslgo.syntax.go.package_names",
                "wslgo.syntax.json.edit",
                "wslgo.syntax.json.parts",
                "wslgo.syntax.wsl.ini_file",
            },
        ),
        (
            ".bashrc",
            "alias ll='ls -l'\n",
            {"wslgo.syntax.wsl.ini_file", "wslgo.syntax.go.goproxy", "wslgo.syntax.shell.script"},
        ),
        (
            ".wslconfig",
            "[wsl2]\nlocalhostFowarding=true\n",
            {
                "wslgo.goenv.readers",
                "wslgo.knowledge.version",
                "wslgo.linter.fix",
                "wslgo.linter.rules.wsl.bad_line",
                "wslgo.linter.rules.wslconfig.safe_mode",
                "wslgo.machine.host_json",
                "wslgo.machine.support",
                "wslgo.syntax.encoding",
                "wslgo.syntax.wsl.bad_line",
                "json",
            },
        ),
    ],
)
def test_a_run_loads_only_what_its_file_needs(folder: Path, name: str, text: str, unused: set[str]) -> None:
    write(folder / "go.mod", "module example.com/m\n")
    write(folder / name, text)
    code = "from wslgo.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    words = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(SERVER)!r}); {code}", "check", name]
    done = subprocess.run(words, capture_output=True, text=True, cwd=folder, timeout=60, check=True)
    assert not (unused | NEVER) & set(done.stdout.split())


def test_a_file_that_is_too_large_to_be_checked_is_not_all_right(folder: Path) -> None:
    write(folder / "a" / ".wslconfig", "# remark\n" * 200_000)
    code, out, _ = wslgo("check", "--format", "json", "--fail-on", "error")
    assert (code, [finding["rule"] for finding in json.loads(out)["findings"]]) == (1, ["file/too-large"])
    assert wslgo("check", "--select", "wslconfig/invalid-boolean").code == 1


def test_a_file_that_is_too_large_to_be_read_is_told_also_where_it_was_only_found(folder: Path) -> None:
    (folder / ".env").write_bytes(b"")
    os.truncate(folder / ".env", LARGEST + 1)
    code, _, err = wslgo("check")
    assert (code, "larger than 16 MB" in err) == (2, True)


def test_more_findings_than_are_shown_are_counted_and_an_error_among_them_counts(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\n" + "nonsense=1\n" * 2_000 + "memory=8GB\\q\n")
    code, out, _ = wslgo("check", "--fail-on", "error")
    assert code == 1
    assert "1,501 more findings" in out
    found = json.loads(wslgo("check", "--format", "json").out)["findings"]
    assert len(found) == 501
    sarif = json.loads(wslgo("check", "--format", "sarif").out)["runs"][0]["results"]
    assert [result["ruleId"] for result in sarif if result["ruleId"].startswith("file/")] == ["file/too-many-findings"]
