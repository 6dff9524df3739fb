"""Caches, arguments and compilers of pipelines and Dockerfiles: where they fail, and where the text does not tell."""

from collections.abc import Mapping

import pytest

from listing import MemoryListing
from wslgo.golang.project import Project
from wslgo.linter.check import check
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source

WORKFLOW = ".github/workflows/test.yml"
GITLAB = ".gitlab-ci.yml"
CHECKOUT = "      - uses: actions/checkout@v5\n"
SETUP = "      - uses: actions/setup-go@v6\n        with:\n          go-version: stable\n"
NEEDS = "module m\n\ngo 1.25\n\nrequire example.com/x v1.0.0\n"


def found(path: str, text: str, rule: str, files: Mapping[str, str] | None = None) -> list[str]:
    """Return the places of the findings of a rule."""
    family = family_of(path)
    assert family is not None
    project = None if files is None else Project(MemoryListing(files))
    every = check(read(path, family, Source(text)), project=project)
    return [text[slice(*each.finding.span)] for each in every if each.rule.endswith(f"/{rule}")]


def job(steps: str, more: str = "    runs-on: ubuntu-latest\n") -> str:
    return f"jobs:\n  test:\n{more}    steps:\n{steps}"


@pytest.mark.parametrize(
    ("steps", "files", "places"),
    [
        (CHECKOUT + SETUP, {"a/go.mod": "", "b/go.mod": "", "README": ""}, ["actions/setup-go@v6"]),
        (CHECKOUT + SETUP.replace("v6", "v5"), {"go.mod": "module m\n", "a/go.sum": ""}, ["actions/setup-go@v5"]),
        (CHECKOUT + SETUP + "          cache-dependency-path: a/go.sum\n", {"go.mod": NEEDS}, ["a/go.sum"]),
        (SETUP + CHECKOUT, {}, ["actions/setup-go@v6"]),
        (SETUP.replace("v6", "v3") + "          cache: true\n" + CHECKOUT, {}, ["actions/setup-go@v3"]),
        (CHECKOUT + SETUP + "      - run: echo GOCACHE=/mnt/cache >> $GITHUB_ENV\n", {"go.mod": ""}, ["GOCACHE"]),
    ],
)
def test_a_cache_that_never_hits(steps: str, files: Mapping[str, str], places: list[str]) -> None:
    assert found(WORKFLOW, job(steps), "cache-without-hit", files) == places


@pytest.mark.parametrize(
    ("steps", "files"),
    [
        (CHECKOUT + SETUP, {"go.mod": NEEDS}),
        # The go.sum that this go.mod needs is somewhere.
        (CHECKOUT + SETUP.replace("v6", "v5"), {"go.mod": NEEDS}),
        (CHECKOUT + SETUP.replace("v6", "v5"), {"go.mod": NEEDS, "go.sum": ""}),
        (CHECKOUT + SETUP + "          cache-dependency-path: a/go.sum\n", {"a/go.mod": NEEDS}),
        (CHECKOUT + SETUP + "          cache-dependency-path: '**/*.sum'\n", {"go.mod": ""}),
        (CHECKOUT + SETUP + "          cache-dependency-path: ${{ inputs.sum }}\n", {"go.mod": ""}),
        (
            CHECKOUT + SETUP + "          cache-dependency-path: |\n            a/go.sum\n            b/go.sum\n",
            {"go.mod": ""},
        ),
        (CHECKOUT + SETUP + "          cache: false\n", {"a/go.mod": "", "README": ""}),
        (CHECKOUT + SETUP + "          cache: ${{ inputs.cache }}\n", {"a/go.mod": "", "README": ""}),
        (CHECKOUT + SETUP, {"README": ""}),
        (CHECKOUT + "        with: {path: src}\n" + SETUP, {"a/go.mod": "", "README": ""}),
        (CHECKOUT + "      - run: make\n" + SETUP, {"a/go.mod": "", "README": ""}),
        (SETUP.replace("v6", "v3") + CHECKOUT, {}),
        (SETUP + CHECKOUT + "        with: {repository: a/b, path: b}\n", {}),
        (SETUP + "      - run: go version\n", {}),
        (CHECKOUT + SETUP + "      - run: echo GOPATH=$(go env GOPATH) >> $GITHUB_ENV\n", {"go.mod": ""}),
        (CHECKOUT + SETUP + '      - run: echo "GOPATH=$HOME/go" >> $GITHUB_ENV\n', {"go.mod": ""}),
        (CHECKOUT + SETUP + "      - run: GOCACHE=/mnt/cache go test ./...\n", {"go.mod": ""}),
    ],
)
def test_a_cache_that_may_hit(steps: str, files: Mapping[str, str]) -> None:
    assert found(WORKFLOW, job(steps), "cache-without-hit", files) == []


