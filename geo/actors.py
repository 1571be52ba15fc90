"""Find who acts and speaks: states, their forces, governments and officials, armed groups, organisations, media, experts.

The words come from `layers/gazetteer/countries.csv` (names, demonyms, capitals, seats of government) and
`layers/lexicon/actors.toml`. Names are neutral and short ("US military", "Venezuelan government"); `country` is ISO 3166-1 alpha-3.
A capital or a seat of government is given as kind `government`: whether it speaks or is merely a place, the caller decides.
"""

from __future__ import annotations

import bisect
import csv
import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo import layers
from geo.model import Actor
from geo.sieve import Sieve, sieve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ADJECTIVES = {
    "USA": "US", "GBR": "UK", "ARE": "UAE", "PHL": "Philippine", "CIV": "Ivorian",
    "PRI": "Puerto Rican", "VAT": "Vatican",
}  # fmt: skip
"""Adjectives of our names where the first demonym of the table is not the usual word."""


def _either(words: str) -> str:
    """Write words as alternatives that may begin small or capital."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words.split())


_MODIFIERS = _either(
    "senior former top federal state national defen[cs]e security military naval foreign interior royal local maritime intelligence"
    " counter-?narcotics government interim acting ruling port legal fisheries army navy elite embassy high-ranking"
)
_QUANTITIES = _either("an? one two three four several some many the unnamed anonymous senior former top high-ranking")
_MODIFIER, _QUANTITY = f"(?:{_MODIFIERS})", rf"(?:(?:{_QUANTITIES})\s+)"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_STOP = rf"(?:{_MONTHS}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|The|In|On|And|But|He|She)\b"
_WORD = rf"(?!{_STOP})[A-ZÀ-Þ](?:[a-zà-ÿ]+(?:(?:-|['’](?!s\b))[A-ZÀ-Þ]?[a-zà-ÿ]+)*(?:[A-Z][a-z]+)?|\.)"
_PERSON = rf"{_WORD}(?:\s+(?:(?:de|del|da|dos|al|bin|von|van|der|la|el)[\s-]+){{0,2}}{_WORD}){{0,3}}"
_OF = (
    r"[Gg]overnment|[Oo]fficials?|[Nn]avy|[Aa]rmed\s+[Ff]orces|[Aa]rmy|[Mm]ilitary|[Aa]ir\s+[Ff]orce|[Cc]oast\s+[Gg]uard"
    r"|[Aa]uthorities|[Pp]arliament"
)
_OFFICE_OF = r"[Pp]resident|[Pp]rime\s+[Mm]inister|[Ff]oreign\s+[Mm]inister|[Kk]ing"
_NO_LEADER = r"(?:Local|Federal|State|Interim|National|Regional|Military|Central|Previous|New|Both|This|That|Its|Their|His|Her|Our|No)\b"
_PLACE_BEFORE = re.compile(
    r"\b(?:Gulf|Sea|Strait|University|Bank|Bay|coast|Bight|Port|Isle|Cape)\s+of\s+(?:the\s+)?$"
    r"|\b(?:New|Equatorial|Papua|Latin|South|North|Central)\s$"
)
# A bare adjective ("Israeli strikes") is an actor where an act or a craft of the state follows; "Venezuelan fishermen" are none.
_ACT = (
    r"(?=\s+(?:(?!and\b|of\b|in\b)[\w-]+\s+){0,3}(?:(?:air)?strike|attack|raid|operation|bombing|assault|missile|drone|warship|destroyer"
    r"|frigate|cruiser|submarine|jet|bomber|helicopter|aircraft|carrier|warplane|gunboat|deployment|blockade|exercise)s?\b)"
)
_LED_BY = re.compile(r"(?:,?\s+(?:which\s+is\s+)?(?:led|headed|run)\s+by|['’]s)\s+")
_NAMELESS = ("alone:", "led")
"""Rules whose patterns hold no proper names: what letters they need is soon read."""
_MOST_SMALL = 4
"""Texts of a process that get patterns of their own; then those of all names pay."""

_UN_TITLE = (
    r"(?:\s+(?:Secretary[- ]General|High Commissioner(?: for (?:Human Rights|Refugees))?|special (?:rapporteur|envoy)"
    r"|spokes(?:man|woman|person)|experts?|officials?|chief|mission)\b)"
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a country: its code (null where two states share the word), and whether it is its name or an adjective."""

    iso3: str | None
    name: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What the words mean: `expressions` as in the table, and every proper name by its first word (`names_by_word`)."""

    expressions: dict[str, dict[str, list[str]]]
    countries: dict[str, _Form]
    capitals: dict[str, str]
    adjectives: dict[str, str]
    names: dict[str, tuple[str, str, str | None]]
    names_by_word: dict[str, tuple[str, ...]]
    nouns: tuple[tuple[str, re.Pattern[str]], ...]


def find(text: str) -> tuple[Actor, ...]:
    """Find the actors of a text, in order, none overlapping; the longest reading wins.

    Kinds: state, government, armed_forces, coast_guard, agency, official, anonymous_official, armed_group, private,
    international_organisation, ngo, media, expert, operator. A person's surname counts again where it stands alone later.

    >>> [(a.name, a.kind, a.country) for a in find("The US military denied what a senior British security official said.")]
    [('US military', 'armed_forces', 'USA'), ('UK security official', 'anonymous_official', 'GBR')]
    """
    lexicon = _lexicon()
    found = sorted(_all(text, lexicon), key=lambda actor: (actor.start, -actor.end))
    # Sorted by start, longest first: "US Coast Guard" leaves no room for "US" or for "Coast Guard".
    kept: list[Actor] = []
    for actor in found:
        if not kept or actor.start >= kept[-1].end:
            kept.append(actor)
    return tuple(_with_people(text, kept))


def _all(text: str, lexicon: _Lexicon) -> Iterator[Actor]:
    """Give every reading, overlaps included."""
    for rule, scan in _scans(text, lexicon):
        for match in scan.finditer(text):
            actor = _read(rule, match, lexicon)
            if actor and not (actor.kind in {"state", "government"} and _PLACE_BEFORE.search(text, max(0, actor.start - 30), actor.start)):
                yield actor


def _read(rule: str, match: re.Match[str], lexicon: _Lexicon) -> Actor | None:
    """Turn a match into an actor, by the rule that found it."""
    groups = match.groupdict()
    written = groups.get("country")
    country = lexicon.countries[_key(written)].iso3 if written else None
    end = match.end()
    if rule == "state":
        kind, name = "state", _country_name(country, lexicon)
    elif rule == "capital":
        country = lexicon.capitals[_key(match.group())]
        kind, name = "government", f"{_adjective(country, lexicon)} government"
    elif rule == "name":
        name, kind, country = lexicon.names[_key(groups["name"])]
        name = _plain(" ".join(filter(None, (name, groups["post"], groups["person"]))))
    elif rule == "seat":
        country, person = lexicon.capitals.get(_key(groups["seat"])), groups["person"]
        kind = "anonymous_official" if groups["noun"].startswith("official") and not person else "official"
        name = _plain(" ".join(filter(None, (groups["seat"], groups["noun"], person))))
    elif rule == "led":
        kind, name = "government", f"{groups['person']} {groups['noun']}"
    elif rule == "title":
        person = groups.get("person")
        title = groups["noun"] if person else groups["noun"].lower()
        kind, name = "official", _plain(" ".join(filter(None, (_adjective(country, lexicon), title, person))))
    elif rule.startswith("alone:"):
        kind, name = rule.removeprefix("alone:"), _plain(match.group()).lower()
    else:
        kind, person = _noun_kind(groups["noun"]), groups.get("person")
        adjective = _adjective(country, lexicon) or _key(written or "")
        name = _plain(" ".join((adjective, groups.get("modifiers") or "", groups["noun"] if person else _lower(groups["noun"]))))
        if person and kind in {"official", "anonymous_official"}:
            kind, name = "official", f"{name} {person}"
        elif person:
            # A name after an institution is not part of it: "the British Embassy Tokyo".
            end, name = match.end("noun"), _plain(f"{adjective} {groups['modifiers']} {_lower(groups['noun'])}")
    return Actor(name=name, country=country, kind=kind, start=match.start(), end=end, text=match.string[match.start() : end])


def _with_people(text: str, actors: list[Actor]) -> list[Actor]:
    """Give each official one name and country through the text, and add the places where a surname alone means one."""
    # Reports name a person in full once and by surname afterwards, and often only one of the names says of which country.
    led = [_led(text, before, actor) for before, actor in zip([None, *actors], actors, strict=False)]
    people: dict[str, Actor] = {}
    for actor in led:
        name = _person(actor) if actor.kind == "official" else []
        # Words that say the country are worth more than earlier words that do not.
        if len(name) > 1 and (name[-1] not in people or people[name[-1]].country is None):
            people[name[-1]] = actor
    if not people:
        return led
    starts = [actor.start for actor in led]
    again = [
        replace(people[match.group()], start=match.start(), end=match.end(), text=match.group())
        for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, sorted(people)))})\b", text)
        if match.start() > people[match.group()].start and led[bisect.bisect_right(starts, match.start()) - 1].end <= match.start()
    ]
    return sorted([*(_same(actor, people) for actor in led), *again], key=lambda actor: actor.start)


def _led(text: str, before: Actor | None, actor: Actor) -> Actor:
    """Give an official the country of what they lead: "the US administration, led by President ..."."""
    if actor.kind != "official" or actor.country or before is None or not _LED_BY.fullmatch(text[before.end : actor.start]):
        return actor
    return replace(actor, country=before.country)


def _same(actor: Actor, people: dict[str, Actor]) -> Actor:
    """Give who lacks a country the one the same person has elsewhere in the text; an official also that name."""
    if actor.country is not None or actor.kind not in {"official", "government"}:
        return actor
    name = _person(actor) if actor.kind == "official" else actor.name.split()[:1]
    known = people.get(name[-1]) if name else None
    if known is None or known.country is None:
        return actor
    return replace(actor, name=known.name if actor.kind == "official" else actor.name, country=known.country)


def _person(actor: Actor) -> list[str]:
    """Split the capitalised name that ends an official's words: given names and surname."""
    match = re.search(rf"({_PERSON})$", actor.name)
    return match[1].split() if match else []


