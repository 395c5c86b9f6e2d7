"""Those a place has only one of: "father is the vicar in X", "the only midwife on Y", "the keeper of U14 in Z"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.findings import Kind
from bot.guard.hits import Hit
from bot.guard.lists import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ROLE = (
    r"(?:\w*(?:lærer|lærar|lärar|tannleg|tandlæg|tandläkar|veterinær|veterinär|dyrleg|dyrlæg|lensmann|lensmand|prest|præst|präst|ordfør|borgmest|kommunalråd|rektor|skoleled|jordmor|jordemoder|jordmoder|barnmorsk|kantor|organist|klokk|kyrkvaktmästar|vaktmäst|vaktmest|kirketjen|kirketen|"
    r"drosjesjåfør|taxichauffør|taxichaufför|taxasjåfør|buss-?sjåfør|bussjåfør|buschauffør|busschaufför|postbud|postmann|brevbär|kjøpmann|købmand|handlar|butikksjef|butikschef|bestyrer|uddeler|brugsuddeler|fyrvokter|fyrpass|los|havnefoged|havnesjef|havnefut|hamnkapten|havnekaptajn|"
    r"bagermest|baker|bager|bagar|slagter|slaktar|slakter|smed|frisør|frisör|apoteker|apotekar|bibliotekar|bibliotekarie|helsesykeplei|helsesøst|sundhedsplej|distriktssköt|distriktsleg|kommunelæg|kommuneleg|distriktsläkar|politibetjent|landbetjent|lokalbetjent|kvarterspolis|brannsjef|brandchef|"
    r"møller|fisker|fiskar|reindriftssam|rengjet|renskötar|bond|gårdejer|proprietær|godsejer|kroejer|kroværtind|hotelleier|hotelejer|campingvert|ridelær|ridlärar|svømmelær|svømmetræn|fodboldtræn|fotballtren|fotbollstränar|håndboldtræn|håndballtren|ishockeytränar|avløys|avløs|fjøsavløys|"
    r"menighetspedagog|diakon|imam|rabbin|sogneprest|sogneprest|kyrkoherd|biskop|domprost|provst|prost|sysselmann|sysselmest|lods|ferjeskipp|færgeskipp|skipper|skeppar|redaktør|redaktör|journalist|formann|formand|ordförand|leder|leiar)\w*)"
)
_OF_THE_PLACE = re.compile(
    rf"\b(?:far(?:en|a)?|faderen|mor(?:a|en)?|moderen|mamma\w*|pappa\w*|stefar\w*|stemor\w*|stedfar\w*|stedmor\w*|styvpappa\w*|styvmamma\w*|bestefar\w*|bestemor\w*|farfar|morfar|mormor|farmor|onkel\w*|onkl\w*|tante\w*|foreldr\w*|forældr\w*|fosterfar\w*|fostermor\w*|plejefar\w*|plejemor\w*|kæresten|kjæresten|sambo\w*|"
    rf"han|hun|ho|hon|bror\w*|søster\w*|syster\w*|gjerningsmann\w*|gerningsmand\w*|den sikt\w+|den sigt\w+|melderen|anmelderen)\b[^.!?\n]{{0,20}}?\b(?:er|är|var|jobber som|jobbar som|arbeider som|arbejder som|arbetar som) (?P<one>(?:den |det |dei |de |en |ein |ei )?(?:enda |eneste |einaste |nye |nya |ende |lokale |tidligere |tidlegare |förra |gamle )?{_ROLE}(?: for \w+| av \w+| af \w+| i \w+| ved \w+)?)"
    rf"|\b(?:far(?:en)?|faderen|mor(?:a|en)?|mamma\w*|pappa\w*|ste[df]?(?:far|mor)\w*|bestefar\w*|bestemor\w*|han|hun|ho|hon) (?P<runs>(?:driver|driv|eier|ejer|eig|äger|kjører|kører|kör|køyrer|bestyrer|styrer|leder|passer|har) (?!vært|været|varit|hatt|flyttet|fått)[a-zæøåäö-]{{3,}}(?:en|et|an|a))(?= (?:i|på|ved|vid) )"
    rf"|\b(?P<sole>den (?:enda|eneste|einaste|ende) [\w-]{{4,}})"
    rf"|\b(?P<player>(?:målvakt|målmand|målmann|keeper|målvogter|midtback|kaptajn|kaptein|kapten|anfører|lagkapten|lagkaptein|holdkaptajn|topscorer|toppscorer|skyttekung|spiss|angriber|forwarden|playmaker|backen)\w* (?:på|i|for|hos|til) (?:[ugpfjhd]\d\d?|\d{{1,2}}-årslaget|\d\. ?holdet|jentelaget|guttelaget|juniorlaget|juniorholdet|pojklaget|flicklaget|drengeholdet|pigeholdet|a-laget))",
    re.IGNORECASE,
)
_HEADS = listed("sole_begin")
_BIG = frozenset(listed("big"))
_TOWN = re.compile(
    r"[^.!?\n]{0,30}?\b(?:i|på|ved|vid|for|hos|til|till|utanför|utenfor|udenfor) (?P<town>[A-ZÆØÅÄÖ][\wæøåäö-]+)"
)


def find(text: str, index: Mapping[str, Sequence[int]]) -> Iterable[Hit]:
    """Hits in a folded text, whose words begin where `index` says. Occupations in large towns single nobody out."""
    starts = sorted(start for word, here in index.items() if word.startswith(_HEADS) for start in here)
    taken = 0
    for at in starts:
        found = _OF_THE_PLACE.match(text, at) if at >= taken else None
        if found is None:
            continue
        taken = found.end()
        after = _TOWN.match(text, found.end())
        town = after or (_TOWN.search(found[0]) if found["one"] else None)
        if town is not None and town["town"].lower() not in _BIG:
            end = after.end("town") if after is not None else found.end()
            start = found.start(found.lastgroup or 0)
            yield Hit(start, end, Kind.QUASI, 0.6, "guard.quasi.combination", "combination")
