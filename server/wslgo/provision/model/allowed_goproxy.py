"""The part of a GOPROXY that a policy allows."""

from wslgo.linter.policy import Policy
from wslgo.linter.policy_values import within


def allowed_goproxy(value: str, policy: Policy | None) -> str:
    """Return a GOPROXY without the entries that a policy forbids; `off` if none is left."""
    return value if policy is None else within(value, tuple(wanted.values for wanted in policy.of("proxies")))
