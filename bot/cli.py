"""The command line: `paperbot` and `python -m bot`."""

import gc
import logging
import os
import sys
from contextlib import suppress
from importlib import import_module

import click

from bot import __version__
from bot.errors import PaperbotError
from bot.frontends.console import output

_INTERRUPTED = 130  # as shells report SIGINT
_BUG = "this is a bug in paperbot. Run the command again with LOG_LEVEL=DEBUG and report the output."


_MODULES = {
    "ask": "answers",
    "summarise": "answers",
    "compare": "answers",
    "explain": "answers",
    "search": "search",
    "latest": "browse",
    "trending": "browse",
    "paper": "browse",
    "similar": "browse",
    "trends": "browse",
    "digest": "digest",
    "import": "papers",
    "ingest": "papers",
    "run": "run",
    "doctor": "run",
    "usage": "usage",
}
"""The commands in the order of --help, and their modules in bot/commands.

`search` has one of its own, which loads no more than a search needs.
"""


class _Commands(click.Group):
    """The commands, each imported when it is named: most do without Discord, mail and charts.

    One of them can be spelt in two ways.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        name = "summarise" if cmd_name == "summarize" else cmd_name
        if name not in _MODULES:
            return None
        module = import_module(f"bot.commands.{_MODULES[name]}")
        gc.enable()  # what modules hold stays, and looking through it for garbage is a fifth of a short command's time
        return next(it for it in vars(module).values() if isinstance(it, click.Command) and it.name == name)


def main() -> None:
    """Run `paperbot`."""
    # Before numpy is loaded: nothing multiplies so much that a second thread of BLAS would gain anything, and to start
    # them takes a search's start a third longer.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    try:
        run(cli, name="paperbot")
    finally:
        gc.enable()


def run(command: click.Command, *, name: str) -> None:
    """Run a command and exit with its code. Errors are one sentence on standard error.

    With --json an error is an object on standard output as well. A pipe that is closed early is no error.
    """
    output.ready()
    try:
        code = _written(command, name)
    except output.OutputClosed:
        output.give_up()
        code = 0
    except click.Abort:
        code = _report_failure("The command was interrupted.", _INTERRUPTED)
    except click.ClickException as error:
        error.show()
        code = _report_failure(error.format_message(), error.exit_code)
    except PaperbotError as error:
        _complain(str(error))
        code = _report_failure(str(error), error.exit_code)
    except Exception:
        logging.getLogger(__name__).debug("the command failed", exc_info=True)
        _complain(_BUG)
        code = _report_failure(_BUG, PaperbotError.exit_code)
    sys.exit(code)


def _written(command: click.Command, name: str) -> int:
    """Run a command until all that it says is written, and return its code."""
    try:
        code = command.main(prog_name=name, standalone_mode=False)
        output.flush()
    except SystemExit:  # how click ends when a pipe is closed; nothing in paperbot exits so
        raise output.OutputClosed from None
    except (OSError, UnicodeEncodeError) as error:
        output.raise_failure(error)
    return code if isinstance(code, int) else 0


def _complain(sentence: str) -> None:
    with suppress(OSError):  # the code says it as well
        click.echo(f"paperbot: {sentence}", err=True)


def _report_failure(sentence: str, code: int) -> int:
    # click may not have come so far as to read the options, and a script waits for its object all the same.
    try:
        if "--json" in sys.argv[1:]:
            from bot.frontends.console.json_objects import error_object, print_object  # noqa: PLC0415 - rarely needed

            print_object(error_object(sentence, code))
        output.flush()
    except OSError:  # as the error itself may say
        output.give_up()
    return code


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="paperbot")
def cli() -> None:
    """Ask about recent papers in a terminal or in Discord.

    Answers come from the abstracts in a local store. A model writes them and every sentence is checked against its
    sources; without a model, they are extracts. Settings come from the environment and .env; see .env.example.

    \b
    First steps:
      paperbot ask --sample "what is Stormer?"   try it on 52 bundled papers
      paperbot import FILE                       add papers from a file, or
      paperbot ingest --source daily-papers      fetch the latest ones
      paperbot doctor                            check the setup
      paperbot run                               run the Discord bot
    """
