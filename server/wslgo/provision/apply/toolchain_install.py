"""Toolchains installed by a step, in their place or as a copy that builds for a tree."""

import contextlib

from wslgo.provision.apply.context import Event
from wslgo.provision.apply.ledger import INSTALLED, SETTLED
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import CancelledError, ProvisionError
from wslgo.provision.model.step import USER, InstallToolchain
from wslgo.provision.net.http import Web
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.install import Place, install, is_complete
from wslgo.provision.toolchain.policy import Policy
from wslgo.system.files import umask


def install_toolchain(action: InstallToolchain, step_run: StepRun) -> None:
    """Install a toolchain in its folder. Raises ProvisionError if that fails."""
    context = step_run.context
    target, archive = context.target, ""
    place = target.open(action.folder, follows=False)
    if not is_complete(place, action.version):
        place = step_run.make_folders(place)
        if place.stat() is None:  # a folder in the way is not ours, and undo will not touch it
            step_run.note(INSTALLED, path=place.path, version=action.version)
        is_on_windows = bool(context.host.is_on_windows(action.folder)) and not target.is_tree
        keeps_archive = target.is_tree and step_run.builds_later
        access = target.access(USER, 0o755 & ~umask())
        heads = context.ledger.folder / "heads"
        paths = Place(place, context.scratch / "downloads", heads, is_on_windows, keeps_archive, access)
        archive = unpack_toolchain(action, paths, context.policy, Web(context.environment), step_run)
    known = {"archive": archive or action.digest}
    with contextlib.suppress(OSError):  # a folder of others may contain what cannot be read
        known["content"] = folder.content_hash(place)
    hashes = {name: digest for name, digest in known.items() if digest}
    step_run.note(SETTLED, path=place.path, version=action.version, state=folder.state(place), **hashes)


def unpack_toolchain(action: InstallToolchain, paths: Place, policy: Policy, web: Web, step_run: StepRun) -> str:
    """Download, verify and unpack a toolchain, and report the progress; return the digest of the archive.

    Raises ProvisionError if that fails.
    """
    context, step = step_run.context, step_run.run.plan.steps[step_run.step]
    outcome = install(
        action,
        paths,
        policy,
        web,
        lambda progress: context.report(Event(step, progress=progress)),
        context.cancelled,
    )
    if outcome.is_cancelled:
        raise CancelledError
    if outcome.problem is not None:
        raise ProvisionError(outcome.problem)
    return outcome.digest
