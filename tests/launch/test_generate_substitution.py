"""Names of a workspace never become variables of VS Code: such entries are left out."""

import json
import re
from collections.abc import Mapping

import pytest

from delvesamples import DOCKERFILE, MAIN, MODULE, SAMPLES, made, task

PAYLOADS = (
    "${command:workbench.action.terminal.new}",
    "${input:password}",
    "${env:TOKEN}",
    "${config:github.token}",
    "${file}",
    "x${",
    "${workspaceFolder}",
    "x${command:pickProcess}",
)
# Variables that generation writes.
OURS = {"${workspaceFolder}", "${userHome}", "${command:pickProcess}", "${input:wslgo-cuda-coredump}"}
GPU = SAMPLES["cuda"]["gpu/gpu.go"]
USES_GPU = SAMPLES["cuda"]["main.go"]
COMPOSE = SAMPLES["compose"]["compose.yaml"]
POD = SAMPLES["pod"]["deploy/api.yaml"]


def text_of(texts: Mapping[str, str], on: str = "nvidia-gpu") -> str:
    values = [dict(entry.value) for entries in made(texts, on) for entry in entries]
    return json.dumps(values, default=dict, ensure_ascii=False)


def places(name: str) -> dict[str, dict[str, str]]:
    """Return workspaces that use a name in every place that can become a part of an entry."""
    return {
        "a folder of a program": {f"cmd/{name}/main.go": MAIN},
        "a folder of tests": {f"a/{name}/x.go": "package x\n", f"a/{name}/x_test.go": "package x\n"},
        "a file that is a program": {f"scripts/{name}.go": MAIN, "scripts/b.go": MAIN},
        "a folder of kernels": {
            f"{name}/gpu.go": GPU,
            f"{name}/add.cu": "__global__ void add() {}\n",
            "main.go": USES_GPU.replace("app/gpu", f"app/{name}"),
        },
        "a kernel": {"gpu/gpu.go": GPU, f"gpu/{name}.cu": "__global__ void add() {}\n", "main.go": USES_GPU},
        "a library": {
            "gpu/gpu.go": GPU.replace("-lkernels", f"-l{name}"),
            "gpu/add.cu": "__global__ void add() {}\n",
            "main.go": USES_GPU,
        },
        "a module": {"go.mod": MODULE.replace("app", name), "main.go": MAIN},
        "a folder in a container": {"cmd/api/main.go": MAIN, "Dockerfile": DOCKERFILE.replace("/src", f"/{name}")},
        "a container": {"cmd/api/main.go": MAIN, "compose.yaml": COMPOSE.replace("api:", f"'{name}':")},
        "a file with a container": {"cmd/api/main.go": MAIN, f"{name}/Dockerfile": DOCKERFILE},
        "a pod": {"cmd/api/main.go": MAIN, "deploy/api.yaml": POD.replace("name: api", f"name: '{name}'")},
        "a namespace": {"cmd/api/main.go": MAIN, "deploy/api.yaml": POD.replace("shop\n", f"'{name}'\n")},
    }  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("place", list(places("x")))
def test_no_name_becomes_a_variable_of_vs_code(place: str, payload: str) -> None:
    texts = {"go.mod": MODULE, "cmd/good/main.go": MAIN, **places(payload)[place]}
    generated = text_of(texts)
    assert "cmd/good" in generated
    written = [part for part in re.split(r"(\$\{[^}\"]*\}?)", generated) if part.startswith("${")]
    assert set(written) <= OURS
    # Our own variables are only where generation writes them, not in a name.
    assert payload not in generated.replace('"${workspaceFolder}', "").replace("--wd=${workspaceFolder}", "")


@pytest.mark.parametrize("name", ["$command", "{command:x}", "$(id)", "a$b", "%x%", "a b"])
def test_names_that_mean_nothing_to_vs_code_have_their_entries(name: str) -> None:
    assert f"/cmd/{name}" in text_of({"go.mod": MODULE, f"cmd/{name}/main.go": MAIN})


def test_entries_that_start_a_left_out_task_are_left_out() -> None:
    texts = {"go.mod": MODULE, **places("${env:X}")["a kernel"]}
    generated = made(texts)
    labels = {task.label for task in generated.tasks}
    assert all(labels.issuperset(entry.starts) for entry in (*generated.configurations, *generated.tasks))
    assert not [entry for entry in generated.configurations if entry.profile == "cuda"]


def test_variables_of_generation_stay() -> None:
    generated = text_of(SAMPLES["cuda"])
    assert all(variable in generated for variable in OURS - {"${userHome}"})
    assert task("cuda", "nvcc gpu").value["options"]
