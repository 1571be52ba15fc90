"""Decide what a name in a text stands for before it gets a geometry: a place, a government, an institution, a person, a ship.

The parse is a second opinion: without one the words around the name decide alone. Every decision comes with its cue.
"""

from __future__ import annotations

import bisect
import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo import layers, settings
from geo.bodies import BUILDING_AFTER, GENERIC, INSTITUTION_AFTER, INSTITUTION_BEFORE, PUBLIC_AFTER, TITLES
from geo.gazetteer import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from geo.gazetteer import Gazetteer
    from geo.model import Place, Role


class Name(NamedTuple):
    """A name met in the text, and the places it may mean (none when only the parse took it for a place)."""

    start: int
    end: int
    text: str
    places: tuple[Place, ...]
    fame: float | None = None
    """How well known the best of them is, where that is known already: it is asked of a name several times."""
    spelt: str = ""
    """What a misspelt name was taken for, and why."""


class Verdict(NamedTuple):
    """What a name stands for, why, and whether that is sure without support from elsewhere in the text."""

    role: Role
    reason: str
    sure: bool = True


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """Read the lists of words that decide (`layers/lexicon/roles.toml`), by name."""
    lists = tomllib.loads((layers.folder() / "lexicon" / "roles.toml").read_text(encoding="utf-8"))
    return {name: frozenset(listed.split()) for name, listed in lists.items()}


