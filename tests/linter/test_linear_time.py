"""Files that are long on purpose: four times the text takes about four times the work."""

import time

import pytest

from wslgo.linter.check import check
from wslgo.linter.policy import Policy, Requirement
from wslgo.linter.settings import Settings
from wslgo.syntax.family import DOCS, GITLAB, by_name, family_of
from wslgo.syntax.file import read
from wslgo.syntax.markdown import parse
from wslgo.text.source import Source
from wslgo.text.span import Span

POLICY = Policy((Requirement(("checksums",), ("required",), Span(0, 1), "wslgo.yaml"),))
JOBS = "variables:\n  HTTPS_PROXY: http://p:1\n"
JOB = "j{n}:\n  variables:\n    GOPROXY: https://x\n"


def seconds(path: str, text: str) -> float:
    """Return the processor time of a check."""
    family = by_name(DOCS) if path.endswith(".md") else family_of(path)
    assert family is not None
    began = time.process_time()
    for _ in check(read(path, family, Source(text)), Settings(policy=POLICY)):
        pass
    return time.process_time() - began


@pytest.mark.parametrize(
    ("path", "head", "piece"),
    [
        (".gitlab-ci.yml", JOBS, JOB),
        (".gitlab-ci.yml", "", "variables:\n  GOPROXY: https://x\n"),
        ("Dockerfile", "FROM a\nENV HTTPS_PROXY=http://p:1\n", "ENV GOPROXY=https://x\n"),
        ("README.md", "", "a|b\n-|-\n"),
        ("Makefile", "a:\n\t", "go env -w GOPROXY=https://x; sudo GOSUMDB=off go build; "),
        ("Makefile", "a:\n", "\tgo env -w GOPROXY=https://x # a\n"),
    ],
)
def test_the_work_grows_with_the_text(path: str, head: str, piece: str) -> None:
    few, many = (head + "".join(piece.replace("{n}", str(n)) for n in range(count)) for count in (200, 1200))
    seconds(path, few)  # what is imported once
    assert seconds(path, many) < 18 * max(seconds(path, few), 0.05)


def test_proxies_of_the_same_job_and_of_all_jobs_reach_it() -> None:
    family = by_name(GITLAB)
    assert family is not None
    for text in (
        "variables:\n  HTTPS_PROXY: http://proxy.corp:1\nj:\n  variables:\n    GOPROXY: https://goproxy.corp\n",
        "j:\n  variables:\n    HTTPS_PROXY: http://proxy.corp:1\n    GOPROXY: https://goproxy.corp\n",
    ):
        rules = [each.rule for each in check(read(".gitlab-ci.yml", family, Source(text)), Settings())]
        assert "network/module-proxy-not-excluded" in rules or "goenv/module-proxy-not-excluded" in rules, rules


def test_each_row_of_a_table_keeps_its_cells() -> None:
    source = Source("|a|b|\n|-|-|\n|1|2|\n|3|\n")
    [table] = parse(source).blocks
    assert [[source.text[slice(*cell)] for cell in row] for row in table.rows] == [["1", "2"], ["3"]]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "step",
    [
        "- run: sudo -E GOSUMDB=off go build",
        "- run: sudo GOSUMDB=off go build",
        "- uses: Actions/Setup-Go@v5\n      with: {go-version: '1.20'}",
    ],
)
def test_a_policy_sees_through_sudo_and_the_case_of_an_action(step: str) -> None:
    path = ".github/workflows/a.yml"
    family = family_of(path)
    assert family is not None
    requirements = (*POLICY.requirements, Requirement(("versions", "go"), ("1.26",), Span(0, 1), "wslgo.yaml"))
    text = f"on: push\njobs:\n  j:\n    runs-on: x\n    steps:\n    {step}\n"
    found = check(read(path, family, Source(text)), Settings(policy=Policy(requirements)))
    assert any(each.rule.startswith("policy/") for each in found)
