"""`host.docker.internal` is a name of Docker Desktop; istiod speaks plaintext at 15010 and mutual TLS at 15012.

## What people believe

"host.docker.internal reaches the host everywhere", and "15010 is the secure port of Istio".

## What is true

Docker Desktop gives the name to its containers, and writes it into the hosts file of Windows, which WSL may copy. It
means Windows, not the distribution. With Docker Engine in the distribution a container knows the name only if you map
it to `host-gateway`; it is then the distribution. A program of the distribution reaches published ports at localhost.

Ports of istiod: 15010 configuration without TLS, 15012 the same and certificates with mutual TLS, 15014 monitoring
without TLS, 15017 webhooks with TLS. Sidecars use 15001 for outgoing and 15006 for incoming connections, and 15020,
15021 and 15090: a Go server in a pod must leave these free.

## What to do

The first command shows whether the distribution knows the name. For Docker Engine, the second is a container that
knows it:

```sh
getent hosts host.docker.internal
docker run --rm --add-host=host.docker.internal:host-gateway alpine getent hosts host.docker.internal
```

## Sources

- Docker, networking of Docker Desktop: <https://docs.docker.com/desktop/features/networking/>
- Istio, ports used by Istio: <https://istio.io/latest/docs/ops/deployment/application-requirements/>
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text

NEEDS = ("network.has_docker_name", "network.docker", "running.networking")

NAMED = Message(
    en="A hosts file here or in Windows names host.docker.internal",
    zh="此处或 Windows 的 hosts 文件中有 host.docker.internal",
)
NOT_NAMED = Message(
    en="No hosts file, here or in Windows, names host.docker.internal",
    zh="此处和 Windows 的 hosts 文件中都没有 host.docker.internal",
)
UNKNOWN = Message(
    en="It is unknown whether host.docker.internal is a name here", zh="host.docker.internal 在此是否可用未知"
)
ENGINE = Message(en="Docker Engine {version} runs in this distribution", zh="此发行版中有 Docker Engine {version}")


def here(host: Host) -> Iterator[Text]:
    """Yield whether the name is known, and the engine."""
    known = host.network.has_docker_name
    if known is None:
        yield UNKNOWN()
    else:
        yield NAMED() if known else NOT_NAMED()
    if host.network.docker is not None:
        yield ENGINE(version=host.network.docker.version)
