"""The values of `wslgo env`, against those of the real `go env` in the same folder and environment."""

import json
import os
from pathlib import Path

import pytest

from commandline import wslgo
from goenvinputs import NAMES, generated, installation, printed

COUNT = 150


@pytest.mark.slow
def test_every_value_is_that_of_the_real_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go = installation(tmp_path)
    folder = tmp_path / "folder"
    (folder / "project").mkdir(parents=True)
    (folder / "go.work").write_text("go 1.21\n")
    (folder / "project/go.mod").write_text("module example.com/m\n\ngo 1.21\n")
    names = (*NAMES, "GOMOD", "GOWORK", "GOVERSION")
    wrong = []
    for seed in range(COUNT):
        given = generated(seed, folder, go.root)
        here = folder / "project" if seed % 2 else folder
        real = printed(folder, given, go, names, here)
        if real is None:
            continue
        with monkeypatch.context() as patch:
            patch.setattr(os, "environ", given.environment)
            patch.chdir(here)
            done = wslgo("env", *names, "--format", "json", environment=given.environment)
        assert (done.code, done.err) == (0, "")
        ours = json.loads(done.out)
        wrong += [(seed, name, real[name], ours[name]) for name in names if ours[name]["value"] != real[name]]
    assert wrong == []
