"""`host.docker.internal` in Compose files: the mapping is added to the service that needs it, as a YAML reader sees."""

import pytest
import yaml

from machines import host
from wslgo.linter.check import check
from wslgo.linter.finding import Reported
from wslgo.machine.host import Host
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import decode
from wslgo.text.span import apply

PATH = "compose.yaml"
MAPPING = "host.docker.internal:host-gateway"


def machine(engine: str = "/usr/bin/docker", *, has_name: bool | None = False) -> Host:
    found = host("ubuntu-24.04-nat")
    network = found.network._replace(has_docker_name=has_name)
    return found._replace(gpu=found.gpu._replace(container_engine=engine), network=network)


def findings(text: str, path: str = PATH, known: Host | None = None) -> list[Reported]:
    family = family_of(path)
    assert family is not None
    found = check(read(path, family, decode(text.encode()), path), host=known or machine())
    return [reported for reported in found if reported.rule.endswith("/unknown-docker-host")]


@pytest.mark.parametrize(
    "text",
    [
        "services:\n  db: {image: a}\n  app:\n    image: b\n    environment:\n      DB: host.docker.internal\n",
        "services:\n  app:\n    image: b\n    environment:\n    - DB=host.docker.internal\n",
        "services:\n    app:\n        environment:\n            - DB=host.docker.internal\n        image: b\n",
        "name: x\nservices:\n  app:\n    command: run --db host.docker.internal\n    image: b\nvolumes: {}\n",
        "services:\n  app:\n    environment:\n      # host.docker.internal\n      DB: http://host.docker.internal:80\n",
        "services:\n  app:\n    healthcheck:\n      test:\n        - CMD\n        - host.docker.internal\n",
    ],
)
def test_the_mapping_is_one_of_the_service(text: str) -> None:
    (found,) = findings(text)
    fixed = apply(text, found.finding.fixes[0].edits)
    before, after = yaml.safe_load(text), yaml.safe_load(fixed)
    assert after["services"]["app"].pop("extra_hosts") == [MAPPING]
    assert after == before
    assert findings(fixed) == []


@pytest.mark.parametrize(
    "text",
    [
        "services: {app: {environment: {DB: host.docker.internal}}}\n",
        "x-env: &env\n  DB: host.docker.internal\nservices:\n  app:\n    environment: *env\n",
        "host.docker.internal\n",
    ],
)
def test_no_fix_where_the_service_is_unclear(text: str) -> None:
    (found,) = findings(text)
    assert not found.finding.fixes


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("services:\n  app:\n    environment:\n      DB: host.docker.internal\n", machine("")),
        ("services:\n  app:\n    environment:\n      DB: host.docker.internal\n", machine("/usr/bin/podman")),
        ("services:\n  app:\n    network_mode: host\n    command: host.docker.internal\n", machine()),
        ("services:\n  app:\n    # host.docker.internal\n    image: b\n", machine()),
    ],
)
def test_silent_with_another_engine_and_without_need(text: str, known: Host) -> None:
    assert findings(text, known=known) == []


@pytest.mark.parametrize("has_name", [None, True])
def test_silent_outside_of_containers_where_the_name_may_be_known(has_name: bool | None) -> None:
    line = "export DB=host.docker.internal\n"
    assert findings(line, ".envrc", machine(has_name=has_name)) == []
    assert len(findings(line, ".envrc")) == 1
