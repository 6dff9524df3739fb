"""Launch configurations for CUDA programs: for correctness, speed, and faults in kernels."""

import re
from collections.abc import Mapping

import pytest

from delvesamples import GPU, HOSTS, KERNEL, MODULE, SAMPLES, USES_GPU, configuration, keys, made, task
from listing import MemoryListing
from wslgo.golang.project import Project
from wslgo.knowledge.cuda import DEBUGGER_INTERFACE
from wslgo.launch.generate import Selection, generate
from wslgo.launch.generate.build_tasks import NVCC_MESSAGE
from wslgo.machine.host import Card, Gpu, Host, Variable

NVIDIA, TWO = HOSTS["nvidia-gpu"], HOSTS["two-gpus"]


def variables(
    key: str, on: str | Host = "nvidia-gpu", sample: str | Mapping[str, str] = "cuda"
) -> Mapping[str, object]:
    env = configuration(sample, key, on).value.get("env", {})
    assert isinstance(env, Mapping)
    return env


def with_gpu(**facts: object) -> Host:
    return NVIDIA._replace(gpu=NVIDIA.gpu._replace(**facts))  # type: ignore[arg-type]


def gpu_package(flags: str, **files: str) -> Mapping[str, str]:
    """Return the sample with other `#cgo` lines."""
    package = f'package gpu\n\n{flags}// #include <cuda_runtime.h>\nimport "C"\n'
    return {"go.mod": MODULE, "main.go": USES_GPU, "gpu/gpu.go": package, "gpu/add.cu": KERNEL, **files}


# Correctness and speed


def test_for_correctness_each_launch_waits() -> None:
    generated = made("cuda")
    assert "debug ." not in keys(generated), "its place is taken"
    env = variables("cuda .")
    assert (env["CUDA_LAUNCH_BLOCKING"], env["CUDA_DEVICE_ORDER"]) == ("1", "PCI_BUS_ID")
    assert {*variables("race .")} == {*env} == {*variables("test gpu")}


def test_for_speed_nothing_waits() -> None:
    assert {*variables("cuda .")} - {*variables("cuda-speed .")} == {"CUDA_LAUNCH_BLOCKING"}


@pytest.mark.parametrize("sample", ["root", "monitor", "c"])
def test_a_program_without_kernels_has_nothing_of_cuda(sample: str) -> None:
    generated = made(sample, "two-gpus")
    assert not [key for key in keys(generated) if "cuda" in key]
    assert "CUDA" not in str([entry.value for entry in generated.configurations])
    assert {task.profile for task in generated.tasks} == {"remote"}


def test_with_a_tag_that_brings_kernels_a_program_has_both_entries() -> None:
    assert "buildFlags" not in configuration("cuda by tag", "debug .").value
    assert "env" not in configuration("cuda by tag", "debug .").value
    assert configuration("cuda by tag", "cuda .").value["buildFlags"] == "-tags=cuda"
    assert "-tags=cuda" in task("cuda by tag", "build .").value["args"]  # type: ignore[operator]


# The machine


def test_of_several_gpus_the_one_with_the_most_memory_is_used() -> None:
    assert variables("cuda .", TWO)["CUDA_VISIBLE_DEVICES"] == "1"
    about = configuration("cuda", "cuda .", TWO).about
    assert about is not None
    assert "NVIDIA GeForce RTX 4090" in about.render()


@pytest.mark.parametrize(
    ("cards", "number"),
    [
        (None, None),
        ((Card(0, "A", 1),), None),
        ((Card(0, "A", 1), Card(1, "B", 1)), "0"),
        ((Card(0, "A"), Card(1, "B", 1)), "1"),
        ((Card(0, "A"), Card(1, "B")), "0"),
    ],
)
def test_a_single_gpu_is_not_chosen_and_equals_are_taken_in_order(cards: object, number: str | None) -> None:
    assert variables("cuda .", with_gpu(cards=cards)).get("CUDA_VISIBLE_DEVICES") == number


