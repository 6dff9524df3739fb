"""The keys of `wslgo.yaml`: one table, and everything else that knows them."""

import json

import pytest
import yaml
from jsonschema import Draft7Validator

from wslgo.ide.team_schema import schema
from wslgo.knowledge.team_keys import ANY, DIMENSIONS, KEYS, SEVERITIES, STEPS
from wslgo.linter import dimensions
from wslgo.linter.policy import HARDENED, OF_MACHINE
from wslgo.linter.rules import MACHINE, POLICY, rules_of
from wslgo.linter.settings import PARTS
from wslgo.linter.settings import SEVERITIES as KNOWN_SEVERITIES
from wslgo.linter.team_problems import problems
from wslgo.linter.team_yaml import parse_nodes
from wslgo.provision.plan import planner

SCHEMA = Draft7Validator(schema())

RIGHT = """
check:
  select: [wslconfig, goenv]
  severity: {wslconfig/unknown-key: error, goenv: off}
doctor: {fail-under: 80, dimensions: {security: 100}}
provision: {go: 1.27, steps: [toolchain], variables: {GOPROXY: x}}
policy:
  proxies: ["https://goproxy.example.com", direct]
  registries: [docker.io/library]
  checksums: required
  private: ["*.corp.example.com"]
  versions: {go: 1.26, gopls: 0.20.0}
  caches: linux
  wslconfig: {memory: {min: 4GB, max: 16GB}, processors: 4, networkingMode: mirrored, autoProxy: true}
  never-ignore: [goenv]
"""
WRONG = (
    "chekc: {}",
    "check: {ignroe: []}",
    "check: {ignore: unknown-key}",
    "check: {severity: {goenv: loud}}",
    "provision: {steps: [tools, everything]}",
    "policy: {proxies: https://x.example}",
    "policy: {caches: windows}",
    "policy: {versions: {golang: 1.26}}",
    "policy: {versions: {go: [1.26]}}",
    "policy: {wslconfig: {memory: {least: 1GB}}}",
    "policy: {wslconfig: {memory: {}}}",
    "policy: []",
    "doctor: {fail-under: 101}",
    "doctor: {dimensions: {speeed: 1}}",
)


def test_the_table_has_the_keys_that_the_settings_know() -> None:
    found = {part: {key.path[1] for key in KEYS if len(key.path) == 2 and key.path[0] == part} for part in PARTS}
    assert {part: set(names) for part, names in PARTS.items()} == found
    assert tuple(planner.STEPS) == STEPS
    assert tuple(dimensions.DIMENSIONS) == DIMENSIONS
    assert {*SEVERITIES} - {"off", "information"} == {*KNOWN_SEVERITIES} - {"info"}


def test_each_key_is_there_once_and_below_a_map() -> None:
    paths = [key.path for key in KEYS]
    assert len(paths) == len(set(paths))
    assert all(path[:-1] in paths for path in paths if len(path) > 1)
    assert all(path[-1] == ANY or path[-1] for path in paths)


def test_what_the_checks_accept_is_valid_by_the_schema() -> None:
    assert not list(problems(parse_nodes(RIGHT)))
    assert not list(SCHEMA.iter_errors(json.loads(json.dumps(yaml.safe_load(RIGHT)))))


@pytest.mark.parametrize("text", WRONG)
def test_what_the_checks_reject_is_not_valid_by_the_schema(text: str) -> None:
    assert list(problems(parse_nodes(text)))
    assert list(SCHEMA.iter_errors(yaml.safe_load(text)))


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(schema())


def test_a_policy_knows_its_rules() -> None:
    bound = {rule.id for rule in rules_of(MACHINE)} - {rule.id for rule in rules_of(MACHINE, is_bound=False)}
    assert bound == set(OF_MACHINE)
    assert {rule.partition("/")[0] for rules in HARDENED.values() for rule in rules} == {"goenv"}
    assert all(rule.id.startswith(f"{POLICY}/") for rule in rules_of(POLICY))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('policy: {go: "1.26"}', "policy.versions.go"),
        ("policy: {gopls: 0.20.0}", "policy.versions.gopls"),
        ("policy: {proxy: []}", "policy.proxies"),
        ("policy: {GOSUMDB: x}", "policy.checksums"),
        ("doctor: {speed: 90}", "doctor.dimensions.speed"),
        ("policy: {colour: red}", ""),
        ('go: "1.26"', ""),
    ],
)
def test_a_key_at_another_place_or_by_another_word_is_offered(text: str, meant: str) -> None:
    [problem] = problems(parse_nodes(text))
    assert (f"did you mean {meant}?" if meant else "") in problem.text.render()
    assert ("did you mean" in problem.text.render()) == bool(meant)
    assert problem.meant == ""  # the value has another form there, so no fix
