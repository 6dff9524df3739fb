"""The Go of jobs and images where another line has its version: a matrix, a variable, a base, an argument."""

import pytest

from wslgo.linter.check import check
from wslgo.linter.go_choice import pins
from wslgo.linter.go_range import newest_of
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source


def file(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text))


def older(path: str, text: str, go_line: str = "1.25.7") -> list[str]:
    """Return the texts at which a file has a Go that is older than the module."""
    module = file("go.mod", f"module m\n\ngo {go_line}\n")
    found = check(file(path, text), others=(module,))
    return [text[slice(*each.finding.span)] for each in found if each.rule.endswith("/go-older-than-module")]


def workflow(version: str, job: str = "", *, action: str = "v6", run: str = "go test ./...", top: str = "") -> str:
    return f"""{top}
jobs:
  test:
    runs-on: ubuntu-latest
{job}
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@{action}
        with:
          go-version: {version}
      - run: {run}
"""


WORKFLOW = ".github/workflows/test.yml"
MATRIX = "${{ matrix.go }}"


def matrix(lines: str) -> str:
    return "    strategy:\n      matrix:\n" + "".join(f"        {line}\n" for line in lines.splitlines())


@pytest.mark.parametrize(
    ("version", "newest"),
    [
        ("1.24", "1.24"),
        ("1.24.3", "1.24.3"),
        ("1.24.x", "1.24"),
        ("1.24.*", "1.24"),
        ("~1.24", "1.24"),
        ("~1.24.3", "1.24"),
        ("<1.25", "1.24"),
        ("<=1.24", "1.24"),
        (">=1.22 <1.25", "1.24"),
        (">=1.22.0 <1.25.0", "1.24"),
        # These admit newer ones, or are not known.
        ("^1.24", ""),
        (">=1.22", ""),
        ("1.x", ""),
        ("1", ""),
        ("<1.25.7", ""),
        ("<=1.24.0", ""),
        ("stable", ""),
        ("oldstable", ""),
        ("1.25.0-rc.1", ""),
        ("1.22 || 1.26", ""),
        ("<2", ""),
        ("", ""),
    ],
)
def test_the_newest_go_of_a_range(version: str, newest: str) -> None:
    assert newest_of(version) == newest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (workflow("'1.24'"), ["'1.24'"]),
        (workflow("1.24.x"), ["1.24.x"]),
        (workflow('">=1.22 <1.25"'), ['">=1.22 <1.25"']),
        (workflow(MATRIX, matrix("go: ['1.24', '1.25', '1.26']")), ["'1.24'"]),
        (workflow(MATRIX, matrix("go:\n  - 1.24.x\n  - 1.25.x")), ["1.24.x"]),
        (workflow("${{matrix.go.version}}", matrix("go:\n  - version: '1.24'\n  - version: '1.25'")), ["'1.24'"]),
        (workflow(MATRIX, matrix("os: [a, b]\ngo: ['1.24', '1.25']\nexclude:\n  - {os: a, go: '1.24'}")), ["'1.24'"]),
        (workflow("${{ env.GO_VERSION }}", top="env:\n  GO_VERSION: '1.24'"), ["'1.24'"]),
        (workflow("${{ env.GO_VERSION }}", "    env:\n      GO_VERSION: 1.24.1"), ["1.24.1"]),
        # Go before 1.21 downloads none, and rejects a go line with three numbers.
        (workflow("'1.20'", action="v5"), ["'1.20'"]),
        (workflow("'1.24'", run="golangci-lint run"), ["'1.24'"]),
        ("on: push\njobs:\n  a:\n    container: golang:1.24\n    steps:\n      - run: go vet ./...\n", ["1.24"]),
        (
            workflow("stable", matrix("go: ['1.24', '1.25']"))
            + "  b:\n    strategy: {matrix: {go: ['1.23']}}\n    container: golang:${{ matrix.go }}-alpine\n"
            "    steps:\n      - run: go test ./...\n",
            ["1.23"],
        ),
    ],
)
def test_an_older_go_of_a_job(text: str, found: list[str]) -> None:
    assert older(WORKFLOW, text) == found


