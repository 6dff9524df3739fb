"""A file pulls an image from a registry that the policy does not allow.

`registries` in a `policy:` of `wslgo.yaml` names registries, or parts of them: `docker.io/library` are Docker's
official images, `ghcr.io/acme` those of an organization. Names are completed as Docker completes them: `golang:1.27` is
`docker.io/library/golang`. wslgo looks at Dockerfiles, Compose files, dev containers with their features, workflows and
GitLab's CI.

## Example

```yaml policy
policy:
  registries: [registry.example.com]
```

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
FROM registry.example.com/base:12
COPY --from=build /app /app
```

## Example

```yaml policy
policy:
  registries: [docker.io/library, ghcr.io/acme]
```

```yaml path=.github/workflows/test.yml
jobs:
  test:
    container: ghcr.io/acme-evil/go:1.27
    services:
      db: {image: "docker.io.evil.example/library/postgres:18"}
```

## No finding

```yaml policy
policy:
  registries: [docker.io/library, ghcr.io/acme]
```

```dockerfile path=Dockerfile
ARG BASE=index.docker.io/library/golang
FROM ${BASE}:1.27 AS build
FROM GHCR.IO/acme/base@sha256:0000000000000000000000000000000000000000000000000000000000000000
COPY --from=build /app /app
FROM scratch
```

## No finding

Only a build knows the registry:

```yaml policy
policy:
  registries: [registry.example.com]
```

```yaml path=compose.yml
services:
  app:
    image: ${REGISTRY}/app:1
  own:
    build: .
    image: app:1
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.image_places import ImagePlace, images
from wslgo.linter.policy import places
from wslgo.linter.policy_values import allows_image, image_place, registry_host
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message

MESSAGE = Message(
    en="The policy does not allow images from {place}; it allows {allowed}",
    zh="策略不允许使用来自 {place} 的镜像；允许的有 {allowed}",
)
NONE = Message(
    en="The policy does not allow images from {place}, nor from anywhere else",
    zh="策略不允许使用来自 {place} 的镜像，也不允许其他来源",
)


@rule(Severity.ERROR, subject=RuleSubject.SOURCE, by_entry=True)
def check(_source: object, scene: Scene) -> Iterator[Finding]:
    requirements = scene.policy.of("registries") if scene.policy is not None else ()
    if not requirements:
        return
    for image in images(scene.file):
        place = _place(image)
        broken = [found for found in requirements if place and not _allows(found.values, place, image)]
        if broken:
            allowed = broken[0].values
            message = MESSAGE(place=place, allowed=allowed) if allowed else NONE(place=place)
            yield Finding(image.span, message, related=places(broken))


def _place(image: ImagePlace) -> str:
    """Return the registry and path of an image; of one that is known in part the registry, "" if that is not known."""
    if not image.is_cut:
        return image_place(image.text) or ""
    host, slash, _ = image.text.partition("/")
    return registry_host(host) if slash and ("." in host or ":" in host) else ""


def _allows(allowed: tuple[str, ...], place: str, image: ImagePlace) -> bool:
    if image.is_cut:
        return any(registry_host(text.partition("/")[0]) == place for text in allowed)
    return allows_image(allowed, place)
