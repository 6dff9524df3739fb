"""Terminal progress of a provisioning run and of its undo."""

from wslgo.cli.call import Call
from wslgo.cli.output.plan import differences
from wslgo.provision.apply.context import DriftError, Event
from wslgo.provision.apply.ledger import STOPPED
from wslgo.provision.apply.reversal import Reversal
from wslgo.provision.net.progress import Progress, in_words
from wslgo.text.message import Message, Text

BEGINS = Message(en="{title} ...", zh="{title} ……")
WORKS = Message(en="  {seconds} s", zh="  {seconds} 秒")
ENDED = Message(en="{title}: done", zh="{title}：完成")
FAILED = Message(en="{title}: {problem}", zh="{title}：{problem}")
COMES = Message(en="  {words}", zh="  {words}")


class Teller:
    """Progress on one terminal: a line for each step, and one for each tenth of a download."""

    def __init__(self, call: Call[object]) -> None:
        self._call = call
        self._told = ("", -1)

    def say(self, text: Text) -> None:
        """Print a line on standard error."""
        self._call.complain(text)

    def hear(self, event: Event) -> None:
        """Print the progress of a run."""
        title = event.step.title
        if event.progress is not None:
            self._progress(event.progress)
        elif event.seconds:
            self.say(WORKS(seconds=event.seconds))
        elif not event.end:
            self.say(BEGINS(title=title))
        elif event.problem is not None:
            self.say(FAILED(title=title, problem=event.problem))
            self._show(event.change)
        elif event.end != STOPPED:
            self.say(ENDED(title=title))

    def tell(self, way: Reversal) -> None:
        """Print the result of undoing one action."""
        if way.note is not None:
            self.say(way.note)
        if way.done is not None:
            self._call.say(way.done)
        if way.problem is not None:
            self._call.fail([way.problem])
        self._show(way.change)

    def _progress(self, progress: Progress) -> None:
        tenth = progress.done * 10 // progress.total if progress.total else progress.done >> 24
        if (progress.stage, tenth) != self._told:
            self._told = (progress.stage, tenth)
            self.say(COMES(words=in_words(progress)))

    def _show(self, change: DriftError | None) -> None:
        """Print a later change of a file."""
        if change is not None and (change.was is not None or change.now is not None):
            for line in differences(change.path, change.was, change.now, self._call):
                self._call.terminal.complain(line)