@pytest.mark.parametrize(
    "text",
    [
        workflow("stable"),
        workflow("oldstable"),
        workflow("1.x"),
        workflow("^1.24"),
        workflow("'>=1.24'"),
        workflow("'1.25'"),
        workflow("1.25.x"),
        workflow(MATRIX),
        workflow("${{ env.GO_VERSION }}"),
        workflow("${{ inputs.go }}"),
        workflow("${{ matrix.go || '1.24' }}"),
        workflow(MATRIX, matrix("go: ${{ fromJSON(needs.a.outputs.go) }}")),
        # On purpose: added by `include`, excluded everywhere, allowed to fail, or not for this step.
        workflow(MATRIX, matrix("go: ['1.25', '1.26']\ninclude:\n  - go: '1.24'\n    experimental: true")),
        workflow(MATRIX, matrix("os: [a, b]\ngo: ['1.24', '1.25']\nexclude:\n  - go: '1.24'")),
        workflow(
            MATRIX,
            matrix("os: [a, b]\ngo: ['1.24', '1.25']\nexclude:\n  - {os: a, go: '1.24'}\n  - {os: b, go: '1.24'}"),
        ),
        workflow("'1.24'", "    continue-on-error: true"),
        workflow(MATRIX, "    continue-on-error: ${{ matrix.old }}\n" + matrix("go: ['1.24', '1.25']")),
        workflow(MATRIX, matrix("go: ['1.24', '1.25']"), run="go test ./...\n        if: matrix.go != '1.24'"),
        # setup-go leaves GOTOOLCHAIN as it is before version 6.
        workflow("'1.24'", action="v5"),
        workflow("'1.24'", action="main"),
        workflow("'1.24'", "    env:\n      GOTOOLCHAIN: auto"),
        workflow("'1.24'", "    defaults:\n      run:\n        working-directory: tools"),
        workflow("'1.24'", run="go install example.com/tool@latest"),
        workflow("'1.24'", run="go version"),
        # The second of two is the one that builds.
        workflow("'1.24'", run="echo").rstrip()
        + "\n      - uses: actions/setup-go@v6\n        with: {go-version: '1.25'}\n      - run: go test ./...\n",
    ],
)
def test_a_job_whose_go_is_right_or_unknown(text: str) -> None:
    assert older(WORKFLOW, text) == []


def test_a_go_of_version_5_that_tries_a_go_line_with_two_numbers() -> None:
    assert older(WORKFLOW, workflow("'1.20'", action="v5"), "1.25") == []
    assert older(WORKFLOW, workflow("'1.22'", action="v5"), "1.25.7") == []


def test_a_matrix_that_tests_many_versions_has_no_go_out_of_support() -> None:
    def hints(lines: str) -> list[str]:
        found = check(file(WORKFLOW, workflow(MATRIX, matrix(lines))))
        return [each.rule for each in found]

    assert hints("go: ['1.21']") == ["workflow/go-out-of-support"]
    assert hints("go: ['1.21', '1.26']") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ARG V=1.24\nFROM golang:$V\n", ["1.24"]),
        ("ARG V=1.24\nFROM golang:${V}-alpine AS build\n", ["1.24"]),
        ('ARG V="1.24.3"\nFROM --platform=$BUILDPLATFORM golang:${V}\n', ["1.24.3"]),
        ("ARG A=3 V=1.24\nFROM golang:${V}-alpine$A\n", ["1.24"]),
        ("ARG V\nFROM golang:${V:-1.22}\n", ["1.22"]),
        ("FROM golang:${V-1.22}-alpine\n", ["1.22"]),
        ("ARG V=1.24\nFROM golang:${V:-1.22}\n", ["1.24"]),
        ("ARG TAG=1.24-bookworm\nFROM golang:$TAG\n", ["1.24"]),
        ("ARG IMAGE=golang:1.24\nFROM $IMAGE\n", ["1.24"]),
        ("ARG V=1.24\nARG IMAGE=golang:${V}\nFROM ${IMAGE} AS build\n", ["1.24"]),
        ("FROM docker.io/library/golang:1.24@sha256:00\n", ["1.24"]),
        ("FROM golang:1.24 AS base\nFROM base AS build\n", ["1.24"]),
        # Known only to a build, newer, or another image.
        ("ARG V\nFROM golang:$V\n", []),
        ("FROM golang:${V}\n", []),
        ("ARG V=1.25\nFROM golang:${V}\n", []),
        ("ARG V=1.24\nFROM example.com/golang:${V}\n", []),
        ("ARG V=1.24\nFROM golang:${V}${SUFFIX}\n", []),
        ("ARG A=$B\nARG B=$A\nFROM golang:$A\n", []),
        ("ARG V=1.24\nFROM golang:${V:+1.22}\n", []),
        ("FROM golang:1.24 AS tool\nRUN go install a.b/c@v1\nFROM golang:1.26\n", []),
    ],
)
def test_the_go_of_a_stage(text: str, found: list[str]) -> None:
    assert older("Dockerfile", text + "COPY . .\nRUN go build -o /app\n") == found


