"""GitLab jobs, Docker stages, dev containers, files of tools, makefiles and launch entries as places that build Go."""

import pytest

from compared import rows_of

GO_MOD = "module example.com/m\n\ngo 1.25.7\n"


def gitlab(text: str, **more: str) -> dict[str, dict[str, list[str]]]:
    return rows_of({".gitlab-ci.yml": text, **more})


def dockerfile(text: str) -> dict[str, dict[str, list[str]]]:
    return rows_of({"Dockerfile": text})


# GitLab


def test_a_job_has_the_image_and_the_variables_of_what_it_extends() -> None:
    shown = gitlab("""\
image: golang:1.25
variables:
  GOPROXY: https://goproxy.cn,direct
.base:
  image: golang:1.26.1-bookworm
  variables:
    GOFLAGS: -mod=mod
    CGO_ENABLED: "0"
  script:
    - go test ./...
test:
  extends: .base
  variables:
    CGO_ENABLED: "1"
race:
  extends: [.base]
  script:
    - go test -race ./...
lint:
  script: go vet ./...
""")
    assert shown["go"] == {"1.26.1": ["test", "race"], "!1.25": ["lint"]}
    assert shown["GOPROXY"] == {"https://goproxy.cn,direct": ["test", "race", "lint"]}
    assert shown["GOFLAGS"] == {"-mod=mod": ["test", "race"], "!": ["lint"]}
    assert shown["CGO_ENABLED"] == {"1": ["test", "lint"], "!0": ["race"]}
    assert shown["race"] == {"no": ["test"], "!yes": ["race"]}


def test_a_matrix_of_a_job_sets_variables() -> None:
    shown = gitlab("""\
test:
  image: golang:${GO_VERSION}-alpine
  parallel:
    matrix:
      - GO_VERSION: ["1.25", "1.26"]
  script: [go test ./...]
""")
    assert shown["go"] == {"1.25": ["test (GO_VERSION 1.25)"], "!1.26": ["test (GO_VERSION 1.26)"]}


def test_a_variable_names_the_version() -> None:
    text = 'variables:\n  GO_VERSION: "1.26"\ndefault:\n  image: golang:$GO_VERSION\ntest:\n  script: go test ./...\n'
    assert gitlab(text)["go"] == {"1.26": ["test"]}


def test_a_local_file_is_included_and_a_remote_one_is_unknown() -> None:
    included = {"ci/go.yml": ".go:\n  image: golang:1.26\n"}
    text = "include:\n  - local: /ci/go.yml\ntest:\n  extends: .go\n  script: go test ./...\n"
    # The name of a local file can be any; of a family are only files with GitLab's own name.
    assert gitlab(text)["go"] == {"? extends .go": ["test"], "? /ci/go.yml": ["include"]}
    own = {"ci/go.gitlab-ci.yml": included["ci/go.yml"]}
    assert gitlab(text.replace("ci/go.yml", "ci/go.gitlab-ci.yml"), **own)["go"] == {"1.26": ["test"]}
    remote = (
        "include:\n  - project: corp/ci\n    ref: main\n    file: /go.yml\ntest:\n  extends: .go\n  script: go test\n"
    )
    assert gitlab(remote)["go"] == {"? extends .go": ["test"], "? corp/ci": ["include"]}


def test_what_an_unknown_base_may_set_is_unknown() -> None:
    text = "include: https://ci.example/go.yml\ntest:\n  extends: .go\n  image: golang:1.26\n  script: go test\n"
    assert gitlab(text)["GOPROXY"] == {"? extends .go": ["test"]}


def test_a_job_without_go_and_a_template_are_left_out() -> None:
    text = "docs:\n  image: node:22\n  script: npm ci\n.hidden:\n  image: golang:1.26\n  script: go test\n"
    assert gitlab(text) == {}


def test_an_export_counts_for_the_script() -> None:
    text = "test:\n  image: golang:1.26\n  script:\n    - export CGO_ENABLED=0\n    - go build .\n    - go test .\n"
    assert gitlab(text)["CGO_ENABLED"] == {"0": ["test"]}