_TITLED = re.compile(rf"{TITLES.pattern[:-1]}(?:[A-ZÀ-Þ][\w’'-]+\s+){{0,2}}$")
_LOCAL = re.compile(
    r"\b(?:in|at|near|from|off|to|towards?|into|around|outside|across|through|throughout|within|inside|over|via|between|of|for|leaving"
    r"|visiting|left|reached|visited|toured|north|south|east|west)\s+"
    r"(?:the\s+)?(?:(?:city|town|village|port|island|state|province|coast|capital|county|district|region|district|area|suburb|downtown"
    r"|central|northern|southern|eastern|western|nearby|mainland)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_LOCAL_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:\w+\s+)?(?:man|woman|men|women|resident|residents|native|natives|teen|teenager|couple|family|families|home|homes"
    r"|house|police|area|mayor|school|schools|office|plant|store|stores|"
    r"neighborhood|city|town|village|county|counties|council|community|station|suburb|district|firefighters?|native|hotel|hospital"
    r"|church|headquarters|campus|property|cemetery|students?|businesses|voters)\b"
)
_TOWARDS = re.compile(r"\b(?:bound\s+for|from|to|towards|into|over|left|reached|via|between|the)\s+(?:the\s+)?$", re.IGNORECASE)
_TOWN_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:\w+\s+)?(?:residents?|natives?|homes?|houses?|police|area|mayor|schools?|stores?|restaurants?|neighborhood|city|town"
    r"|village|county|council|community|station|firefighters?|fire department|hospital|aldermen|taxpayers|voters|students?)\b"
    r"|-(?:based|area|born)\b|\s*(?:--|[–—:]|- )",
    re.IGNORECASE,
)
_PARTY = re.compile(r"\b[DRI]-$")
_SPOKE = re.compile(
    r"(?:,\s+\d{1,2},)?\s+(?:said|says|told|added|asked|explained|recalled|wrote|replied|noted|testified|tweeted|laughed|smiled|thinks"
    r"|thought|believes|pleaded|scored|played|hit|ran|threw)\b",
)
_SPOKEN = re.compile(r"[\"”,]\s+(?:said|says|added|asked|explained|recalled|told)\s+$")
_SURNAME = re.compile(r"((?:\s+[A-ZÀ-Þ][\w’'-]+){1,3})[,.]")
_INITIAL = re.compile(r"\b[A-Z][a-z]+ [A-Z]\.(?: [A-Z]\.)? ([A-Z][a-z'’-]+)\b")
_IN = re.compile(r"\b(?:in|at|near|outside|across|inside|throughout|around)\s+(?:the\s+)?$", re.IGNORECASE)
_QUOTED = re.compile(r"\s?:\s?[\"“«]")
_SEATED = re.compile(r"\b(ministry|government|authorities|parliament|officials)\s+in\s+$", re.IGNORECASE)
_HEADED = re.compile(r"\s*(?:['’]s)?\s+([A-Za-z-]+)")
_SAID = re.compile(
    r"(?P<who>,\s+(?:which|that|who))?(?:(?:,\s+[A-ZÀ-Þ][\w-]+)*\s+and\s+(?:the\s+)?[A-ZÀ-Þ][\w-]+)?\s+(?:has\s+|have\s+|had\s+|does\s+|do\s+|did\s+|will\s+|would\s+|could\s+|may\s+|might\s+|must\s+|also\s+|again\s+|later\s+"
    r"|immediately\s+|officially\s+|reportedly\s+|publicly\s+)*(?:not\s+)?(?P<verb>[a-z]+)\b",
)
_FORCE_AFTER = re.compile(r"\s+[A-Z]{3,6}\b")
_AMERICAN = re.compile(r"[\s-]Americans?\b")
_CONTAINER = re.compile(r",?\s*(?:,|\()\s*[A-Z]")
_ALONE = re.compile(r"\s*(?:[,.;:)–—\n]|\Z|\b(?:on|in|at|with|to|from|by|as|and\s+the|since|until|while|when|last|this|is|was|has|had)\b)")
_OPENS = re.compile(r"(?:^|[.!?:;\n«\"“(]\s*)$")
_AGENCY = 6


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its parse and what is known of its names.

    `places`, `people`: folded names that the parse takes for places, or for the surname of a person, somewhere in the text.
    """

    text: str
    doc: Doc | None
    gazetteer: Gazetteer
    capitals: bool
    offsets: tuple[int, ...] = ()
    entities: tuple[Span, ...] = ()
    entity_starts: tuple[int, ...] = ()
    places: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    lower: frozenset[str] = field(default_factory=frozenset)

    def token(self, start: int) -> Token | None:
        """Give the token of the parse that holds a code point."""
        if self.doc is None or not self.offsets:
            return None
        return self.doc[max(0, bisect.bisect_right(self.offsets, start) - 1)]

    def head(self, name: Name) -> Token | None:
        """Give the token of a name that governs the others."""
        if self.doc is None or not self.offsets:
            return None
        first = bisect.bisect_right(self.offsets, name.start) - 1
        last = bisect.bisect_left(self.offsets, name.end)
        return self.doc[max(0, first) : max(first + 1, last)].root

    def entity(self, name: Name) -> Span | None:
        """Give the entity of the parse that overlaps a name."""
        index = bisect.bisect_right(self.entity_starts, name.end - 1)
        for e in self.entities[max(0, index - 2) : index]:
            if e.start_char < name.end and e.end_char > name.start:
                return e
        return None

    def before(self, name: Name, count: int = 60) -> str:
        """Give the words before a name."""
        return self.text[max(0, name.start - count) : name.start]

    def after(self, name: Name, count: int = 80) -> str:
        """Give the words after a name."""
        return self.text[name.end : name.end + count]


def page(text: str, doc: Doc | None, gazetteer: Gazetteer) -> Page:
    """Gather what the text as a whole says of its names."""
    letters = [c for c in text[:4000] if c.isalpha()]
    capitals = sum(c.isupper() for c in letters) > 0.6 * max(1, len(letters))
    lower = frozenset(re.findall(r"(?<![\w'’-])[a-z]{3,}", text))
    if doc is None or capitals:
        # The model was trained on mixed case: of a text in capitals it takes anything for an organisation.
        return Page(text, None, gazetteer, capitals, lower=lower)
    entities = tuple(doc.ents)
    people = {fold(m[1]) for m in _INITIAL.finditer(text)}
    for e in entities:
        if e.label_ == "PERSON" and len(e) > 1:
            people.add(fold(e[-1].text if e[-1].text not in {"'s", "’s"} else e[-2].text))
    taken = Counter((fold(e.text), e.label_) for e in entities)
    places = frozenset(
        key for (key, label), times in taken.items() if label in {"GPE", "LOC"} and times >= taken[key, "PERSON"] + taken[key, "ORG"]
    )
    return Page(
        text,
        doc,
        gazetteer,
        capitals,
        tuple(t.idx for t in doc),
        entities,
        tuple(e.start_char for e in entities),
        places,
        frozenset(people),
        lower,
    )


def _within_unknown(page: Page, name: Name) -> bool:
    """Say whether a small place's name is only a word of a longer name that nobody knows: "Bank" in "Pearl Bank"."""
    if weight(name) >= 6 or "," in name.text or page.capitals or (_is_region(name) and page.doc is not None):
        return False
    entity = page.entity(name)
    if entity is not None and entity.label_ in {"GPE", "LOC"} and entity.end_char - entity.start_char <= len(name.text) + 4:
        return False
    # Without a parse "Virgen del Valle" is one name, too.
    linked = "" if page.doc is not None else r"(?: (?:of|de|du|d)(?: the| la)?)?"
    before = re.search(rf"(?<![.!?:] )(?<!\n)(?<!^)\b(?![NESWx]+ )([A-ZÀ-Þ][\w’'-]+){linked} $", page.before(name, 30))
    after = re.match(r" ([A-ZÀ-Þ][\w’'-]+)", page.after(name, 30))
    return any(
        m is not None
        and fold(m[1]) not in words()["common"]
        and fold(m[1]) not in words()["parts"]
        and not page.gazetteer.lookup(m[1], kinds=_KNOWN_KINDS)
        for m in (before, after)
    )


