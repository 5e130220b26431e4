"""Settings of the process, read once at start. What a tenant may change lives in the database, not here."""

import difflib
import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "OFFHOOK_"
ENV_FILE = ".env"

FliteVoice = Literal["slt", "rms", "awb", "kal", "kal16"]


class BadSettings(Exception):
    """Settings that cannot be used; the message lists them all, with what to do about each."""


def _named(name: str) -> AliasChoices:
    """A vendor's own name for its setting, beside ours."""
    return AliasChoices(name, f"{PREFIX}{name}")


def _an_address(given: str) -> str:
    try:
        parts = urlsplit(given)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)
        known = known and parts.port != 0
    except ValueError:
        known = False
    if not known or any(letter.isspace() for letter in given):
        raise PydanticCustomError("address", "It is no address such as https://phone.example.com")
    return given


class Settings(BaseSettings):
    """From `OFFHOOK_*` in the environment or `.env`, and from the names that vendors gave their own keys."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        env_ignore_empty=True,
    )

    stt: Literal["auto", "pocketsphinx", "whisper", "deepgram"] = Field(
        default="auto", description="Recognizer; auto: faster-whisper if its weights are there, else the built-in one."
    )
    tts: Literal["auto", "flite", "espeak", "kokoro", "cartesia"] = Field(
        default="auto", description="Voice; auto: Kokoro if its weights are there, else flite, else espeak."
    )
    llm: Annotated[tuple[str, ...], NoDecode] | str = Field(
        default="", description="Language models in order of preference, by commas; empty: the scripted receptionist."
    )
    speculate: bool = Field(default=False, description="Begin to think on partial transcripts.")
    filler: bool = Field(default=True, description='Say "one moment" when a reply takes longer than 1.2 s.')
    silence_s: float = Field(default=3.0, ge=1, le=60, description="Seconds of silence before the caller is asked.")
    most_calls: int = Field(default=200, ge=1, le=2000, description="Calls this process takes at the same time.")
    voice: FliteVoice = Field(default="slt", description="flite's voice: slt, rms, awb, kal or kal16.")
    decoders: int = Field(default=2, ge=1, le=64, description="Processes of the built-in recognizer.")
    cache: Path | None = Field(default=None, description="Folder for derived files; default: the user's cache folder.")
    models: Path | None = Field(default=None, description="Folder of downloaded weights; default: in the cache.")
    public_url: Annotated[str, AfterValidator(_an_address)] | None = Field(
        default=None, description="Address under which carriers reach this installation."
    )
    key: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="The installation's key, 16 letters or more; default: made in the data folder.",
    )
    turn_model: bool = Field(default=False, description="Ask the end-of-turn model at undecided pauses.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least severe log lines that are written, to stderr."
    )

    twilio_auth_token: SecretStr | None = Field(
        default=None,
        validation_alias=_named("TWILIO_AUTH_TOKEN"),
        description="Twilio's auth token; without it every webhook is refused.",
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=_named("OPENAI_API_KEY"),
        description="Key for the language model; needed where `OFFHOOK_LLM` names openai.",
    )
    openai_base_url: str = Field(
        default="https://api.openai.com/v1",
        validation_alias=_named("OPENAI_BASE_URL"),
        description="Address of OpenAI, or of a server that speaks its protocol.",
    )
    openai_model: str = Field(
        default="gpt-6-luna", validation_alias=_named("OPENAI_MODEL"), description="Language model."
    )
    deepgram_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=_named("DEEPGRAM_API_KEY"),
        description="Key for the recognizer; needed where `OFFHOOK_STT` is deepgram.",
    )
    deepgram_url: str = Field(
        default="wss://api.deepgram.com", validation_alias=_named("DEEPGRAM_URL"), description="Address of Deepgram."
    )
    deepgram_model: str = Field(
        default="nova-3", validation_alias=_named("DEEPGRAM_MODEL"), description="Deepgram's model."
    )
    cartesia_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=_named("CARTESIA_API_KEY"),
        description="Key for the voice; needed where `OFFHOOK_TTS` is cartesia.",
    )
    cartesia_ws_url: str = Field(
        default="wss://api.cartesia.ai/tts/websocket",
        validation_alias=_named("CARTESIA_WS_URL"),
        description="Address of Cartesia's socket.",
    )
    cartesia_model: str = Field(
        default="sonic-3", validation_alias=_named("CARTESIA_MODEL"), description="Cartesia's model."
    )
    cartesia_voice: str = Field(
        default="f786b574-daa5-4673-aa0c-cbe3e8534c02",
        validation_alias=_named("CARTESIA_VOICE"),
        description="Id of a voice at Cartesia.",
    )

    @property
    def models_asked(self) -> tuple[str, ...]:
        """Names of the language models, the script (which always comes last) left out."""
        names = self.llm.split(",") if isinstance(self.llm, str) else self.llm
        return tuple(name.strip() for name in names if name.strip() and name.strip() != "scripted")


def load_settings(**changes: object) -> Settings:
    """The settings of this process; `changes` come from the command line.

    Raises:
        BadSettings: With every wrong setting at once.
    """
    try:
        problems = _unknown()
    except (OSError, UnicodeDecodeError):
        raise BadSettings(f"{ENV_FILE} cannot be read as text in UTF-8. Mend the file or move it away.") from None
    try:
        settings = Settings(**changes)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        for found in error.errors(include_input=False, include_url=False):
            name = str(found["loc"][0]) if found["loc"] else "?"
            name = name if name.isupper() else PREFIX + name.upper()
            problems.append(f"{name}: {found['msg']}. Correct it or leave it out.")
        raise BadSettings("\n".join(problems)) from None
    if problems:
        raise BadSettings("\n".join(problems))
    return settings


def _unknown() -> list[str]:
    """What begins with our prefix and is no setting of ours, with the nearest name."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = {name.upper() for name in os.environ if name.upper().startswith(PREFIX)} | _in_env_file()
    problems = []
    for name in sorted(given - known):
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else "`offhook doctor` lists the settings."
        problems.append(f"{name}: there is no such setting. {hint}")
    return problems


def _in_env_file() -> set[str]:
    file = Path(ENV_FILE)
    if not file.is_file():
        return set()
    lines = (line.strip().removeprefix("export ") for line in file.read_text(encoding="utf-8").splitlines())
    names = (line.split("=", 1)[0].strip().upper() for line in lines if "=" in line)
    return {name for name in names if name.startswith(PREFIX)}
