"""Offhook as the benchmark kit calls it: Deepgram, OpenAI and Cartesia from the kit's environment, one agent at /ws.

Run: `bench/serve [--speculate] PORT`. Everything that production has is on (journal, voice activity, phrase cache,
claim check), save the socket's one-time token. The agent takes no bookings: the kit's replies name times of their own,
so there is no claim to be corrected. Fillers are off, for the first sound that counts is the reply's own first word.
"""

import argparse
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import uvloop

from offhook.calls.line import Incoming
from offhook.cli.serve import build_doors, serve_house
from offhook.receptionist.demo_business import demo_business
from offhook.settings import load_settings
from offhook.store.store import Store
from offhook.telephony.listening import listen
from offhook.wiring.house import open_house
from offhook.wiring.tenants import DEMO_NUMBER, set_up


async def main(port: int, *, speculate: bool) -> None:
    """Serve until stopped."""
    listen("127.0.0.1", port).close()
    with tempfile.TemporaryDirectory(prefix="offhook-bench-") as folder:
        settings = load_settings(
            stt="deepgram",
            llm="openai",
            tts="cartesia",
            speculate=speculate,
            filler=False,
            cache=Path(folder) / "cache",
            log_level="warning",
        )
        async with open_house(settings, Path(folder), browser_number=DEMO_NUMBER) as house:
            business = replace(demo_business("dentist"), takes_bookings=False)
            route = await set_up(house.store, business, name="bench", numbers=(DEMO_NUMBER,))
            await house.switchboard.admit(Incoming("twilio", "", DEMO_NUMBER, "", {}))
            await serve_house(build_doors(house, route, tokenless=True), host="127.0.0.1", port=port, drain_s=0.0)
            await _tell_fates(house.store)


async def _tell_fates(store: Store) -> None:
    """How many generations were kept, cut by the caller, or begun in vain; into the log that the kit keeps."""
    fates: Counter[str] = Counter()
    for call in await store.calls():
        fates.update(generation.fate.value for generation in await store.generations(call.id))
    print("generations", dict(fates), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("port", type=int)
    parser.add_argument("--speculate", action="store_true")
    given = parser.parse_args()
    uvloop.run(main(given.port, speculate=given.speculate))