def _own_sea(page: Page, name: Name) -> bool:
    """Say whether a common word with an article is a water of our own tables: "the Gulf"."""
    return bool(re.search(r"\b[Tt]he\s+$", page.before(name, 5))) and any(p.kind in {"gulf", "sea", "strait"} for p in name.places[:1])


def _acronym(page: Page, name: Name) -> bool:
    """Say whether a short name in capitals stands for something else: "NGO", "OAS"; before a report it is a dateline."""
    if not name.text.isupper() or len(name.text) > _AGENCY or "." in name.text or page.capitals or _is_region(name) or weight(name) >= 6:
        return False
    own = any(p.id.startswith("im:") for p in name.places[:1])
    return not own and not re.match(r"\s*(?:--|[–—:]|- )", page.after(name, 4))


def _is_country(name: Name) -> bool:
    """Say whether a name is first of all that of a country."""
    return any(p.kind == "country" for p in name.places[:1])


def _is_region(name: Name) -> bool:
    """Say whether a name is a state's or spells out that it is a county: such a name stands by itself."""
    return fold(name.text).endswith(" county") or any(p.kind in {"admin1", "country"} for p in name.places[:1])


def entity_ends(page: Page, name: Name) -> bool:
    """Say whether the phrase that the parse takes for a person or an organisation ends with a name: "Nadia Moayyad of Southlake"."""
    entity = page.entity(name)
    return entity is not None and entity.end_char <= name.end + 2 and entity.start_char < name.start


def leaning(page: Page, name: Name, verdict: Verdict) -> int:
    """Say which way one use of a name speaks, and how loud: above 0 for a place, below for a person."""
    before, after, entity = page.before(name, 40), page.after(name), page.entity(name)
    label = entity.label_ if entity is not None else ""
    sure = name.spelt or verdict.reason in {RELATED, LISTED, AT_HOME}
    if sure or _IN.search(before) or _CONTAINER.match(after) or _TOWN_AFTER.match(after):
        return 2
    if verdict.role == "person" or _SPOKE.match(after) or _SPOKEN.search(before):
        return -2
    if label == "PERSON":
        return 0 if _TOWARDS.search(before) else -1
    return int(label in {"GPE", "LOC"} or bool(_LOCAL.search(before)))


RELATED = "a distance, direction or anchorage is said of it"
LISTED = "the text only names a place"
AT_HOME = "in the state that heads the message"
_KNOWN_KINDS = frozenset({"country", "admin1"})


def foreign(page: Page, name: Name, label: str) -> bool:
    """Say whether a name that the gazetteer does not know is worth listing: the parse and the words around it both take it for a place."""
    key = fold(name.text)
    if not name.text[:1].isupper() or key in words()["common"] or page.gazetteer.demonym(name.text) or key in page.people:
        return False
    if _SPOKE.match(page.after(name)) or TITLES.search(page.before(name, 30)):
        return False
    return label == "LOC" or bool(_IN.search(page.before(name, 20))) or bool(_CONTAINER.match(page.after(name)))


