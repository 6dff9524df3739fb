"""Every topic has a page in both languages, sources, rules that exist, and a name that no rule has."""

import json
import re
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

import wslgo.topics
from tree import TESTS
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.rules import FOLDERS, all_rules
from wslgo.machine.host import UNKNOWN, Variable
from wslgo.machine.host_json import from_json
from wslgo.machine.probe import FACTS
from wslgo.text.documentation import CHINESE, blocks_of, chinese_paragraphs
from wslgo.text.message import Text
from wslgo.topics import HEADINGS, TOPICS, Topic, all_topics, documentation, find, is_prose, parts, summary, topic_of

FOLDER = Path(wslgo.topics.__file__).parent
CODE = re.compile(r"`[^`]+`")
RULES = {rule.id for rule in all_rules()}
SHARED = {"here"}  # modules beside the topics
MOST_WORDS = 280  # a page is read in a minute


def english(topic: Topic) -> list[str]:
    return [" ".join(block.split()) for block in blocks_of(topic.documentation) if is_prose(block)]


def digest(paragraphs: list[str]) -> str:
    return sha256("\n\n".join(paragraphs).encode()).hexdigest()[:8]


def prose(topic: Topic) -> str:
    return " ".join(english(topic))


@pytest.fixture(params=all_topics(), ids=lambda topic: topic.name)
def topic(request: pytest.FixtureRequest) -> Topic:
    found: Topic = request.param
    return found


def test_every_module_is_a_topic() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - {"__init__", *SHARED}
    assert modules == {name.replace("-", "_") for name in TOPICS}


def test_a_page_has_an_answer_the_belief_the_truth_what_to_do_and_sources(topic: Topic) -> None:
    blocks = blocks_of(topic.documentation)
    assert [block for block in blocks if block.startswith("#")] == list(HEADINGS)
    assert is_prose(blocks[0])
    assert len(topic.documentation.partition("\n")[0]) <= 118
    assert topic.sources
    assert blocks[-2:][0] == "## Sources"
    assert all(re.search(r"<https://[^\s>]+>|\b20\d\d-\d\d\b|\d+\.\d+", source) for source in topic.sources)


def test_a_page_is_read_in_a_minute(topic: Topic) -> None:
    assert len(prose(topic).split()) <= MOST_WORDS


# Of root only what installs a compiler or a program, or shows what the kernel takes.
AS_ROOT = re.compile(r"sudo (?:apt install [\w. -]+|tee /etc/sysctl\.d/90-swappiness\.conf|sysctl --system)$")
HARMFUL = re.compile(
    r"(?<![-\w])(?:rm|mv|dd|chmod|chown|kill|reboot)\b|--(?:shutdown|unregister|terminate)\b|\|\s*(?:ba)?sh\b"
)


