"""Flags and arguments of launch entries: what is found, and what stays silent."""

import json

import pytest

from wslgo.linter.check import check
from wslgo.machine.host import Host
from wslgo.syntax.family import by_name
from wslgo.syntax.file import read
from wslgo.text.source import Source
from wslgo.text.span import apply

ENTRY = {"name": "A", "type": "go", "request": "launch", "mode": "debug", "program": "."}
# Rules that ask for the program and the inputs, which are not there.
OTHERS = ("launch/missing-attribute", "launch/undefined-input")


def findings(**attributes: object) -> dict[str, list[str]]:
    """Return the text under each finding about an entry, by rule."""
    text = json.dumps({"configurations": [ENTRY | attributes]}, ensure_ascii=False)
    family = by_name("launch")
    assert family is not None
    found: dict[str, list[str]] = {}
    for reported in check(read(".vscode/launch.json", family, Source(text)), host=Host()):
        if reported.rule not in OTHERS:
            span = reported.finding.span
            found.setdefault(reported.rule.removeprefix("launch/"), []).append(text[span.start : span.end])
    return found


@pytest.mark.parametrize(
    ("flags", "rule", "places"),
    [
        ("-race -trimpath -v", "trimmed-paths", ["-trimpath"]),
        ("-trimpath=false -trimpath", "trimmed-paths", ["-trimpath"]),
        ("'-trimpath'", "trimmed-paths", ["'-trimpath'"]),
        (["-v", "--trimpath=1"], "trimmed-paths", ['"--trimpath=1"']),
        ("-v -ldflags='-s -w' -race", "stripped-program", ["-ldflags='-s -w'"]),
        (["-ldflags", "-w"], "stripped-program", ['"-ldflags", "-w"']),
        ("-v -gcflags=all=-l", "compiler-flags", ["-gcflags=all=-l"]),
        ("-v -gcflags  all=-l", "compiler-flags", ["-gcflags  all=-l"]),
        ("-tags=a b", "unusable-build-flags", ["b"]),
        ("-ldflags=-s -w -race", "unusable-build-flags", ["-w"]),
        ('-tags="a"b" c', "unusable-build-flags", ["c"]),
        ("-v -o bin/app", "unusable-build-flags", ["-o bin/app"]),
        (["-n"], "unusable-build-flags", ['"-n"']),
        ("-buildmode=plugin", "unusable-build-flags", ["-buildmode=plugin"]),
        (["-race", "-tags a"], "unusable-build-flags", ['"-tags a"']),
        (
            "-ldflags='-X main.v=$(git rev-parse HEAD)'",
            "unexpanded-variable",
            ["-ldflags='-X main.v=$(git rev-parse HEAD)'"],
        ),
    ],
)
def test_flags_with_a_finding(flags: object, rule: str, places: list[str]) -> None:
    assert findings(buildFlags=flags) == {rule: places}


@pytest.mark.parametrize(
    "flags",
    [
        "",
        [],
        None,
        7,
        "-tags=integration,e2e -race",
        "-tags 'a b' -ldflags '-X main.v=1'",
        "-trimpath -trimpath=false",
        "-ldflags='-X main.v=-trimpath'",
        "-ldflags=-linkmode=external -v",
        "-tags=${config:go.buildTags} x",
        ["-ldflags=-X 'main.v=a b'", "-p", "4"],
        ["-tags", "a b"],
        ["-o", "bin/app"],
        "-buildmode=pie -n=false",
        "-mod=mod -buildvcs=false -covermode=atomic",
        "-ldflags='-X main.v=$(VERSION)'",
        "-overlay=${workspaceFolder}/o.json",
    ],
)
def test_flags_that_work_stay_silent(flags: object) -> None:
    assert findings(buildFlags=flags) == {}


@pytest.mark.parametrize("attributes", [{"mode": "exec"}, {"debugAdapter": "legacy"}, {"type": "node"}])
def test_flags_that_another_program_reads_stay_silent(attributes: dict[str, str]) -> None:
    found = findings(buildFlags="-tags a b -ldflags=-s -w", **attributes)
    assert not {"unusable-build-flags", "stripped-program", "compiler-flags"} & set(found)


