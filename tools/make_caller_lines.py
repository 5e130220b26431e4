"""Make the demo caller's lines: `python tools/make_caller_lines.py` (needs flite).

Reads `src/offhook/demo/lines.toml` and writes one WAV file per line beside it: 8 kHz, 16 bits, mono, flite's voice
kal16, which the agent does not use. The same flite gives the same files.
"""

import asyncio
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path

from offhook.audio.resample import resampled
from offhook.audio.wav import read_wav, write_wav

FOLDER = Path(__file__).parent.parent / "src" / "offhook" / "demo"
VOICE = "kal16"


async def main() -> None:
    """Make them all."""
    flite = shutil.which("flite")
    if flite is None:
        sys.exit("flite is not installed. Run `apt-get install flite`.")
    for name, line in tomllib.loads((FOLDER / "lines.toml").read_text()).items():
        with tempfile.TemporaryDirectory() as folder:
            wide = Path(folder) / "wide.wav"
            text = line.get("spoken", line["words"])
            process = await asyncio.create_subprocess_exec(flite, "-voice", VOICE, "-t", text, "-o", str(wide))
            await process.wait()
            sound = read_wav(wide)
        write_wav(FOLDER / f"{name}.wav", resampled(sound.pcm, sound.rate_hz, 8000), 8000)
        sys.stdout.write(f"{name}.wav {sound.seconds:.2f} s\n")


if __name__ == "__main__":
    asyncio.run(main())
