"""Ways around a policy in one file or another, and what only looks like one."""

import pytest
from test_binding_policy import broken

REGISTRIES = "registries: [ghcr.io/acme]"
WORKFLOW = ".github/workflows/a.yml"
CONTAINER = ".devcontainer/devcontainer.json"

AROUND = [
    ("checksums: required", "FROM golang:1.27\nRUN go env -w GOSUMDB=off\n", "Dockerfile"),
    ("checksums: required", "FROM golang:1.27\nRUN go env -w GOSUMDB=off && go build\n", "Dockerfile"),
    ("checksums: required", "FROM golang:1.27\nRUN GOSUMDB=off go build\n", "Dockerfile"),
    ("checksums: required", "FROM golang:1.27\nRUN export GOSUMDB=off; go build\n", "Dockerfile"),
    ("checksums: required", "jobs:\n  a:\n    steps:\n      - run: go env -w GOSUMDB=off\n", WORKFLOW),
    (
        "checksums: required",
        "jobs:\n  a:\n    steps:\n      - run: |\n          GOSUMDB=off go build\n",
        WORKFLOW,
    ),
    (
        "checksums: required",
        "jobs:\n  a:\n    steps:\n      - run: echo GOSUMDB=off >> $GITHUB_ENV\n",
        WORKFLOW,
    ),
    ("checksums: required", "go env -w GOSUMDB=off\n", ".bashrc"),
    ("checksums: required", "GOSUMDB=off go build\n", ".bashrc"),
    ("checksums: required", "build:\n\tGOSUMDB=off go build\n", "Makefile"),
    ("checksums: required", "build:\n\tgo env -w GOSUMDB=off\n", "Makefile"),
    ("checksums: required", "export GOSUMDB ?= off\n", "Makefile"),
    ("checksums: required", '{"go.toolsEnvVars": {"GOSUMDB": "off"}}', ".vscode/settings.json"),
    ("checksums: required", '{"terminal.integrated.env.linux": {"GOSUMDB": "off"}}', ".vscode/settings.json"),
    ("checksums: required", '{"remoteEnv": {"GOSUMDB": "off"}}', CONTAINER),
    ("checksums: required", '{"build": {"args": {"GOSUMDB": "off"}}}', CONTAINER),
    ("checksums: required", '{"runArgs": ["-e", "GOSUMDB=off"]}', CONTAINER),
    ("checksums: required", '{"postCreateCommand": "go env -w GOSUMDB=off"}', CONTAINER),
    ("checksums: required", "variables:\n  GOSUMDB: 'off'\n", ".gitlab-ci.yml"),
    ("checksums: required", "a:\n  script:\n    - go env -w GOSUMDB=off\n", ".gitlab-ci.yml"),
    ("checksums: required", "#!/bin/sh\nexport GOSUMDB=off\n", "scripts/build.sh"),
    ("checksums: required", "[env]\nGOSUMDB = 'off'\n", "mise.toml"),
    ("checksums: required", "services:\n  a:\n    build:\n      args:\n        GOSUMDB: 'off'\n", "compose.yml"),
    (
        "checksums: required",
        '{"tasks": [{"label": "x", "type": "shell", "command": "go env -w GOSUMDB=off"}]}',
        ".vscode/tasks.json",
    ),
    (
        "checksums: required",
        '{"tasks": [{"label": "x", "options": {"env": {"GOSUMDB": "off"}}}]}',
        ".vscode/tasks.json",
    ),
    ("checksums: required", "export GOFLAGS=-insecure\n", ".bashrc"),
    ("checksums: required", "export GOSUMDB='off'\n", ".envrc"),
    ("versions: {go: 1.26}", "GOTOOLCHAIN=go1.20 go build\n", ".bashrc"),
    ("versions: {go: 1.26}", "FROM golang:1.20\n", "Dockerfile"),
    ("versions: {go: 1.26}", "golang 1.20.3\n", ".tool-versions"),
    ("versions: {go: 1.26}", "module x\n", "go.mod"),
    ("versions: {go: 1.26}", "go 1.20\n", "go.work"),
    ("versions: {go: 1.26}", "1.20.3\n", ".go-version"),
    ("versions: {go: 1.26}", "image: golang:1.20\n", ".gitlab-ci.yml"),
    ("versions: {go: 1.26}", "[tools]\ngo = '1.20'\n", "mise.toml"),
    (
        "versions: {go: 1.26}",
        '{"features": {"ghcr.io/devcontainers/features/go:1": {"version": "1.20"}}}',
        CONTAINER,
    ),
    (
        "versions: {go: 1.26}",
        '{"image": "mcr.microsoft.com/devcontainers/go:1-1.20-bookworm"}',
        CONTAINER,
    ),
    (
        REGISTRIES,
        '{"image": "mcr.microsoft.com/devcontainers/go:1"}',
        CONTAINER,
    ),
    (
        REGISTRIES,
        '{"features": {"ghcr.io/devcontainers/features/go:1": {}}}',
        CONTAINER,
    ),
    (REGISTRIES, "FROM evil.example/x AS a/b\nFROM a/b\n", "Dockerfile"),
    (REGISTRIES, "ARG B=evil.example/x\nFROM ghcr.io/acme/x AS a\nFROM ${B}\n", "Dockerfile"),
    (
        REGISTRIES,
        "FROM ghcr.io/acme/x\nRUN --mount=from=evil.example/x,target=/x ls\nCOPY --from=evil.example/y /a /b\n",
        "Dockerfile",
    ),
    (REGISTRIES, "from evil.example/x\n", "Dockerfile"),
    (REGISTRIES, "FROM ghcr.io/acme.evil/x\n", "Dockerfile"),
    (
        REGISTRIES,
        "jobs:\n  a:\n    container: {image: evil.example/x}\n    steps:\n      - uses: docker://evil.example/y\n",
        WORKFLOW,
    ),
]
SILENT = [
    ("checksums: required", "echo GOSUMDB=off\n", "build.sh"),
    ("checksums: required", "# go env -w GOSUMDB=off\ngo build\n", "build.sh"),
    ("checksums: required", "GOSUMDB=off\n", "build.sh"),
    ("checksums: required", "go env -w GOSUMDB=$DATABASE\n", "build.sh"),
    ("checksums: required", "go env -w GOPROXY=direct\ngo env GOSUMDB\n", "build.sh"),
    ("checksums: required", "MYGOSUMDB=off go build\n", "build.sh"),
    ("checksums: required", "export GOFLAGS=-mod=mod\n", ".bashrc"),
    ("checksums: required", "export GONOSUMCHECK=1\n", ".bashrc"),  # no go reads it; another rule says so
    (
        "checksums: required",
        "jobs:\n  a:\n    steps:\n      - run: go env -w GOSUMDB=sum.golang.org\n",
        WORKFLOW,
    ),
    ("proxies: [direct]", "build:\n\tGOPROXY=direct go build\n", "Makefile"),
    ("versions: {go: 1.26}", "FROM golang\nFROM golang:latest\nFROM golang:1-alpine\nFROM golang:${V}\n", "Dockerfile"),
    ("versions: {go: 1.26}", "FROM evil/golanguage:1.20\n", "Dockerfile"),
    ("versions: {go: 1.26.2}", "FROM golang:1.26\n", "Dockerfile"),
    ("versions: {go: 1.26}", "module x\n\ngo 1.26rc1\n", "go.mod"),
    ("versions: {gopls: 0.20.0}", "go install golang.org/x/tools/gopls@latest\n", "Makefile"),
    ("registries: [docker.io]", "FROM golang:1.27\nFROM acme/x\nFROM index.docker.io/acme/y\n", "Dockerfile"),
    ("registries: []", "FROM scratch\n", "Dockerfile"),
    ("registries: [ghcr.io]", "FROM ghcr.io/a/b AS one\nFROM ONE\nCOPY --from=0 /a /b\n", "Dockerfile"),
    ("wslconfig: {memory: {max: 8GB}}", "[wsl2]\nmemory=8GB\n", ".wslconfig"),
]