@pytest.mark.parametrize(
    ("lines", "is_found"),
    [
        ("COPY go.mod go.sum ./\nRUN go mod download\n", True),
        ("COPY --chown=1 ./ /src\nRUN <<EOF\ngo build ./...\nEOF\n", True),
        ('COPY ["go.mod", "./"]\nRUN go mod download\n', True),
        ("RUN --mount=type=bind,target=. go build ./...\n", True),
        ('COPY . .\nCMD ["go", "run", "."]\n', True),
        ("COPY --from=0 . .\nRUN go build ./...\n", False),
        ("RUN --mount=type=bind,from=other,target=. go build ./...\n", False),
        ("COPY . .\n# go build ./...\nRUN make\n", False),
        ("COPY . .\nENV GOTOOLCHAIN=auto\nRUN go build ./...\n", False),
    ],
)
def test_a_stage_that_builds_the_module(lines: str, is_found: bool) -> None:
    assert bool(older("Dockerfile", f"FROM golang:1.24\nWORKDIR /src\n{lines}")) == is_found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (".go:\n  image: golang:1.24\ntest:\n  extends: .go\n  script: [go test ./...]\n", ["1.24"]),
        (".a: {image: golang:1.24}\n.b: {extends: .a}\ntest:\n  extends: [.b]\n  script: go vet ./...\n", ["1.24"]),
        (".go:\n  image: golang:1.24\ntest:\n  image: !reference [.go, image]\n  script: go vet ./...\n", ["1.24"]),
        (".go:\n  script: [go vet ./...]\ntest:\n  image: golang:1.24\n  script: !reference [.go, script]\n", ["1.24"]),
        ("variables:\n  GO: '1.24'\ntest:\n  image: golang:$GO\n  script: go vet ./...\n", ["1.24"]),
        (
            "variables: {GO: {value: '1.24', description: x}}\ntest: {image: 'golang:${GO}', script: go vet ./...}\n",
            ["1.24"],
        ),
        ("test:\n  variables:\n    GO: '1.24'\n  image: golang:${GO}-alpine\n  script: go vet ./...\n", ["1.24"]),
        (
            "test:\n  parallel: {matrix: [{GO: ['1.24', '1.26']}]}\n  image: golang:$GO\n  script: go vet .\n",
            ["1.24"],
        ),
        ("image: golang:1.24\ntest:\n  script: go vet ./...\n", ["1.24"]),
        ("default:\n  image: golang:1.24\n  before_script: [go mod download]\ntest:\n  script: make\n", ["1.24"]),
        (".go: &go\n  image: golang:1.24\ntest:\n  <<: *go\n  script: go vet ./...\n", ["1.24"]),
    ],
)
def test_the_go_of_a_gitlab_job(text: str, found: list[str]) -> None:
    assert older(".gitlab-ci.yml", text) == found