def judge(page: Page, name: Name, *, related: str = "") -> Verdict | None:
    """Say what a name stands for, or null when it is no name of a place here at all; `related`: why it is one whatever the parse says."""
    if fold(name.text) in words()["common"] and not _own_sea(page, name) and not _is_country(name):
        return None
    if (
        re.search(r"\(\s*$", page.before(name, 4))
        and re.match(r"\)|/", page.after(name, 1))
        and name.text.isupper()
        and len(name.text) <= _AGENCY
    ):
        return None
    if _within_unknown(page, name) or (related != RELATED and _acronym(page, name)):
        return None
    if related and name.places:
        return Verdict("place", related)
    for rule in (_person, _institution, _government):
        if verdict := rule(page, name):
            return verdict
    return _place(page, name)


def weight(name: Name) -> float:
    """Say how well known the best place of a name is, on the scale of log10(population): a country 9, a village 3."""
    return name.fame if name.fame is not None else max(map(prominence, name.places), default=0.0)


def prominence(place: Place) -> float:
    """Say how much a place is talked of: by population, and by kind where there is none."""
    return _prominence(place.id[:3] == "im:", place.kind, place.population)


_FAME = {"country": 9.0, "continent": 9.0, "ocean": 9.0, "sea": 8.5, "admin1": 5.0, "airport": 4.0, "base": 4.5}


@lru_cache(maxsize=65536)
def _prominence(ours: bool, kind: str, population: int) -> float:  # noqa: FBT001 - the key of a cache
    """Say how much a place is talked of, by whether it is a row of our own, its kind and its population."""
    if ours:
        return _FAME.get(kind, 7.0)
    crowd = math.log10(population + 10)
    if kind == "admin2":
        return max(2.0, crowd - 0.8)
    return max(_FAME.get(kind, 0.0), crowd)


def _person(page: Page, name: Name) -> Verdict | None:
    """Take a name for a person's by the parse, by a title before it, or by a full name elsewhere in the text."""
    # The parse joins first names to a surname; without it they stand between the title and the name.
    if title := (TITLES.search(page.before(name, 30)) if page.doc is not None else _TITLED.search(page.before(name))):
        return Verdict("person", f"after the title {title.group().strip()!r}")
    if (surname := _SURNAME.match(page.after(name, 40))) and _SPOKEN.search(page.before(name, 20)):
        return Verdict("person", f"who said it: {name.text + surname[1]!r}")
    if name.places and name.places[0].kind == "country" and weight(name) >= 9:
        return None
    if whole := _first_name(page, name):
        return Verdict("person", f"first name in {whole!r}")
    entity = page.entity(name)
    if entity is not None and entity.label_ == "PERSON":
        whole = entity.text.removesuffix("'s").removesuffix("’s")
        if len(whole.split()) > len(name.text.split()) and not _body_behind(page, name):
            return Verdict("person", f"inside the person's name {whole!r}")
        if fold(name.text) in page.people:
            return Verdict("person", "surname of a person named in the text")
    if (
        fold(name.text) in page.people
        and not (entity is not None and entity.label_ in {"GPE", "LOC"})
        and not _IN.search(page.before(name, 12))
    ):
        return Verdict("person", "surname of a person named in the text")
    return None


def _body_behind(page: Page, name: Name) -> bool:
    """Say whether a force or an organisation is named behind a known name: "Abuja Chamber of Commerce" is nobody's name."""
    after = page.after(name)
    known = weight(name) >= settings.KNOWN_ALONE
    return known and bool(_FORCE_AFTER.match(after) or PUBLIC_AFTER.match(after) or INSTITUTION_AFTER.match(after))


def _first_name(page: Page, name: Name) -> str | None:
    """Read "London Breed met": a name that the parse hangs on an unknown name behind it which does something."""
    token = page.head(name)
    if token is None or token.dep_ != "compound" or token.i + 1 != token.head.i or token.head.pos_ != "PROPN":
        return None
    last = token.head
    entity = page.entity(name)
    lists = words()
    if any(last.lower_ in lists[k] for k in ("common", "parts", "body", "ground")) or page.gazetteer.lookup(last.text):
        return None
    if last.dep_ not in {"nsubj", "nsubjpass", "pobj", "dobj", "conj"} or (entity is not None and entity.label_ in {"GPE", "LOC", "FAC"}):
        return None
    return f"{name.text} {last.text}" if not INSTITUTION_AFTER.match(page.after(name)) and not last.text.isupper() else None


