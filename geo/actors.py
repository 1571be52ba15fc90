"""Find who acts and speaks: states, their forces, governments and officials, armed groups, organisations, media, experts.

The words come from `layers/gazetteer/countries.csv` (names, demonyms, capitals, seats of government) and
`layers/lexicon/actors.toml`. Names are neutral and short ("US military", "Venezuelan government"); `country` is ISO 3166-1 alpha-3.
A capital or a seat of government is given as kind `government`: whether it speaks or is merely a place, the caller decides.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo import layers
from geo.model import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ADJECTIVES = {"USA": "US", "GBR": "UK", "ARE": "UAE", "NZL": "New Zealand", "PHL": "Philippine", "CIV": "Ivorian", "PRI": "Puerto Rican", "VAT": "Vatican"}
"""Adjectives of our names where the first demonym of the table is not the usual word."""
_MODIFIER = (
    r"(?:[Ss]enior|[Ff]ormer|[Tt]op|[Ff]ederal|[Ss]tate|[Nn]ational|[Dd]efen[cs]e|[Ss]ecurity|[Mm]ilitary|[Nn]aval|[Ff]oreign|[Ii]nterior|[Rr]oyal|[Ll]ocal|[Mm]aritime"
    r"|[Ii]ntelligence|[Cc]ounter-?narcotics|[Gg]overnment|[Ii]nterim|[Aa]cting|[Rr]uling|[Pp]ort|[Ll]egal|[Ff]isheries|[Aa]rmy|[Nn]avy|[Ee]lite|[Ee]mbassy|[Hh]igh-ranking)"
)
_QUANTITY = r"(?:(?:[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ss]everal|[Ss]ome|[Mm]any|[Tt]he|[Uu]nnamed|[Aa]nonymous|[Ss]enior|[Ff]ormer|[Tt]op|[Hh]igh-ranking)\s+)"
_STOP = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|In|On|And|But|He|She)\b"
)
_WORD = rf"(?!{_STOP})[A-ZÀ-Þ](?:[a-zà-ÿ]+(?:(?:-|['’](?!s\b))[A-ZÀ-Þ]?[a-zà-ÿ]+)*(?:[A-Z][a-z]+)?|\.)"
_PERSON = rf"{_WORD}(?:\s+(?:(?:de|del|da|dos|al|bin|von|van|der|la|el)[\s-]+)?{_WORD}){{0,3}}"
_PLACE_BEFORE = re.compile(r"\b(?:Gulf|Sea|Strait|University|Bank|Bay|coast|Bight|Port|Isle|Cape)\s+of\s+(?:the\s+)?$|\b(?:New|Equatorial|Papua|Latin|South|North|Central)\s$")
# A bare adjective ("Israeli strikes") is an actor where an act or a craft of the state follows; "Venezuelan fishermen" are none.
_ACT = (
    r"(?=\s+(?:(?!and\b|of\b|in\b)[\w-]+\s+){0,3}(?:(?:air)?strikes?|attacks?|raids?|operations?|bombings?|assaults?|missiles?|drones?|warships?|destroyers?|frigates?|cruisers?"
    r"|submarines?|jets?|bombers?|helicopters?|aircraft|carriers?|warplanes?|gunboats?|deployments?|blockade|exercises?)\b)"
)
_LED_BY = re.compile(r"(?:,?\s+(?:which\s+is\s+)?(?:led|headed|run)\s+by|['’]s)\s+")
_ORGANISATION_TITLE = r"(?:\s+(?:Secretary[- ]General|High Commissioner(?: for (?:Human Rights|Refugees))?|special (?:rapporteur|envoy)|spokes(?:man|woman|person)|experts?|officials?|chief|mission)\b)"


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a country: its code (null where two states share the word), and whether it is its name or an adjective."""

    iso3: str | None
    name: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Compiled patterns and what the words in them mean."""

    countries: dict[str, _Form]
    capitals: dict[str, str]
    adjectives: dict[str, str]
    names: dict[str, tuple[str, str, str | None]]
    scans: tuple[tuple[str, re.Pattern[str]], ...]
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
    kept: list[Actor] = []
    for actor in found:
        if not kept or actor.start >= kept[-1].end:
            kept.append(actor)
    return tuple(_with_people(text, kept))


def _all(text: str, lexicon: _Lexicon) -> Iterator[Actor]:
    """Give every reading, overlaps included."""
    for rule, scan in lexicon.scans:
        for match in scan.finditer(text):
            actor = _read(rule, match, lexicon)
            if actor and not (actor.kind in {"state", "government"} and _PLACE_BEFORE.search(text, max(0, actor.start - 30), actor.start)):
                yield actor


def _read(rule: str, match: re.Match[str], lexicon: _Lexicon) -> Actor | None:
    """Turn a match into an actor, by the rule that found it."""
    groups = match.groupdict()
    written = groups.get("country")
    country = lexicon.countries[_key(written)].iso3 if written else None
    if rule == "state":
        kind, name = "state", _country_name(country, lexicon)
    elif rule == "capital":
        country = lexicon.capitals[match.group()]
        kind, name = "government", f"{_adjective(country, lexicon)} government"
    elif rule == "name":
        name, kind, country = lexicon.names[groups["name"]]
        name = f"{name} {groups['person']}" if groups.get("person") else name
    elif rule == "title":
        kind, name = "official", _plain(" ".join(filter(None, (country and _adjective(country, lexicon), groups["noun"].lower(), groups["person"]))))
    elif rule.startswith("alone:"):
        kind, name = rule.removeprefix("alone:"), _plain(match.group()).lower()
    else:
        kind = _noun_kind(groups["noun"], lexicon)
        name = _plain(" ".join((_adjective(country, lexicon) or _key(written or ""), groups.get("modifiers") or "", _lower(groups["noun"]))))
        if kind == "anonymous_official" and groups.get("person"):
            kind, name = "official", f"{name} {groups['person']}"
    return Actor(name=name, country=country, kind=kind, start=match.start(), end=match.end(), text=match.group())


def _with_people(text: str, actors: list[Actor]) -> list[Actor]:
    """Give officials the country their words leave out, and add the places where a person named before is meant by surname."""
    people: dict[str, Actor] = {}
    for i, actor in enumerate(actors):
        name = _person(actor) if actor.kind == "official" else []
        if len(name) < 2:
            continue
        before = actors[i - 1] if i else None
        if actor.country is None and before and _LED_BY.fullmatch(text[before.end : actor.start]):
            actors[i] = actor = replace(actor, country=before.country)
        known = people.get(name[-1])
        if known is None or known.country is None:
            people[name[-1]] = actor
    surnames = "|".join(map(re.escape, sorted(people)))
    again = [people[match.group()] and _again(people[match.group()], match) for match in re.finditer(rf"\b(?:{surnames})\b", text)] if people else []
    starts = {i for actor in actors for i in range(actor.start, actor.end)}
    named = [_same(actor, people) for actor in actors]
    return sorted([*named, *(actor for actor in again if actor.start not in starts and actor.start > people[actor.text].start)], key=lambda a: a.start)


def _again(actor: Actor, match: re.Match[str]) -> Actor:
    """Give an actor another span."""
    return replace(actor, start=match.start(), end=match.end(), text=match.group())


def _same(actor: Actor, people: dict[str, Actor]) -> Actor:
    """Give an official without a country the name and country the same person has elsewhere in the text."""
    name = _person(actor) if actor.kind == "official" and actor.country is None else []
    known = people.get(name[-1]) if name else None
    return replace(actor, name=known.name, country=known.country) if known and known.country else actor


def _person(actor: Actor) -> list[str]:
    """Split the capitalised name that ends an official's words: given names and surname."""
    match = re.search(rf"({_PERSON})$", actor.name)
    return match[1].split() if match else []


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    """Read the tables and compile the patterns, once."""
    data = tomllib.loads((layers.folder() / "lexicon" / "actors.toml").read_text(encoding="utf-8"))
    countries, capitals, adjectives = _countries()
    owners: dict[str, str] = data["country"]
    names = {
        form: (name, kind, owners.get(name))
        for kind, table in data["names"].items()
        for name, others in table.items()
        for form in (name, *others)
    }
    nouns = tuple((kind, re.compile("|".join(forms))) for kind, forms in data["nouns"].items())
    return _Lexicon(countries, capitals, adjectives, names, tuple(_scans(data, countries, capitals, names)), nouns)


