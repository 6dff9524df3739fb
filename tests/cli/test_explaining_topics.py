"""`wslgo explain TOPIC`: pages, the list, JSON, and what holds on a machine."""

import json
import re
from pathlib import Path

import pytest

from commandline import wslgo
from tree import TESTS
from wslgo.cli.output.excerpt import width
from wslgo.topics import TOPICS

HOSTS = TESTS / "hosts"
CHINESE = re.compile("[一-龥]")


def test_a_topic_is_explained_with_its_sources_and_rules() -> None:
    code, out, err = wslgo("explain", "GOPROXY-walk", "--host", str(HOSTS / "china-company.json"))
    assert (code, err) == (0, "")
    assert out.startswith("goproxy-walk\n\nAfter a comma in GOPROXY, go asks the next proxy only if ")
    assert "\n    wslgo doctor --network\n" in out
    assert "\nSources\n\n- Go modules reference" in out
    assert re.search(r"^Rules about it: .*goenv/unreachable-proxy", out, re.MULTILINE)
    assert "```" not in out
    assert "## " not in out


def test_a_topic_says_what_holds_on_a_recorded_machine() -> None:
    out = wslgo("explain", "goproxy-walk", "--host", str(HOSTS / "china-company.json")).out
    assert "\nOn the recorded machine\n\n- GOPROXY is " in out


def test_a_topic_says_what_holds_here() -> None:
    assert "\nOn this machine\n\n- GOSUMDB is " in wslgo("explain", "gosumdb").out


def test_a_recorded_machine_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    code, out, err = wslgo("explain", "gosumdb", "--host", str(tmp_path / "none.json"))
    assert (code, out) == (2, "")
    assert "none.json" in err


@pytest.mark.parametrize("arguments", [(), ("--list",)])
def test_topics_are_listed_one_a_line(arguments: tuple[str, ...]) -> None:
    code, out, err = wslgo("explain", *arguments)
    *lines, empty, last = out.splitlines()
    assert (code, err, empty) == (0, "", "")
    assert [line.split()[0] for line in lines] == list(TOPICS)
    assert "wslgo rules lists the rules" in last


def test_topics_are_listed_in_chinese() -> None:
    *lines, _, last = wslgo("explain", "--lang", "zh").out.splitlines()
    assert all(CHINESE.search(line) for line in (*lines, last))


def test_a_topic_is_explained_in_chinese() -> None:
    out = wslgo("explain", *TOPICS, "--lang", "zh", "--host", str(HOSTS / "nvidia-gpu.json")).out
    assert not re.search(r"^(?:What people believe|What is true|What to do|Sources|On .* machine)$", out, re.MULTILINE)
    prose = [line for line in out.splitlines() if CHINESE.search(line) and not line.startswith("    ")]
    assert max(map(width, prose)) <= 100


def test_topics_and_rules_are_explained_together() -> None:
    out = wslgo("explain", "unreachable-proxy", "gosumdb").out
    assert out.index("gosumdb\n") < out.index("goenv/unreachable-proxy: ")


def test_the_page_of_a_rule_names_its_topic() -> None:
    assert "See also: wslgo explain goproxy-walk\n" in wslgo("explain", "goenv/unreachable-proxy").out
    assert "See also" not in wslgo("explain", "wslconfig/bad-escape").out


@pytest.mark.parametrize(
    ("name", "near"),
    [("goproxy-wolk", "goproxy-walk"), ("gosumd", "gosumdb"), ("unreachable-prox", "unreachable-proxy")],
)
def test_a_typo_is_compared_with_topics_and_rules(name: str, near: str) -> None:
    code, out, err = wslgo("explain", name)
    assert (code, out) == (2, "")
    assert err == f"wslgo: unknown topic or rule '{name}'; did you mean {near}?\n"


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("GOPROXY", "goproxy-walk"),
        ("GOMODCACHE", "caches-on-windows-drives"),
        ("memory", "memory-and-processors"),
        ("wsl2.networkingMode", "mirrored-or-nat"),
        ("race", "race-on-wsl2"),
        ("tauri", "tauri-and-ozone"),
    ],
)
def test_a_variable_a_key_or_a_word_leads_to_its_topic(name: str, topic: str) -> None:
    assert wslgo("explain", name).err.endswith(f"did you mean {topic}?\n")


def test_no_name_leads_nowhere() -> None:
    assert "did you mean" not in wslgo("explain", "").err


def test_a_name_like_no_other_is_told_where_the_names_are() -> None:
    err = wslgo("explain", "zzzzzzzzzz").err
    assert err == "wslgo: unknown topic or rule 'zzzzzzzzzz'; see wslgo explain --list and wslgo rules\n"


def test_topics_are_explained_as_json() -> None:
    host = str(HOSTS / "china-company.json")
    found = json.loads(wslgo("explain", "gosumdb", "unreachable-proxy", "--format", "json", "--host", host).out)
    assert found["version"] == 1
    [topic] = found["topics"]
    assert set(topic) == {"name", "summary", "text", "sources", "here", "rules"}
    assert topic["name"] == "gosumdb"
    assert len(topic["sources"]) >= 2
    assert topic["here"][0].startswith("GOSUMDB is ")
    assert "Sources" not in topic["text"]
    [rule] = found["rules"]
    assert (rule["name"], rule["topic"]) == ("goenv/unreachable-proxy", "goproxy-walk")


def test_json_is_in_english_unless_told_otherwise() -> None:
    words = ("explain", "gosumdb", "--format", "json")
    assert not CHINESE.search(wslgo(*words, environment={"LANG": "zh_CN.UTF-8"}).out)
    assert json.loads(wslgo(*words, "--lang", "zh").out)["topics"][0]["text"].count("在此之前不会显露")


def test_the_list_is_there_as_json() -> None:
    found = json.loads(wslgo("explain", "--format", "json").out)
    assert [topic["name"] for topic in found["topics"]] == list(TOPICS)
    assert all(topic["here"] == [] for topic in found["topics"])


def test_a_finding_in_json_names_its_topic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".bashrc").write_text("export GOPROXY=direct,https://goproxy.cn\n", encoding="utf-8")
    (tmp_path / ".wslconfig").write_text("[wsl2]\nguiApplications=off\n", encoding="utf-8")
    found = json.loads(wslgo("check", "--format", "json", ".bashrc", ".wslconfig").out)["findings"]
    topics = {finding["rule"]: finding.get("topic") for finding in found}
    assert topics == {"goenv/unreachable-proxy": "goproxy-walk", "wslconfig/invalid-boolean": None}


def test_a_finding_about_the_machine_names_its_topic() -> None:
    found = json.loads(wslgo("doctor", "--host", str(HOSTS / "article.json"), "--format", "json").out)["findings"]
    assert any(finding.get("topic") for finding in found)
    assert all(finding.get("topic", "gosumdb") in TOPICS for finding in found)
