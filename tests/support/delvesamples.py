"""Workspaces in memory to generate launch configurations for, one per kind of program."""

from collections.abc import Mapping

from listing import MemoryListing
from machines import host
from wslgo.golang.project import Project
from wslgo.launch.generate import Generated, Selection, generate
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.machine.host import UNKNOWN, Host

MODULE = "module example.com/app\n\ngo 1.25\n"
MAIN = "package main\n\nfunc main() {}\n"
TEST = "package app\n"
KERNEL = "__global__ void add() {}\n"
NSIGHT = frozenset({"nvidia.nsight-vscode-edition"})

GPU = 'package gpu\n\n// #cgo LDFLAGS: -L${SRCDIR} -lkernels -lcudart\n// #include <cuda_runtime.h>\nimport "C"\n'
MONITOR = 'package main\n\n// #cgo LDFLAGS: -lnvidia-ml\nimport "C"\n\nfunc main() {}\n'
SERVICE = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n'
USES_GPU = 'package main\n\nimport _ "example.com/app/gpu"\n\nfunc main() {}\n'
DOCKERFILE = (
    'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /api ./cmd/api\nFROM debian\nCMD ["/api"]\n'
)
COMPOSE = """services:
  api:
    build: .
    command: dlv exec /api --headless --listen=:4000 --accept-multiclient
    ports: ["127.0.0.1:4001:4000"]
  db:
    image: postgres
"""
DEPLOYMENT = """kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  template:
    metadata:
      labels:
        sidecar.istio.io/inject: "{injected}"
    spec:
      containers:
      - name: api
        image: registry.test/shop/api:1
        command: [dlv, exec, /api, --headless, "--listen=:{port}"]
      - name: log
        image: fluent
"""

SAMPLES: Mapping[str, Mapping[str, str]] = {
    "nothing": {"README.md": ""},
    "root": {"go.mod": MODULE, "main.go": MAIN, "main_test.go": "package main\n"},
    "commands": {
        "go.mod": MODULE,
        "cmd/api/main.go": MAIN,
        "cmd/cli/main.go": MAIN,
        "store/a.go": TEST,
        "store/a_test.go": TEST,
    },
    "library": {"go.mod": MODULE, "a.go": TEST},
    "tagged": {"go.mod": MODULE, "main.go": f"//go:build pro\n\n{MAIN}"},
    "scripts": {"go.mod": MODULE, "scripts/a.go": MAIN, "scripts/b.go": MAIN},
    "typed": {"go.mod": MODULE, "main.go": 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Scanln() }\n'},
    "windows": {"go.mod": MODULE, "main.go": 'package main\n\nimport _ "fyne.io/fyne/v2/app"\n\nfunc main() {}\n'},
    "service": {"go.mod": MODULE, "main.go": SERVICE},
    "c": {"go.mod": MODULE, "main.go": 'package main\n\n// int f(void);\nimport "C"\n\nfunc main() {}\n'},
    "cuda": {
        "go.mod": MODULE,
        "main.go": USES_GPU,
        "gpu/gpu.go": GPU,
        "gpu/add.cu": KERNEL,
        "gpu/gpu_test.go": "package gpu\n",
    },
    "cuda by tag": {
        "go.mod": MODULE,
        "main.go": USES_GPU,
        "gpu/gpu.go": f"//go:build cuda\n\n{GPU}",
        "gpu/none.go": "//go:build !cuda\n\npackage gpu\n",
    },
    "monitor": {"go.mod": MODULE, "main.go": MONITOR},
    "container": {"go.mod": MODULE, "cmd/api/main.go": MAIN, "Dockerfile": DOCKERFILE},
    "compose": {"go.mod": MODULE, "cmd/api/main.go": MAIN, "Dockerfile": DOCKERFILE, "compose.yaml": COMPOSE},
    "pod": {
        "go.mod": MODULE,
        "cmd/api/main.go": MAIN,
        "Dockerfile": DOCKERFILE,
        "deploy/api.yaml": DEPLOYMENT.format(injected="true", port=4000),
    },
}  # fmt: skip

HOSTS = {"unknown": UNKNOWN, **{name: host(name) for name in ("nvidia-gpu", "two-gpus", "ubuntu-24.04-nat", "not-wsl")}}


def made(sample: str | Mapping[str, str], on: str | Host = "nvidia-gpu", *profiles: str, home: str = "") -> Generated:
    """Return the entries generated for a sample or for texts, with the extension for cuda-gdb."""
    texts = SAMPLES[sample] if isinstance(sample, str) else sample
    machine = HOSTS[on] if isinstance(on, str) else on
    return generate(Project(MemoryListing(texts), home), machine, Selection(profiles, NSIGHT))


def configuration(sample: str | Mapping[str, str], key: str, on: str | Host = "nvidia-gpu") -> LaunchEntry:
    """Return the only configuration with a key."""
    [entry] = [found for found in made(sample, on).configurations if found.key == key]
    return entry


def task(sample: str | Mapping[str, str], key: str, on: str | Host = "nvidia-gpu") -> LaunchEntry:
    """Return the only task with a key."""
    [entry] = [found for found in made(sample, on).tasks if found.key == key]
    return entry


def keys(generated: Generated) -> list[str]:
    """Return the keys of the configurations."""
    return [entry.key for entry in generated.configurations]
