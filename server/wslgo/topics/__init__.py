"""Answers to what people believe about Go on WSL2: one module is one topic, and its docstring is its page.

The first paragraph is the answer in one sentence. Then come what people believe, what is true, what to do, and the
sources. The Chinese paragraphs are in `zh.md`; commands and sources are the same in both languages. A module may have
`here(host)`, which yields what holds on a machine, from the facts in `NEEDS`.

The tables here say which rules, Go variables and keys a topic is about, so that a finding or a hover names its topic
without importing it.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from wslgo.machine.host import Host
from wslgo.text.documentation import blocks_of, chinese_paragraphs, translated
from wslgo.text.message import Language, Text
from wslgo.text.typing import NamedTuple

# Each topic with the rules that link to it: by id, or by the part after the slash for a rule of several families.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "goproxy-walk": (
        *("goenv/unreachable-proxy", "goenv/no-fallback", "goenv/no-fallback-on-failure", "goenv/proxy-separator"),
        *("goenv/proxy-without-entries", "goenv/unusable-proxy", "goenv/unquoted-pipe"),
        *("machine/failing-module-proxy", "machine/silent-module-proxy", "machine/no-module-source"),
        "policy/proxy-not-allowed",
    ),
    "gosumdb": ("goenv/malformed-checksum-database", "goenv/verification-off", "policy/checksums-off"),
    "no-sum-txt-fallback": ("machine/silent-checksum-database",),
    "goprivate": (
        *("goenv/pattern-without-match", "goenv/private-paths-leak", "goenv/exception-without-effect"),
        *("goenv/public-proxy-first", "goenv/login-not-sent", "gomod/private-module-not-exempt"),
        *("machine/silent-private-host", "policy/exempts-other-modules"),
    ),
    "caches-on-windows-drives": (
        *("goenv/folder-on-windows-drive", "workspace-on-windows-drive", "replace-on-windows-drive"),
        *("machine/home-on-windows-drive", "machine/go-on-windows-drive"),
    ),
    "dev-wsl": ("machine/workspace-in-memory",),
    "symlinks-in-gocache": (),
    "gpu-build": (),
    "race-on-wsl2": ("machine/no-c-compiler", "race-without-cgo"),
    "dlvloadconfig": ("launch/legacy-attribute", "unread-delve-setting"),
    "tags-cuda": ("overridden-tags",),
    "cuda-breakpoints": (
        *("binary/kernels-out-of-reach", "machine/gpu-debugging-switched-off", "launch/no-launch-blocking"),
    ),
    "dev-nvidia": (
        *("machine/no-gpu-device", "machine/no-gpu-driver", "machine/gpu-switched-off", "machine/linux-nvidia-driver"),
        *("machine/gpu-library-not-found", "machine/gpu-library-hidden", "machine/another-gpu-library-first"),
        *("machine/nvidia-smi-not-in-path", "machine/nvidia-smi-of-linux-driver", "launch/library-path-without-driver"),
        *("launch/cuda-without-gpu", "gpu-not-on-machine"),
    ),
    "wslg": ("machine/no-wslg", "machine/gui-switched-off", "machine/x11-socket-missing"),
    "wayland-or-x11": (
        *("shell/display-by-hand", "machine/foreign-display", "machine/no-wayland-socket"),
        "machine/software-rendering",
    ),
    "tauri-and-ozone": ("gomod/wails-without-webkit",),
    "mirrored-or-nat": (
        *("wslconfig/mirrored-only-key", "wslconfig/localhost-forwarding-when-mirrored"),
        *("wslconfig/networking-fell-back", "launch/service-of-windows", "goenv/proxy-of-another-mode"),
        *("machine/proxy-at-another-address", "machine/dns-server-when-mirrored"),
        "resolvconf/loopback-server-when-mirrored",
    ),
    "resolv-conf": (
        *("resolvconf/wsl-key", "resolvconf/generated-by-wsl", "resolvconf/overwritten"),
        *("wslconf/own-resolv-conf-with-tunneling", "host-address-from-resolv-conf", "machine/no-name-server"),
    ),
    "docker-and-mesh-ports": ("unknown-docker-host", "mesh-port-mismatch", "machine/docker-ports-when-mirrored"),
    "memory-and-processors": (
        *("wslconfig/low-limit", "wslconfig/memory-above-host", "wslconfig/memory-below-minimum"),
        *("wslconfig/processors-above-host", "wslconfig/no-processors", "wslconfig/no-swap"),
        *("wslconfig/memory-not-reclaimed", "machine/memory-kept"),
    ),
    "swappiness": ("wslconf/kernel-settings-in-command",),
    "wsl-conf-places": ("misplaced-file", "wrong-file", "wslconfig/missing-file", "machine/stray-file"),
    "alpine": ("binary/loader-not-found", "wslconf/systemd-not-running"),
}
# The topics of Go variables and of keys of WSL's files, which hovers offer.
VARIABLES: Mapping[str, str] = {
    "GOPROXY": "goproxy-walk",
    "GOSUMDB": "gosumdb",
    **dict.fromkeys(("GOPRIVATE", "GONOPROXY", "GONOSUMDB"), "goprivate"),
    **dict.fromkeys(("GOCACHE", "GOMODCACHE", "GOPATH"), "caches-on-windows-drives"),
    "CUDA_LAUNCH_BLOCKING": "cuda-breakpoints",
}
KEYS: Mapping[str, str] = {
    **dict.fromkeys(("wsl2.memory", "wsl2.processors", "wsl2.swap"), "memory-and-processors"),
    **dict.fromkeys(
        ("wsl2.networkingMode", "wsl2.localhostForwarding", "experimental.hostAddressLoopback"), "mirrored-or-nat"
    ),
    **dict.fromkeys(("network.generateResolvConf", "wsl2.dnsTunneling"), "resolv-conf"),
    **dict.fromkeys(("wsl2.guiApplications", "general.guiApplications"), "wslg"),
    **dict.fromkeys(("wsl2.gpuSupport", "gpu.enabled", "gpu.appendLibPath", "automount.ldconfig"), "dev-nvidia"),
    "boot.command": "swappiness",
}

HEADINGS = {
    "## What people believe": "## 常见说法",
    "## What is true": "## 实际情况",
    "## What to do": "## 怎么做",
    "## Sources": "## 来源",
}
SOURCES = "## Sources"
_ITEM = "- "


class Topic(NamedTuple):
    """A topic; `here` yields what holds on a machine, from the facts in `needs`."""

    name: str
    documentation: str
    needs: frozenset[str]
    here: Callable[[Host], Iterator[Text]]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that link to it, by id or by the part after the slash."""
        return TOPICS[self.name]

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources, as Markdown."""
        items = self.documentation.partition(f"{SOURCES}\n")[2].strip().split(f"\n{_ITEM}")
        return tuple(" ".join(item.removeprefix(_ITEM).split()) for item in items)


@cache
def find(name: str) -> Topic | None:
    """Return the topic with this name; only its module is imported."""
    if name not in TOPICS:
        return None
    from importlib import import_module  # most runs ask for no topic

    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    needs = frozenset(getattr(module, "NEEDS", ()))
    return Topic(name, (module.__doc__ or "").strip(), needs, getattr(module, "here", _nothing))


def all_topics() -> tuple[Topic, ...]:
    """Return every topic, in the order of the table."""
    return tuple(topic for topic in map(find, TOPICS) if topic)


def topic_of(rule: str) -> str | None:
    """Return the name of the topic that a rule links to."""
    return _of_rules().get(rule) or _of_rules().get(rule.partition("/")[2])


def topic_about(word: str) -> str | None:
    """Return the name of the topic about a Go variable or a key, or with this word in its name; the case is ignored."""
    lower = word.lower()
    values = {name.lower(): topic for name, topic in (*KEYS.items(), *VARIABLES.items())}
    keys = {name.lower().partition(".")[2]: topic for name, topic in KEYS.items()}
    named = next((topic for topic in TOPICS if lower in topic.split("-")), None)
    return values.get(lower) or keys.get(lower) or named


def documentation(topic: Topic, language: Language) -> str:
    """Return the page of a topic as Markdown; in English if the Chinese one lacks paragraphs."""
    if language == "en":
        return topic.documentation
    _, chinese = chinese_paragraphs(__name__).get(topic.name, ("", ()))
    return translated(topic.documentation, chinese, HEADINGS, is_prose) or topic.documentation


def parts(topic: Topic, language: Language) -> tuple[str, str]:
    """Return the page of a topic in two parts: up to the sources, and the sources with their heading."""
    text = documentation(topic, language)
    headings = {SOURCES, HEADINGS[SOURCES]}
    at = next((text.find(f"{heading}\n") for heading in headings if f"{heading}\n" in text), len(text))
    return text[:at].rstrip() + "\n", text[at:]


def summary(topic: Topic, language: Language) -> str:
    """Return the answer in one sentence, without its full stop."""
    return " ".join(blocks_of(documentation(topic, language))[0].split()).rstrip(".。")


def is_prose(block: str) -> bool:
    """Return whether a block is a paragraph, which has a Chinese one; a list is one of sources."""
    return block not in HEADINGS and not block.startswith(("```", _ITEM))


@cache
def _of_rules() -> dict[str, str]:
    return {rule: name for name, rules in TOPICS.items() for rule in rules}


def _nothing(_host: Host) -> Iterator[Text]:
    return iter(())
