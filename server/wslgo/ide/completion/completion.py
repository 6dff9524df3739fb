"""Completion in a file of any family."""

from wslgo.ide.completion import wsl_key
from wslgo.ide.completion.item import CompletionItem
from wslgo.linter.scene import Scene
from wslgo.syntax.family import SETTERS, SHIPPED, TEAM


def complete(scene: Scene, offset: int) -> tuple[CompletionItem, ...]:
    """Return the completions at an offset."""
    if scene.file.family.name == SHIPPED:
        return ()  # go's own file is not for users
    if scene.file.family.name == TEAM:
        from wslgo.ide.completion import team_key  # few sessions open one

        return team_key.complete(scene.file, offset)
    if scene.file.family.name not in SETTERS:
        return wsl_key.complete(scene.file, offset)
    from wslgo.ide.completion import go_variable  # with the parsers of shells and JSON, which no WSL file needs

    return go_variable.complete(scene, offset)
