"""`offhook call`: a simulated caller from WAV files, or from typed lines that a voice speaks."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from offhook.audio import g711
from offhook.audio.wav import UnreadableWav, read_telephone
from offhook.cli.calling import SNR_DB, call_json, place_call
from offhook.cli.console import DEFAULT_DATA, DataOption, fail, finite, print_json, run, settings
from offhook.cli.speaking import spoken
from offhook.settings import FliteVoice, Settings
from offhook.telephony.simulated import CallerLine, Clip, Keys
from offhook.wiring.house import open_house
from offhook.wiring.tenants import set_up_demo

KEYS = "0123456789*#"


def call(
    lines: Annotated[
        list[str],
        typer.Argument(help="WAV files, words to be spoken, or keys:2125550147, in order."),
    ],
    profession: Annotated[str, typer.Option(help="Whose business is called.")] = "dentist",
    voice: Annotated[FliteVoice, typer.Option(help="Of the caller, by flite.")] = "kal16",
    noise: Annotated[
        float, typer.Option(callback=finite, help="DB that pink noise is below the speech; 0: none.")
    ] = SNR_DB,
    as_json: Annotated[bool, typer.Option("--json", help="Print the call as JSON.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Ring a demo business as a simulated caller, and watch.

    Example: offhook call "i would like to book a cleaning" "tuesday at three" john.wav
    """
    run(_call(settings(), lines, profession, voice, noise, as_json=as_json, data=data), loop=uvloop.new_event_loop)


async def _call(
    loaded: Settings, lines: list[str], profession: str, voice: str, noise: float, *, as_json: bool, data: Path
) -> None:
    caller: list[CallerLine] = [await _line(told, voice) for told in lines]
    number = f"+1500555{sum(map(ord, profession)) % 10000:04d}"
    async with open_house(loaded, data) as house:
        await set_up_demo(house.store, profession, number=number)
        summary = await place_call(house, caller, called=number, console=Console(stderr=True), snr_db=noise or None)
    if as_json:
        print_json(call_json(summary))
    elif summary.outcome is not None:
        Console().print(f"outcome [bold]{summary.outcome.value}[/]   call {summary.id}")


async def _line(told: str, voice: str) -> CallerLine:
    if told.startswith("keys:"):
        keys = told.removeprefix("keys:")
        if not keys or set(keys) - set(KEYS):
            fail(f"{told} names keys that a telephone has not. Give some of {KEYS}, such as keys:2125550147.", 2)
        return Keys(keys)
    if told.lower().endswith(".wav"):
        try:
            return Clip(g711.mulaw_to_pcm(await asyncio.to_thread(read_telephone, Path(told))))
        except UnreadableWav as error:
            fail(str(error), 2)
    return Clip(g711.mulaw_to_pcm(await spoken(told, voice)))
