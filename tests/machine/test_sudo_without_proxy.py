"""The real sudo drops the variables of a proxy, as the page of machine/apt-without-proxy says."""

import os
import subprocess
from shutil import which

import pytest

NEEDS_SUDO = pytest.mark.skipif(which("sudo") is None or os.geteuid() != 0, reason="sudo without a password")


@NEEDS_SUDO
@pytest.mark.parametrize(("words", "is_kept"), [((), False), (("-E",), True)])
def test_sudo_drops_the_variables_of_a_proxy(words: tuple[str, ...], is_kept: bool) -> None:
    environment = {**os.environ, "HTTPS_PROXY": "http://proxy.corp.example:8080"}
    command = ["sudo", "-n", *words, "env"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert ("HTTPS_PROXY=" in done.stdout) is is_kept
