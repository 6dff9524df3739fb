"""Service meshes in Kubernetes manifests, and the ports that their sidecars use in a pod.

Sources: istio.io (resource annotations and labels, application requirements), linkerd.io (proxy configuration), Consul
on Kubernetes (annotations and labels); as of 2026-11.
"""

from collections.abc import Mapping

from wslgo.text.typing import NamedTuple


class Mesh(NamedTuple):
    """A mesh.

    `signs` are labels and annotations with the values that request a sidecar (without values: any but the empty one),
    `ports` those of the sidecar. `passing` is the annotation that lists the ports to exclude from it.
    """

    name: str
    signs: Mapping[str, tuple[str, ...]]
    ports: tuple[int, ...]
    passing: str


MESHES = (
    Mesh(
        "istio",
        {"sidecar.istio.io/inject": ("true",), "istio-injection": ("enabled",), "istio.io/rev": ()},
        (15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090),
        "traffic.sidecar.istio.io/excludeInboundPorts",
    ),
    Mesh(
        "linkerd",
        {"linkerd.io/inject": ("enabled", "ingress")},
        (4140, 4143, 4190, 4191),
        "config.linkerd.io/skip-inbound-ports",
    ),
    Mesh(
        "consul",
        {"consul.hashicorp.com/connect-inject": ("true",)},
        (19000, 20000),
        "consul.hashicorp.com/transparent-proxy-exclude-inbound-ports",
    ),
)

# What wins over any sign.
REFUSALS: Mapping[str, tuple[str, ...]] = {
    "sidecar.istio.io/inject": ("false",),
    "linkerd.io/inject": ("disabled",),
    "consul.hashicorp.com/connect-inject": ("false",),
}

# The ports of istiod (istio.io, ports used by Istio). Without TLS: xDS over gRPC, which 15012 has with TLS, and
# monitoring over HTTP. With TLS: xDS and certificates, and the webhooks.
ISTIOD_PLAIN: Mapping[int, int | None] = {15010: 15012, 15014: None}
ISTIOD_TLS = (15012, 15017)
