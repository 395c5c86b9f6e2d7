"""One language's texts: key and values in, sentence out.

Catalogues are gettext files whose message ids are our keys (`case.title`), so that every language, English included,
is translated from the same list. Nothing here is process-wide: whoever writes to a reader holds the reader's `Texts`.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

LANGUAGES: Mapping[str, str] = {
    "da": "Dansk", "nb": "Norsk bokmål", "nn": "Norsk nynorsk", "sv": "Svenska", "en": "English",
}  # fmt: skip
"""The languages that are offered, each by its own name; a test keeps them complete, and every other list like this one."""
FALLBACK = "en"


class Mrkdwn(str):
    """Text that is Slack mark-up already (a mention, a link, a date): it is not escaped again."""

    __slots__ = ()


class MissingTextError(LookupError):
    """A key that no catalogue knows: a mistake in the code, found by a test before a person finds it."""


class Texts:
    """The texts of one language."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key as plain text, with its places filled."""
        return self._pattern(key).format_map(values)

    def md(self, key: str, /, **values: object) -> Mrkdwn:
        """The text of a key as Slack mark-up; values are escaped unless they are `Mrkdwn` already."""
        return Mrkdwn(self._pattern(key).format_map({name: escape(value) for name, value in values.items()}))

    def count(self, key: str, n: int, /, **values: object) -> Mrkdwn:
        """The text of a key in the right number (`key` and `key.many` are its singular and plural); `{n}` is the number."""
        pattern = self._translations.ngettext(key, f"{key}.many", n)
        if pattern in {key, f"{key}.many"}:
            raise MissingTextError(f"no text {key!r} in {self.language!r}")
        return Mrkdwn(pattern.format_map({name: escape(value) for name, value in {**values, "n": n}.items()}))

    def _pattern(self, key: str) -> str:
        pattern = self._translations.gettext(key)
        if pattern == key:
            raise MissingTextError(f"no text {key!r} in {self.language!r}")
        return pattern


def escape(value: object) -> str:
    """A value as Slack mark-up: `&`, `<` and `>` escaped, `Mrkdwn` left alone (Slack: "Escaping text")."""
    if isinstance(value, Mrkdwn):
        return value
    return str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def texts(language: str) -> Texts:
    """The texts of a language; one that is not offered reads English."""
    offered = language if language in LANGUAGES else FALLBACK
    source = files("bot.texts").joinpath("locale", offered, "LC_MESSAGES", "bindeled.mo")
    with as_file(source) as path, path.open("rb") as compiled:
        return Texts(offered, gettext.GNUTranslations(compiled))


def names(language: str, by_language: Mapping[str, str]) -> str:
    """A name that facts carry in several languages, in this one, else in English."""
    return by_language.get(language) or by_language[FALLBACK]
