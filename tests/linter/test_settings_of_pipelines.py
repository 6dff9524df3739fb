"""Settings of go in pipelines, containers and make, compared with the module, the dev container and the machine."""

from io import BytesIO
from pathlib import Path

import pytest

from wslgo.cli.files import Input, Trouble, inputs, scenes
from wslgo.linter.check import check
from wslgo.linter.scene import Scene
from wslgo.machine.host import UNKNOWN, Host, Variable
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

WORKFLOW = ".github/workflows/test.yml"
JOB = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: go test ./...\n"
MODULE = "module m\n\ngo 1.25.7\n\nrequire git.corp.example/tools/log v1.2.0\n"


def file(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text))


def found(path: str, text: str, rule: str, *others: File, host: Host = UNKNOWN) -> list[str]:
    every = check(file(path, text), others=(file("go.mod", MODULE), *others), host=host)
    return [text[slice(*each.finding.span)] for each in every if each.rule.endswith(f"/{rule}")]


@pytest.mark.parametrize(
    ("path", "text", "places"),
    [
        (WORKFLOW, "env: {GOTOOLCHAIN: go1.24.0}\n" + JOB, ["go1.24.0"]),
        (WORKFLOW, JOB.replace("    steps", "    env: {GOTOOLCHAIN: 'go1.24.0'}\n    steps"), ["go1.24.0"]),
        (".gitlab-ci.yml", "variables: {GOTOOLCHAIN: go1.24.0}\na: {script: go test .}\n", ["go1.24.0"]),
        ("Dockerfile", "FROM golang\nENV GOTOOLCHAIN=go1.24.0\nRUN go build .\n", ["go1.24.0"]),
        ("Makefile", "export GOTOOLCHAIN = go1.24.0\na:\n\tgo test ./...\n", ["go1.24.0"]),
        ("compose.yaml", "services: {a: {environment: {GOTOOLCHAIN: go1.24.0}}}\n", ["go1.24.0"]),
        (".devcontainer/devcontainer.json", '{"containerEnv": {"GOTOOLCHAIN": "go1.24.0"}}', ["go1.24.0"]),
        ("mise.toml", '[env]\nGOTOOLCHAIN = "go1.24.0"\n', ["go1.24.0"]),
        # Newer, the oldest of several, for one command, or of no build.
        (WORKFLOW, "env: {GOTOOLCHAIN: go1.25.7}\n" + JOB, []),
        (WORKFLOW, "env: {GOTOOLCHAIN: go1.24.0+auto}\n" + JOB, []),
        (WORKFLOW, "env: {GOTOOLCHAIN: auto}\n" + JOB, []),
        (WORKFLOW, "env: {GOTOOLCHAIN: local}\n" + JOB, []),
        (WORKFLOW, "env: {GOTOOLCHAIN: '${{ vars.GO }}'}\n" + JOB, []),
        (WORKFLOW, JOB + "      - run: GOTOOLCHAIN=go1.24.0 go install a.b/c@v1\n", []),
        (WORKFLOW, JOB + "      - run: make\n        env: {GOTOOLCHAIN: go1.24.0}\n", []),
        ("Makefile", "a:\n\tGOTOOLCHAIN=go1.24.0 go install a.b/c@v1\n", []),
        ("Makefile", "GOTOOLCHAIN = go1.24.0\na:\n\tgo test ./...\n", []),
    ],
)
def test_a_toolchain_that_is_older_than_the_module(path: str, text: str, places: list[str]) -> None:
    assert found(path, text, "toolchain-older-than-module") == places


SETUP = "      - uses: actions/setup-go@{action}\n        with: {{go-version: '1.24'}}\n      - run: go test ./...\n"
STEPS = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("env: {GOTOOLCHAIN: local}\n" + STEPS + SETUP.format(action="v6"), True),
        ("env: {GOTOOLCHAIN: local}\n" + STEPS + SETUP.format(action="v5"), True),
        (STEPS.replace("    steps", "    env: {GOTOOLCHAIN: local}\n    steps") + SETUP.format(action="v6"), True),
        (STEPS.replace("    steps", "    env: {GOTOOLCHAIN: local}\n    steps") + SETUP.format(action="v5"), False),
        ("env: {GOTOOLCHAIN: auto}\n" + STEPS + SETUP.format(action="v6"), False),
        (STEPS + SETUP.format(action="v6") + "      - run: go env -w GOTOOLCHAIN=auto\n", False),
        (STEPS + SETUP.format(action="v6") + "      - run: ./set.sh GOTOOLCHAIN\n", False),
    ],
)
def test_a_job_whose_go_may_not_be_another_one(text: str, *, is_found: bool) -> None:
    assert bool(found(WORKFLOW, text, "go-older-than-module")) == is_found


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("FROM mcr.microsoft.com/devcontainers/go:1-1.24-bookworm\n", ["1.24"]),
        ("FROM mcr.microsoft.com/vscode/devcontainers/go:0-1.19\n", ["1.19"]),
        ("ARG VARIANT=1.24-bookworm\nFROM mcr.microsoft.com/devcontainers/go:${VARIANT}\n", ["1.24"]),
        ("ARG VARIANT=1.24\nFROM mcr.microsoft.com/devcontainers/go:1-${VARIANT}\n", ["1.24"]),
        ("FROM golang:1.24\n", ["1.24"]),
        ("FROM mcr.microsoft.com/devcontainers/go:1-bookworm\n", []),
        ("FROM mcr.microsoft.com/devcontainers/go:1.26\n", []),
        ("FROM golang:1.24 AS tools\nFROM golang:1.26\n", []),
    ],
)
def test_the_go_of_a_dev_container_with_a_dockerfile(text: str, places: list[str]) -> None:
    assert found(".devcontainer/Dockerfile", text, "go-older-than-module") == places
    assert found("tools/Dockerfile", text, "go-older-than-module") == []


