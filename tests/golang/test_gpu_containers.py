"""Files of a workspace that give a container the GPU, in every way that Docker, Compose and dev containers have."""

import pytest

from listing import MemoryListing
from wslgo.golang.containers.gpu import GpuFiles, gpu_files
from wslgo.golang.project import Project

RESERVED = """\
services:
  a:
    deploy:
      resources:
        reservations:
          devices:
            - driver: nvidia
              capabilities: [gpu]
"""
DEV = ".devcontainer/devcontainer.json"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (DEV, '{"runArgs": ["--gpus", "all"]}', GpuFiles((DEV,))),
        (DEV, '{"runArgs": ["--gpus=all"]}', GpuFiles((DEV,))),
        (DEV, '{"runArgs": ["--device", "nvidia.com/gpu=all"]}', GpuFiles((DEV,))),
        (DEV, '{"hostRequirements": {"gpu": true}}', GpuFiles((DEV,))),
        (DEV, '{"hostRequirements": {"gpu": "optional"}}', GpuFiles((DEV,))),
        (DEV, '{"hostRequirements": {"gpu": {"cores": 1000}}}', GpuFiles((DEV,))),
        (DEV, '{"hostRequirements": {"gpu": false}}', GpuFiles((), (DEV,))),
        (DEV, '{"image": "golang"} // "--gpus"', GpuFiles((), (DEV,))),
        (DEV, '{"dockerComposeFile": "compose.yaml"}', GpuFiles()),
        (DEV, "[", GpuFiles()),
        ("compose.yaml", "services:\n  a:\n    gpus: all\n", GpuFiles(("compose.yaml",))),
        ("compose.yaml", "services:\n  a:\n    runtime: nvidia\n", GpuFiles(("compose.yaml",))),
        ("compose.yaml", "services:\n  a:\n    runtime: runc\n", GpuFiles()),
        ("compose.yaml", "services:\n  a:\n    devices:\n      - nvidia.com/gpu=all\n", GpuFiles(("compose.yaml",))),
        (
            "compose.yaml",
            RESERVED,
            GpuFiles(("compose.yaml",)),
        ),
        ("compose.yaml", "services:\n  gpus:\n    image: nvidia\n", GpuFiles()),
    ],
)
def test_who_gets_the_gpu(path: str, text: str, found: GpuFiles) -> None:
    assert gpu_files(Project(MemoryListing({"go.mod": "module a\n", path: text}))) == found