@pytest.mark.parametrize(
    ("facts", "is_there"),
    [
        ({"loader_finds_library": True}, False),
        ({"loader_finds_library": None}, False),
        ({"loader_finds_library": False}, True),
        ({"loader_finds_library": False, "has_library": False}, False),
    ],
)
def test_the_library_path_is_set_only_if_the_loader_needs_it(facts: dict[str, object], is_there: bool) -> None:
    path = variables("cuda .", with_gpu(**facts)).get("LD_LIBRARY_PATH")
    assert path == ("/usr/lib/wsl/lib" if is_there else None)


def test_off_wsl_and_on_an_unknown_machine_only_the_two_that_always_hold() -> None:
    for on in ("unknown", "not-wsl"):
        assert variables("cuda .", on) == {"CUDA_LAUNCH_BLOCKING": "1", "CUDA_DEVICE_ORDER": "PCI_BUS_ID"}


# Headers and libraries


INCLUDE = "-O0 -g -I/usr/local/cuda/include"


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("// #cgo LDFLAGS: -lcudart\n", {"CGO_CFLAGS": INCLUDE, "CGO_LDFLAGS": "-L/usr/local/cuda/lib64"}),
        ("// #cgo LDFLAGS: -lcuda\n", {"CGO_CFLAGS": INCLUDE, "CGO_LDFLAGS": "-L/usr/lib/wsl/lib"}),
        ("// #cgo CFLAGS: -I/opt/cuda/include\n// #cgo LDFLAGS: -L/opt/cuda/lib64 -lcudart\n", {}),
        ("// #cgo pkg-config: cudart-12.9\n", {}),
        # A folder of the toolkit does not have the driver, but its stubs will do.
        (
            "// #cgo CFLAGS: -I/opt/cuda/include\n// #cgo LDFLAGS: -L/usr/local/cuda/lib64 -lcuda -lcudart\n",
            {"CGO_LDFLAGS": "-L/usr/lib/wsl/lib"},
        ),
        ("// #cgo CFLAGS: -I/opt/cuda/include\n// #cgo LDFLAGS: -L/usr/local/cuda/lib64/stubs -lcuda\n", {}),
        ("// #cgo CFLAGS: -I/opt/cuda/include\n// #cgo LDFLAGS: -L/srv/driver -lcuda\n", {}),
    ],
)  # fmt: skip
def test_the_toolkit_is_named_only_where_no_cgo_line_does(flags: str, expected: Mapping[str, str]) -> None:
    found = variables("cuda .", NVIDIA, gpu_package(flags))
    assert {name: value for name, value in found.items() if name.startswith("CGO")} == expected


def test_a_binding_links_the_driver() -> None:
    main = 'package main\n\nimport _ "gorgonia.org/cu"\n\nfunc main() {}\n'
    sample = {"go.mod": "module example.com/m\n", "main.go": main}
    assert variables("cuda .", NVIDIA, sample)["CGO_LDFLAGS"] == "-L/usr/lib/wsl/lib"
    assert "CGO_LDFLAGS" not in variables("cuda .", with_gpu(has_library=False), sample)


def test_without_a_toolkit_no_folder_of_one_is_named() -> None:
    assert not [name for name in variables("cuda .", with_gpu(toolkit=None)) if name.startswith("CGO")]


def test_linker_flags_of_the_user_stay() -> None:
    own = Variable("CGO_LDFLAGS", "-L/opt/x", "environment")
    machine = NVIDIA._replace(go_variables=(*(NVIDIA.go_variables or ()), own))
    assert variables("cuda .", machine)["CGO_LDFLAGS"] == "-L/opt/x -L/usr/local/cuda/lib64"


# nvcc


def test_nvcc_makes_the_library_that_go_links() -> None:
    assert configuration("cuda", "cuda .").value["preLaunchTask"] == "nvcc gpu"
    value = task("cuda", "nvcc gpu").value
    assert (value["type"], value["command"]) == ("process", "/usr/local/cuda/bin/nvcc")
    assert value["args"] == (
        *("-g", "-lineinfo", "-Xcompiler", "-fPIC", "--lib", "-o", "${workspaceFolder}/gpu/libkernels.a", "add.cu"),
    )
    assert value["options"] == {"cwd": "${workspaceFolder}/gpu"}