@pytest.mark.parametrize(
    ("args", "places"),
    [
        (["$HOME/a", "--key=$API_KEY"], ["$HOME", "$API_KEY"]),
        (["-c", "${HOME}/x"], ["${HOME}"]),
        (["~"], ["~"]),
        (["--kubeconfig=~/.kube/config"], ["~"]),
        ("-a $HOME/x -b ~/y", ["$HOME", "~"]),
        (["postgres://$DB_USER:$DB_PASSWORD@localhost/a"], ["$DB_USER", "$DB_PASSWORD"]),
        (["-o", "$(pwd)/out"], ["$(pwd)"]),
        (["-v=`git describe`"], ["`git describe`"]),
    ],
)
def test_arguments_that_no_shell_expands(args: object, places: list[str]) -> None:
    assert findings(args=args) == {"unexpanded-variable": places}


@pytest.mark.parametrize(
    ("args", "rest"),
    [
        (["-config app.yaml"], ["-config", "app.yaml"]),
        (["serve", "--port 80"], ["serve", "--port", "80"]),
        (["-v", "-config 'a b'"], ["-v", "-config", "a b"]),
        (["-test.run TestX"], ["-test.run", "TestX"]),
    ],
)
def test_a_flag_and_its_value_are_two_elements(args: list[str], rest: list[str]) -> None:
    assert list(findings(args=args)) == ["flag-with-space"]
    text = json.dumps({"configurations": [ENTRY | {"args": args}]})
    family = by_name("launch")
    assert family is not None
    [reported] = check(read(".vscode/launch.json", family, Source(text)), host=Host())
    [fix] = reported.finding.fixes
    assert json.loads(apply(text, fix.edits))["configurations"][0]["args"] == rest


@pytest.mark.parametrize(
    "args",
    [
        [],
        "",
        "-config app.yaml",
        "it's",
        ["-name=a b", "--message", "-- a", "a -b"],
        ["--args", "-x y"],
        ["--query", "-status open"],
        ["run", "--", "-a b"],
        ["-run=^TestA$", "$5", "$", "US$", "{{.A}}", "{{$A}}", "a$B", "^(A|B)$"],
        ["echo $HOME", "sh -c 'cd ~/a'"],
        ["~user/x", "a~/b", "HEAD~1", "/~/x"],
        ["-rpath=$ORIGIN"],
        ["$(NAMESPACE)", "$(date_of_birth)"],
        ["${env:HOME}/a", "${workspaceFolder}", "${input:args}"],
        ["$lower", "$Mixed"],
        ["-1 2"],
    ],
)
def test_arguments_that_are_meant_so_stay_silent(args: object) -> None:
    assert findings(args=args) == {}


def test_a_variable_of_the_entry_stays_silent() -> None:
    assert findings(args=["$TOKEN"], env={"TOKEN": "x"}) == {}
    assert findings(args=["$TOKEN"], envFile="${workspaceFolder}/.env") == {}


@pytest.mark.parametrize(
    ("args", "places"),
    [
        (["-run", "TestX", "-v"], ['"-run"', '"-v"']),
        (["--run=TestX"], ['"--run=TestX"']),
        ("-count=1 -test.v -run X", ["-count=1", "-run"]),
        (["-test.run", "-run", "-bench=."], ['"-bench=."']),
        (["-race"], ['"-race"']),
        (["-v=true"], ['"-v=true"']),
    ],
)
def test_flags_of_go_test(args: object, places: list[str]) -> None:
    assert findings(args=args, mode="test") == {"flag-of-go-test": places}


@pytest.mark.parametrize(
    "args",
    [
        ["-test.run", "TestX", "-test.v"],
        ["-ginkgo.v", "-ginkgo.focus=run"],
        ["-update", "-run"],
        ["-v=4", "-logtostderr"],
        ["TestX", "-run"],
        ["${input:flags}", "-run"],
        # Only the tests, which are not here, can say whether these are their own.
        ["-timeout", "30s"],
        ["-parallel=2"],
        ["-testify.m", "TestX"],
    ],
)
def test_flags_of_the_tests_stay_silent(args: object) -> None:
    assert findings(args=args, mode="test") == {}


@pytest.mark.parametrize(
    "attributes",
    [
        {"buildFlags": "-gcflags=a -l " * 5000},
        {"buildFlags": ["-gcflags=a", "-l"] * 2500},
        {"args": "$HOME " * 9000},
        {"args": ["$HOME," * 9000]},
    ],
)
def test_flags_that_are_too_long_to_be_typed_are_not_judged(attributes: dict[str, object]) -> None:
    assert findings(**attributes) == {}
