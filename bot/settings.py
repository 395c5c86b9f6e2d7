"""Settings from the environment or `.env`; docs/settings.md explains each (a test keeps the two in step)."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BindeledError, WrongUseError

LANGUAGE_OF = {"DK": "da", "NO": "nb", "SE": "sv"}


def _ends_in_api(address: str) -> str:
    if not address.endswith("/api/"):
        message = "must end in /api/"
        raise ValueError(message)
    return address


def _setting(name: str) -> AliasChoices:
    return AliasChoices(name)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A coordinator from the start: a Slack member id and the key of her agency."""

    slack_id: str
    agency_key: str


def _appointments(text: str) -> tuple[Appointment, ...]:
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        slack_id, _, agency_key = part.partition("@")
        if not re.fullmatch(r"[UW][A-Z0-9]{2,30}", slack_id) or not re.fullmatch(r"\w[\w.-]{0,63}", agency_key):
            message = (
                f"{part} is no coordinator: write a Slack member id, @ and the key of her agency, U123@koege-kommune"
            )
            raise ValueError(message)
        found.append(Appointment(slack_id, agency_key))
    return tuple(found)


def _names_coordinators(text: str) -> str:
    _appointments(text)
    return text


class Settings(BaseSettings):
    """All that can be set; names and defaults are a contract (DESIGN.md section 4)."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    bot_token: SecretStr | None = Field(None, validation_alias=_setting("SLACK_BOT_TOKEN"))
    app_token: SecretStr | None = Field(None, validation_alias=_setting("SLACK_APP_TOKEN"))
    signing_secret: SecretStr | None = Field(None, validation_alias=_setting("SLACK_SIGNING_SECRET"))
    mode: Literal["socket", "http"] | None = Field(None, validation_alias=_setting("BINDELED_MODE"))
    api_url: Annotated[str, AfterValidator(_ends_in_api)] = Field(
        "https://slack.com/api/", validation_alias=_setting("SLACK_API_URL")
    )
    database_url: SecretStr | None = Field(None, validation_alias=_setting("DATABASE_URL"))
    data: Path = Field(Path("bindeled-data"), validation_alias=_setting("BINDELED_DATA"))
    secret_key: SecretStr | None = Field(None, validation_alias=_setting("BINDELED_SECRET_KEY"))
    country: Literal["DK", "NO", "SE"] = Field("DK", validation_alias=_setting("BINDELED_COUNTRY"))
    chosen_language: Literal["da", "nb", "nn", "sv", "en"] | None = Field(
        None, validation_alias=_setting("BINDELED_LANGUAGE")
    )
    tick_seconds: float = Field(5, gt=0, le=60, validation_alias=_setting("BINDELED_TICK_SECONDS"))
    coordinators: Annotated[str, AfterValidator(_names_coordinators)] = Field(
        "", validation_alias=_setting("BINDELED_COORDINATORS")
    )
    retention_days: int = Field(90, ge=1, le=3650, validation_alias=_setting("BINDELED_RETENTION_DAYS"))
    thread_guard: Literal["on", "off"] = Field("on", validation_alias=_setting("BINDELED_THREAD_GUARD"))
    host: str = Field("127.0.0.1", validation_alias=_setting("BINDELED_HOST"))
    port: int = Field(3000, ge=0, le=65535, validation_alias=_setting("BINDELED_PORT"))

    @property
    def retention(self) -> timedelta:
        """How long a closed case is kept."""
        return timedelta(days=self.retention_days)

    @property
    def language(self) -> str:
        """The language where no preference is known."""
        return self.chosen_language or LANGUAGE_OF[self.country]

    @property
    def uses_socket(self) -> bool:
        """Socket Mode where asked for, or where an app token is set."""
        return (self.mode or ("socket" if self.app_token else "http")) == "socket"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data / 'bindeled.db').resolve()}"

    @property
    def appointments(self) -> tuple[Appointment, ...]:
        """The coordinators from the start."""
        return _appointments(self.coordinators)

    def check_slack(self) -> None:
        """Raise `WrongUseError` where a token that `run` needs is missing or is no such token."""
        if self.bot_token is None:
            message = "SLACK_BOT_TOKEN is missing: copy the Bot User OAuth Token (xoxb-…) of your Slack app into .env."
            raise WrongUseError(message)
        if not self.bot_token.get_secret_value().startswith("xoxb-"):
            message = "SLACK_BOT_TOKEN is no bot token: it begins with xoxb-; copy it from OAuth & Permissions."
            raise WrongUseError(message)
        if self.uses_socket:
            if self.app_token is None or not self.app_token.get_secret_value().startswith("xapp-"):
                message = "SLACK_APP_TOKEN is missing or no app token (xapp-…): make one under Basic Information, App-Level Tokens."
                raise WrongUseError(message)
        elif self.signing_secret is None:
            message = "SLACK_SIGNING_SECRET is missing: copy it from Basic Information, or set SLACK_APP_TOKEN for Socket Mode."
            raise WrongUseError(message)

    def prepare_data_folder(self) -> Path:
        """Make the data folder, readable by its owner alone; raise `BindeledError` where that cannot be done."""
        try:
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self.data / f".write-{secrets.token_hex(4)}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            message = f"The data folder {self.data} cannot be written ({error.strerror}): change its owner or set BINDELED_DATA."
            raise BindeledError(message) from error
        return self.data

    def key(self) -> bytes:
        """The key for keyed hashes: as set, else from a 0600 file in the data folder, made on first use."""
        if self.secret_key:
            return self.secret_key.get_secret_value().encode()
        path = self.prepare_data_folder() / "secret.key"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        made = secrets.token_hex(32).encode()
        with os.fdopen(descriptor, "wb") as file:
            file.write(made)
        return made


def load() -> Settings:
    """The settings of this process; raises `WrongUseError` naming the setting that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        message = f"{name} cannot be used: {first['msg'].removeprefix('Value error, ')}. Change it in .env or the environment."
        raise WrongUseError(message) from error
    except (OSError, UnicodeDecodeError) as error:
        message = "The file .env cannot be read: save it as text in UTF-8, readable by this account."
        raise WrongUseError(message) from error
