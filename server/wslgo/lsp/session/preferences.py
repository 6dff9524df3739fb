"""The settings of the user and of the team."""

import os
from collections.abc import Mapping
from pathlib import Path

from wslgo.linter import team_file
from wslgo.linter.named import EVERYTHING
from wslgo.linter.rule_names import unknown_names
from wslgo.linter.settings import ParsedSettings, Settings
from wslgo.linter.settings import parse as parse_settings
from wslgo.linter.team_places import TEAM_FILE, own_policy_paths
from wslgo.lsp.session.capabilities import language_of
from wslgo.lsp.session.workspace import Workspace
from wslgo.system.repository import upwards
from wslgo.text.message import Language, Text
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # few have a policy
    from wslgo.linter.policy import Policy
    from wslgo.linter.team_policy import Policies


class Preferences:
    """The editor's settings, the object under `wslgo`, and those of the team files of a workspace."""

    def __init__(self, workspace: Workspace, settings: object = None, locale: object = None) -> None:
        self.language: Language = "en"
        self.checks_machine = True
        self._workspace = workspace
        self._locale = locale
        self._problems: list[Text] = []
        self._reported: list[Text] = []
        self._mine = Settings()
        self._by_folder: dict[str, Settings] = {}
        self._settings: object = None
        self._policies: Policies | None = None
        self._take(settings)

    def configure(self, settings: object) -> bool:
        """Take over the editor's settings; return whether they have changed."""
        if not self.differ_from(settings):
            return False
        self._take(settings)
        return True

    def differ_from(self, settings: object) -> bool:
        return settings != self._settings

    def _take(self, settings: object) -> None:
        self._settings = settings
        settings = settings if isinstance(settings, Mapping) else {}
        self.language = language_of(settings.get("language"), self._locale)
        self.checks_machine = self.section("machine").get("check") is not False
        self._mine = self._settings_of(parse_settings(settings.get("check") or None), "wslgo.check")
        self.forget()

    def section(self, name: str) -> Mapping[str, object]:
        """Return the editor's settings under `wslgo.NAME`."""
        found = self._settings.get(name) if isinstance(self._settings, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def of(self, path: str) -> Settings:
        """Return what user and team have set about the rules for a file."""
        folder = path.rpartition("/")[0]
        if folder not in self._by_folder:
            may_read = folder.startswith("/") and self._workspace.may_read(folder)
            team = team_file.load(Path(folder), self._workspace.bounds) if may_read else ParsedSettings(Settings())
            mine = merge(self._mine, self._settings_of(team, team_file.NAME))
            self._by_folder[folder] = mine._replace(policy=self._policy(folder, may_read=may_read))
        return self._by_folder[folder]

    def policy_here(self) -> "Policy | None":
        """Return the policy for the machine: that of the open folders, of the user and of the machine itself."""
        roots = self._workspace.roots or ("",)
        found = [policy for root in roots if (policy := self.of(f"{root}/{team_file.NAME}").policy) is not None]
        from wslgo.linter.policy import joined  # only a page about the machine asks

        return joined(found)

    def policy_text(self, path: str) -> str | None:
        """Return the text of a `wslgo.yaml` with a policy that a finding names."""
        policies = (settings.policy for settings in self._by_folder.values() if settings.policy is not None)
        return next((text for policy in policies if (text := policy.text_of(path)) is not None), None)

    def _bound_by(self, folder: str) -> tuple[str, ...]:
        """Return the folders whose policy holds for a folder; files outside belong to who works in the workspace."""
        roots = self._workspace.roots
        is_inside = any(folder == root or folder.startswith(f"{root}/") for root in roots)
        return (folder,) if is_inside else (folder, *(root for root in roots if self._workspace.may_read(root)))

    def _policy(self, folder: str, *, may_read: bool) -> "Policy | None":
        """Return the policy for a folder; without trust only that of the user and of the machine."""
        folders = self._bound_by(folder) if may_read else ()
        is_above = any(os.path.lexists(f"{above}/{TEAM_FILE}") for each in folders for above in upwards(each))
        if not is_above and not any(map(os.path.lexists, own_policy_paths(os.environ))):
            return None
        from wslgo.linter.team_policy import Policies  # few have a policy

        self._policies = self._policies or Policies(os.environ, self._workspace.bounds)
        found = self._policies.around("/")
        for each in folders:
            found = found.with_more(self._policies.around(each))
        self._problems += (problem for problem in found.problems if problem not in self._problems)
        return found.binding

    def take_problems(self) -> list[Text]:
        """Return the problems of the settings that have not been reported yet."""
        new = [problem for problem in self._problems if problem not in self._reported]
        self._reported += new
        self._problems.clear()
        return new

    def forget(self) -> None:
        """Forget the team files: one may have changed."""
        self._by_folder.clear()
        self._policies = None

    def _settings_of(self, read: ParsedSettings, place: str) -> Settings:
        self._problems += (*read.problems, *unknown_names(read.settings, place))
        return read.settings


def merge(mine: Settings, team: Settings) -> Settings:
    """Return the user's settings over the team's: both lists of ignored rules count, the user's severity wins."""
    select = team.select if mine.select == (EVERYTHING,) else mine.select
    return Settings(select, mine.ignore + team.ignore, mine.severity + team.severity, team.private)
