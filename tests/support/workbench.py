"""VS Code as a person at the keyboard uses it."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Locator, Page, expect

RETRY = 3  # seconds
PATIENCE = 60  # seconds; two loaded cores are slow, but nothing here waits longer than it must

expect.set_options(timeout=PATIENCE * 1000)


T = TypeVar("T")


def wait_for(what: Callable[[], T]) -> T:
    """Return the first true value of `what()`, for conditions that Playwright cannot wait for."""
    deadline = time.monotonic() + PATIENCE
    while not (value := what()):
        assert time.monotonic() < deadline, f"still {value!r}"
        time.sleep(0.05)
    return value


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


class Workbench:
    """One window of VS Code on a folder."""

    def __init__(self, page: Page, folder: Path, pictures: Path) -> None:
        self.page = page
        self.folder = folder
        self.pictures = pictures
        page.set_default_timeout(PATIENCE * 1000)

    def wait_until_ready(self) -> None:
        expect(self.page.locator(".monaco-workbench .explorer-folders-view .monaco-list-row").first).to_be_visible()

    def close_everything(self) -> None:
        """Close all editors and all notifications."""
        self.page.keyboard.press("Escape")
        self.command("Notifications: Clear All Notifications")
        self.command("View: Close All Editors")
        expect(self.page.locator(".tabs-container .tab")).to_have_count(0)

    def open(self, path: str) -> None:
        """Open a file of the folder by its path."""
        field = self._quick_input("Control+P")
        field.fill(path)
        expect(self._widget.locator(".monaco-list-row.focused")).to_contain_text(Path(path).name)
        field.press("Enter")
        expect(self._widget).to_be_hidden()
        expect(self.page.locator(f'.tab.active[data-resource-name="{Path(path).name}"]')).to_be_visible()
        expect(self.editor.locator(".view-line").first).to_be_visible()

    def command(self, title: str) -> None:
        """Run a command from the palette. It only lists commands enabled when it opened: retry."""
        wait_for(lambda: self._run_if_listed(title))

    def _run_if_listed(self, title: str) -> bool:
        """Open the palette, look for a command, and run it or close the palette."""
        field = self._quick_input("F1")
        field.fill(f">{title}")
        row = self._widget.locator(".monaco-list-row.focused").filter(has_text=title)
        is_listed = self._is_soon(lambda: row.count() > 0)
        field.press("Enter" if is_listed else "Escape")
        expect(self._widget).to_be_hidden()
        return is_listed

    def _quick_input(self, key: str) -> Locator:
        """Open a quick input, and return its field.

        It need not have the focus: a webview that gets the focus back does so late, and may take it. Typing returns it.
        """
        self.page.keyboard.press(key)
        field = self._widget.locator("input").first
        expect(field).to_be_visible()
        return field

    def go_to(self, word: str) -> None:
        """Move the cursor to the first occurrence of `word` with Ctrl+G."""
        before = self.on_screen().partition(word)[0]
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        field = self._quick_input("Control+G")
        field.press_sequentially(f"{line}:{column}")
        field.press("Enter")
        expect(self._widget).to_be_hidden()
        expect(self.status(f"Ln {line}, Col {column}")).to_be_visible()

    def quick_fix(self, title: str) -> None:
        """Press Ctrl+. and Enter: the first fix must be called `title`."""
        self._open_actions()
        expect(self.page.locator(".action-widget .monaco-list-row.focused")).to_contain_text(title, ignore_case=True)
        self.picture("quick-fix")
        self.page.keyboard.press("Enter")

    def action(self, title: str) -> None:
        """Press Ctrl+. and click the action called `title`."""
        self._open_actions()
        self.page.locator(".action-widget .monaco-list-row").filter(has_text=title).first.click()

    def _open_actions(self) -> None:
        """Press Ctrl+. until the list is there: right after a move of the cursor VS Code may drop the request."""
        rows = self.page.locator(".action-widget .monaco-list-row")

        def are_listed() -> bool:
            self.page.keyboard.press("Control+.")
            return self._is_soon(lambda: rows.count() > 0)

        wait_for(are_listed)

    def _is_soon(self, holds: Callable[[], bool]) -> bool:
        """Return whether a condition holds within the time of a retry."""
        deadline = time.monotonic() + RETRY
        while not holds():
            if time.monotonic() > deadline:
                return False
            self.page.wait_for_timeout(50)
        return True

    def hover(self) -> Locator:
        """Show the hover of the word under the cursor."""
        self.page.keyboard.press("Control+K")
        self.page.keyboard.press("Control+I")
        return self.page.locator(".monaco-hover:not(.hidden) .monaco-hover-content")

    def language_status(self) -> Locator:
        """Open the language status: the braces next to the language in the status bar."""
        self.page.locator('[id="status.languageStatus"]').hover()
        return self.page.locator(".hover-language-status")

    def save(self) -> None:
        self.page.keyboard.press("Control+S")
        expect(self.page.locator(".tab.active.dirty")).to_have_count(0)

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self.pictures / f"{name}.png", animations="disabled")

    def on_disk(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def on_screen(self) -> str:
        """Return the text of the active editor, which must fit on the screen; its lines are in any order."""
        tops = self.editor.locator(".view-line").evaluate_all(
            "lines => lines.map(line => [parseFloat(line.style.top), line.textContent])"
        )
        return "\n".join(text.replace("\N{NO-BREAK SPACE}", " ") for _, text in sorted(tops))

    def wait_for_text(self, holds: Callable[[str], bool]) -> None:
        """Wait until the text of the active editor meets a condition."""
        wait_for(lambda: holds(self.on_screen()))

    @property
    def _widget(self) -> Locator:
        return self.page.locator(".quick-input-widget")

    @property
    def editor(self) -> Locator:
        return self.page.locator(".editor-group-container.active .monaco-editor[role='code']").first

    def preview(self) -> Locator:
        """Return the body of the Markdown preview in front."""
        frame = self.page.frame_locator("iframe.webview.ready:visible").frame_locator("#active-frame")
        return frame.locator("body")

    def read_page(self, *texts: str) -> None:
        """Wait until the preview shows a page with these texts, loaded to its end, as a reader would.

        A page set while the one before still loads may stay hidden: VS Code's webview keeps one timer for both.
        """
        for text in texts:
            expect(self.preview()).to_contain_text(text)
        wait_for(lambda: self.preview().evaluate("body => body.ownerDocument.readyState === 'complete'"))

    def squiggles(self, severity: str) -> Locator:
        return self.editor.locator(f".squiggly-{severity}")

    def status(self, text: str) -> Locator:
        return self.page.locator(".statusbar-item").filter(has_text=text)

    def notification(self, text: str) -> Locator:
        return self.page.locator(".notification-list-item").filter(has_text=text)
