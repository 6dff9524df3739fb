"""A finding that has no place in a file, as the JSON of `check`, `doctor` and `provision`."""

from wslgo.linter.finding import Reported
from wslgo.text.message import Language
from wslgo.topics import topic_of


def machine_finding(reported: Reported, spoken: Language) -> dict[str, object]:
    """Return a finding about the machine: `path` is that of the file that causes it, if one is known."""
    finding = reported.finding
    topic = finding.topic or topic_of(reported.rule)
    return {
        "rule": reported.rule,
        "severity": reported.severity.name.lower(),
        **({"path": reported.path} if reported.path else {}),
        "message": finding.message.render(spoken),
        **({"topic": topic} if topic else {}),
        "about": finding.about,
        "next": finding.next.render(spoken) if finding.next is not None else None,
    }
