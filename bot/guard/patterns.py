"""Things with a fixed form: e-mail addresses, licence plates, user names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.findings import Kind
from bot.guard.hits import Hit
from bot.guard.lists import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_AT = r"(?: ?@ ?| ?[\[({<] ?(?:at|a|snabel[ -]?a|alfa|kr[øo]ll ?alfa|alfakr[øo]ll|kanelbulle|@) ?[\])}>] ?| ?snabel[ -]?a | kr[øo]ll ?alfa | alfakr[øo]ll | kanelbulle | at (?=[\w-]+ ?(?:\.|dot|punktum|prikk?|punkt)) ?)"
_DOT = r"(?:\.| ?[\[({] ?(?:dot|punktum|prikk?|punkt) ?[\])}] ?| (?:dot|punktum|prikk?|punkt) | \. )"
_TOP = r"(?:dk|no|se|fi|is|com|net|org|eu|nu|me|info|io|uk|de|ru|pl|tr|ua|live|name|edu|gov|[a-z]{2,6})"
_TOPS = frozenset(_TOP[3:].partition("|[")[0].split("|"))
_LOOSE_AT = re.compile(r" @(?! )")
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+%'-]{{1,64}}{_AT}(?:[\w-]{{1,63}}{_DOT}){{1,4}}?{_TOP}(?![\w@])", re.IGNORECASE)
_DESK = re.compile(
    r"(?:post|info|kontakt|mail|sikkerpost|sikker|postmottak|myndighed|myndighet|boern\w*|bornehus\w*|barnehus\w*|barnahus\w*|barnevern\w*|familie\w*|social\w*|registrator|kommun\w*|vagt\w*|vakt\w*|support|"
    r"noreply|no-reply|underretning\w*|orosanmalan\w*|servicedesk|hjelp|help|borger\w*|politi\w*|polis\w*|raadhus\w*|radhus\w*|presse|firmapost|digitalpost|ssp|modtagelse\w*|mottak\w*)"
    r"(?:[._-]?[a-z]{2,12}){0,2}@(?:[\w-]+\.){0,3}(?:[\w-]*(?:kommune|kommun|politi|politiet|polisen|kk|aarhus|odense|aalborg|oslo|bergen|bufetat|bufdir|nav|gov|regeringen|regionh|rm|rn|rsyd|regionsjaelland|"
    r"region\w*|statsforvalteren|helse\w*|barnehus\w*|boernehus\w*)[\w-]*\.)+(?:dk|no|se|fi)$",
    re.IGNORECASE,
)
_VEHICLE = (
    r"(?:reg\.? ?(?:nr|skylt|nummer|n[or]\.?)?\.?|regnr\.?|registrerings\w+|nummerplad\w*|nummerskilt\w*|nr\.?plade|plade(?:n)?|skilt(?:et|nummer)?|kjennemerke\w*|bil(?:en|ens|er|nr)?|varebil\w*|kassebil\w*|"
    r"skoda\w*|volvo\w*|toyota\w*|audi\w*|bmw\w*|mercedes\w*|ford\w*|opel\w*|golf\w*|passat\w*|tesla\w*|kia\w*|mazda\w*|peugeot\w*|saab\w*|vw|polo\w*|fiat\w*|renault\w*|citroen\w*|nissan\w*|honda\w*|hyundai\w*|"
    r"mc|motorcykel\w*|motorsykkel\w*|moped\w*|knallert\w*|scooter\w*|kjøretøy\w*|køretøj\w*|fordon\w*|taxa\w*|taxi\w*|kassevogn\w*|varevogn\w*|lastbil\w*|lastebil\w*|stasjonsvogn\w*|stationcar\w*|skylt\w*|kør\w*|kör\w*|kjør\w*|køyr\w*|observer\w*|parker\w*|plates?|rekisteri\w*)"
)
_NORDIC_PLATE = re.compile(
    r"(?<![\w-])(?P<letters>[a-zæøå]{2}) ?-?(?P<digits>[\do]{2} ?[\do]{3}|[\do]{5})(?![\w-])", re.IGNORECASE
)
_SWEDISH_PLATE = re.compile(r"(?<![\w-])[a-zåäö]{3}[ -]?[\do]{2}[\doa-z](?![\w-])", re.IGNORECASE)
_SHORT_PLATE = re.compile(r"(?<![\w-])[a-z]{2}[ -]?[a-z]?[ -]?\d{2,5}(?![\w-])", re.IGNORECASE)
_SPACED_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Za-zÆØÅ] ){2}(?:\d ){4}\d(?![\w])|(?<![\w-])(?:[A-Za-zÅÄÖ] ){3}\d \d [\dA-Za-z](?![\w])"
)
_NEAR_VEHICLE = re.compile(rf"(?<![\w]){_VEHICLE}(?![\w])[^\n]{{0,40}}$", re.IGNORECASE)
_DROVE = re.compile(
    r"^[^\n.]{0,30}?(?:kjørte|kørte|kör|körde|parkert|parkeret|parkerad|holdt|sto |stod|bil|observert|set |sett |fartskontroll)",
    re.IGNORECASE,
)
_PLATE_SAID = re.compile(
    r"(?:reg\.? ?nr\.?|regnr\.?|nummerplade\w*|skilt\w*|registreringsnummer\w*)[ :]{1,2}(?:er |är |var )?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_PLATE_REACH = 14
_NO_PLATE = frozenset(listed("no_plate"))
_BODIES = frozenset({"eu", "nr", "pr", "mk", "id", "tv", "uk"})
_NO_SWEDISH = frozenset(listed("no_swedish_plate"))
_SERVICES = (
    r"snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|roblox|kik|telegram|steam|facebook|fb|messenger|twitter|twitch|whatsapp|signal|reddit|xbox|psn|playstation|minecraft|fortnite|youtube|tinder|threads|"
    r"omegle|yubo|wickr|onlyfans|jodel|movie ?star ?planet|msp|wizz|bereal|gamertag|ig|sc"
)
_ACCOUNT = r"(?:[ -]?(?:brukeren|brukaren|bruker|brugeren|bruger|brugernavn(?:et)?|brukernavn(?:et)?|användaren|användarnamn(?:et)?|profilen|profil|kontoen|kontoet|kontot|konto|account|user(?:name)?|navn(?:et)?|nick(?:et)?|id|tag|alias))?"
_HANDLE = r"[@\"']{0,2}(?P<handle>[^\W_][\w.-]{1,30}[\w]|[\w]*_[\w.]+)"
_USER = re.compile(
    rf"(?<![\w])(?:{_SERVICES}){_ACCOUNT}(?:en|et)?(?: (?:hans|hennes|hendes|deres|hennar|til (?:ham|henne|hende|han|ho)))?(?:(?: (?:hedder|heter|heiter|er|är|kalder|kaller|kallar) (?:han|hun|ho|hon|de|dei)(?: sig| seg)?| (?:han|hun|ho|hon) (?:hedder|heter|heiter)| er| är| heter| hedder| heiter| kalt| kaldet| kallad| under| som|:| -|,)?[ \n]{{1,2}}|: ?){_HANDLE}",
    re.IGNORECASE,
)
_USERNAME = re.compile(
    rf"(?<![\w])(?:brukernavn\w*|brugernavn\w*|användarnamn\w*|brukarnamn\w*|username|nickname|gamertag|kallenavn på nett\w*|alias|nick|profilnavn\w*|profilen|brukeren|brugeren|användaren)(?: er| är|:)?[ ]{{1,2}}{_HANDLE}",
    re.IGNORECASE,
)
_ON_SERVICE = re.compile(
    rf"(?<![\w@])[\"']?(?P<handle>[^\W_][\w.-]{{2,30}})[\"']? (?:på|on|i) (?:{_SERVICES}|nettet|nett|nätet)(?![\w])",
    re.IGNORECASE,
)
_AT_HANDLE = re.compile(r"(?<![\w@.])@(?P<handle>[a-z][\w.]{2,30})(?![\w@])", re.IGNORECASE)
_CHAT = (
    r"(?:på nett(?:et)?|på nätet|online|chatt?\w*|game\w*|gamer|profil\w*|skriver (?:hun|han|ho|hon) (?:som|under)|skriver som|skriver under|kalder sig|kaller seg|kallar sig|kallar seg|"
    r"(?:snakker|snakkar|skriver|pratar|prater|chatter|chattar|spiller|spelar|mødte|møtte|träffade) (?:med|mot|mod)|bruger navnet|bruker navnet|brukar namnet|använder namnet|brugernavn\w*|brukernavn\w*|användarnamn\w*|følger|følgjer|följer)"
)
_ODD_HANDLE = r"(?P<handle>[a-zæøåäö]\w*(?:[-_.]\w+)*(?:[-_.][^\W_]\w*|\d)[\w]*)"
_CHATTED = re.compile(rf"(?<![\w]){_CHAT}[ :]{{1,2}}(?:en |ei |ein )?[\"']?{_ODD_HANDLE}(?![\w@])", re.IGNORECASE)

_SERVICE_HEADS = (*(part.partition("(")[0].partition(" ")[0] for part in _SERVICES.split("|")), "nett", "nät")
_NAME_HEADS, _CHAT_HEADS = listed("handle_begin"), listed("chat_begin")
_HANDLE_REACH = 40


def emails(text: str) -> Iterable[Hit]:
    """E-mail addresses, also with a disguised "at"; the desks of authorities are no persons."""
    if "@" not in text and not re.search(r"(?i)\b(?:at|snabel[ -]?a|kr[øo]ll ?alfa|alfakr[øo]ll|kanelbulle|a)\b", text):
        return
    for found in _EMAIL.finditer(text):
        if "@" not in found[0] and not re.search(r"(?i)[\[({<]|snabel|alfa|kr[øo]ll|kanelbulle|\bdot\b|\.", found[0]):
            continue
        if _LOOSE_AT.search(found[0]) and found[0].rpartition(".")[2].lower() not in _TOPS:
            continue  # "hedder @some.body": a user name
        if _DESK.match(found[0].replace(" ", "")):
            continue
        yield Hit(found.start(), found.end(), Kind.EMAIL, 0.97, "guard.email.address")


def plates(text: str) -> Iterable[Hit]:
    """Licence plates: sure where a vehicle is spoken of, possible where only the form says so."""
    last = -1
    for digit in _DIGITS.finditer(text):
        at = digit.start() - 1
        if at > 0 and text[at] in " -":
            at -= 1
        if at < 0 or not text[at].isalpha():
            continue
        begin, last = max(last, digit.start() - _PLATE_REACH, 0), digit.start()
        stop = digit.end() + _PLATE_REACH
        for pattern, silent in ((_NORDIC_PLATE, True), (_SWEDISH_PLATE, False)):
            found = pattern.search(text, begin, stop)
            hit = _plate(text, found, silent=silent) if found else None
            if hit is not None:
                yield hit
        spaced = _SPACED_PLATE.search(text, begin, stop)
        if spaced is not None:
            letters = "".join(c for c in spaced[0][:4] if c.isalpha())
            if letters.isupper() or _vehicle(text, spaced.start(), spaced.end()):
                yield Hit(spaced.start(), spaced.end(), Kind.PLATE, 0.85, "guard.plate.number", "vehicle")
        short = _SHORT_PLATE.search(text, begin, stop)
        if short is not None and _PLATE_SAID.search(text, max(0, short.start() - 30), short.start()):
            yield Hit(short.start(), short.end(), Kind.PLATE, 0.85, "guard.plate.number", "vehicle")


def _plate(text: str, found: re.Match[str], *, silent: bool) -> Hit | None:
    """A plate by its form; `silent`: two letters and five digits need no word for a vehicle."""
    letters = "".join(c for c in found[0] if c.isalpha())[: 2 if silent else 3].lower()
    near = _vehicle(text, found.start(), found.end())
    joined = found[0][:2].isupper() and found[0][2:3].isdigit() and letters not in _BODIES
    if letters in (_NO_PLATE if silent else _NO_SWEDISH) and not near and not joined:
        return None
    if silent:
        formed = found[0][:2].isupper() and "-" not in found[0]
    else:
        formed = found[0][:3].isupper() and found[0][-1].isalpha()
    if not (near or formed):
        return None
    cue = "vehicle" if near else None
    return Hit(found.start(), found.end(), Kind.PLATE, 0.93 if near else 0.7, "guard.plate.number", cue)


def _vehicle(text: str, start: int, end: int) -> bool:
    return (
        _NEAR_VEHICLE.search(text[max(0, start - 60) : start]) is not None
        or _DROVE.match(text[end : end + 40]) is not None
    )


def usernames(text: str, ordinary: Callable[[str], bool], index: Mapping[str, Sequence[int]]) -> Iterable[Hit]:
    """User names after a service or a word for one.

    `ordinary` says of a lower-case word that it is one; `index` holds where each lower-case word of the text begins.
    """
    for word, starts in index.items():
        patterns = _account_forms(word)
        for pattern in patterns:
            for start in starts:
                if pattern is _ON_SERVICE:
                    found = pattern.search(text, max(0, start - _HANDLE_REACH), start + len(word))
                else:
                    found = pattern.match(text, start)
                if found is not None and _handle(pattern, found, ordinary):
                    yield _user(found)
    if "@" in text:
        for found in _AT_HANDLE.finditer(text):
            if _handle(_AT_HANDLE, found, ordinary):
                yield _user(found)


def _account_forms(word: str) -> list[re.Pattern[str]]:
    """The forms of a user name that can begin, or end, at a lower-case word."""
    forms = [_USER, _ON_SERVICE] if word.startswith(_SERVICE_HEADS) else []
    if word.startswith(_NAME_HEADS):
        forms.append(_USERNAME)
    if word.startswith(_CHAT_HEADS):
        forms.append(_CHATTED)
    return forms


def _handle(pattern: re.Pattern[str], found: re.Match[str], ordinary: Callable[[str], bool]) -> bool:
    """Whether what stands in the place of a user name can be one."""
    handle = found["handle"]
    odd = _odd(handle) or ("-" in handle and pattern is _USER)
    if handle.isdigit() or (pattern is _CHATTED and not odd):
        return False
    if ordinary(handle.lower().rstrip(".") if odd else handle.lower()):
        return False
    quoted = '"' in found[0] or "'" in found[0]
    return pattern is not _ON_SERVICE or odd or quoted or not handle[0].islower()


def _odd(handle: str) -> bool:
    return any(c.isdigit() or c in "_." for c in handle)


def _user(found: re.Match[str]) -> Hit:
    start, end = found.span("handle")
    certainty = 0.9 if _odd(found["handle"]) or "-" in found["handle"] else 0.75
    return Hit(start, end, Kind.USERNAME, certainty, "guard.username.handle", "service")
