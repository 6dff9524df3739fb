"""Rules about values of Go variables, and what the real go command (1.26) says about the same values."""

import json
import random
import string
from pathlib import Path

import pytest

from realgo import RealGo
from wslgo.goenv.names import intended_name
from wslgo.knowledge.go_experiments import KNOWN as EXPERIMENTS
from wslgo.knowledge.go_flags import BUILD_SWITCHES, BUILD_VALUES
from wslgo.knowledge.go_targets import LEVELS, PROCESSORS, SYSTEMS
from wslgo.knowledge.go_variable_names import FIXED, KNOWN, OF_PROGRAMS, RETIRED
from wslgo.linter.check import check
from wslgo.machine.host import Go, Host
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.syntax.go.goflags import first_error, is_fatal, parse
from wslgo.syntax.go.govcs import error_of
from wslgo.syntax.go.module_patterns import fault_of, matches
from wslgo.syntax.go.module_patterns import parse as patterns_of
from wslgo.text.source import Source

pytestmark = pytest.mark.slow

HERE = Host(processor="amd64", go=Go("/usr/local/go/bin/go", "1.26.8"))
FAMILY = family_of(".config/go/env")


@pytest.fixture
def go(tmp_path: Path) -> RealGo:
    return RealGo(tmp_path)


def rules(name: str, value: str) -> set[str]:
    assert FAMILY is not None
    file = read(".config/go/env", FAMILY, Source(f"{name}={value}\n"))
    return {reported.rule.removeprefix("goenv/") for reported in check(file, host=HERE)}


def typos(words: list[str], number: int) -> list[str]:
    """Return words with one letter added, dropped, replaced or changed in case; always the same ones."""
    chance = random.Random(7)
    found = []
    for _ in range(number):
        word = chance.choice(words)
        place = chance.randrange(len(word) + 1)
        letter = chance.choice(string.ascii_lowercase + string.digits + " ,.-_=")
        found.append(
            chance.choice(
                (
                    word[:place] + letter + word[place:],
                    word[:place] + word[place + 1 :],
                    word[:place] + letter + word[place + 1 :],
                    word.title(),
                )
            )
        )
    return [word for word in found if word.strip()]


def test_goos_and_goarch_are_unknown_where_go_cannot_build(go: RealGo) -> None:
    pairs = set(go.run("tool", "dist", "list").stdout.split())
    assert {pair.partition("/")[0] for pair in pairs} == set(SYSTEMS)
    assert {pair.partition("/")[2] for pair in pairs} == set(PROCESSORS)
    for name in ("GOOS", "GOARCH"):
        for value in typos(sorted(SYSTEMS if name == "GOOS" else PROCESSORS), 40):
            error = go.error("build", "./nosuch", **{name: value})
            # A known system can lack this processor: js/amd64.
            is_known = value in SYSTEMS if name == "GOOS" else value in PROCESSORS
            assert ("unsupported GOOS/GOARCH pair" in error or is_known) == (
                "unknown-target" in rules(name, value)
            ) or (is_known), value
            assert is_known or "unknown-target" in rules(name, value)


def test_a_pair_is_unsupported_exactly_where_go_says_so(go: RealGo) -> None:
    listed = set(go.run("tool", "dist", "list", "-broken").stdout.split())
    assert FAMILY is not None
    for system in SYSTEMS:
        for processor in PROCESSORS:
            file = read(".config/go/env", FAMILY, Source(f"GOOS={system}\nGOARCH={processor}\n"))
            found = {reported.rule for reported in check(file, host=HERE)}
            is_supported = f"{system}/{processor}" in listed - {"linux/sparc64"}
            assert ("goenv/unsupported-target" in found) != is_supported, (system, processor)
    for pair in ("darwin/386", "windows/arm", "js/amd64", "linux/wasm"):
        system, _, processor = pair.partition("/")
        assert go.error("build", ".", GOOS=system, GOARCH=processor) == f"unsupported GOOS/GOARCH pair {pair}"


@pytest.mark.parametrize("name", sorted(name for name, (level, _) in LEVELS.items() if level.is_fatal))
def test_a_level_is_an_error_exactly_where_every_go_command_fails(name: str, go: RealGo) -> None:
    valid = ["v8.0", "v8.1,lse", "v9.5,crypto,lse", "hardfloat", "softfloat", "power9", "rva22u64", "off", "v1.0.0"]
    for value in [*valid, "certified", "v1.2.3-rc4", "v1.1.0-deadbeef", *typos(valid, 30)]:
        error = go.error("version", **{name: value})
        assert error.startswith(f"invalid {name}") == ("unknown-processor-level" in rules(name, value)), value