@pytest.mark.parametrize(
    "text",
    ["", "a", "a: b", "a:\n  extends: a\n  script: go test", "include: 1\n", "default:\n  image:\na:\n  x:\n"],
)
def test_a_broken_pipeline_does_not_raise(text: str) -> None:
    gitlab(text)


# Docker


def test_a_stage_has_its_go_and_what_it_starts_from() -> None:
    shown = dockerfile("""\
ARG GO_VERSION=1.26.1
FROM golang:${GO_VERSION}-alpine AS base
ENV GOPROXY=https://goproxy.cn,direct
FROM base AS test
RUN go test -race ./...
FROM base AS build
RUN go mod download
RUN CGO_ENABLED=0 go build -o /app .
FROM alpine:3.20
COPY --from=build /app /app
""")
    assert shown["go"] == {"1.26.1": ["base", "test", "build"]}
    assert shown["GOPROXY"] == {"https://goproxy.cn,direct": ["base", "test", "build"]}
    assert shown["CGO_ENABLED"] == {"0": ["base", "test", "build"]}  # Alpine has no compiler
    assert shown["race"] == {"yes": ["test"]}


def test_a_build_argument_without_a_default_is_unknown() -> None:
    shown = dockerfile("ARG GO_VERSION\nFROM golang:${GO_VERSION}\nARG GOPROXY\nRUN go build .\n")
    assert list(shown["go"]) == ["? golang:${GO_VERSION}"]
    assert list(shown["GOPROXY"]) == ["? ARG GOPROXY"]


def test_a_variable_can_repeat_a_build_argument() -> None:
    shown = dockerfile("FROM golang:1.26\nARG GOPROXY=https://goproxy.cn\nENV GOPROXY=${GOPROXY}\nRUN go build .\n")
    assert list(shown["GOPROXY"]) == ["https://goproxy.cn"]


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("golang:1.26", "1.26"),
        ("golang", "latest"),
        ("golang:alpine", "latest"),
        ("docker.io/library/golang:1.26.1-bookworm", "1.26.1"),
        ("registry.corp.example:5000/proxy/golang:1.26@sha256:0", "1.26"),
        ("public.ecr.aws/docker/library/golang:1.27rc1", "1.27rc1"),
        ("mcr.microsoft.com/devcontainers/go:1-1.26-bookworm", "1.26"),
        ("ubuntu:24.04", "? ubuntu:24.04"),
        ("corp/golang-builder:1.26", "? corp/golang-builder:1.26"),
    ],
)
def test_the_go_of_an_image(image: str, version: str) -> None:
    assert list(dockerfile(f"FROM {image}\nRUN go build .\n")["go"]) == [version]


def test_an_image_with_go_keeps_it() -> None:
    shown = rows_of({"go.mod": GO_MOD, "Dockerfile": "FROM golang:1.24\nRUN go build .\n"})
    assert list(shown["go"]) == [">=1.25.7", "!1.24"]
    shown = rows_of({"go.mod": GO_MOD, "Dockerfile": "FROM golang:1.24\nENV GOTOOLCHAIN=auto\nRUN go build .\n"})
    assert list(shown["go"]) == [">=1.25.7", "1.24->1.25.7"]


def test_a_dockerfile_without_go_is_left_out() -> None:
    assert dockerfile("FROM node:22\nRUN npm ci\n") == {}


# Dev containers, tools, makefiles, launch entries


def test_a_dev_container_has_its_feature_its_variables_and_its_tools() -> None:
    text = """{
  "image": "mcr.microsoft.com/devcontainers/base:ubuntu",
  "features": {"ghcr.io/devcontainers/features/go:1": {"version": "1.26"}},
  "containerEnv": {"GOPROXY": "https://goproxy.cn,direct", "GOFLAGS": "${localEnv:GOFLAGS}"},
  "postCreateCommand": "go install golang.org/x/tools/gopls@v0.20.0"
}"""
    shown = rows_of({".devcontainer/devcontainer.json": text})
    assert list(shown["go"]) == ["1.26"]
    assert list(shown["GOPROXY"]) == ["https://goproxy.cn,direct"]
    assert list(shown["GOFLAGS"]) == ["? ${localEnv:GOFLAGS}"]
    assert list(shown["gopls"]) == ["v0.20.0"]