def test_commands_can_be_pasted(topic: Topic) -> None:
    for fence in re.findall(r"^```sh\n(.*?)^```$", topic.documentation, re.DOTALL | re.MULTILINE):
        done = subprocess.run(["bash", "-n"], input=fence, text=True, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        for line in fence.splitlines():
            assert not HARMFUL.search(line)
            assert "sudo" not in line or AS_ROOT.search(line)
            assert not re.search(r"[<>](?!/)|\bNAME\b|\.\.\.(?!$)", line.removesuffix("./...")), "a placeholder"


def test_a_translation_is_that_of_the_page(topic: Topic) -> None:
    paragraphs = english(topic)
    seen, chinese = chinese_paragraphs("wslgo.topics").get(topic.name, ("none", ()))
    heading = f"## {topic.name} <!-- {digest(paragraphs)} -->"
    assert seen == digest(paragraphs), f"translate {topic.name} in topics/{CHINESE}, under the heading: {heading}"
    assert len(chinese) == len(paragraphs)
    for before, after in zip(paragraphs, chinese, strict=True):
        assert set(CODE.findall(after)) == set(CODE.findall(before))
        assert re.search("[一-龥]", after)
        assert not re.search(r"\n|[一-龥][,:;?!]|[，。、；：] ", CODE.sub("x", after))


def test_a_translation_has_a_topic() -> None:
    names = list(chinese_paragraphs("wslgo.topics"))
    assert names == list(TOPICS)


def test_the_chinese_page_has_the_commands_and_the_sources_of_the_english_one(topic: Topic) -> None:
    pages = [blocks_of(documentation(topic, "en")), blocks_of(documentation(topic, "zh"))]
    for before, after in zip(*pages, strict=True):
        assert after == HEADINGS.get(before, before) if not is_prose(before) else after != before
    assert parts(topic, "zh")[1] == "## 来源\n\n" + parts(topic, "en")[1].partition("\n\n")[2]


def test_a_changed_page_is_shown_in_english_until_it_is_translated(topic: Topic) -> None:
    longer = topic._replace(documentation=f"One more.\n\n{topic.documentation}")
    assert documentation(longer, "zh") == longer.documentation


def test_the_summary_is_one_sentence_without_its_full_stop(topic: Topic) -> None:
    for language in ("en", "zh"):
        assert not re.search(r"[.。\n]$|[.。] ", summary(topic, language)), language


def test_every_rule_of_a_topic_exists_and_has_one_topic(topic: Topic) -> None:
    short = {rule.partition("/")[2] for rule in RULES}
    assert set(topic.rules) <= RULES | short
    meant = {rule for rule in RULES if rule in topic.rules or rule.partition("/")[2] in topic.rules}
    assert {topic_of(rule) for rule in meant} <= {topic.name}


def test_no_topic_has_the_name_of_a_rule() -> None:
    names = RULES | {part for rule in RULES for part in rule.split("/")} | set(FOLDERS) | {"all"}
    assert not names & set(TOPICS)


def test_the_facts_that_a_topic_needs_are_facts_of_the_machine(topic: Topic) -> None:
    assert all(fact in FACTS or any(known.startswith(f"{fact}.") for known in FACTS) for fact in topic.needs)


def test_nothing_is_invented_about_an_unknown_machine(topic: Topic) -> None:
    sentences = list(topic.here(UNKNOWN))
    assert all(isinstance(sentence, Text) for sentence in sentences)
    shown = " ".join(sentence.render() for sentence in sentences)
    assert not sentences or re.search(r"\bunknown\b|could not", shown), shown
    assert not re.search(r"\bNone\b", shown)


@pytest.mark.parametrize("path", sorted((TESTS / "hosts").glob("*.json")), ids=lambda path: path.stem)
def test_every_topic_says_what_holds_on_a_recorded_machine(path: Path) -> None:
    host = from_json(json.loads(path.read_bytes()))
    for topic in all_topics():
        for sentence in topic.here(host):
            assert not re.search(r"\bNone\b|\{|\.$", sentence.render("en")), topic.name
            assert re.search("[一-龥]", sentence.render("zh")), topic.name


def test_a_cache_on_a_windows_drive_is_named_as_such() -> None:
    topic = find("caches-on-windows-drives")
    assert topic is not None
    host = from_json(json.loads((TESTS / "hosts/nvidia-gpu.json").read_bytes()))
    moved = host._replace(go_variables=(Variable("GOCACHE", "/mnt/c/cache", "environment"),))
    shown = [sentence.render() for sentence in topic.here(moved)]
    assert "GOROOT is on ext4, not on a Windows drive: /usr/local/go" in shown
    assert "GOCACHE is on the Windows drive C:\\: /mnt/c/cache" in shown


def test_hovers_lead_to_topics() -> None:
    assert set(wslgo.topics.VARIABLES.values()) <= set(TOPICS)
    assert set(wslgo.topics.KEYS.values()) <= set(TOPICS)
    assert set(wslgo.topics.KEYS) <= {key.id for keys in KEYS.values() for key in keys}


def test_an_unknown_topic_is_none() -> None:
    assert find("nosuch") is None
    assert topic_of("nosuch/rule") is None