CACHE = "      - uses: actions/cache@v4\n        with:\n          path: {path}\n          key: {key}\n"


@pytest.mark.parametrize(
    ("steps", "places"),
    [
        (CHECKOUT + SETUP + CACHE.format(path="~/go/pkg/mod", key="k-${{ hashFiles('go.sum') }}"), ["~/go/pkg/mod"]),
        (CACHE.format(path="/home/runner/go/pkg/mod", key="k") + CHECKOUT + SETUP, ["/home/runner/go/pkg/mod"]),
        (CHECKOUT + SETUP + CACHE.format(path="~/.cache/golangci-lint", key="k"), []),
        (CHECKOUT + SETUP + "          cache: false\n" + CACHE.format(path="~/go/pkg/mod", key="k"), []),
        (CHECKOUT + SETUP + "          cache: ${{ inputs.c }}\n" + CACHE.format(path="~/go/pkg/mod", key="k"), []),
        (CHECKOUT + SETUP.replace("v6", "v3") + CACHE.format(path="~/go/pkg/mod", key="k"), []),
        (CACHE.format(path="~/go/pkg/mod", key="k"), []),
        (SETUP + CHECKOUT + CACHE.format(path="~/go/pkg/mod", key="k"), []),  # it caches nothing before the checkout
        (CHECKOUT + SETUP + "      - run: echo GOMODCACHE=x\n" + CACHE.format(path="~/go/pkg/mod", key="k"), []),
    ],
)
def test_modules_that_are_cached_twice(steps: str, places: list[str]) -> None:
    assert found(WORKFLOW, job(steps), "cached-twice") == places


@pytest.mark.parametrize(
    ("path", "key", "is_found"),
    [
        ("~/go/pkg/mod", "go-${{ runner.os }}-${{ matrix.go }}", True),
        ("~/.cache/go-build", "'go'", True),
        ("~/go/pkg/mod", "go-${{ hashFiles('go.sum') }}", False),
        ("~/go/pkg/mod", "go-${{ env.VERSION }}", False),
        ("~/go/pkg/mod", "go-${{ github.run_id }}", False),
        ("~/go/bin", "tools", False),
        ("${{ steps.x.outputs.path }}", "go", False),
    ],
)
def test_a_key_that_never_changes(path: str, key: str, *, is_found: bool) -> None:
    assert bool(found(WORKFLOW, job(CACHE.format(path=path, key=key)), "cache-never-renewed")) == is_found