@pytest.mark.parametrize(
    ("flags", "library"),
    [
        ("-L${SRCDIR} -lk -lcudart -lstdc++", "gpu/libk.a"),
        ("-L. -lk -Wl,-rpath=${SRCDIR}", "gpu/libk.so"),
        ("${SRCDIR}/libk.a -lcudart", "gpu/libk.a"),
        ("-L${SRCDIR}/../lib -lk -lcudart", "lib/libk.a"),
        ("-lcudart", None),
        ("-L/opt/lib -lk -lcudart", None),
        ("-L${SRCDIR} -lk -lother -lcudart", None),
        ("-L${SRCDIR} -lk", None),
    ],
)
def test_a_task_is_started_only_if_its_result_is_what_go_links(flags: str, library: str | None) -> None:
    sample = gpu_package(f"// #cgo LDFLAGS: {flags}\n")
    assert configuration(sample, "cuda .").value.get("preLaunchTask") == ("nvcc gpu" if library else None)
    value = task(sample, "nvcc gpu").value
    assert isinstance(value["args"], tuple)
    assert value["args"][-2] == f"${{workspaceFolder}}/{library or 'gpu/libkernels.a'}"
    assert ("--shared" in value["args"]) is (library or "").endswith(".so")
    assert (value.get("dependsOn") == ("mkdir lib",)) is (library == "lib/libk.a")


def test_every_way_to_start_a_program_compiles_its_kernels_first() -> None:
    for entry in made("cuda").configurations:
        if entry.folder and entry.profile != "cuda-gdb":
            assert entry.starts == ("nvcc gpu",), entry.key
    assert task("cuda", "remote .").starts == ("nvcc gpu",)


def test_where_nvcc_is_missing_no_entry_waits_for_it() -> None:
    generated = made("cuda", with_gpu(nvcc=""))
    assert not [entry for entry in generated.configurations if "nvcc" in str(entry.starts)]
    assert "nvcc gpu" in {task.key for task in generated.tasks}, "it may be installed"
    assert configuration("cuda", "cuda .", "unknown").value["preLaunchTask"] == "nvcc gpu", "unknown is not missing"


def test_without_kernels_of_its_own_a_program_has_no_task_for_them() -> None:
    sample = {name: text for name, text in SAMPLES["cuda"].items() if not name.endswith(".cu")}
    assert not [task for task in made(sample).tasks if task.profile.startswith("nvcc")]
    header = {**sample, "gpu/add.cuh": KERNEL}
    assert not [task for task in made(header).tasks if task.profile.startswith("nvcc")]


def test_kernels_of_two_folders_are_compiled_one_after_the_other() -> None:
    two = {
        **SAMPLES["cuda"],
        "main.go": USES_GPU.replace("import", 'import _ "example.com/app/blas"\nimport'),
        "blas/blas.go": GPU.replace("package gpu", "package blas"),
        "blas/mul.cu": KERNEL,
    }
    assert configuration(two, "cuda .").value["preLaunchTask"] == "nvcc ."
    assert {*task(two, "nvcc .").starts} == {"nvcc blas", "nvcc gpu"}
    assert "command" not in task(two, "nvcc .").value


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('add.cu(12): error: identifier "x" is undefined', ("add.cu", "12", "error", 'identifier "x" is undefined')),
        ('a/b.cu(3): warning #177-D: variable "n" was', ("a/b.cu", "3", "warning", 'variable "n" was')),
        ("k.cu(1): catastrophic error: cannot open", ("k.cu", "1", "error", "cannot open")),
        ("k.cu:5:10: fatal error: a.h: No such file", ("k.cu", "5", "error", "a.h: No such file")),
        ("add.cu: note", None),
        ("1 error detected in the compilation of add.cu.", None),
    ],
)
def test_the_matcher_parses_messages_of_nvcc(line: str, expected: tuple[str, ...] | None) -> None:
    match = re.match(NVCC_MESSAGE, line)
    assert (match.groups() if match else None) == expected