def _institution(page: Page, name: Name) -> Verdict | None:
    """Take a name for part of an organisation's: "University of Georgia", "UK Foreign Office"."""
    before, after = page.before(name), page.after(name)
    if found := INSTITUTION_BEFORE.search(before):
        return Verdict("institution", f"part of the organisation's name after {found.group().strip()!r}")
    found = INSTITUTION_AFTER.match(after)
    if found and "\n" not in found.group() and not re.match(r"['’]s\s+[a-z]", after):
        if public := PUBLIC_AFTER.match(after):
            return Verdict("metonym", f"names whose {' '.join(public.group().split()[-1:])!r} it is")
        if BUILDING_AFTER.match(after) and _IN.search(before):
            return Verdict("place", "in a building's name, where something is")
        owned = re.match(r"['’]s\s+", found.group())
        if owned and _is_country(name):
            return Verdict("metonym", f"says whose {found.group()[owned.end() :]!r} it is")
        return Verdict("institution", f"part of the organisation's name before {found.group().strip()!r}")
    force = _FORCE_AFTER.match(after) if _is_region(name) and not page.capitals else None
    return Verdict("metonym", f"names whose {force.group().strip()!r} it is") if force else None


def _government(page: Page, name: Name) -> Verdict | None:
    """Take the name of a capital or state for its government by what it does, or by what is said of it."""
    iso3 = _seat(page, name)
    political = iso3 is not None or _is_country(name)
    if cue := _body(page, name, political=political):
        return Verdict("metonym", cue)
    if any(p.id in words()["unions"] for p in name.places[:1]) and not _IN.search(page.before(name)):
        return Verdict("institution", "a union of states, which speaks and acts")
    if not political:
        return None
    if iso3 and not _is_capital(page, name, iso3):
        return Verdict("metonym", "stands for the government that sits there")
    if _QUOTED.match(page.after(name, 4)) and _OPENS.search(page.before(name)):
        return Verdict("metonym", "is quoted")
    if re.match(r"[-–][A-Z]", page.after(name, 2)) or re.search(r"[A-Z]\w*[-–]$", page.before(name, 20)):
        return Verdict("metonym", "one side of a pair")
    if iso3 and (seat := _SEATED.search(page.before(name))):
        return Verdict("metonym", f"where the {seat[1]} sits that is spoken of")
    cue = _acts(page, name)
    if not cue and (page.doc is None or iso3):
        cue = _acts_by_words(page, name)
    return Verdict("metonym", cue) if cue else None


def _seat(page: Page, name: Name) -> str | None:
    """Give the state whose government sits where a name says; without a parse the name may be of another language ("Londres")."""
    if (iso3 := page.gazetteer.government(name.text)) or page.doc is not None or page.capitals:
        return iso3
    return next((p.country for p in name.places[:2] if p.id in page.gazetteer.capitals()), None)


def _is_capital(page: Page, name: Name, iso3: str) -> bool:
    """Say whether a name of a government is that of the capital, and so may be meant as the city."""
    capital = page.gazetteer.capital(iso3)
    return capital is not None and any(p.id == capital.id for p in name.places)


def _body(page: Page, name: Name, *, political: bool) -> str | None:
    """Find the noun that a name only describes: "US military", "Venezuela's president"."""
    found = _HEADED.match(page.after(name, 40))
    if not found or "\n" in found.group():
        return None
    word = found[1].lower()
    if "-" in page.after(name, 1):
        return None
    if word in words()["ground"]:
        return None
    kinds = {p.kind for p in name.places[:1]}
    if word in words()["body"] and (
        political
        or kinds & {"admin1", "country", "territory"}
        or word in {"officials", "police", "mayor", "government", "residents", "governor", "sheriff"}
    ):
        return f"names whose {word!r} it is"
    return None


_RAISING = frozenset({"report", "say", "believe", "think", "understand", "know", "expect", "allege", "rumour"})
"""Verbs that lift the doer of a clause into their own subject: "Britain is reported to have stopped ..."."""

_GIVING = frozenset({"pass", "give", "supply", "provide", "offer", "hand", "sell", "lend"})