GO_JOB = "\ntest:\n  image: golang:1.27\n  script: go test ./...\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("cache:\n  paths:\n    - /go/pkg/mod/\n" + GO_JOB, ["/go/pkg/mod/"]),
        ("cache:\n  - key: a\n    paths: [/root/.cache/go-build]\n" + GO_JOB, ["/root/.cache/go-build"]),
        (".c:\n  cache: {paths: [~/go/pkg/mod]}\n" + GO_JOB, ["~/go/pkg/mod"]),
        ("default:\n  cache:\n    paths: ['$HOME/.cache/go-build']\n" + GO_JOB, ["'$HOME/.cache/go-build'"]),
        ("cache: {paths: [.go/pkg/mod/]}\n" + GO_JOB, [".go/pkg/mod/"]),
        # Inside of the project, unknown, or not of go.
        ("variables: {GOPATH: $CI_PROJECT_DIR/.go}\ncache: {paths: [.go/pkg/mod/]}\n" + GO_JOB, []),
        ("cache: {paths: [.go/pkg/mod/]}\n" + GO_JOB + "  before_script: export GOPATH=$PWD/.go\n", []),
        ("include: a.yml\ncache: {paths: [.go/pkg/mod/]}\n" + GO_JOB, []),
        ("cache: {paths: [$GOPATH/pkg/mod]}\n" + GO_JOB, []),
        ("cache: {paths: [$CI_PROJECT_DIR/.cache/go-build]}\n" + GO_JOB, []),
        ("cache: {paths: [/root/.npm, node_modules, .cache]}\n" + GO_JOB, []),
        ("artifacts: {paths: [/go/pkg/mod]}\n" + GO_JOB, []),
        ("cache: {paths: [/go/pkg/mod]}\nweb:\n  script: npm test\n", []),
    ],
)
def test_a_cache_outside_of_the_project(text: str, places: list[str]) -> None:
    assert found(GITLAB, text, "cache-outside-project") == places


def dockerfile(target: str, *, image: str = "golang:1.27", lines: str = "", command: str = "go build .") -> str:
    return f"FROM {image} AS build\n{lines}RUN --mount=type=cache,{target} {command}\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (dockerfile("target=/root/go/pkg/mod"), ["/root/go/pkg/mod"]),
        (dockerfile("id=x,dst=/root/go/pkg/mod,sharing=locked"), ["/root/go/pkg/mod"]),
        (dockerfile("target=/go/.cache/go-build"), ["/go/.cache/go-build"]),
        (dockerfile("target=/go/pkg/mod", lines="ENV GOPATH=/work\n"), ["/go/pkg/mod"]),
        (dockerfile("target=/root/.cache/go-build", lines="ENV HOME=/src\n"), ["/root/.cache/go-build"]),
        ("ARG V=1.27\n" + dockerfile("target=/root/go/pkg/mod", image="golang:$V"), ["/root/go/pkg/mod"]),
        ("FROM golang AS a\nENV GOPATH=/g\n" + dockerfile("target=/go/pkg/mod", image="a"), ["/go/pkg/mod"]),
        # Right, for another program, in another image, or known only to a build.
        (dockerfile("target=/go/pkg/mod"), []),
        (dockerfile("target=/go/pkg/mod/"), []),
        (dockerfile("target=/go"), []),
        (dockerfile("target=/root/.cache"), []),
        (dockerfile("target=/var/cache/apt"), []),
        (dockerfile("target=/root/go/pkg/mod", image="debian:12"), []),
        (dockerfile("target=/root/go/pkg/mod", command="make"), []),
        (dockerfile("target=/gocache/go-build", command="GOCACHE=/gocache/go-build go build ."), []),
        (dockerfile("target=/home/me/.cache/go-build", lines="USER me\n"), []),
        (dockerfile("target=/m/pkg/mod", lines="ARG GOPATH\n"), []),
        (dockerfile("target=/m/pkg/mod", lines="RUN go env -w GOPATH=/m\n"), []),
        (dockerfile("target=$GOPATH/pkg/mod"), []),
        (dockerfile("target=/root/go/pkg/mod").replace("type=cache", "type=bind"), []),
    ],
)
def test_a_cache_mount_that_go_does_not_use(text: str, places: list[str]) -> None:
    assert found("Dockerfile", text, "cache-mount-elsewhere") == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ARG GOPROXY\nFROM golang\nRUN go mod download\n", ["GOPROXY"]),
        ("ARG A=1 GOFLAGS=-v GOPROXY=x\nFROM golang\nRUN go build .\n", ["GOFLAGS", "GOPROXY"]),
        ("ARG GOPROXY\nFROM golang\nARG GOPROXY\nRUN go mod download\n", []),
        ("ARG GOPROXY\nFROM golang AS a\nRUN go build .\nFROM golang AS b\nARG GOPROXY=x\nRUN go build .\n", []),
        ("ARG GOPROXY\nFROM golang\nENV GOPROXY=direct\nRUN go mod download\n", []),
        ("ARG GOARCH=amd64\nFROM golang-${GOARCH}\nRUN go build .\n", []),
        ("ARG GO_VERSION=1.27\nFROM golang:$GO_VERSION\nRUN go build .\n", []),
        ("ARG HTTP_PROXY\nFROM golang\nRUN go mod download\n", []),
        ("ARG GOPROXY\nFROM debian\nRUN make\n", []),
        ("FROM golang\nARG GOPROXY\nRUN go mod download\n", []),
    ],
)
def test_an_argument_above_the_stages(text: str, places: list[str]) -> None:
    assert found("Dockerfile", text, "argument-above-stages") == places