@pytest.mark.parametrize(("policy", "text", "path"), AROUND)
def test_it_is_found(policy: str, text: str, path: str) -> None:
    assert any(rule.startswith("policy/") for rule in broken(policy, text, path))


@pytest.mark.parametrize(("policy", "text", "path"), SILENT)
def test_it_stays_silent(policy: str, text: str, path: str) -> None:
    assert not [rule for rule in broken(policy, text, path) if rule.startswith("policy/")]


@pytest.mark.parametrize(
    "image", ["evil.example/x", "EVIL.example/x", "docker.io.evil.example/library/golang", "x", "acme/x"]
)
def test_an_image_from_elsewhere_is_found(image: str) -> None:
    assert broken("registries: [docker.io/library/golang, ghcr.io]", f"FROM {image}\n", "Dockerfile") == [
        "policy/registry-not-allowed"
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[wsl2]\nmemory=9GB\n", 1),
        ("[wsl2]\nmemory=1GB\n", 1),
        ("[wsl2]\nmemory=lots\n", 1),
        ("[wsl2]\nprocessors=2\n", 1),
        ("", 1),
        ("[wsl2]\nmemory=4GB\nmemory=64GB\n", 0),
        ("[wsl2]\nmemory=64GB\nmemory=4GB\n", 1),
        ("[WSL2]\nMemory=4096MB\n", 0),
    ],
)
def test_limits_are_compared_with_what_wsl_reads(text: str, count: int) -> None:
    found = broken("wslconfig: {memory: {min: 2GB, max: 8GB}}", text, ".wslconfig")
    assert found.count("policy/wslconfig-limit") == count
