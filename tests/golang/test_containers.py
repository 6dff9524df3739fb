"""Containers and pods of a workspace: source folders, ports, and where Delve listens."""

import pytest

from listing import MemoryListing
from wslgo.golang.containers import Container, Port, SourceMapping, containers_of
from wslgo.golang.project import Project
from wslgo.syntax import dockerfile

GO = {"go.mod": "module a.test/x\n", "go.sum": "", "main.go": "package main\n", "cmd/app/main.go": "package main\n"}


def containers(texts: dict[str, str]) -> tuple[Container, ...]:
    return containers_of(Project(MemoryListing({**GO, **texts})))


def image(text: str, path: str = "Dockerfile", **others: str) -> Container:
    found = containers({path: text, **others})
    return next(container for container in found if container.kind == "dockerfile")


def mappings(text: str, path: str = "Dockerfile") -> list[tuple[str, str]]:
    return [(mapping.local, mapping.inside) for mapping in image(text, path).mappings]


STAGES = """\
# syntax=docker/dockerfile:1
ARG VERSION=1.25
FROM --platform=$BUILDPLATFORM golang:${VERSION}-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod \\
    # downloads once
    go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /bin/app ./cmd/app

FROM alpine:3.22
COPY --from=build /bin/app /bin/app
EXPOSE 8080 9090/tcp
ENTRYPOINT ["/bin/app"]
"""


def test_the_build_stage_has_the_sources_and_the_last_stage_the_command() -> None:
    found = image(STAGES)
    assert found.mappings == (SourceMapping("", "/src"),)
    assert found.image == "alpine:3.22"
    assert found.ports == (Port(8080), Port(9090))
    assert not found.is_trimmed
    assert not found.runs_delve


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("WORKDIR /src\nCOPY . .\nRUN go build", [("", "/src")]),
        ("COPY . .\nRUN go build", [("", "/go")]),
        ("WORKDIR $GOPATH/src/a.test/x\nCOPY . .\nRUN go build", [("", "/go/src/a.test/x")]),
        ("WORKDIR /a\nWORKDIR b\nCOPY . ./c/\nRUN go build", [("", "/a/b/c")]),
        ("ENV APP=/app\nWORKDIR ${APP}\nCOPY . .\nRUN go build", [("", "/app")]),
        ("ARG APP\nWORKDIR ${APP:-/app}\nCOPY . .\nRUN go build", [("", "/app")]),
        ("ADD . /src\nRUN cd /src && go install ./...", [("", "/src")]),
        ("WORKDIR /s\nCOPY cmd ./cmd\nCOPY main.go .\nRUN go build", [("cmd", "/s/cmd")]),
        ("WORKDIR /s\nRUN --mount=target=. go build -o /app .", [("", "/s")]),
        ("WORKDIR /s\nRUN --mount=type=bind,source=cmd,target=/x go build", [("cmd", "/x")]),
        ("WORKDIR /s\nCOPY . .\nRUN make", [("", "/s")]),
        ("WORKDIR /s\nCOPY . .\nCMD dlv debug --headless --listen=:2345", [("", "/s")]),
    ],
)
def test_sources_are_mapped_where_they_are_copied_or_mounted(lines: str, expected: list[tuple[str, str]]) -> None:
    assert mappings(f"FROM golang:1.25\n{lines}\n") == expected


@pytest.mark.parametrize(
    "lines",
    [
        "ARG APP\nWORKDIR $APP\nCOPY . .\nRUN go build",  # depends on an argument of docker build
        "COPY go.mod go.sum ./\nRUN go build",
        "COPY --from=other /src /src\nRUN go build",
        "COPY . .\nRUN cd elsewhere && go build",  # so the context is another folder
        "COPY missing ./\nRUN go build",
        "COPY . .\nRUN echo done",
        "RUN --mount=type=cache,target=/root/.cache go build",
        "RUN <<END\nCOPY . /x\nEND\nRUN go build",
    ],
)
def test_sources_with_an_unknown_folder_are_not_mapped(lines: str) -> None:
    assert mappings(f"FROM golang:1.25\n{lines}\n") == []


def test_the_context_is_the_folder_that_has_what_is_copied() -> None:
    text = "FROM golang:1.25 AS b\nWORKDIR /s\nCOPY go.mod ./\nCOPY cmd/ cmd/\nRUN go build ./cmd/app\nFROM scratch\n"
    assert mappings(text, "deploy/docker/Dockerfile") == [("cmd", "/s/cmd")]
    assert mappings(text.replace("COPY cmd/ cmd/", "COPY . ."), "cmd/app/app.Dockerfile") == [("", "/s")]


def test_stages_inherit_folder_and_ports() -> None:
    text = "FROM golang:1 AS base\nWORKDIR /s\nEXPOSE 1\nFROM base AS b\nCOPY . .\nRUN go build\nFROM base\nEXPOSE 2\n"
    found = image(text)
    assert found.mappings == (SourceMapping("", "/s"),)
    assert found.ports == (Port(1), Port(2))