def _scans(data: dict[str, dict[str, list[str]]], countries: dict[str, _Form], capitals: Iterable[str], names: Iterable[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Compile one pattern for each way to name an actor."""
    country = rf"(?P<country>{_trie(countries)})"
    bare = {form for form, entry in countries.items() if entry.name}
    forms = [form for forms in data["nouns"].values() for form in forms]
    noun = rf"(?P<noun>{'|'.join(forms)})(?!\w)"
    office = rf"(?:(?:{'|'.join(data['nouns']['government'])})\s+)?"
    title = rf"(?P<noun>{'|'.join(data['titles']['official'])})(?!\w)"
    small_title = title.replace("President|", "[Pp]resident|").replace("Prime Minister", "[Pp]rime [Mm]inister").replace(" (?:Minister|", " (?:[Mm]inister|")
    modifiers = rf"(?P<modifiers>(?:{_MODIFIER}\s+){{0,3}})"
    yield "force", re.compile(rf"\b{_QUANTITY}{{0,3}}{country}(?:['’]s?)?(?:-led|-flagged)?\s+{modifiers}{noun}(?:\s+(?P<person>{_PERSON}))?")
    yield "force", re.compile(rf"\b(?:[Tt]he\s+)?{noun}\s+of\s+(?:the\s+)?{country}\b")
    yield "title", re.compile(rf"\b(?:[Tt]he\s+)?{country}(?:['’]s?)?\s+(?:{_MODIFIER}\s+){{0,2}}{office}{small_title}(?:,?\s+(?P<person>{_PERSON}))?")
    yield "title", re.compile(rf"(?P<country>(?!))?\b{title}\s+(?P<person>{_PERSON})")
    yield "title", re.compile(r"(?P<country>(?!))?(?P<person>(?!))?\b(?:[Tt]he\s+)?(?P<noun>(?<=[Tt]he\s)(?:prime minister|president|defen[cs]e (?:minister|secretary)|foreign minister))\b")
    yield "name", re.compile(rf"\b(?P<name>{_trie(names)})(?![\w]|['’]s\s(?:List|Club))(?:{_ORGANISATION_TITLE})?(?:(?<=[a-z])\s+(?P<person>{_PERSON}))?")
    yield "state", re.compile(rf"\b(?P<country>{_trie(bare)})(?![\w-])")
    yield "state", re.compile(rf"\b{country}{_ACT}")
    yield "state", re.compile(rf"(?<=[Tt]he\s)(?P<country>{_trie(form for form in countries if form not in bare and form.endswith('s'))})(?![\w-])")
    yield "capital", re.compile(rf"\b{_trie(capitals)}(?![\w-])")
    for kind, forms in data["alone"].items():
        yield f"alone:{kind}", re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")


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
        adjectives[row["iso3"]] = _ADJECTIVES.get(row["iso3"]) or (demonyms[0] if demonyms else row["name"])
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
    """Write words as one pattern that shares their beginnings; longest reading first.

    >>> re.fullmatch(_trie(["US", "USA", "UK"]), "USA").group()
    'USA'
    """
    tree: dict[str, dict[str, object]] = {}
    for word in words:
        node: dict[str, dict[str, object]] = tree
        for letter in word:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[""] = {}
    return _branch(tree)


def _branch(node: dict[str, dict[str, object]]) -> str:
    """Write one node of the tree and all below it."""
    parts = [re.escape(letter) + _branch(below) for letter, below in sorted(node.items()) if letter]  # type: ignore[arg-type]
    if not parts:
        return ""
    pattern = parts[0] if len(parts) == 1 and "" not in node else f"(?:{'|'.join(parts)})"
    return f"{pattern}?" if "" in node else pattern


def _noun_kind(noun: str, lexicon: _Lexicon) -> str:
    """Tell the kind of actor that a noun names."""
    return next(kind for kind, forms in lexicon.nouns if forms.fullmatch(noun))


def _key(written: str) -> str:
    """Give the form of a country's name that the table knows."""
    return " ".join(written.split())


def _adjective(country: str | None, lexicon: _Lexicon) -> str:
    """Give the adjective our names use for a country: US, UK, Venezuelan."""
    return lexicon.adjectives.get(country or "", "")


def _country_name(country: str | None, lexicon: _Lexicon) -> str:
    """Give a country's name in English."""
    return lexicon.adjectives.get(f"name:{country}", "")


def _lower(noun: str) -> str:
    """Write a common noun small; names of services and offices keep their capitals."""
    noun = re.sub(r"coast\s?guards?(?:m[ae]n)?", "Coast Guard", noun, flags=re.IGNORECASE)
    if re.fullmatch(r"navy|army|air force", noun, re.IGNORECASE):
        return noun.title()
    return noun if re.search(r"Coast Guard|Command|Guard|Office|Corps|Department|SEAL|Congress", noun) else noun.lower()


def _plain(text: str) -> str:
    """Squeeze white space and leave leading articles off."""
    return re.sub(r"^(?:the|an?|one|its|her|his)\s+", "", " ".join(text.split()), flags=re.IGNORECASE)
