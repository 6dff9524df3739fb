"""`wslgo env` under a policy: values that break it are marked with its line."""

import json
import os
from pathlib import Path

import pytest

from commandline import Outcome, write, wslgo


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    write(folder / ".config/go/env", "GOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.golang.org\n")
    (tmp_path / "project/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project")
    return folder


def env(home: Path, *words: str) -> Outcome:
    variables = {"HOME": str(home), "SHELL": "/bin/bash", "PATH": os.environ["PATH"]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", variables)
        return wslgo("env", *words, environment=variables)


def test_a_value_that_breaks_the_policy_is_marked(home: Path) -> None:
    write(
        home.parent / "project/wslgo.yaml", "policy: {proxies: ['https://goproxy.example.com'], checksums: required}\n"
    )
    outcome = env(home, "GOPROXY", "GOSUMDB")
    assert outcome.code == 0
    first, *rest = [line for line in outcome.out.splitlines() if "GO" in line]
    assert "breaks policy.proxies of wslgo.yaml" in first
    assert not any("breaks" in line for line in rest)


def test_the_json_has_the_findings_about_the_value_in_effect(home: Path) -> None:
    write(
        home.parent / "project/wslgo.yaml",
        "policy: {proxies: [direct, 'https://goproxy.cn'], checksums: [x.example+1d1f3a02+A]}",
    )
    outcome = env(home, "GOPROXY", "--format", "json")
    assert outcome.code == 2, "the database is not one"
    write(home.parent / "project/wslgo.yaml", "policy: {proxies: [direct]}")
    found = json.loads(env(home, "GOPROXY", "GOSUMDB", "--format", "json").out)
    assert [each["rule"] for each in found["GOPROXY"]["policy"]] == ["policy/proxy-not-allowed"]
    assert found["GOSUMDB"]["policy"] == []


def test_without_a_policy_nothing_is_marked(home: Path) -> None:
    outcome = env(home, "GOPROXY")
    assert "breaks" not in outcome.out
    assert "policy" not in json.loads(env(home, "GOPROXY", "--format", "json").out)["GOPROXY"]