OFF = "    env: {CGO_ENABLED: '0'}\n    runs-on: ubuntu-latest\n"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        (job("      - run: go test -v -race ./...\n", OFF), True),
        (job("      - run: |\n          go vet ./...\n          go test \\\n            -race ./...\n", OFF), True),
        (job("      - run: go test -race ./...\n        env: {CGO_ENABLED: 1}\n", OFF), False),
        (job("      - run: go test -race ./...\n", OFF.replace("ubuntu", "macos")), False),
        (job("      - run: go test -race ./...\n", OFF.replace("ubuntu-latest", "${{ inputs.os }}")), False),
        (job("      - run: CGO_ENABLED=1 go test -race ./...\n", OFF), False),
        (job("      - run: echo CGO_ENABLED=1 >> $GITHUB_ENV\n      - run: go test -race .\n", OFF), False),
        (job("      - run: go test ./... && ./run -race\n", OFF), False),
        (job("      - run: |\n          # go test -race ./...\n          go test ./...\n", OFF), False),
        (job("      - run: go test -run=-race ./...\n", OFF), False),
        (job("      - run: go test -race ./...\n", OFF.replace("'0'", "${{ matrix.cgo }}")), False),
        (job("      - run: go test -race ./...\n"), False),
    ],
)
def test_the_race_detector_without_cgo(text: str, *, is_found: bool) -> None:
    assert bool(found(WORKFLOW, text, "race-without-cgo")) == is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("FROM golang:1.27-alpine\nRUN go test -race ./...\n", True),
        ("FROM golang:alpine3.22 AS a\nFROM a\nENV CGO_ENABLED=1\nRUN go build ./...\n", True),
        ("ARG V=1.27\nFROM golang:${V}-alpine\nRUN CGO_ENABLED=1 go build ./...\n", True),
        ("FROM golang:1.27-alpine\nRUN apk add gcc musl-dev && go test -race ./...\n", False),
        ("FROM golang:1.27-alpine AS a\nRUN apk add build-base\nFROM a\nRUN go test -race ./...\n", False),
        ("FROM golang:1.27-alpine\nRUN apk add $PACKAGES\nRUN go test -race ./...\n", False),
        ("FROM golang:1.27-alpine\nRUN ./setup.sh\nRUN go test -race ./...\n", False),
        ("FROM golang:1.27\nRUN go test -race ./...\n", False),
        ("FROM example.com/golang:1.27-alpine\nRUN go test -race ./...\n", False),
        ("FROM golang:1.27-alpine\nENV CGO_ENABLED=0\nRUN go build ./...\n", False),
        ("FROM golang:1.27-alpine\nRUN go build ./...\n", False),
    ],
)
def test_cgo_in_an_image_without_a_compiler(text: str, *, is_found: bool) -> None:
    assert bool(found("Dockerfile", text, "no-c-compiler-in-image")) == is_found