# Tools that start the program themselves


def test_a_program_is_built_for_them_as_delve_would() -> None:
    value = task("cuda", "build .").value
    assert value["args"] == ("build", "-gcflags=all=-N -l", "-o", "${workspaceFolder}/__debug_bin.cuda", ".")
    options = value["options"]
    assert isinstance(options, Mapping)
    assert isinstance(options["env"], Mapping)
    assert str(options["env"]["CGO_CFLAGS"]).startswith("-O0 -g")


def test_the_sanitizer_runs_what_was_built_and_waits_for_no_launch() -> None:
    entry = task("cuda", "sanitizer .", TWO)
    assert entry.starts == ("nvcc gpu", "go build app")
    assert entry.value["options"] == {
        "cwd": "${workspaceFolder}",
        "env": {
            "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
            "CUDA_VISIBLE_DEVICES": "1",
            "LD_LIBRARY_PATH": "/usr/lib/wsl/lib",
        },
    }
    assert DEBUGGER_INTERFACE in str(entry.value["detail"])


def test_cuda_gdb_needs_its_extension() -> None:
    project = Project(MemoryListing(SAMPLES["cuda"]))
    for extensions in (None, frozenset[str](), frozenset({"golang.go"})):
        generated = generate(project, NVIDIA, Selection((), extensions))
        entries = (*generated.configurations, *generated.tasks)
        assert not {"cuda-gdb", "nvcc-device"} & {entry.profile for entry in entries}


def test_an_editor_of_this_machine_can_have_the_extension() -> None:
    project = Project(MemoryListing(SAMPLES["cuda"]))
    assert "cuda-gdb ." in keys(generate(project, TWO))
    assert "cuda-gdb ." not in keys(generate(project, TWO, Selection((), frozenset())))


def test_cuda_gdb_can_be_selected_if_extensions_are_unknown() -> None:
    project = Project(MemoryListing(SAMPLES["cuda"]))
    assert keys(generate(project, NVIDIA, Selection(("cuda-gdb",)))) == ["cuda-gdb ."]
    assert keys(generate(project, NVIDIA, Selection(("cuda-gdb",), frozenset()))) == []


def test_cuda_gdb_steps_through_kernels_without_optimization() -> None:
    entry = configuration("cuda", "cuda-gdb .")
    assert (entry.value["type"], entry.value["program"]) == ("cuda-gdb", "${workspaceFolder}/__debug_bin.cuda")
    assert entry.about is not None
    assert DEBUGGER_INTERFACE in entry.about.render()
    [before] = [task for task in made("cuda").tasks if task.label == entry.value["preLaunchTask"]]
    assert before.starts == ("nvcc -G gpu", "go build app")
    assert "-G" in task("cuda", "nvcc-device gpu").value["args"]  # type: ignore[operator]
    assert "-G" not in task("cuda", "nvcc gpu").value["args"]  # type: ignore[operator]


# Core dumps


def test_a_fault_in_a_kernel_leaves_a_core_dump() -> None:
    env = variables("cuda-coredump .")
    assert env["CUDA_ENABLE_COREDUMP_ON_EXCEPTION"] == "1"
    assert "%p" in str(env["CUDA_COREDUMP_FILE"])
    assert not str(env["CUDA_COREDUMP_FILE"]).startswith("/mnt/")


def test_a_core_dump_is_opened_by_a_task_that_asks_for_it() -> None:
    generated = made("cuda", "nvidia-gpu", "cuda-coredump")
    [question] = generated.inputs
    [opening] = [task for task in generated.tasks if task.profile == "cuda-coredump"]
    assert f"${{input:{question.value['id']}}}" in str(opening.value["args"])
    assert made("root", "nvidia-gpu").inputs == ()


def test_an_unknown_machine_adds_nothing() -> None:
    assert generate(Project(MemoryListing(SAMPLES["cuda"])), Host(gpu=Gpu())) == generate(
        Project(MemoryListing(SAMPLES["cuda"]))
    )