def test_goexperiment_is_an_error_exactly_where_every_go_command_fails(go: RealGo) -> None:
    names = sorted(EXPERIMENTS)
    values = [*names, *(f"no{name}" for name in names), "none", "jsonv2,", ",jsonv2", "none,simd", *typos(names, 30)]
    for value in values:
        error = go.error("version", GOEXPERIMENT=value)
        assert error.startswith("unknown GOEXPERIMENT") == ("unknown-experiment" in rules("GOEXPERIMENT", value)), value


def test_cgo_enabled_is_ignored_unless_it_is_0_or_1(go: RealGo) -> None:
    default = go.run("env", "CGO_ENABLED").stdout
    for value in ("0", "1", "2", "true", "false", " 1", "01", "on", "-1", "yes"):
        printed = go.run("env", "CGO_ENABLED", CGO_ENABLED=value).stdout
        is_ignored = "unknown-cgo-value" in rules("CGO_ENABLED", value)
        assert printed == (default if is_ignored else f"{value}\n"), value


def test_goauth_is_an_error_exactly_where_go_says_so(go: RealGo) -> None:
    parts = ("netrc", "off", "git", "git /nosuch", "git src", "git /a /b", "", " ", "true", "netrc x")
    values = [*parts[:6], *(f"{left};{right}" for left in parts for right in parts)]
    for value in values:
        if not value:
            continue
        error = go.error(
            "list", "-m", "example.com/x@latest", GOAUTH=value, GOPROXY="https://127.0.0.1:9", GOSUMDB="off"
        )
        is_rejected = error.startswith("GOAUTH") and "cannot stat" not in error
        # go sees a folder that does not exist before it looks at the commands in front of it.
        if "/nosuch" not in value or is_rejected:
            assert is_rejected == ("malformed-authentication" in rules("GOAUTH", value)), (value, error)


def test_govcs_is_an_error_exactly_where_go_says_so(go: RealGo) -> None:
    values = [
        "*:git",
        "public:git|hg,private:all",
        " * : git ",
        "./x:git",
        "x",
        "*:git,*:hg",
        ":git",
        "..:git",
        ".x:git",
    ]
    unreachable = {"GOPROXY": "direct", "HTTPS_PROXY": "http://127.0.0.1:9", "GOSUMDB": "off"}
    for value in [*values, *typos(values, 40)]:
        error = go.error("list", "-m", "github.com/nosuch/x@latest", GOVCS=value, **unreachable)
        words = error.partition("@latest: ")[2]
        is_error = " in GOVCS" in words or "not allowed in GOVCS" in words
        assert is_error == ("malformed-version-control" in rules("GOVCS", value)), (value, error)
        if is_error:
            assert error_of(value) == words


def test_words_about_goflags_are_those_of_go(go: RealGo) -> None:
    # What these do with a value depends on files and on the machine.
    others = {"i", "json", "o", "n", "x", "v", "work", "a", "overlay", "toolexec", "pkgdir", "pgo", "modfile"}
    names = sorted(name for name in (BUILD_SWITCHES | BUILD_VALUES) - others if not name.startswith("debug-"))
    values = ("true", "0", "yes", "auto", "x", "1", "-3", "0x10", "vendor", "gc", "set", "pie", "all=-N", "=x")
    differences = []
    for flag in (f"-{name}{text}" for name in names for text in ("", "=", *(f"={value}" for value in values))):
        entry = first_error(parse(flag))
        error = go.error("build", "./nosuch", GOFLAGS=flag)
        if (entry.error if entry else "") != (error if is_about_flags(error) else ""):
            differences.append((flag, entry.error if entry else "", error))
    assert differences == []


def is_about_flags(error: str) -> bool:
    """Return whether go rejects a flag, and not what a flag asks for on this machine."""
    return "$GOFLAGS" in error or error.startswith(("-p must", "-mod=", "buildmode="))


def test_goflags_is_split_as_go_splits_it(go: RealGo) -> None:
    values = ["-tags=a b", "-mod=mod -race", "'-ldflags=-s -w' -v", '-tags="a b"', "-count=1 --x", "-run=^T -test.v"]
    for value in [*values, *typos([*values, *sorted(f"-{name}=a" for name in BUILD_VALUES)], 150)]:
        entry = first_error(parse(value))
        error = go.error("version", GOFLAGS=value)
        words = entry.error if entry and is_fatal(entry) else ""
        assert words == (error if error.startswith("parsing $GOFLAGS") else ""), value


def test_flags_of_go_env_in_goflags_break_it(go: RealGo) -> None:
    for value in ("-w", "-u", "-ldflags=-s -w", "-mod=mod -u", "'-ldflags=-s -w'", "-trimpath", "-v -w", "-ldflags=-w"):
        is_broken = go.run("env", "-json", "GOPROXY", GOFLAGS=value).returncode != 0
        assert is_broken == ("flag-of-go-env" in rules("GOFLAGS", value)), value


