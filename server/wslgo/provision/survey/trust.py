"""Access to the network with the certificates that the plan will install, so that one plan is enough."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wslgo.machine.probe.context import ProbeContext
from wslgo.provision.model.facts import Certificate, Facts
from wslgo.provision.net.http import Web
from wslgo.provision.net.tls import context
from wslgo.provision.plan.steps.certificates import FOLDER
from wslgo.provision.survey import authority, windows_roots
from wslgo.provision.target import Target
from wslgo.system.world import World
from wslgo.text.message import Text


class CertificateFacts(NamedTuple):
    """The CA certificates to trust."""

    certificates: tuple[Certificate, ...]
    problems: tuple[Text, ...] = ()


def environment_of(target: Target, environment: Mapping[str, str]) -> Mapping[str, str]:
    """Return the variables with which wslgo and go reach the network for a machine.

    A tree has CA certificates of its own, which are used beside those of this machine.
    """
    folders = (environment.get("SSL_CERT_DIR"), str(target.real(FOLDER)))
    return {**environment, "SSL_CERT_DIR": ":".join(filter(None, folders))} if target.is_tree else environment


def without_tree(target: Target, environment: Mapping[str, str]) -> Mapping[str, str]:
    """Revert `environment_of`: the tree must not vouch for what root will run."""
    folders = environment.get("SSL_CERT_DIR", "").split(":")
    kept = ":".join(folder for folder in folders if folder and folder != str(target.real(FOLDER)))
    return {**{name: value for name, value in environment.items() if name != "SSL_CERT_DIR"}, "SSL_CERT_DIR": kept}


def trusting_web(facts: Facts, environment: Mapping[str, str]) -> Web:
    """Return access to the network that also trusts the certificates found so far."""
    more = "".join(certificate.pem for certificate in facts.certificates)
    return Web(environment, trust=lambda variables: context(variables, more))


def requested_certificates(files: Iterable[str]) -> CertificateFacts:
    """Read the certificates of `--certificate`."""
    results = [result for path in files for result in authority.in_file(path)]
    return CertificateFacts(
        tuple(result for result in results if isinstance(result, Certificate)),
        tuple(result for result in results if isinstance(result, Text)),
    )


def missing_certificates(
    facts: Facts, environment: Mapping[str, str], urls: Iterable[str], windows: World
) -> CertificateFacts | None:
    """Add the certificates that Windows trusts and without which a host cannot be verified.

    The hosts are those that were asked, and those of `urls`. None if nothing is missing, or if SSL_CERT_FILE decides
    about trust: then the certificates of the distribution are not used.
    """
    if environment.get("SSL_CERT_FILE"):
        return None
    web = trusting_web(facts, environment)
    asked = (*facts.sources, *facts.proxies, *facts.tool_proxies)
    failed = [source.url for source in asked if source.distrust]
    failed = list(dict.fromkeys((*failed, *windows_roots.distrusted_urls(urls, web))))
    if not failed:
        return None
    needed = windows_roots.needed_certificates(failed, windows_roots.of_windows(ProbeContext(windows)), web)
    return CertificateFacts((*facts.certificates, *needed))