def _acts(page: Page, name: Name) -> str | None:
    """Find on the parse what a name does or suffers that only a government can."""
    token = page.head(name)
    if token is None:
        return None
    head = token.head
    while token.dep_ == "conj" and head.dep_ != "ROOT" and head.head is not head and token.head.pos_ == "PROPN":
        token, head = head, head.head
    if token.dep_ in {"nsubj", "csubj"} and head.lemma_.lower() in words()["speech"]:
        return f"does what a government does: {head.text!r}"
    if token.dep_ == "nsubjpass" and head.lemma_.lower() in words()["blame"]:
        return f"is spoken to as a government: {head.text!r}"
    if token.dep_ in {"dobj", "obj"} and head.lemma_.lower() in words()["blame"]:
        return f"is spoken to as a government: {head.text!r}"
    if token.dep_ == "pobj" and head.dep_ == "agent" and head.head.lemma_.lower() in words()["speech"]:
        return f"does what a government does: {head.head.text!r}"
    country = _is_country(name)
    if (party := _party(token)) is not None:
        return party
    if (country or page.gazetteer.government(name.text)) and (deed := _state(token, country=country)):
        return deed
    if token.dep_ in {"nsubj", "compound", "npadvmod"} and head.tag_ == "VBG" and head.lemma_.lower() in words()["speech"]:
        return f"does what a government does: {head.text!r}"
    return None


def _state(token: Token, *, country: bool) -> str | None:
    """Find what a country, or the government that a capital stands for, does or owns, which is more than what a land or a town is."""
    head = token.head
    lemma = head.lemma_.lower()
    if token.dep_ == "nsubj" and head.pos_ in {"VERB", "AUX"}:
        if lemma not in words()["being"] and (country or lemma not in words()["dwelling"]):
            return f"does what a government does: {head.text!r}"
        return next((f"has what a government has: {c.text!r}" for c in head.children if c.dep_ in _HAD and _is_forces(c)), None)
    owns = token.dep_ == "poss" or (country and token.dep_ in {"compound", "nmod", "amod"} and head.i > token.i)
    noun = head.pos_ == "NOUN" or (country and head.pos_ == "PROPN" and head.ent_type_ not in {"DATE", "TIME", "GPE", "LOC"})
    return f"says whose {head.text!r}" if owns and noun and head.lower_ not in words()["ground"] else None


_HAD = frozenset({"dobj", "obj", "acomp"})


def _is_forces(token: Token) -> bool:
    """Say whether a state has forces, or is ready to do something: no land has, or is."""
    return token.lemma_.lower() in words()["body"] or any(child.dep_ == "xcomp" for child in token.children)


_DWELLERS = frozenset({"people", "resident", "residents", "citizen", "citizens", "national", "player", "police", "mayor", "interior"})
"""Those who live in a place or belong to a town say nothing of a state."""


def _party(token: Token) -> str | None:
    """Find a name that is one side of a relation, is given something, or is said to have done something."""
    head = token.head
    if (
        token.dep_ == "nsubjpass"
        and head.lemma_.lower() in _RAISING
        and (deed := next((c for c in head.children if c.dep_ == "xcomp"), None))
    ):
        return f"is {head.text!r} to have done: {deed.text!r}"
    if token.dep_ != "pobj":
        return None
    above = head.head
    if head.lower_ == "to" and above.lower_ == "according":
        return "is the one who says so"
    if head.lower_ == "of" and above.lemma_.lower() in words()["body"] and above.lemma_.lower() not in _DWELLERS:
        return f"says whose {above.text!r}"
    if head.lower_ == "by" and above.tag_ == "VBN" and above.lemma_.lower() not in words()["being"]:
        return f"is said to have done it: {above.text!r}"
    if head.lower_ in {"between", "with", "against", "on", "from", "to", "by"} and above.lower_ in words()["relation"]:
        return f"is a party: {above.text!r}"
    return f"is given something: {above.text!r}" if head.lower_ == "to" and above.lemma_.lower() in _GIVING else None


def _acts_by_words(page: Page, name: Name) -> str | None:
    """Find the verb that follows a name, when there is no parse."""
    before = page.before(name, 40)
    if (by := re.search(r"\b(\w+)\s+by\s+(?:the\s+)?$", before)) and _stem(by[1]) in words()["speech"]:
        return f"does what a government does: {by[1]!r}"
    if (verb := re.search(r"\b(\w+)\s+(?:the\s+)?$", before)) and _stem(verb[1]) in words()["blame"]:
        return f"is spoken to as a government: {verb[1]!r}"
    found = _SAID.match(page.after(name, 60))
    if not found or (_LOCAL.search(before) and not found["who"]):
        return None
    return f"does what a government does: {found['verb']!r}" if _stem(found["verb"]) in words()["speech"] else None