def test_a_stage_that_installs_a_tool_is_not_the_build_stage() -> None:
    tool = "FROM golang:1 AS tool\nWORKDIR /t\nCOPY . .\nRUN go install -v github.com/go-delve/delve/cmd/dlv@latest\n"
    assert mappings("FROM golang:1 AS b\nWORKDIR /s\nCOPY . .\nRUN go build\n" + tool) == [("", "/s")]
    assert mappings(tool) == []


def test_trimpath_is_detected_in_flags_and_variables() -> None:
    assert image("FROM golang:1\nCOPY . .\nRUN go build -trimpath .\n").is_trimmed
    assert image("FROM golang:1\nENV GOFLAGS=-trimpath\nCOPY . .\nRUN go build .\n").is_trimmed


@pytest.mark.parametrize(
    ("command", "runs", "port"),
    [
        ('CMD ["dlv", "exec", "/app", "--headless", "--listen=:2345", "--accept-multiclient"]', True, 2345),
        ("ENTRYPOINT /go/bin/dlv --listen=0.0.0.0:40000 --headless exec /app", True, 40000),
        ('CMD ["dlv", "dap", "-l", "127.0.0.1:38697"]', True, 38697),
        ('CMD ["dlv", "exec", "/app"]', True, None),
        ('CMD ["/app", "--listen=:2345"]', False, None),
        ("RUN go install github.com/go-delve/delve/cmd/dlv@latest", False, None),
        ('CMD ["dlv", "--listen=:1"]\nCMD ["/app"]', False, None),
    ],
)
def test_a_delve_that_is_started_is_found(command: str, runs: bool, port: int | None) -> None:
    found = image(f"FROM golang:1\n{command}\n")
    assert (found.runs_delve, found.debug_port) == (runs, port)


def test_parsing_a_dockerfile_never_fails() -> None:
    for text in ("", "\\", "FROM", "FROM a AS", "RUN <<", "COPY", "FROM a\nCOPY\nEXPOSE x $Y\nCMD [1", "\0"):
        dockerfile.stages(text)
        containers({"Dockerfile": text})


# Compose

COMPOSE = """\
services:
  api:
    build:
      context: .
      dockerfile: deploy/Dockerfile
      target: debug
    command: ["dlv", "exec", "/bin/app", "--headless", "--listen=:2345"]
    ports:
      - "8080:80"
      - 127.0.0.1:40000:2345/tcp
      - target: 9090
        published: "9091"
      - ${PORT}:7000
    working_dir: /work
    volumes:
      - .:/work
      - data:/var/lib
  db:
    image: "postgres:17"  # not ours
    ports: ["5432"]
volumes:
  data:
"""


def test_compose_services_know_ports_sources_and_where_delve_is_reached() -> None:
    api, db = (
        container
        for container in containers({"compose.yaml": COMPOSE, "deploy/Dockerfile": STAGES})
        if container.kind == "compose"
    )
    assert (api.name, api.dockerfile, api.image) == ("api", "deploy/Dockerfile", "alpine:3.22")
    assert api.ports == (Port(80, 8080), Port(2345, 40000), Port(9090, 9091), Port(7000))
    assert api.mappings == (SourceMapping("", "/work"), SourceMapping("", "/src"))
    assert (api.debug_port, api.debug_port_outside) == (2345, 40000)
    assert (db.name, db.image, db.ports, db.debug_port) == ("db", "postgres:17", (Port(5432),), None)


def test_a_compose_service_starts_what_its_image_starts() -> None:
    text = STAGES.replace('ENTRYPOINT ["/bin/app"]', 'CMD ["dlv", "exec", "/bin/app", "--listen=:1234"]')
    found = containers({"docker-compose.yml": "services:\n  a:\n    build: .\n", "Dockerfile": text})
    assert found[-1].debug_port == 1234
    assert found[-1].debug_port_outside is None


@pytest.mark.parametrize("text", ["", "services:", "services: {}", "services:\n  a: b\n", "services:\n- x: 1\n", "[["])
def test_malformed_compose_files_have_no_ports(text: str) -> None:
    assert not any(container.ports or container.mappings for container in containers({"compose.yml": text}))


# Devcontainers


def test_a_devcontainer_has_an_image_and_a_workspace_folder() -> None:
    text = '{\n// ours\n"name": "dev", "build": {"dockerfile": "../Dockerfile"}, "workspaceFolder": "/w",\n'
    text += '"forwardPorts": [80, "db:1"]}'
    found = containers({".devcontainer/devcontainer.json": text, "Dockerfile": STAGES})[-1]
    assert (found.kind, found.name, found.dockerfile, found.image) == (
        "devcontainer",
        "dev",
        "Dockerfile",
        "alpine:3.22",
    )
    assert found.mappings == (SourceMapping("", "/w"),)
    assert found.ports == (Port(80, 80),)
    plain = containers(
        {".devcontainer.json": '{"image": "golang", "workspaceFolder": "/w/${localWorkspaceFolderBasename}"}'}
    )
    assert [(container.image, container.mappings) for container in plain] == [("golang", ())]
    assert containers({".devcontainer/devcontainer.json": "[]"}) == ()


