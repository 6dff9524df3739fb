"""The places of the `wslgo.yaml` of the user and of the machine; on the path of every check, so without `pathlib`."""

import os
from collections.abc import Mapping

TEAM_FILE = "wslgo.yaml"


def own_policy_paths(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files whose `policy:` applies everywhere: that of the user, then that of the machine."""
    own = environment.get("XDG_CONFIG_HOME", "")
    home = environment.get("HOME") or os.path.expanduser("~")  # noqa: PTH111 - see above
    folder = own if own.startswith("/") else f"{home}/.config"
    return f"{folder}/wslgo/{TEAM_FILE}", f"/etc/{TEAM_FILE}"
