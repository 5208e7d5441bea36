"""The command line: `paperbot` and `python -m bot`."""

import logging
import sys

import click

from bot import __version__
from bot.commands.ask import ask
from bot.commands.digest import digest
from bot.commands.doctor import doctor
from bot.commands.eval import eval_
from bot.commands.import_ import import_
from bot.commands.run import run
from bot.commands.search import search
from bot.errors import PaperbotError

_INTERRUPTED = 130  # as shells report SIGINT


def main() -> None:
    """Run a command and exit with its code. Errors are one sentence on standard error."""
    try:
        code = cli.main(prog_name="paperbot", standalone_mode=False)
    except click.Abort:
        code = _INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except PaperbotError as error:
        click.echo(f"paperbot: {error}", err=True)
        code = error.exit_code
    except Exception:
        logging.getLogger(__name__).debug("this command failed", exc_info=True)
        click.echo(
            "paperbot: this is a bug in paperbot. Run the command again with LOG_LEVEL=DEBUG and report what it says.",
            err=True,
        )
        code = PaperbotError.exit_code
    sys.exit(code if isinstance(code, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="paperbot")
def cli() -> None:
    """Ask about recent papers, in a terminal or in Discord.

    Answers are made from the abstracts in a local store: by a model, each sentence checked against its sources, or,
    without a model, of extracts. Settings come from the environment and from .env; .env.example lists them.

    \b
    First steps:
      paperbot ask --sample "what is Stormer?"   try it on 52 bundled papers
      paperbot import FILE                       fill the store
      paperbot doctor                            see what is missing
      paperbot run                               serve Discord
    """


for _command in (run, ask, search, import_, digest, eval_, doctor):
    cli.add_command(_command)