@pytest.mark.parametrize(
    "text",
    [
        # No job has this image.
        ".go:\n  image: golang:1.24\ntest:\n  image: golang:1.26\n  script: go vet ./...\n",
        ".go:\n  image: golang:1.24\ntest:\n  extends: .go\n  image: golang:1.26\n  script: go vet ./...\n",
        ".a: {image: golang:1.24}\n.b: {image: golang:1.26}\ntest:\n  extends: [.a, .b]\n  script: go vet ./...\n",
        ".go: {image: {name: golang:1.24}}\ntest:\n  extends: .go\n  image: golang:1.26\n  script: go vet ./...\n",
        "image: golang:1.24\ntest:\n  image: golang:1.26\n  script: go vet ./...\n",
        "image: golang:1.24\ntest:\n  image: golang:1.26\n  script: go vet ./...\nlint:\n  script: make\n",
        "image: golang:1.24\ntest:\n  inherit: {default: false}\n  script: go vet ./...\n",
        # The image is unknown.
        "include: a.yml\nimage: golang:1.24\ntest:\n  extends: .of-include\n  script: go vet ./...\n",
        "test:\n  image: golang:$GO\n  script: go vet ./...\n",
        "a:\n  extends: b\n  script: go vet ./...\nb:\n  extends: a\n  image: golang:1.24\n",
        # It may fail.
        "test:\n  image: golang:1.24\n  allow_failure: true\n  script: go vet ./...\n",
        "variables: {GO: 1.20}\ntest:\n  image: golang:$GO\n  script: go vet ./...\n",
    ],
)
def test_a_gitlab_job_whose_go_is_right_or_unknown(text: str) -> None:
    assert older(".gitlab-ci.yml", text) == []


def test_a_default_of_an_input_is_a_number_too() -> None:
    text = (
        "on:\n workflow_call:\n  inputs:\n   go-version:\n    type: string\n    default: 1.20\n   x: {default: 1.20}\n"
    )
    [found] = check(file(WORKFLOW, text))
    assert found.rule == "workflow/go-version-as-number"
    assert text[: found.finding.span.start].endswith("type: string\n    default: ")


def test_the_fix_names_the_go_mod_of_the_repository() -> None:
    def titles(text: str, module: str = "go.mod") -> list[str]:
        others = (file(module, "module m\n\ngo 1.25.7\n"),)
        found = check(file(WORKFLOW, text), others=others)
        return [fix.title.render("en") for each in found for fix in each.finding.fixes if "older" in each.rule]

    assert titles(workflow("'1.24'")) == ["Change to go-version-file: go.mod", "Change to 1.25.7"]
    assert titles(workflow("'1.24'"), "sub/go.mod") == ["Change to go-version-file: sub/go.mod", "Change to 1.25.7"]
    assert titles(workflow("'1.24'"), "../go.mod") == ["Change to 1.25.7"]
    assert titles(workflow("'1.24'").replace("checkout@v5", "cache@v5")) == ["Change to 1.25.7"]
    # The other values may be for other modules.
    assert titles(workflow(MATRIX, matrix("go: ['1.24', '1.26']"))) == []
    assert titles(workflow(MATRIX, matrix("go: ['1.24']"))) == ["Change to 1.25.7"]


def test_large_files_are_read_in_time() -> None:
    jobs = "".join(f"j{n}:\n  extends: .go\n  script: go vet ./...\n" for n in range(3000))
    pins(file(".gitlab-ci.yml", ".go:\n  variables:\n" + "".join(f"    A{n}: b\n" for n in range(5000)) + jobs))
    axes = "\n".join(f"a{n}: [{', '.join(map(str, range(50)))}]" for n in range(50))
    excluded = "".join(f"\n  - {{a1: {n}}}" for n in range(500))
    pins(file(WORKFLOW, workflow("${{ matrix.a1 }}", matrix(f"{axes}\nexclude:{excluded}"))))
