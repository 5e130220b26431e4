"""`offhook replay`: play a stored call through the conversation again, and tell why each turn went as it did."""

from pathlib import Path
from typing import Annotated, assert_never

import typer
from rich.markup import escape
from rich.table import Table

from offhook.calls.tape import Recorded, UnreadableTape, command_entry, read
from offhook.cli.console import DEFAULT_DATA, DataOption, fail, out, run, settings
from offhook.conversation import commands as cmd
from offhook.conversation import events as ev
from offhook.conversation.conversation import Conversation
from offhook.conversation.patience import pause_after
from offhook.conversation.replay import step
from offhook.store.store import open_store


def replay(
    call: Annotated[str, typer.Argument(help="The call's id or its first letters, from `offhook calls`.")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Replay a call: turn by turn, why the agent spoke when it did.

    Example: offhook replay 01jd2m8x4v9k
    """
    settings()
    run(_replay(call, data))


async def _replay(call: str, data: Path) -> None:
    async with open_store(data) as store:
        entries = await store.journal(await store.call_named(call))
    try:
        began, tape = read((entry.at, entry.kind, entry.body) for entry in entries)
    except UnreadableTape as error:
        fail(str(error))
    conversation = began.conversation()
    table = Table("at", "what happened", "what the agent did", "state, and why", show_lines=False)
    commands: list[tuple[str, bytes]] = []
    recorded = [entry.command for entry in tape if entry.command is not None]
    for entry in tape:
        if entry.command is None:
            _play(entry, conversation, commands, table)
    out.print(table)
    for number, (was, is_now) in enumerate(zip(recorded, commands, strict=False), 1):
        if was != is_now:
            told = f"Recorded: {was[0]} {was[1][:200]!r}\nReplayed: {is_now[0]} {is_now[1][:200]!r}"
            fail(f"Command {number} differs.\n{told}")
    if len(recorded) != len(commands):
        fail(f"{len(recorded)} commands were recorded and {len(commands)} replayed. The journal breaks off there.")
    out.print(f"[green]{len(commands)} commands, the same as recorded.[/]")


def _play(entry: Recorded, conversation: Conversation, commands: list[tuple[str, bytes]], table: Table) -> None:
    made = step(conversation, entry.event, now=entry.at)
    commands += [command_entry(command) for command in made]
    if made or not isinstance(entry.event, ev.Partial | ev.Played):
        table.add_row(
            f"{entry.at:.2f}",
            _happened(entry.event),
            "\n".join(map(_did, made)),
            f"{conversation.state.value}{_why(conversation, made)}",
        )


def _happened(event: ev.Event | None) -> str:
    match event:
        case None:
            return "[dim]a deadline came[/]"
        case ev.Transcript() | ev.Partial() | ev.Typed():
            return f"{type(event).__name__}: [green]{escape(event.text)}[/]"
        case ev.ReplyText():
            return f"reply {event.reply} wrote: {escape(event.text)}"
        case ev.FormNoted():
            return f"the form: {escape(str(dict(event.change.answers)))} {event.change.wants or ''}"
        case ev.ActionProposed():
            return f"proposed {event.action.kind.value}"
        case ev.ActionDone():
            return f"{event.result.action.kind.value}: {event.result.problem or 'done'}"
        case ev.Played():
            return f"{event.words} words of reply {event.reply} were heard"
        case ev.SpeechEnded():
            return f"the caller fell silent {1000 * event.silent_s:.0f} ms ago"
        case _:
            return type(event).__name__


def _did(command: cmd.Command) -> str:
    match command:
        case cmd.Think():
            return f"[magenta]{'guess' if command.speculative else 'think'}[/] reply {command.reply}"
        case cmd.Say():
            return f"[cyan]say[/] {escape(command.text.strip())}"
        case cmd.Act():
            return f"[yellow]{command.action.kind.value}[/] {escape(str(dict(command.action.arguments)))}"
        case cmd.HangUp():
            return f"hang up: {command.reason.value}"
        case cmd.EndSpeech() | cmd.Play() | cmd.Hold() | cmd.StopReply():
            return f"{type(command).__name__} {command.reply}"
        case cmd.Finalize() | cmd.JudgeTurn():
            return type(command).__name__
        case _:
            assert_never(command)


def _why(conversation: Conversation, made: list[cmd.Command]) -> str:
    if conversation.state.value != "paused" or not made:
        return ""
    asked = conversation.form.asking
    pause = pause_after(conversation.unanswered, asked, speculate=False)
    question = "open" if asked is None else asked.kind.value
    return f": {question} question, the turn ends after {1000 * pause.over:.0f} ms of silence"