def _stem(word: str) -> str:
    """Give the base form of a verb that is in the lists, or the word itself.

    >>> _stem("mobilizing"), _stem("denied"), _stem("said")
    ('mobilize', 'deny', 'say')
    """
    word = word.lower()
    if word in {"said", "told"}:
        return {"said": "say", "told": "tell"}[word]
    cut = (word.removesuffix(ending) for ending in ("", "s", "es", "d", "ed", "ing"))
    stems = (*cut, word.removesuffix("ing") + "e", word.removesuffix("ied") + "y", word.removesuffix("ies") + "y")
    return next((s for s in stems if s in words()["speech"] or s in words()["blame"]), word)


def _place(page: Page, name: Name) -> Verdict | None:
    """Take a name for a place if the parse, its fame or the words around it support that."""
    before, after = page.before(name, 40), page.after(name, 40)
    key = fold(name.text)
    entity = page.entity(name)
    label = entity.label_ if entity is not None else ""
    single = " " not in key
    if key in words()["regional"] and not (before.endswith("the ") and _ALONE.match(after) and {p.kind for p in name.places} & {"sea"}):
        return None if _AMERICAN.match(after) else Verdict("demonym", "a nationality")
    if _PARTY.search(before):
        return Verdict("place", "behind a party letter")
    if label != "GPE" and single and weight(name) < 6 and _SPOKE.match(after):
        return Verdict("person", "speaks or acts as a person", sure=False)
    if GENERIC.match(after) and weight(name) < 8 and not _is_region(name):
        return None
    own = bool(name.places) and name.places[0].id.startswith(("im:", "country:"))
    if len(name.text.replace(".", "")) <= 2 and not own and "." not in name.text:
        # Postal codes are words too (IN, OR, ME): they count only behind a name and a comma.
        return Verdict("place", "postal code behind a name") if re.search(r"[A-Za-z.]\s*,\s*$", before) or after.startswith(".") else None
    if label in {"GPE", "LOC", "FAC"}:
        return Verdict("place", "the parse takes it for a place")
    if own and (weight(name) >= 7 or not single):
        return Verdict("place", "a name of the gazetteer's own tables")
    return _unsupported(page, name, label, single=single, before=before, after=after)


def _unsupported(page: Page, name: Name, label: str, *, single: bool, before: str, after: str) -> Verdict | None:
    """Judge a name that the parse does not take for a place, or a text without a parse."""
    known = weight(name)
    cue = bool(_LOCAL.search(before)) or bool(_LOCAL_AFTER.match(after))
    container = bool(_CONTAINER.match(after))
    if single and fold(name.text) in page.lower:
        return None
    if page.capitals and single and known < settings.KNOWN_TAGGED:  # "OF CEMENT, THEY" is no town with its state
        container = container and bool(page.gazetteer.lookup(re.split(r"\W+", after)[1], kinds=_KNOWN_KINDS))
        cue = cue and not re.search(r"\b(?:OF|FOR|WITH)\s+$", before)
    if page.doc is None:
        named = not page.capitals and known >= 4.5 and (name.text.isupper() or not _OPENS.search(before))
        if known >= 5.5 or (cue and known >= 3) or container or (not single and known >= 3) or named:
            # In a text of mixed case a capital says that it is a name; in one of capitals it says nothing.
            sure = known >= 5.5 or container or not page.capitals
            return Verdict("place", "a known name" if known >= 5.5 else "where a place is named", sure=sure)
        return None
    token = page.token(name.start)
    if token is not None and token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"} and single:
        return None
    if label in {"PERSON", "ORG", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"}:
        whole = fold(page.entity(name).text) == fold(name.text)  # type: ignore[union-attr]
        enough = known >= (settings.KNOWN_TAGGED if whole else settings.KNOWN_INSIDE)
        backed = (cue and known >= settings.KNOWN_CUED) or container
        if not enough and not whole and not (backed and entity_ends(page, name)):
            return None
        return Verdict("place", f"a known name, though the parse says {label}", sure=enough or backed)
    if known >= settings.KNOWN_ALONE or ((cue or container) and known >= settings.KNOWN_CUED):
        return Verdict("place", "a known name" if known >= settings.KNOWN_ALONE else "where a place is named")
    return Verdict("place", "a name of the gazetteer", sure=False)