def test_a_pattern_without_match_matches_nothing_and_the_corrected_one_does(go: RealGo) -> None:
    paths = ("git.corp.example/team/shop", "git.corp.example/team", "sub.git.corp.example/x/y")
    texts = [
        "git.corp.example",
        "git.corp.example/",
        "*.corp.example",
        "git.corp.example/*",
        "https://git.corp.example",
        "Git.corp.example",
        "git.corp.example:443/team",
        "git@git.corp.example:team/shop.git",
        "git.corp.example//",
        "git.corp.example/team/",
        "git",
        "[git.corp.example",
        "ssh://git@git.corp.example/team",
        "git.corp.example/te*",
        "g?t.corp.example",
        "{git.corp.example}",
        "git.corp.example;x.example",
        "git.corp.example/[t]eam",
        "//git.corp.example",
        "/git.corp.example",
        "git.corp.example/*/*",
    ]
    for text in (*texts, " git.corp.example", "git.corp.example x.example"):
        [found] = list(patterns_of(text))
        matched = [path for path in paths if is_matched(go, text, path)]
        assert (found.fault is None) == bool(matched), (text, matched)
        assert matched == [path for path in paths if matches(text, path)], text
        if found.meant:
            assert any(is_matched(go, found.meant, path) for path in paths), (text, found.meant)
            assert not any(map(fault_of, found.meant.split(",")))


def is_matched(go: RealGo, patterns: str, path: str) -> bool:
    """Return whether go leaves the proxy out for a module: it then fails for another reason."""
    unreachable = {"HTTPS_PROXY": "http://127.0.0.1:9", "GOVCS": "*:off"}
    error = go.run("list", "-m", f"{path}@v1.0.0", GONOPROXY=patterns, GONOSUMDB="*", GOSUMDB="off", **unreachable)
    return "disabled by GOPROXY=off" not in error.stderr


def test_a_misspelt_name_is_one_that_go_does_not_know(go: RealGo) -> None:
    for name in typos(sorted(KNOWN), 300):
        if intended_name(name):
            assert is_unknown(go, name), name
    for name in (*RETIRED, *OF_PROGRAMS):
        assert is_unknown(go, name), name
    assert [name for name in (*KNOWN, *FIXED) if is_unknown(go, name)] == ["GOPACKAGESDRIVER"]


def is_unknown(go: RealGo, name: str) -> bool:
    return "unknown go command variable" in go.error("env", "-w", f"{name}=", GOENV=str(go.folder / "env"))


def test_gotoolchain_and_go111module_are_errors_where_go_says_so(go: RealGo) -> None:
    names = ["local", "auto", "path", "go1.26.8", "local+auto", "go1.26rc1", "go1.21.0+path", "go1.24.3-custom"]
    for value in [*names, *typos(names, 60)]:
        error = go.error("version", GOTOOLCHAIN=value)
        assert error.startswith("invalid GOTOOLCHAIN") == ("unusable-toolchain" in rules("GOTOOLCHAIN", value)), value
    for value in ("on", "off", "auto", *typos(["on", "off", "auto"], 30)):
        is_error = "unknown environment setting" in go.error("env", "GOPROXY", GO111MODULE=value)
        assert is_error == ("unknown-module-mode" in rules("GO111MODULE", value)), value


def test_a_line_without_effect_changes_nothing(go: RealGo) -> None:
    names = (
        "GOPROXY",
        "GOFLAGS",
        "GOPATH",
        "PATH",
        "GOGC",
        "GOTELEMETRY",
        "GODEBUG",
        "GOPROXI",
        "HTTPS_PROXY",
        "GOVERSION",
    )
    forms = (
        "{}=/x",
        "export {}=/x",
        " {}=/x",
        "{} =/x",
        "{}: /x",
        "{} /x",
        "set {}=/x",
        "# {}=/x",
        "; {}=/x",
        "{}",
        "{}=",
    )
    path = go.folder / "env"
    path.write_text("", encoding="utf-8")
    before = variables(go, path)
    for line in (form.format(name) for name in names for form in forms):
        path.write_text(f"{line}\n", encoding="utf-8")
        after = variables(go, path)
        # An empty value can be the default, and a line that no one takes for a setting is not reported.
        is_found = bool(lines_without_effect(line))
        assert not is_found or before == after, line
        if before == after and not line.endswith("=") and not line.startswith(("#", ";")) and line not in names:
            is_setting = "=" in line or line.split()[0].rstrip(":") in KNOWN
            assert is_found == is_setting, line


def variables(go: RealGo, path: Path) -> dict[str, str]:
    """Return what go knows, without the flags that name a folder of this run."""
    found = json.loads(go.run("env", "-json", GOENV=str(path), GOPROXY="").stdout)
    return {name: value for name, value in found.items() if name != "GOGCCFLAGS"}


def lines_without_effect(text: str) -> list[str]:
    assert FAMILY is not None
    found = check(read(".config/go/env", FAMILY, Source(f"{text}\n")), host=HERE)
    return [reported.rule for reported in found if reported.rule == "goenv/line-without-effect"]