def test_a_dev_container_without_go_is_left_out() -> None:
    assert rows_of({".devcontainer/devcontainer.json": '{"image": "node:22"}'}) == {}


def test_files_of_tools_have_go_and_tools_and_inherit_the_rest() -> None:
    mise = '[tools]\ngo = "1.26.1"\n"go:golang.org/x/tools/gopls" = "0.20.0"\nx = "22"\n[env]\nGOFLAGS = "-mod=mod"\n'
    shown = rows_of({"mise.toml": mise, ".tool-versions": "golang 1.25.7\ngolangci-lint 2.1.6\nnodejs 22\n"})
    assert shown["go"] == {"1.25.7": [".tool-versions"], "!1.26.1": ["mise.toml"]}
    assert shown["gopls"] == {"0.20.0": ["mise.toml"]}
    assert shown["golangci-lint"] == {"2.1.6": [".tool-versions"]}
    assert shown["GOFLAGS"] == {"-mod=mod": ["mise.toml"]}
    assert "GOPROXY" not in shown


MAKEFILE = """\
export GOFLAGS = -mod=vendor
TESTFLAGS ?= -race -count=1
LINT_VERSION := v2.1.6

.PHONY: test
test: build
\tgo test $(TESTFLAGS) ./...

build:
\tCGO_ENABLED=0 go build ./...

tools:
\tgo install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
"""


def test_a_makefile_has_what_it_exports_and_its_targets() -> None:
    shown = rows_of({"Makefile": MAKEFILE})
    assert shown["GOFLAGS"] == {"-mod=vendor": ["Makefile"]}
    assert shown["CGO_ENABLED"] == {"0": ["build"]}
    assert shown["race"] == {"yes": ["test"]}
    assert shown["golangci-lint"] == {"v2.1.6": ["tools"]}


def test_a_job_that_runs_make_has_what_the_target_does() -> None:
    job = "jobs:\n  ci:\n    runs-on: x\n    steps:\n      - uses: actions/setup-go@v6\n      - run: make tools test\n"
    shown = rows_of({"Makefile": MAKEFILE, ".github/workflows/a.yml": job})
    assert shown["race"] == {"yes": ["test", "ci"]}
    assert shown["golangci-lint"] == {"v2.1.6": ["tools", "ci"]}
    assert shown["GOFLAGS"] == {"-mod=vendor": ["Makefile", "ci"]}


def test_launch_entries_have_the_variables_that_they_set() -> None:
    text = """{"configurations": [
  {"name": "Plain", "type": "go", "request": "launch", "program": "."},
  {"name": "Static", "type": "go", "request": "launch", "program": ".", "env": {"CGO_ENABLED": "0", "PORT": "1"}},
  {"name": "Race", "type": "go", "request": "launch", "mode": "test", "program": ".", "buildFlags": "-race"}
]}"""
    shown = rows_of({".vscode/launch.json": text})
    assert shown == {"CGO_ENABLED": {"0": ["Static"]}, "race": {"yes": ["Race"]}}


def test_workflows_elsewhere_are_examples() -> None:
    job = "jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: go test\n"
    assert (
        rows_of({"testdata/.github/workflows/a.yml": job, "examples/.gitlab-ci.yml": "a:\n  script: go test\n"}) == {}
    )


def test_a_reference_brings_the_script_of_another_job() -> None:
    script = "script:\n    - go test -race ./...\n"
    text = f".go:\n  {script}test:\n  image: golang:1.26\n  script:\n    - !reference [.go, script]\n"
    assert gitlab(text)["race"] == {"yes": ["test"]}


def test_a_job_need_not_inherit_the_default_image() -> None:
    text = "default:\n  image: golang:1.26\ntest:\n  inherit:\n    default: false\n  script: go test ./...\n"
    assert gitlab(text)["go"] == {"?": ["test"]}
