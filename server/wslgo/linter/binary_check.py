"""The check of a compiled program: rules about what its file says, on this machine."""

from wslgo.linter.finding import Reported, readable
from wslgo.linter.rules import BINARY, needs, selected_rules
from wslgo.linter.settings import Settings
from wslgo.machine.binary import Binary
from wslgo.machine.host import UNKNOWN, Host

_GPU = "gpu."


def binary_findings(binary: Binary, host: Host = UNKNOWN, settings: Settings | None = None) -> list[Reported]:
    """Return the findings about a program, the worst first."""
    settings, found = settings or Settings(), list[Reported]()
    for rule in selected_rules(BINARY, settings):
        for finding in rule.check(binary, host):
            severity = settings.severity_of(rule.id, finding.severity or rule.severity)
            if severity is not None:
                about = finding.about or "binary"
                found.append(Reported(rule.id, severity, binary.path, readable(finding._replace(about=about))))
    return sorted(found, key=lambda reported: (reported.severity, reported.rule))


def binary_needs(binary: Binary, settings: Settings | None = None) -> frozenset[str]:
    """Return the facts of the machine that the rules use for this program; nvidia-smi runs only for CUDA."""
    wanted = needs(BINARY, settings or Settings())
    uses_cuda = binary.cuda is not None or any(library.name.startswith("libcuda.") for library in binary.needed)
    return wanted if uses_cuda else frozenset(fact for fact in wanted if not fact.startswith(_GPU))