# Pods

POD = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  template:
    metadata:
      annotations:
        {mark}
    spec:
      initContainers:
      - name: init
        image: busybox
      containers:
      - name: api
        image: registry.test:5000/api:1
        command: ["/dlv"]
        args:
        - --listen=:2345
        - exec
        - /api
        ports:
        - containerPort: 8080
          name: http
        - {{containerPort: 1}}
      - name: side
        image: side
"""


def pods(mark: str = "a: b", before: str = "") -> tuple[Container, ...]:
    return tuple(
        container
        for container in containers({"k8s/api.yaml": before + POD.format(mark=mark)})
        if container.kind == "pod"
    )


def test_containers_of_pods_have_ports_and_delve() -> None:
    api, side = pods()
    assert (api.name, api.image, api.ports) == ("api", "registry.test:5000/api:1", (Port(8080), Port(1)))
    assert (api.runs_delve, api.debug_port, api.mesh) == (True, 2345, "")
    assert (side.name, side.ports, side.runs_delve) == ("side", (), False)


@pytest.mark.parametrize(
    ("mark", "mesh"),
    [
        ('sidecar.istio.io/inject: "true"', "istio"),
        ("linkerd.io/inject: enabled", "linkerd"),
        ('"consul.hashicorp.com/connect-inject": "true"', "consul"),
        ('sidecar.istio.io/inject: "false"', ""),
        ("linkerd.io/inject: disabled", ""),
    ],
)
def test_annotations_enable_a_mesh(mark: str, mesh: str) -> None:
    assert {container.mesh for container in pods(mark)} == {mesh}


def test_a_namespace_enables_a_mesh_for_all_pods_that_do_not_opt_out() -> None:
    namespace = "kind: Namespace\nmetadata:\n  name: {}\n  labels:\n    istio-injection: enabled\n---\n"
    assert {container.mesh for container in pods(before=namespace.format("shop"))} == {"istio"}
    assert {container.mesh for container in pods(before=namespace.format("other"))} == {""}
    assert {container.mesh for container in pods('sidecar.istio.io/inject: "false"', namespace.format("shop"))} == {""}


def test_yaml_other_than_manifests_is_skipped() -> None:
    assert (
        containers({"a.yaml": "containers:\n- name: x\n", "b.yml": "kind: Service\nspec:\n  ports:\n  - port: 1\n"})
        == ()
    )
    assert containers({"testdata/a.yaml": POD.format(mark="a: b")}) == ()


# What grows


@pytest.mark.parametrize(
    "line",
    ["ARG a=$a$a", "ENV a=$a$a", 'ENV a="${a}${a}"', "ARG a=${a:-xx}$a", "ARG b=$a$a a=$b$b", "ENV a=$a$a$a$a$a$a"],
)
def test_variables_that_grow_without_limit_have_no_value(line: str) -> None:
    text = "FROM golang\nARG a=xxxx\n" + f"{line}\n" * 100 + "EXPOSE $a 80\nCOPY . $a\nWORKDIR /$a\n"
    assert image(text).ports == (Port(80),)
    known = dockerfile.variables(dockerfile.stages(text)[0].instructions)
    assert all(len(value) <= 4096 for value in known.values())


def test_at_most_a_thousand_variables_are_kept() -> None:
    text = "FROM golang\nARG x=" + "y" * 4000 + "\n" + "".join(f"ARG a{n}=$x\n" for n in range(3000))
    assert len(dockerfile.variables(dockerfile.stages(text)[0].instructions)) == 1000


def test_variables_of_usual_size_are_filled_in() -> None:
    known = {"a": "x", "b": "y" * 4000}
    assert dockerfile.expansion("${a}-$a-${c:-d}-${a:-e}$", known) == "x-x-d-x$"
    assert dockerfile.expansion("$b", known) == "y" * 4000
    assert dockerfile.expansion("$b$b", known) is None
    assert dockerfile.expansion("${a-${a-", known) == "${a-${a-"
    assert dockerfile.expansion("$c", known) is None


@pytest.mark.parametrize("port", ["9" * 5000, "65536", "x", "-1", "80x"])
def test_values_that_are_not_ports_are_skipped(port: str) -> None:
    assert image(f"FROM golang\nEXPOSE {port}\nCMD dlv debug --listen=:{port}\n").ports == ()
    compose = f"services:\n  a:\n    ports:\n    - '{port}'\n    - target: {port}\n      published: {port}\n"
    assert [container.ports for container in containers({"compose.yaml": compose})] == [()]
    manifest = f"kind: Pod\nspec:\n  containers:\n  - name: a\n    ports:\n    - containerPort: {port}\n"
    assert [container.ports for container in containers({"a.yaml": manifest})] == [()]