def machine(**values: str) -> Host:
    return Host(go_variables=tuple(Variable(name, value, "default") for name, value in values.items()))


PLAIN = machine(GOFLAGS="", GOEXPERIMENT="", GOPRIVATE="", GONOPROXY="")


def container(**values: str) -> File:
    members = ", ".join(f'"{name}": "{value}"' for name, value in values.items())
    return file(".devcontainer/devcontainer.json", f'{{"containerEnv": {{{members}}}}}')


@pytest.mark.parametrize(
    ("env", "host", "others", "is_found"),
    [
        ("GOEXPERIMENT: jsonv2", PLAIN, (), True),
        ("GOPRIVATE: git.corp.example/*", PLAIN, (), True),
        ("GOFLAGS: -tags=a", UNKNOWN, (container(GOFLAGS="-tags=b"),), True),
        ("GOEXPERIMENT: jsonv2", UNKNOWN, (container(GOEXPERIMENT="synctest"),), True),
        # The same, unknown, or without effect here.
        ("GOEXPERIMENT: jsonv2", machine(GOEXPERIMENT="jsonv2"), (), False),
        ("GOEXPERIMENT: jsonv2", machine(GOEXPERIMENT="synctest"), (), False),
        ("GOEXPERIMENT: jsonv2", UNKNOWN, (), False),
        ("GOEXPERIMENT: jsonv2", PLAIN, (container(GOEXPERIMENT="jsonv2"),), False),
        ("GOEXPERIMENT: jsonv2", PLAIN, (container(),), False),
        ("GOEXPERIMENT: ${{ matrix.x }}", PLAIN, (), False),
        ("GOPRIVATE: other.example/*", PLAIN, (), False),
        ("GOPRIVATE: git.corp.example/*", machine(GOPRIVATE="*.example"), (), False),
        ("GOPRIVATE: git.corp.example/*", machine(GOPRIVATE="", GONOPROXY="git.corp.example"), (), False),
        ("GOFLAGS: -mod=mod", PLAIN, (), False),
        ("GOFLAGS: -v -tags=a", PLAIN, (container(GOFLAGS="-tags=a -v"),), False),
        ("CGO_ENABLED: 0", PLAIN, (container(CGO_ENABLED="1"),), False),
        ("GOPROXY: direct", PLAIN, (), False),
    ],
)
def test_a_workflow_with_settings_that_are_missing_here(
    env: str, host: Host, others: tuple[File, ...], *, is_found: bool
) -> None:
    assert bool(found(WORKFLOW, f"env:\n  {env}\n{JOB}", "another-environment", *others, host=host)) == is_found


def test_a_workflow_with_several_values_means_them() -> None:
    text = f"env: {{GOEXPERIMENT: jsonv2}}\n{JOB}        env: {{GOEXPERIMENT: ''}}\n"
    assert found(WORKFLOW, text, "another-environment", host=PLAIN) == []
    of_job = JOB.replace("    steps", "    env: {GOEXPERIMENT: jsonv2}\n    steps")
    assert found(WORKFLOW, of_job, "another-environment", host=PLAIN) == []


def test_many_settings_are_compared_in_time() -> None:
    many = "export GOTOOLCHAIN = go1.24.0\n" * 800
    assert len(found("Makefile", f"{many}a:\n\tgo test ./...\n", "toolchain-older-than-module")) > 400
    steps = "      - uses: actions/setup-go@v6\n        with: {go-version-file: go.mod}\n" * 800
    assert found(WORKFLOW, JOB + steps, "version-file-not-found") == []


def test_the_command_line_shows_a_workflow_the_dev_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, text in {
        WORKFLOW: f"env: {{GOFLAGS: -tags=a}}\n{JOB}",
        ".devcontainer/devcontainer.json": '{"containerEnv": {"GOFLAGS": "-tags=b"}}',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    found = [item for item in inputs(["."], {}) if isinstance(item, Input | Trouble)]
    every = [scene for scene in scenes(found, BytesIO()) if isinstance(scene, Scene)]
    [workflow] = [scene for scene in every if scene.file.path == WORKFLOW]
    assert [each.rule for each in check(workflow.file, others=workflow.others)] == ["workflow/another-environment"]


@pytest.mark.parametrize(
    ("tag", "fixed"),
    [("1.24", "1.26"), ("1-1.24-bookworm", "1.26-bookworm"), ("dev-1.24", "1.26"), ("2.1-1.25-trixie", "1.26-trixie")],
)
def test_images_for_dev_containers_have_tags_of_series_only(tag: str, fixed: str) -> None:
    image = "mcr.microsoft.com/devcontainers/go:"
    for path, form in (
        (".devcontainer/devcontainer.json", '{{"image": "{}"}}'),
        (".devcontainer/Dockerfile", "FROM {}\n"),
    ):
        text = form.format(image + tag)
        every = check(file(path, text), others=(file("go.mod", "module m\n\ngo 1.26.1\n"),))
        [fix] = [fix for each in every if each.rule.endswith("/go-older-than-module") for fix in each.finding.fixes]
        [edit] = fix.edits
        assert text[: edit.span.start] + edit.new + text[edit.span.end :] == form.format(image + fixed)