# Read once a process and only when a text is read.
@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    """Read the tables, once."""
    data = _loosened(tomllib.loads((layers.folder() / "lexicon" / "actors.toml").read_text(encoding="utf-8")))
    countries, capitals, adjectives = _countries()
    owners: dict[str, str] = data["country"]
    names = {
        form: (name, kind, owners.get(name))
        for kind, table in data["names"].items()
        for name, others in table.items()
        for form in (name, *others)
    }
    by_word: dict[str, tuple[str, ...]] = {}
    for form in {**countries, **capitals, **names}:
        word = re.split(r"\W", form, maxsplit=1)[0]
        by_word[word] = (*by_word.get(word, ()), form)
    nouns = tuple((kind, re.compile("|".join(forms))) for kind, forms in data["nouns"].items())
    return _Lexicon(data, countries, capitals, adjectives, names, by_word, nouns)


def _loosened(data: dict[str, Any]) -> dict[str, Any]:
    """Let a space in the lexicon's expressions match a line break too: wrapped text is common in mail and PDF."""
    expressions = {
        part: {kind: [form.replace(" ", r"\s+") for form in forms] for kind, forms in data[part].items()}
        for part in ("nouns", "alone", "titles")
    }
    return data | expressions


def _scans(text: str, lexicon: _Lexicon) -> tuple[tuple[str, re.Pattern[str] | Sieve], ...]:
    """Give the patterns for a text, each with the rule that reads its matches."""
    # Patterns of all proper names take half a second to compile, those of one text's names a hundredth: only a long run gets all.
    if _compiled.cache_info().currsize >= _MOST_SMALL:
        return _compiled(None)
    # Every pattern wants a name between word boundaries, so leaving out a name that the text lacks changes no match.
    words, plain = lexicon.names_by_word.keys() & re.findall(r"\w+", text), _key(text)
    return _compiled(frozenset(name for word in words for name in lexicon.names_by_word[word] if name in plain))


