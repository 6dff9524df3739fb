"""Launch configurations that join a Delve in containers and pods."""

import pytest

from delvesamples import DEPLOYMENT, DOCKERFILE, MAIN, MODULE, SAMPLES, configuration, keys, made, task
from wslgo.launch.generate import Generated
from wslgo.machine.host import Host, Running


def pod(port: int, injected: str = "true", **texts: str) -> dict[str, str]:
    return {**SAMPLES["pod"], "deploy/api.yaml": DEPLOYMENT.format(injected=injected, port=port), **texts}


def test_a_container_is_joined_at_its_published_port() -> None:
    value = configuration("compose", "container compose.yaml api").value
    assert (value["host"], value["port"]) == ("127.0.0.1", 4001)
    assert value["substitutePath"] == ({"from": "${workspaceFolder}", "to": "/src"},)


def test_a_service_that_is_not_ours_has_no_entry() -> None:
    found = keys(made("compose", "nvidia-gpu", "container"))
    assert found == ["container compose.yaml api"], "neither the database nor the Dockerfile a second time"


def test_without_a_delve_inside_the_entry_says_how_to_get_one() -> None:
    entry = configuration("container", "container Dockerfile")
    assert entry.value["port"] == 2345
    assert entry.about is not None
    assert "--accept-multiclient" in entry.about.render()
    running = configuration("compose", "container compose.yaml api").about
    assert running is not None
    assert "--accept-multiclient" not in running.render()


def test_host_docker_internal_is_explained_and_never_the_address_of_a_container() -> None:
    for sample in ("container", "compose", "pod"):
        for entry in made(sample).configurations:
            assert "host.docker.internal" not in str(entry.value)
    about = configuration("compose", "container compose.yaml api").about
    assert about is not None
    assert "host.docker.internal" in about.render()


def test_import_paths_are_mapped_where_the_build_trimmed_folders() -> None:
    trimmed = {**SAMPLES["container"], "Dockerfile": DOCKERFILE.replace("go build", "go build -trimpath")}
    value = configuration(trimmed, "container Dockerfile").value
    assert value["substitutePath"] == ({"from": "${workspaceFolder}", "to": "example.com/app"},)


def test_a_folder_inside_the_sources_is_mapped_to_its_part_of_them() -> None:
    texts = {
        "go.mod": MODULE,
        "svc/main.go": MAIN,
        "svc/compose.yaml": "services:\n  a:\n    build: ..\n",
        "Dockerfile": DOCKERFILE,
    }
    generated = made(texts, "nvidia-gpu", "container", home="svc")
    assert [entry.value["substitutePath"] for entry in generated.configurations] == [
        ({"from": "${workspaceFolder}", "to": "/src/svc"},)
    ]


@pytest.mark.parametrize("sample", ["root", "commands", "cuda"])
def test_without_containers_there_is_nothing_to_join(sample: str) -> None:
    assert made(sample, "nvidia-gpu", "container", "mesh") == Generated()


# Pods


def test_a_pod_is_reached_through_kubectl() -> None:
    value = configuration("pod", "mesh deploy/api.yaml api").value
    assert (value["host"], value["port"]) == ("127.0.0.1", 4000)
    assert value["substitutePath"] == ({"from": "${workspaceFolder}", "to": "/src"},)
    forward = task("pod", "mesh deploy/api.yaml api")
    assert value["preLaunchTask"] == forward.label
    assert forward.value["args"] == ("port-forward", "--namespace=shop", "deployment/api", "4000:4000")
    assert forward.value["isBackground"] is True


@pytest.mark.parametrize("port", [15001, 15006, 15020, 15021, 15090])
def test_a_port_of_the_sidecar_is_never_taken_for_that_of_delve(port: int) -> None:
    assert configuration(pod(port), "mesh deploy/api.yaml api").value["port"] == 2345
    assert configuration(pod(port, "false"), "mesh deploy/api.yaml api").value["port"] == port, "no sidecar has it"


def test_the_sidecar_is_explained_only_where_there_is_one() -> None:
    def note_of(injected: str) -> str:
        about = configuration(pod(4000, injected), "mesh deploy/api.yaml api").about
        return about.render() if about else ""

    assert "15006" in note_of("true")
    assert "15006" not in note_of("false")


def test_a_container_beside_ours_has_no_entry() -> None:
    assert [key for key in keys(made("pod")) if key.startswith("mesh")] == ["mesh deploy/api.yaml api"]


def test_sources_are_not_mapped_where_it_is_not_known_which_image_it_is() -> None:
    two = {**pod(4000), "other/Dockerfile": DOCKERFILE}
    assert "substitutePath" not in configuration(two, "mesh deploy/api.yaml api").value


@pytest.mark.parametrize(("networking", "is_told"), [("mirrored", True), ("nat", False), (None, False)])
@pytest.mark.parametrize("sample", [("compose", "container compose.yaml api"), ("container", "container Dockerfile")])
def test_in_mirrored_networking_a_published_port_may_not_answer_here(
    sample: tuple[str, str], networking: str | None, is_told: bool
) -> None:
    about = configuration(*sample, Host(running=Running(networking=networking))).about
    assert about is not None
    assert ("ignoredPorts" in about.render()) is is_told
    assert ("Published ports are at 127.0.0.1 here" in about.render()) is not is_told
