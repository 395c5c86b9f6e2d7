"""Combinations that single out a child without a name: who, how old or which one, and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard import occupations
from bot.guard.findings import Kind
from bot.guard.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SENTENCE = re.compile(r"[^.!?\n]+(?:(?:\.(?=\d|\w)|(?<=[ \d]\d)\.(?= [a-zæøåäö]))[^.!?\n]+)*")
_WHO = re.compile(
    r"\b(?:gutt(?:en|ene|er)?|gut(?:en|ane|ar)?|jent(?:a|en|ene|ane|er|e|or)|dreng(?:en|ene|e)?|pige(?:n|rne|r)?|pojk(?:en|arna|ar|e)|flick(?:an|orna|or|a)|barn(?:et|a|ene)?|børn(?:ene)?|elev(?:en|er)?|famil\w+|søsken\w*|"
    r"søskende\w*|syskon\w*|tvilling\w*|trilling\w*|mor(?:a|en)?|far(?:en)?|mamma\w*|pappa\w*|sønn?(?:en)?|son(?:en)?|datter(?:en)?|dotter(?:a|n)?|tenåring\w*|teenager\w*|ungdom(?:men)?|den unge|14-årige|\d{1,2}-åring\w*|\d{1,2}-årig\w*|søster(?:en)?|bror(?:en)?|lillebror|lillesøster|poika|tyttö)\b"
)
_FACETS = {
    "age": re.compile(
        r"\bpå \d{1,2}(?= (?:med|som|der|fra|frå|från|og|och)\b)|\b\d{1,2}[ -](?:år|åri\w+|mdr|måneder|månader|månad\w*)\b|\b(?:to|tre|fire|fem|seks|sju|syv|otte|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|fyra|sex|åtta|nio|tio)(?:[ -]år|åri\w+)"
    ),
    "only": re.compile(
        r"\b(?:eneste|einaste|enda|ende|eldste|ældste|eldstes|äldsta|äldste|yngste|yngsta|mellomste|mellanste|første|nye|nyankomne|adoptivbarn\w*|adopterte|adopterede|kjente|kendte|kända)\b"
    ),
    "class": re.compile(
        r"\b\d{1,2}\.? ?[a-eæøå]\b|\b(?:første|andre|anden|tredje|fjerde|femte|sjette|sjuende|syvende|ottende|åttende|niende|tiende|\d{1,2}\.?)[ -](?:klasse|trinn|klass|årskurs|årgang)\w*|\b(?:åk|årskurs|klasse|klass) ?\d\b|\b(?:børnehaveklasse\w*|førskole\w*|0\. ?klasse)\b"
    ),
    "house": re.compile(
        r"\b(?:[a-zæøåäö]+(?:e|a|t)? )?(?:gård(?:en)?|gard(?:en)?|hus(?:et)?|villa(?:en|n)?|blokk(?:a|en)?|rækkehus\w*|rekkehus\w*|radhus\w*|præstegård\w*|prestegård\w*|tårn\w*|campingvogn\w*|kolonihave\w*|hytt[ae]n?|bondegård\w*|lejlighed(?:en)?|leilighet(?:en)?) (?:ved|bak|bag|bakom|vid|på|i|over|under|rett|lige|mellem|mellom)\b"
    ),
    "origin": re.compile(
        r"\b(?:fra|frå|från) (?:syri\w+|irak|iran|afghanistan|somalia|eritrea|etiopi\w+|ukrain\w*|pol\w+|litauen|latvia|letland|rumæni\w+|romania|rumänien|bosni\w+|kosovo|albani\w+|tyrki\w+|turkiet|pakistan|indi\w+|sri lanka|"
        r"vietnam|thailand|filippin\w+|kina|russland|rusland|ryssland|marokko|tunesi\w+|libanon|palæstina|palestina|gaza|jemen|sudan|nigeria|ghana|gambia|kongo|congo|burundi|rwanda|uganda|kenya|bangladesh|nepal|myanmar|burma|tjetjeni\w+|grønland|færøyene|færøerne|chile|colombia|brasil\w*|mexico|usa|england|tyskland)\b"
        r"|\b(?:syriske?|irakiske?|iranske?|afghanske?|somaliske?|eritreiske?|ukrainske?|polske?|litauiske?|rumænske?|rumenske?|tyrkiske?|pakistanske?|tamilske?|vietnamesiske?|thailandske?|russiske?|palæstinensiske?|grønlandske?|samiske?|roma|syrisk\w*|somalisk\w*)\b"
    ),
    "many": re.compile(
        r"\b(?:\d{1,2}|to|tre|fire|fem|seks|sju|syv|otte|åtte|ni|ti|elleve|fyra|sex|åtta|två|tvilling\w*|trilling\w*)[ -](?:\w+ )?(?:børn|barn|søskende|søsken|syskon|unger|jenter|gutter|piger|drenge|sønner|døtre|brødre|søstre)\b|\b(?:tvilling|trilling)\w*\b"
    ),
    "marked": re.compile(
        r"\b(?:kørestol\w*|høreapparat\w*|hörapparat\w*|rullestol\w*|rullstol\w*|døv\w*|blind\w*|downs?|autis\w+|cerebral parese|diabet\w+|cochlea\w*|stomi\w*|hareskår|albino\w*|ganespalte\w*|epilepsi\w*|amputer\w*|protese\w*|fødselsmærke\w*|ar i ansig\w*)\b"
    ),
    "parent": re.compile(
        r"\b(?:prest\w*|præst\w*|borgmester\w*|ordfører\w*|rektor\w*|lensmann\w*|skoleleder\w*|lærer|lege|læge|bussjåfør\w*|buschauffør\w*|købmand\w*|kjøpmann\w*|fotballtrener\w*|fodboldtræner\w*|tannlege\w*|tandlæge\w*|politimann|politibetjent|skuespiller\w*|fisker|bager|baker|frisør\w*|dyrlæge\w*|veterinær\w*|kirketjener|sogneprest\w*)\b"
    ),
    "club": re.compile(
        r"\b(?:spiller|spelar|trener|træner|tränar|rir|går til|danser|svømmer|målmand\w*|målmann|keeper\w*|målvakt\w*|kaptein\w*|anfører\w*) (?:\w+ ){0,3}?(?:i|på|for|hos|til) "
    ),
}
_NAMED_PLACE = re.compile(
    r"\b(?:[A-ZÆØÅÄÖ][\w'-]+ (?:[A-ZÆØÅÄÖ]?[\w'-]+ )?(?i:skole|skolen|skule|skulen|skola|skolan|barnehage|barnehagen|børnehave|børnehus|førskole|förskola|vuggestue|friskole|privatskole|efterskole|gymnasium|vgs|ungdomsskole|barneskole|"
    r"kirke|kirken|kyrka|kirkegård|fk|if|il|bk|boldklub|idrettslag|rideklub|rideskole|camping|asylcenter|asylmottak|mottak|bosted|plejehjem|bibliotek|gård|torg|torv|havn|station|stasjon|stadion|moske|moské|bygdehus|stævnehal|hallen|brygge|bo- og \w+))\b"
    r"|\b[A-ZÆØÅÄÖ][\w-]*(?:skolen|skulen|skolan|skole|barnehagen|børnehaven|børnehave|kirken|kirke|kyrkan|hallen|klubben|sentret|centret|parken|gården|vænget|bakken|vej|veien|vegen|gata|gate|gade|gatan|vägen)\b"
)
_PLACE = re.compile(r"\b(?:ved|på|i|bag|bak|fra|frå|från|vid|overfor|over for) [A-ZÆØÅÄÖ][a-zæøåäö-]{2,}")


def find(text: str, index: Mapping[str, Sequence[int]]) -> Iterable[Hit]:
    """Hits in a folded text: a sentence that names who, and enough of what and where to know them by."""
    known = list(_combined(text))
    yield from known
    for hit in occupations.find(text, index):
        if not any(k.start < hit.end and hit.start < k.end for k in known):
            yield hit


def _combined(text: str) -> Iterable[Hit]:
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0][:600]
        lowered = words.lower()
        who = _WHO.search(lowered)
        if who is None:
            continue
        facets = {name: found for name, pattern in _FACETS.items() if (found := pattern.search(lowered))}
        if "class" in facets and "only" in facets and _within(facets["only"], facets["class"]):
            del facets["only"]  # the "first" of "first class"
        if not facets:
            continue
        named = _NAMED_PLACE.search(words)
        place = named or _PLACE.search(words)
        weight = len(facets) + (1.0 if named else 0.5 if place else 0.0)
        if weight < 2 or (len(facets) < 3 and place is None):  # noqa: PLR2004 - three facets, or two with a place
            continue
        several = {"only", "many"} <= set(facets) and place is not None
        if set(facets) <= {"parent", "only", "many"} and named is None and not several:
            continue
        spans = [who.span(), *(f.span() for f in facets.values()), *([place.span()] if place else [])]
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        before = re.search(r"\b(?:den|det|de|dei|han|hun|ho|en|ei|eit|et|ett|vår|min)(?: \w+)? $", lowered[:start])
        start = before.start() if before else start
        yield Hit(
            sentence.start() + start,
            sentence.start() + end,
            Kind.QUASI,
            min(0.9, 0.4 + 0.12 * weight),
            "guard.quasi.combination",
            "combination",
        )


def _within(inner: re.Match[str], outer: re.Match[str]) -> bool:
    return outer.start() <= inner.start() and inner.end() <= outer.end()