@lru_cache(maxsize=_MOST_SMALL + 1)
def _compiled(present: frozenset[str] | None) -> tuple[tuple[str, re.Pattern[str] | Sieve], ...]:
    """Compile the patterns with these proper names in them, or with all."""
    lexicon = _lexicon()
    countries = {form: entry for form, entry in lexicon.countries.items() if present is None or form in present}
    capitals, names = ([form for form in table if present is None or form in present] for table in (lexicon.capitals, lexicon.names))
    patterns = _patterns(lexicon.expressions, countries, capitals, names)
    return tuple((rule, sieve(pattern, re.NOFLAG) if rule.startswith(_NAMELESS) else re.compile(pattern)) for rule, pattern in patterns)


def _patterns(
    data: dict[str, dict[str, list[str]]], countries: dict[str, _Form], capitals: Iterable[str], names: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Write a pattern for each way to name an actor, with its rule."""
    country = rf"(?P<country>{_trie(countries)})"
    bare = [form for form, entry in countries.items() if entry.name]
    plural = [form for form, entry in countries.items() if not entry.name and form.endswith("s")]
    noun = rf"(?P<noun>{'|'.join(form for forms in data['nouns'].values() for form in forms)})(?!\w)"
    office = rf"(?:(?:{'|'.join(data['nouns']['government'])})\s+)?"
    title = rf"(?P<noun>{'|'.join(data['titles']['official'])})(?!\w)"
    seats = rf"(?P<seat>Pentagon|Kremlin|{_trie(seat for seat in capitals if ' ' in seat)})"
    post = r"(?P<noun>spokes(?:man|woman|person)|press secretary|officials?)\b"
    person, modifiers = rf"(?P<person>{_PERSON})", rf"(?P<modifiers>(?:{_MODIFIER}\s+){{0,3}})"
    return (
        ("force", rf"\b{_QUANTITY}{{0,3}}(?:Royal\s+)?{country}(?:['’]s?)?(?:-led|-flagged)?\s+{modifiers}{noun}(?:\s+{person})?"),
        ("force", rf"\b(?:[Tt]he\s+)?(?P<noun>{_OF})\s+of\s+(?:the\s+)?{country}\b"),
        ("title", rf"\b(?:[Tt]he\s+)?(?P<noun>{_OFFICE_OF})\s+of\s+(?:the\s+)?{country}\b(?:,?\s+{person})?"),
        ("seat", rf"\b(?:(?:[Aa]|[Tt]he|[Ss]enior)\s+)?{seats}(?:['’]s)?\s+{post}(?:\s+{person})?"),
        ("title", rf"\b(?:[Tt]he\s+)?{country}(?:['’]s?)?\s+(?:{_MODIFIER}\s+){{0,2}}{office}(?i:{title})(?:,?\s+{person})?"),
        ("title", rf"\b(?=[A-Zps]){title}\s+{person}"),
        ("led", rf"\b(?:[Tt]he\s+)?(?!{_NO_LEADER})(?P<person>{_WORD})(?:['’]s)?\s+(?P<noun>administration|government|regime)\b"),
        ("title", r"\b[Tt]he\s+(?P<noun>prime minister|president|defen[cs]e (?:minister|secretary)|foreign minister)\b"),
        ("name", rf"\b(?P<name>{_trie(names)})(?!\w|['’]s\s(?:List|Club))(?P<post>{_UN_TITLE})?(?:(?<=[a-z])\s+{person})?"),
        ("state", rf"\b(?P<country>{_trie(bare)})(?![\w-])"),
        ("state", rf"\b{country}{_ACT}"),
        ("state", rf"(?<=[Tt]he\s)(?P<country>{_trie(plural)})(?![\w-])"),
        # "Washington Square" and "Douglas County" are no governments.
        ("capital", rf"\b{_trie(capitals)}(?![\w-]|\s+(?!{_STOP})[A-Z])"),
        *((f"alone:{kind}", rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])") for kind, forms in data["alone"].items()),
    )


def _countries() -> tuple[dict[str, _Form], dict[str, str], dict[str, str]]:
    """Read the table of countries: every way to write one, its capital and seats of government, its adjective."""
    countries: dict[str, _Form] = {}
    capitals: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    with (layers.folder() / "gazetteer" / "countries.csv").open(encoding="utf-8", newline="") as file:
        # States before their territories, so that a word they share means the state.
        rows = sorted(csv.DictReader(file), key=lambda row: (row["sovereign"] != row["iso3"], row["iso3"]))
    for row in rows:
        demonyms = _cells(row["demonyms"])
        for form in (row["name"], *_cells(row["aliases"]), *demonyms):
            for spelling in {form, form.upper()} if len(form) > 3 else {form}:
                _add(countries, spelling, _Form(row["iso3"], form not in demonyms), state=row["sovereign"] == row["iso3"])
        # "New Zealander" names a person and is no adjective.
        adjective = next((demonym for demonym in demonyms[:1] if not demonym.endswith("er")), row["name"])
        adjectives[row["iso3"]] = _ADJECTIVES.get(row["iso3"], adjective)
        adjectives[f"name:{row['iso3']}"] = row["name"]
    for row in rows:
        for form in (row["capital"], *_cells(row["government"])):
            if form and form not in countries:
                capitals.setdefault(form, row["iso3"])
    return countries, capitals, adjectives


def _add(countries: dict[str, _Form], spelling: str, form: _Form, *, state: bool) -> None:
    """Enter a way to write a country; a word that two states share keeps no code."""
    taken = countries.get(spelling)
    if taken is None or (form.name and not taken.name):
        countries[spelling] = form
    elif taken.iso3 != form.iso3 and state and not taken.name:
        countries[spelling] = _Form(None, name=False)


def _cells(text: str) -> list[str]:
    """Split a cell of several names."""
    return [part for part in text.split("|") if part]


def _trie(words: Iterable[str]) -> str:
    """Write words as one pattern that shares their beginnings; longest reading first. Of no words, one that never matches.

    >>> re.fullmatch(_trie(["US", "USA", "UK"]), "USA").group()
    'USA'
    """
    tree: dict[str, dict[str, object]] = {}
    for word in words:
        node: dict[str, dict[str, object]] = tree
        for letter in word:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[""] = {}
    return _branch(tree) or r"(?!)"


def _branch(node: dict[str, dict[str, object]]) -> str:
    """Write one node of the tree and all below it."""
    parts = [(r"\s+" if letter == " " else re.escape(letter)) + _branch(below) for letter, below in sorted(node.items()) if letter]  # type: ignore[arg-type]
    if not parts:
        return ""
    pattern = parts[0] if len(parts) == 1 and "" not in node else f"(?:{'|'.join(parts)})"
    return f"{pattern}?" if "" in node else pattern


@lru_cache(maxsize=1024)
def _noun_kind(noun: str) -> str:
    """Tell the kind of actor that a noun names."""
    return next(kind for kind, forms in _lexicon().nouns if forms.fullmatch(noun))


def _key(written: str) -> str:
    """Give the form of a country's name that the table knows."""
    return " ".join(written.split())


def _adjective(country: str | None, lexicon: _Lexicon) -> str:
    """Give the adjective our names use for a country: US, UK, Venezuelan."""
    return lexicon.adjectives.get(country or "", "")


def _country_name(country: str | None, lexicon: _Lexicon) -> str:
    """Give a country's name in English."""
    return lexicon.adjectives.get(f"name:{country}", "")


@lru_cache(maxsize=1024)
def _lower(noun: str) -> str:
    """Write a common noun small; names of services and offices keep their capitals."""
    noun = re.sub(r"coast\s?guards?(?:m[ae]n)?", "Coast Guard", noun, flags=re.IGNORECASE)
    if re.fullmatch(r"navy|army|air force", noun, re.IGNORECASE):
        return noun.title()
    return noun if re.search(r"Coast Guard|Command|Guard|Office|Corps|Department|SEAL|Congress", noun) else noun.lower()


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """Squeeze white space and leave leading articles off."""
    return re.sub(r"^(?:the|an?|one|its|her|his)\s+", "", " ".join(text.split()), flags=re.IGNORECASE)
