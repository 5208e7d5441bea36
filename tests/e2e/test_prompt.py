"""The prompt, in a real terminal."""

import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.e2e.process import environment

DEADLINE_S = 60.0


class Terminal:
    """A `paperbot` that believes a person sits before it."""

    def __init__(self, *arguments: str, cwd: Path) -> None:
        self._screen, inside = pty.openpty()
        command = [sys.executable, "-m", "bot", *arguments]
        env = environment(TERM="dumb")
        self.process = subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, cwd=cwd, env=env)
        os.close(inside)
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def see(self, words: str) -> None:
        """Wait until the words come to stand on the screen, after what was seen before."""
        deadline = time.monotonic() + DEADLINE_S
        while words not in self.shown:
            assert time.monotonic() < deadline, self.shown
            self.shown += os.read(self._screen, 65536).decode(errors="replace").replace("\r\n", "\n")
        self.shown = self.shown.partition(words)[2]

    def interrupt(self) -> int:
        """Press Ctrl-C, again where it came between the prompt and readline's waiting for a key; return the code."""
        for _ in range(int(DEADLINE_S)):
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(2)
                break
        return self.close()

    def close(self) -> int:
        try:
            return self.process.wait(DEADLINE_S)
        finally:
            self.process.kill()
            os.close(self._screen)


def test_a_prompt_answers_one_question_after_another(tmp_path: Path) -> None:
    terminal = Terminal("ask", "--sample", "--extracts", "--interactive", "what is Stormer?", cwd=tmp_path)
    terminal.see("“Stormer is a simple weather forecasting model")
    terminal.see("Ask about the papers. Type /help for commands; an empty line or Ctrl-D to quit.")
    terminal.see("›")
    terminal.type("what is VMFormer?\n")
    terminal.see("“VMFormer is an end-to-end video matting method")
    terminal.see("›")
    terminal.type("?!\n")
    terminal.see("There's no question yet.")
    terminal.see("›")
    terminal.type("\n")
    assert terminal.close() == 0


def test_control_c_ends_the_prompt(tmp_path: Path) -> None:
    terminal = Terminal("ask", "--sample", cwd=tmp_path)
    terminal.see("›")
    assert terminal.interrupt() == 0
