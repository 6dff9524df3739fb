"""Provisioning sets CGO_LDFLAGS where a build links a library of CUDA that the linker does not find."""

import pytest

from wslgo.golang.workspace import CudaLink
from wslgo.machine.host import DEFAULT, ENVIRONMENT, CFolder, Host, Variable
from wslgo.provision.model.facts import Facts, File, User, Workspace
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Step, WriteFile
from wslgo.provision.plan import planner

GOENV = "/home/dev/.config/go/env"
DRIVER = CFolder("/usr/lib/wsl/lib", ("-lcuda",), False)


def steps(host: Host, before: bytes | None, folders: tuple[str, ...] = ()) -> list[Step]:
    file = None if before is None else File(before, owner="dev")
    workspace = Workspace(uses_cgo=True, cuda_links=(CudaLink("-lcuda", "gorgonia.org/cu", folders),))
    facts = Facts(host, User("dev", "/home/dev"), files={GOENV: file}, workspace=workspace)
    return [step for step in planner.plan(facts, Spec()).steps if step.id == "go-variables"]


def host(*variables: Variable, **more: object) -> Host:
    return Host(home="/home/dev", goenv_path=GOENV, go_variables=variables, c_folders=(DRIVER,))._replace(**more)  # type: ignore[arg-type]


def written(found: list[Step]) -> bytes | None:
    writes = [action for step in found for action in step.actions if isinstance(action, WriteFile)]
    return writes[0].after if writes else None


@pytest.mark.parametrize(
    ("value", "before", "after"),
    [
        (Variable("CGO_LDFLAGS", "-O2 -g", DEFAULT), None, b"CGO_LDFLAGS=-O2 -g -L/usr/lib/wsl/lib\n"),
        (
            Variable("CGO_LDFLAGS", "-s", GOENV),
            b"GOPROXY=direct\nCGO_LDFLAGS=-s\n",
            b"GOPROXY=direct\nCGO_LDFLAGS=-s -L/usr/lib/wsl/lib\n",
        ),
    ],
)
def test_the_go_env_file_names_the_folder(value: Variable, before: bytes | None, after: bytes) -> None:
    found = steps(host(value), before)
    assert written(found) == after
    assert "machine/cuda-library-not-linked" in found[0].resolves


@pytest.mark.parametrize(
    ("machine", "folders"),
    [
        (host(Variable("CGO_LDFLAGS", "-O2 -g -L/usr/lib/wsl/lib", GOENV)), ()),
        (host(Variable("CGO_LDFLAGS", "-O2", ENVIRONMENT)), ()),
        (host(Variable("CGO_ENABLED", "0", ENVIRONMENT)), ()),
        (host(), ("/srv/driver",)),
        (host(c_folders=None), ()),
        (host(c_folders=(CFolder("/usr/lib/wsl/lib", ("-lcuda",)),)), ()),
    ],
)
def test_nothing_is_set_where_the_library_is_found_or_unknown(machine: Host, folders: tuple[str, ...]) -> None:
    assert not steps(machine, None, folders)
