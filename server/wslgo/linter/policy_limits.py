"""The keys of `.wslconfig` that a policy requires, with the values that they may have."""

from wslgo.knowledge.wsl_key import Key
from wslgo.linter.policy import Policy, Requirement
from wslgo.linter.team_problems import wsl_key, wsl_value
from wslgo.text.typing import NamedTuple


class Limit(NamedTuple):
    """A key and what policies require of it: `min`, `max` or the `value`."""

    known: Key
    requirements: tuple[Requirement, ...]

    @property
    def words(self) -> str:
        """The requirements as users write them: `memory 4GB to 16GB`, `networkingMode=mirrored`."""
        signs = {"min": ">=", "max": "<=", "value": "="}
        return ", ".join(f"{self.known.name}{signs[found.keys[-1]]}{found.values[0]}" for found in self.requirements)

    def broken_by(self, converted: str | None) -> tuple[Requirement, ...]:
        """Return the requirements that a value breaks; one that WSL does not read breaks all."""
        return tuple(found for found in self.requirements if converted is None or not self._holds(found, converted))

    def _holds(self, found: Requirement, converted: str) -> bool:
        wanted = wsl_value(self.known, found.values[0])
        if wanted is None:
            return True
        if found.keys[-1] == "value":
            return converted == wanted
        return int(converted) >= int(wanted) if found.keys[-1] == "min" else int(converted) <= int(wanted)

    def nearest(self, converted: str | None, broken: tuple[Requirement, ...]) -> str:
        """Return the value of the policy that is nearest to one, "" if policies contradict each other."""
        by_kind = sorted(broken, key=lambda found: ("value", "max", "min").index(found.keys[-1]))
        wanted = (found.values[0] for found in by_kind)
        return next((text for text in wanted if not self.broken_by(wsl_value(self.known, text))), "")


def limits_of(policy: Policy) -> tuple[Limit, ...]:
    """Return the keys that a policy requires, in its order."""
    by_key: dict[str, list[Requirement]] = {}
    for found in policy.below("wslconfig"):
        by_key.setdefault(found.keys[1], []).append(found)
    known = ((wsl_key(name), tuple(requirements)) for name, requirements in by_key.items())
    return tuple(Limit(key, requirements) for key, requirements in known if key is not None)
