"""How commands are listed and run: help under headings, errors in one line, exit statuses."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pursuant.errors import PursuantError
from pursuant.terminal import say_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DONE, WRONG, BAD_USE, INTERRUPTED = 0, 1, 2, 130


class Command(click.Command):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_epilog(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """The example, as it is to be typed."""
        with formatter.section("Example"):
            formatter.write(f"{'':{formatter.current_indent}}{self.example}\n")


class Commands(click.Group):
    """A group of commands that are listed under headings and never end in a traceback."""

    command_class = Command
    headings: Mapping[str, Sequence[str]]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order of the headings."""
        return [name for names in self.headings.values() for name in names]

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """The commands under their headings."""
        for heading, names in self.headings.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [(name, self.commands[name].get_short_help_str(70)) for name in names]
                )

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Runs a command and exits with its status."""
        kwargs["standalone_mode"] = False
        sys.exit(_status(lambda: super(Commands, self).main(*args, **kwargs)))


def _status(run: Any) -> int:
    try:
        status = run()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has had enough; Python must not find out again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except click.Abort:
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return BAD_USE
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f" (see {context.command_path} --help)" if context else ""
        say_error(error.format_message().rstrip(".") + hint)
        return BAD_USE
    except PursuantError as error:
        say_error(error)
        return BAD_USE
    except Exception as error:
        if os.environ.get("PURSUANT_DEBUG"):
            raise
        say_error(f"{type(error).__name__}: {error} (set PURSUANT_DEBUG=1 to see where)")
        return BAD_USE
    return status if isinstance(status, int) else DONE
