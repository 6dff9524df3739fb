"""The paths of the parts of this repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "server"
PACKAGE = SERVER / "wslgo"
EXTENSION = ROOT / "extension"
TESTS = ROOT / "tests"
SUPPORT = TESTS / "support"
HOSTS = TESTS / "hosts"
CONFORMANCE = TESTS / "conformance"
REFERENCE = CONFORMANCE / "reference"
