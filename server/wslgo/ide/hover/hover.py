"""Hovers in a file of any family."""

from collections.abc import Iterable

from wslgo.ide.hover import wsl_key
from wslgo.ide.hover.in_effect import value_in_effect
from wslgo.ide.hover.text import Hover, joined_hovers
from wslgo.linter.finding import Reported
from wslgo.linter.scene import Scene
from wslgo.syntax.family import LAUNCH, SETTERS, SETTINGS, TEAM, WORKSPACE
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Language


def hover(
    scene: Scene,
    offset: int,
    found: Iterable[Reported] = (),
    language: Language = "en",
    *,
    opens_pages: bool = False,
) -> Hover | None:
    """Return the hover at an offset: the word there, the value in effect, the rules of its findings, and topics."""
    found_there = _hover(scene, offset, found, language)
    if found_there is None or not found_there.topics:
        return found_there
    from wslgo.ide.hover.topic import topic_paragraphs  # most hovers name none

    host = None if scene.snapshot is None else scene.host  # of a file that this machine reads
    topics = dict.fromkeys(found_there.topics)
    more = (topic_paragraphs(topic, host, language, opens_pages=opens_pages) for topic in topics)
    return found_there._replace(paragraphs=(*found_there.paragraphs, *more))


def _hover(scene: Scene, offset: int, found: Iterable[Reported], language: Language) -> Hover | None:
    about = wsl_key.hover(scene.file, offset, found, language)
    if scene.file.family.name == TEAM:
        from wslgo.ide.hover import team_key  # few sessions open one

        return joined_hovers(team_key.hover(scene.file, offset), about)
    if scene.file.family.name not in SETTERS:
        return _with_value_in_effect(about, scene, offset)
    from wslgo.ide.hover import go_variable  # with the parsers of shells and JSON, which no WSL file needs

    return joined_hovers(joined_hovers(go_variable.hover(scene, offset), _launch(scene, offset)), about)


def _with_value_in_effect(about: Hover | None, scene: Scene, offset: int) -> Hover | None:
    tree = scene.file.tree
    if about is None or not isinstance(tree, IniFile):
        return about
    for setting in tree.settings:
        if setting.key_span.touches(offset) or setting.value_span.touches(offset):
            words = value_in_effect(setting, scene)
            return about if words is None else about._replace(paragraphs=(*about.paragraphs, (words,)))
    return about


def _launch(scene: Scene, offset: int) -> Hover | None:
    """Return the hover about an attribute or a variable of a launch configuration."""
    if scene.file.family.name not in (LAUNCH, SETTINGS, WORKSPACE):
        return None
    from wslgo.ide.hover import launch  # with the tables of Delve, which only these files need

    return launch.hover(scene.file, offset)
