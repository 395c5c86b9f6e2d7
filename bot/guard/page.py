"""One text as the name rules read it: its words, what each is by itself, and how the whole is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard.lists import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.guard.lexicon import Lexicon
    from bot.guard.readings import Reading
    from bot.guard.tokens import Token

_NOUN = listed("noun")
_PROSE = 6  # words; what is shorter is a field or a heading
_DOUBT, _MOST_DOUBT = 0.35, 1.05  # against an unknown word, for each other one: the vocabulary does not fit the text
_FIELD = 3  # words: a title and two names
_CLEAR = 2  # the weight from which a word is a name rather than not
_ALONE, _FEW, _OPENING = 3.2, 1.9, 0.9  # what a capital says in a field of unknown words


class Cues:
    """The sections of cues.txt by what they mean."""

    def __init__(self, lexicon: Lexicon) -> None:
        cue = lexicon.cue
        self.kin, self.person, self.title = cue("kin"), cue("person"), cue("title")
        self.named, self.about, self.towards, self.little = cue("named"), cue("about"), cue("towards"), cue("little")
        self.label_only, self.topic = cue("label only"), cue("topic")
        self.does, self.is_, self.doing = cue("does"), cue("is"), cue("doing")
        self.agency, self.greeting, self.travel, self.house = (
            cue("agency"),
            cue("greeting"),
            cue("travel"),
            cue("house"),
        )


class Page:
    """A text for one look. `foreign`: in a language whose words the vocabulary does not cover."""

    def __init__(
        self,
        cues: Cues,
        text: str,
        words: Sequence[Token],
        readings: Sequence[Reading],
        *,
        cleared: frozenset[int] = frozenset(),
        foreign: bool = False,
    ) -> None:
        self.cues, self.text, self.words, self.readings = cues, text, words, readings
        self.cleared, self.foreign = cleared, foreign
        letters = [t for t in words if t.alpha and t.end - t.start > 1]
        self.shouting = len(letters) > 1 and sum(t.upper for t in letters) * 10 > 7 * len(letters)
        self.prose = len(words) >= _PROSE or any(t.lower in cues.is_ or t.lower in cues.does for t in words)
        strange = sum(
            1
            for t, r in zip(words, readings, strict=True)
            if t.alpha and not (t.title or t.upper or r.word or r.name or r.place)
        )
        self.doubt = min(_MOST_DOUBT, _DOUBT * max(0, strange - 1))
        few = not foreign and len(words) <= _FIELD and not any(r.word for r in readings)
        self.field = few and len(words) > 1
        self.field_bonus = _ALONE if few and len(words) == 1 else _FEW if few else _OPENING

    def word(self, i: int) -> str:
        """The lower-case word at `i`; empty beyond either end."""
        return self.words[i].lower if 0 <= i < len(self.words) else ""

    def gap(self, i: int) -> str:
        """What stands before word `i`; a bar, which joins nothing, beyond either end."""
        return self.words[i].gap if 0 <= i < len(self.words) else "|"

    def is_verb(self, i: int) -> bool:
        """Whether word `i` is something that people do, are or have."""
        return self.word(i) in self.cues.is_ or self.word(i) in self.cues.does

    def near(self, start: int, stop: int) -> set[str]:
        """The words from `start` to before `stop`, up to the sentence's end."""
        return {w.lower for w in self.words[start:stop] if not w.opens}

    def names(self, i: int) -> bool:
        """Whether word `i` is a name rather than an ordinary word, and no registered contact's."""
        reading = self.readings[i]
        return i not in self.cleared and reading.name >= _CLEAR and reading.name > reading.word

    def unknown(self, i: int) -> bool:
        """Whether nothing is known of word `i`, and it is no registered contact's."""
        reading = self.readings[i]
        return i not in self.cleared and not (reading.word or reading.place or reading.organisation)

    def bare(self, i: int) -> bool:
        """Whether an unknown word lacks the endings of nouns: as a subject it then is hardly a thing."""
        return self.unknown(i) and not self.readings[i].name and not self.words[i].lower.endswith(_NOUN)
