"""`tieout completion`: the few lines a shell needs to complete commands and options."""

from __future__ import annotations

import click


@click.command(
    "completion",
    short_help="shell completion for bash, zsh or fish",
    epilog="""\b
Examples:
  eval "$(tieout completion bash)"                                in ~/.bashrc
  eval "$(tieout completion zsh)"                                 in ~/.zshrc
  tieout completion fish > ~/.config/fish/completions/tieout.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script that completes tieout's commands and options in a shell."""
    from click.shell_completion import get_completion_class

    writer = get_completion_class(shell)
    if writer is None:
        raise click.UsageError(f"click knows no completion for {shell}")
    click.echo(writer(context.find_root().command, {}, "tieout", "_TIEOUT_COMPLETE").source(), nl=False)
