"""The compose file for Athens: valid for a parser of the specification, with settings that this Athens reads."""

import re
from itertools import chain

import pytest
import yaml
from compose_spec import PyCompose

from commandline import wslgo
from tree import ROOT
from wslgo.knowledge import go_variable_names
from wslgo.syntax.go import goproxy

FILE = ROOT / "docs" / "athens" / "compose.yaml"
PAGE = ROOT / "docs" / "athens.md"
TEXT = FILE.read_text(encoding="utf-8")
# With the default of each variable: Compose replaces them before it parses.
INTERPOLATED = re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", TEXT)
ATHENS = yaml.safe_load(TEXT)["services"]["athens"]
SET = ATHENS["environment"]

# The names in the `envconfig` tags of pkg/config of Athens v0.18.0 (2026-06) that could be of use here.
READ_BY_ATHENS = frozenset(
    [
        *("ATHENS_DISK_STORAGE_ROOT", "ATHENS_DOWNLOAD_MODE", "ATHENS_DOWNLOAD_URL", "ATHENS_FILTER_FILE"),
        *("ATHENS_GITHUB_TOKEN", "ATHENS_GO_BINARY_ENV_VARS", "ATHENS_GOGET_WORKERS", "ATHENS_GONOSUM_PATTERNS"),
        *("ATHENS_INDEX_TYPE", "ATHENS_LOG_FORMAT", "ATHENS_LOG_LEVEL", "ATHENS_NETRC_PATH", "ATHENS_NETWORK_MODE"),
        *("ATHENS_PORT", "ATHENS_SINGLE_FLIGHT_TYPE", "ATHENS_STORAGE_TYPE", "ATHENS_SUM_DBS"),
        *("ATHENS_TLSCERT_FILE", "ATHENS_TLSKEY_FILE", "BASIC_AUTH_PASS", "BASIC_AUTH_USER", "PROXY_FORCE_SSL"),
    ]
)
READ_BY_GO = {"HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"}  # Athens passes them on (pkg/module/prepare_env.go)


def test_a_parser_of_the_specification_accepts_it() -> None:
    parsed = PyCompose.from_yaml(INTERPOLATED)
    parsed.validate()
    assert parsed.service_names() == ["athens"]
    with pytest.raises(Exception, match="imagee"):  # it is strict
        PyCompose.from_yaml(INTERPOLATED.replace("image:", "imagee:"))


def test_the_image_is_pinned() -> None:
    assert re.fullmatch(r"gomods/athens:v\d+\.\d+\.\d+", ATHENS["image"])


def test_athens_or_its_go_reads_each_variable() -> None:
    assert set(SET) - READ_BY_GO <= READ_BY_ATHENS
    named = set(re.findall(r"`((?:ATHENS|BASIC)_[A-Z_]+)`", PAGE.read_text(encoding="utf-8")))
    assert named <= READ_BY_ATHENS
    assert len(named) > 5


def test_modules_are_stored_where_a_volume_is() -> None:
    assert SET["ATHENS_STORAGE_TYPE"] == "disk"
    assert f"storage:{SET['ATHENS_DISK_STORAGE_ROOT']}" in ATHENS["volumes"]
    assert "storage" in yaml.safe_load(TEXT)["volumes"]


def test_the_modes_are_those_that_athens_knows() -> None:
    assert SET["ATHENS_DOWNLOAD_MODE"] in ("sync", "async", "redirect", "async_redirect", "none")
    assert SET["ATHENS_NETWORK_MODE"] in ("strict", "offline", "fallback")


def test_the_variables_of_its_go_are_separated_by_semicolons_and_go_reads_them() -> None:
    pairs = dict(word.strip().split("=", 1) for word in SET["ATHENS_GO_BINARY_ENV_VARS"].split(";"))
    assert set(pairs) <= go_variable_names.KNOWN
    assert not goproxy.parse(pairs["GOPROXY"]).error
    # What is private for its go must be private for its checksum database.
    assert pairs["GOPRIVATE"] == SET["ATHENS_GONOSUM_PATTERNS"]


def test_the_checksum_databases_are_https() -> None:
    assert all(database.startswith("https://") for database in SET["ATHENS_SUM_DBS"].split(","))


def test_each_secret_has_a_file_and_each_file_of_a_secret_a_secret() -> None:
    secrets = yaml.safe_load(TEXT)["secrets"]
    used = {value.removeprefix("/run/secrets/") for value in SET.values() if value.startswith("/run/secrets/")}
    assert used == set(ATHENS["secrets"]) == set(secrets)
    assert SET["ATHENS_NETRC_PATH"].endswith("/netrc")  # Athens copies only a file of this name to ~/.netrc
    explained = TEXT.partition("name: athens")[0]
    files = chain((secret["file"] for secret in secrets.values()), (ATHENS["volumes"][1].split(":")[0],))
    assert [file for file in files if file.removeprefix("./") not in explained] == []


def test_only_this_machine_reaches_it_by_default() -> None:
    assert ATHENS["ports"] == ["${ATHENS_LISTEN:-127.0.0.1:3000}:3000"]


def test_the_product_has_nothing_to_say_about_it() -> None:
    assert wslgo("check", "--isolated", str(FILE)).code == 0
