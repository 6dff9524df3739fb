"""Names by which something tries to ignore a rule that a policy keeps."""

from wslgo.linter.policy import FAMILY, HARDENED, Policy, Requirement


def keeping(name: str, policy: Policy) -> tuple[Requirement, ...]:
    """Return what keeps the rule, or all the rules, that a name means; nothing if it also means others.

    A family of which one rule is kept may be ignored: that rule stays.
    """
    name = name.strip().lower()
    if not name or not policy.requirements:
        return ()
    named = tuple(found for found in policy.of("never-ignore") if any(_is_within(name, kept) for kept in found.values))
    hardened = tuple(found for key, rules in HARDENED.items() if _is_one_of(name, rules) for found in policy.of(key))
    is_own = name == FAMILY or name.startswith(f"{FAMILY}/") or _is_short_name(name)
    return named or hardened or (policy.requirements[:1] if is_own else ())


def _is_within(name: str, kept: str) -> bool:
    kept = kept.strip().lower()
    family, _, short = name.rpartition("/")
    if kept in ("all", name, family):
        return True
    return short == kept.rpartition("/")[2] if "/" not in name and "/" in kept else bool(family) and short == kept


def _is_one_of(name: str, rules: tuple[str, ...]) -> bool:
    return any(name in (rule, rule.partition("/")[2]) for rule in rules)


def _is_short_name(name: str) -> bool:
    from wslgo.linter.rules import short_names  # the rules import what knows a policy

    return name in short_names(FAMILY)
