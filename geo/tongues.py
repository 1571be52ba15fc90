"""Compile the table of a language: its phrases, the forms of its verbs, its number words, and what changes the order of words.

A verb is one line of a table ("seize" = "incautar|decomisar"); its forms come from the endings of its class, and the `compound` lines say
which words before a form give which English ("was {participle}" = "fue {participle}").
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from geo import layers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNIT = r"(?:day|week|month|year|hour)s?"
_N = r"(?:\d[\d.,:]*|a|several)\b"
_WIND = r"(?:(?:north|south)-?(?:north|south)?-?(?:east|west)?|(?:east|west)(?:-(?:north|south)(?:east|west))?)(?:ern)?\b"
_DETERMINERS = r"the|an?|its|some|another|several|no|\d[\d.,]*"
_LINKS = (
    r"(?:in|at|on|off|near|to|by|from|with|and|during|after|that|since|until|was|were|for|according|when|while|who|which|because|before|as"
    r"|if|then)\b"  # what ends a noun phrase
)
_NAMED = r"(?-i:[A-ZÀ-Þ][\w’-]+(?:\s+(?:(?:of|de|del|du|la|the)\s+)*[A-ZÀ-Þ][\w’-]+)*)"
_KINDS = (
    r"(?:(?:port|base|naval base|city|gulf|bay|strait|island|isla|cape|roads|waters|river|archipelago|coast|anchorage)"
    r"(?: of)?(?: the)?\s+)?"
)
_SLOTS = {
    "n": _N,
    "low": r"\d{1,3}(?:\.\d+)?",
    "number": rf"{_N}(?!\s+(?:of\s+)?{_MONTH})",
    "unit": _UNIT,
    "weekday": _WEEKDAY,
    "turned": rf"(?:{_WEEKDAY}|week|month|year|{_MONTH})",
    "date": rf"(?:{_WEEKDAY}|(?:\d\d?\s+(?:of\s+)?|early\s+|late\s+|mid-)?{_MONTH}|yesterday|last\s+(?:week|month|year|{_WEEKDAY}))",
    "name": r"(?-i:[A-ZÀ-Þ][\w’-]+)",
    "bound": r"(?:more than|at least|no fewer than|fewer than|up to|nearly|about|until)",
    "wind": _WIND,
    "shore": r"(?:coast|tip|part|end)",
    "month": _MONTH,
    "hits": (
        r"(?:attacked|boarded|intercepted|seized|captured|detained|arrested|kidnapped|hijacked|rammed|chased|followed|hit|harassed"
        r"|robbed|rescued|killed|wounded|escorted|approached|released|sank|destroyed|damaged|surrounded|evacuated|relieved|inspected"
        r"|threatened|collided with|received|replaced|towed|assisted|accompanied|monitored|accused|protected|guarded|supported|helped"
        r"|shadowed|repelled|identified|repatriated|transferred|attack|board|intercept|seize|capture|detain|escort|relieve|replace|rescue|tow|assist"
        r"|protect|inspect|evacuate|attacking|seizing|capturing|relieving|replacing|escorting|sinking|threatening|wounding|killing"
        r"|neutralised|struck|bombed)"
    ),
    "short": r"[^.;:!?\n]{1,80}?",
    "begins": r"(?:\A|(?<=\n)|(?<=[.!?:;…—]\s)|(?<=\"))",
    "moved": (
        r"(?:arrived|began|ended|docked|sailed|anchored|departed|(?:also )?joined|returned|left|set sail|cast off|entered|called|landed"
        r"|headed|moored|took off|put in)(?:\s+(?:already|also|finally|early|late|on\s+\w+day|yesterday|today|last\s+\w+|this\s+\w+))*"
    ),
    "branch": r"(?:(?-i:[A-Z]\w+) )?(?-i:Navy|Coast Guard|Air Force|Armed Forces|Civil Guard|National Guard)",
    "stays": (
        r"(?:(?:is|are|was|were)(?:\s+(?:operating|cruising|anchored|moored|docked|deployed|stationed|back|kept|seen|located|patrolling))?"
        r"|stands?|remains?|patrols?|anchored|arrived|docked|operates?)(?:\s+(?:already|also|still|now))?"
    ),
    "befell": r"(?:exploded|died|sank|capsized|burned|burnt|drifted|disappeared|appeared|crashed|drowned|ran aground)",
    "arms": r"with (?:naval |suicide )?(?:drones?|missiles?|rockets?|bombs|gunfire|grenades|explosives|torpedoes|stones)",
    "prep": r"(?:with|by|against|under|from|between|among)",
    "aside": r"(?:in|at|to|off|near|on|with|after|during|from|about)\b[^.;:!?\n,]{1,70}",
    "folk": r"(?:nationals|men|women|people|persons|suspects|smugglers|individuals|crew members|occupants|citizens|foreigners)",
    "into": r"(?:left|entered|reached|crossed|joined|called|arrived|docked|moored)",
    "adverb": (
        r"(?:yesterday|today|again|illegally|without permission|last night|at night|at dawn|in the early hours|tonight"
        r"|this (?:morning|afternoon|week|early morning)"
        rf"|(?:on |last )?{_WEEKDAY}(?: (?:morning|night|afternoon|evening))?|on \d\d? {_MONTH}|in {_MONTH})"
    ),
    "where": (
        r"(?:(?:in|at|off|near|from|to|for|of)\s+)?(?:the\s+)?(?:(?:zone|area|region)\b"
        rf"|{_KINDS}{_NAMED})"
    ),
    "force": (
        r"(?:(?:the|a)\s+)?(?:(?-i:[A-Z])\w+\s+)?"
        r"(?-i:Navy|Coast Guard|Police|Marines|Maritime Rescue|Civil Guard|Air Force|Government|army|customs)"
        r"(?:\s+of\s+(?:the\s+)?(?-i:[A-ZÀ-Þ][\w’-]+(?:\s+[A-ZÀ-Þ][\w’-]+)*))?"
    ),
    "somebody": (
        rf"(?:{_DETERMINERS})\s+(?:[\w-]+\s+)?(?:sailors?|fisherm[ae]n|crew(?:\s+members?)?|people|m[ae]n|migrants|survivors|castaways|gunm[ae]n|suspects"
        r"|passengers|soldiers?|pirates|robbers|smugglers|skipper|captain|marines?|civilians)"
    ),
    "site": rf"(?:in|at|off|near|from)\s+(?:the\s+)?{_KINDS}{_NAMED}",
    "plane": r"(?:aircraft|fighters?|helicopters?|drones?|bombers?)",
    "model": r"(?-i:[A-Z][A-Za-z]{0,2}-?\d+[A-Z]?)",
    "goods": r"(?:cocaine|cannabis|marijuana|drugs|fuel|weapons|tonnes|kilograms)",
    "craft": r"(?:tanker|trawler|freighter|ferry|yacht|vessel|boat|ship|frigate|destroyer|warship|submarine)s?",
    "water": r"(?:territorial waters|waters|coast|territorial sea|exclusive economic zone)",
    "verb": r"(?:was|were|is|are|has been|have been|had been|will be)(?:\s+(?:not|also|allegedly|already|still))*",
    "thing": (
        rf"(?:(?:a|an|the|its|some|another|several|no|\d[\d.,]*|about|nearly|at least|more than|fewer than|up to)\s+)+"
        rf"(?!(?:of\s+)?{_MONTH}|{_UNIT}\b|{_WEEKDAY}|nautical|miles?\b)[\w’-]+"
        rf"(?:(?:\s+|\s+of\s+(?:the\s+)?|-)(?!{_LINKS})[\w’-]+){{0,4}}"
    ),
}
"""What `{slot}` stands for in the patterns of `ordered`; `{people}`, `{noun}`, `{adjective}` and `{done}` come from the tables."""

_LETTERS = [chr(i) for i in (*range(0x41, 0x5B), *range(0xC0, 0x250)) if chr(i).isalpha()]
_SIGNS = {"’": "'", "\u00a0": " ", "\u2010": "-", "\u2011": "-"}
PLAIN = str.maketrans({letter: unicodedata.normalize("NFKD", letter)[0].lower() for letter in _LETTERS} | _SIGNS)
"""Letter for letter: small, without accents."""
ANDS = ("y", "et")
_VOWELS = "aeiou"


class Tongue(NamedTuple):
    """A language's table, compiled: English by phrase, number words, and what changes the order of words."""

    english: dict[str, str]
    accented: dict[str, str]
    """Forms that only their accents tell from others, in small letters."""
    numbers: dict[str, int]
    number: re.Pattern[str]
    longest: dict[str, int]
    """How many words the longest phrase has that begins with a word."""
    ordered: tuple[tuple[re.Pattern[str], str], ...]
    words: frozenset[str]
    """The words of the table itself, without the forms of its verbs: a name of nothing but these is none."""
    proper: frozenset[str]
    """Nouns that English writes with a capital."""
    elision: bool
    comma_thousands: bool


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """Name the languages that have a table, by their two letters."""
    return frozenset(path.stem for path in (layers.folder() / "lexicon" / "languages").glob("*.toml"))


@lru_cache
def tongue(language: str) -> Tongue:
    """Read and compile the table of a language."""
    table = tomllib.loads((layers.folder() / "lexicon" / "languages" / f"{language}.toml").read_text(encoding="utf-8"))
    peoples = _peoples(language)
    phrases, accented, written = _phrases(table)
    words = frozenset(phrases)
    accented |= {word: english for english, listed in table.get("accented", {}).items() for word in listed.split("|")}
    nouns = {key(word) for listed in table.get("nouns", {}).values() for word in listed.split("|")}
    for form, english, marked in _forms(table):
        plain = key(form)
        before, _, last = plain.rpartition(" ")
        if last in nouns and phrases.get(before) == "the":
            continue  # "la captura" is the capture, not "captured her"
        read = phrases.setdefault(plain, english)
        if marked and form not in written:
            accented[form] = english
        elif read != english and plain != form and " " not in form and form not in written:
            # "Asaltó" is a verb and "asalto" a noun, "frappé" a participle and "frappe" a noun.
            accented.setdefault(form, english)
    numbers = {key(word): int(value) for value, words in table["numbers"].items() for word in words.split("|")}
    longest: dict[str, int] = {}
    for phrase in (*phrases, *peoples):
        first, size = phrase.split(" ", 1)[0].rstrip("."), phrase.count(" ") + 1
        longest[first] = max(longest.get(first, 0), size)
    slots = _SLOTS | {
        "people": _either(peoples.values()),
        "noun": _either(table.get("nouns", {})),
        "adjective": _either((*table.get("adjectives", {}), *peoples.values())),
        "state": _either(row["name"] for row in _countries()),
        "object": rf"(?:{_DETERMINERS})\s+(?:[\w-]+\s+)?{_either(table.get('nouns', {}))}",
        "done": _either(english_forms(verb)["participle"] for verb in table.get("verbs", {})),
    }
    return Tongue(
        {**peoples, **phrases},
        accented,
        numbers,
        re.compile(_number(numbers)),
        longest,
        tuple((_pattern(pattern, slots), template) for pattern, template in table["ordered"].items()),
        words,
        frozenset(english for english in table.get("nouns", {}) if english[:1].isupper()),
        table.get("elision", False),
        table.get("comma_thousands", False),
    )


def key(written: str) -> str:
    """Write a phrase as the tables are keyed: small letters without accents, one space for any gap."""
    return " ".join(written.translate(PLAIN).replace("-", " ").split())


def english_forms(verb: str) -> dict[str, str]:
    """Give the forms of an English verb; an irregular one is written with all three ("sink/sank/sunk").

    >>> english_forms("board")["past"], english_forms("sink/sank/sunk")["participle"], english_forms("seize")["gerund"]
    ('boarded', 'sunk', 'seizing')
    """
    base, *parts = verb.split("/")
    head, _, rest = base.partition(" ")
    rest = f" {rest}" if rest else ""
    regular = head[:-1] + "ied" if head.endswith("y") and head[-2] not in _VOWELS else head + ("d" if head.endswith("e") else "ed")
    past, participle = parts[:2] or (regular, regular)
    gerund = parts[2] if len(parts) > 2 else head[:-1] + "ing" if head.endswith("e") and not head.endswith("ee") else head + "ing"
    return {"base": base, "past": past + rest, "participle": participle + rest, "gerund": gerund + rest}


def _forms(table: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Give every form of every verb, alone and behind the words of `compound`, with its English and whether its accents matter."""
    compounds = [(english, *_before(phrase)) for english, listed in table.get("compound", {}).items() for phrase in listed.split("|")]
    for verb, listed in table.get("verbs", {}).items():
        english = english_forms(verb)
        for infinitive in listed.split("|"):
            forms = _inflected(infinitive, table)
            for template, before, kind, after in compounds:
                filled = template.format(**english)
                for form in forms.get(kind, ()):
                    yield f"{before}{form}{after}", filled, not before and kind in _MARKED


_MARKED = frozenset({"future", "conditional"})


def _before(phrase: str) -> tuple[str, str, str]:
    """Split a compound at its form: "fue {participle}" is "fue " and a participle."""
    before, _, rest = phrase.partition("{")
    kind, _, after = rest.partition("}")
    return before, kind, after


def _inflected(infinitive: str, table: dict[str, Any]) -> dict[str, list[str]]:
    """Give the forms of a verb by their kind: what is irregular is listed, the rest has the endings of its class."""
    name, _, rest = infinitive.partition(" ")
    rest = f" {rest}" if rest else ""
    ending = next(e for e in table["endings"] if name.endswith(e))
    stem = name.removesuffix(ending)
    regular = {kind: [stem + end for end in ends.split("|")] for kind, ends in table["endings"][ending].items()}
    listed = {kind: forms.split("|") for kind, forms in table.get("irregular", {}).get(name, {}).items()}
    return {kind: [form + rest for form in forms] for kind, forms in {**regular, **listed}.items()} | {"infinitive": [infinitive]}


def _phrases(table: dict[str, Any]) -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Give each phrase its English, the words that only their accents tell from others theirs ("armés" from "armes"), and all as written.

    A phrase that ends in "de" or "a" stands also with the article that melts into it ("cerca del").
    """
    sections = (table["phrases"], table.get("nouns", {}), table.get("adjectives", {}))
    written = {phrase: english for section in sections for english, listed in section.items() for phrase in listed.split("|")}
    phrases = {key(phrase): english for phrase, english in written.items()}
    phrases |= {phrase: english for phrase, english in written.items() if key(phrase) == phrase}
    accented = {phrase: english for phrase, english in written.items() if phrases[key(phrase)] != english and " " not in phrase}
    joined = {key(short): words.split("|") for short, words in table["joined"].items()}
    for phrase, english in tuple(phrases.items()):
        head, _, last = phrase.rpartition(" ")
        for melted in joined.get(last, ()) if head else ():
            short, _, article = melted.partition(" ")
            phrases.setdefault(f"{head} {short}", f"{english} {article}".rstrip())
    return phrases, accented, frozenset(written)


@lru_cache(maxsize=1)
def capitals() -> frozenset[str]:
    """Name the capitals of the world in English."""
    return frozenset(row["capital"] for row in _countries() if row["capital"])


@lru_cache(maxsize=1)
def _countries() -> tuple[dict[str, str], ...]:
    """Read the table of countries."""
    with (layers.folder() / "gazetteer" / "countries.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _peoples(language: str) -> dict[str, str]:
    """Read the nationalities of a language, each with its English adjective."""
    rows = _countries()
    named = ((row[f"demonyms_{language}"], row["demonyms"].split("|")[0]) for row in rows if row["demonyms"])
    return {key(word): english for words, english in reversed([*named]) for word in words.split("|") if word}


def _either(words: Iterable[str]) -> str:
    """Write a pattern of words, longest first, and those with the same beginning together, for most are ruled out by that.

    >>> _either(["navy", "boat", "boats"])
    '(?:bo(?:ats|at)|na(?:vy))'
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[:2].lower(), []).append(re.escape(word[2:]))
    return "(?:" + "|".join(f"{re.escape(begin)}(?:{'|'.join(rest)})" for begin, rest in sorted(groups.items())) + ")"


def _number(numbers: dict[str, int]) -> str:
    """Write the pattern of a number in words; "one" alone is an article, and "y" or "et" joins only tens and units."""
    gap = r"(?:\s+|-)"

    def some(keep: Iterable[str]) -> str:
        return "|".join(re.escape(k).replace(r"\ ", gap) for k in sorted(set(keep), key=lambda k: (-len(k), k)))

    one = some(k for k, value in numbers.items() if value == 1)
    tens = some(k for k, value in numbers.items() if 20 <= value < 100 and value % 10 == 0)
    units = some(k for k, value in numbers.items() if value < 10 or value == 11)
    joined = rf"(?:{tens}){gap}(?:{'|'.join(ANDS)}){gap}(?:{units})"
    large = rf"(?:{joined}|{some(k for k, value in numbers.items() if value >= 20)})\b"
    # Of those below twenty only ten goes on with another ("dix-sept"): "quatorze un an plus tôt" is 14, and a year.
    teens = rf"(?:{some(k for k, v in numbers.items() if v == 10)}){gap}(?:{some(k for k, v in numbers.items() if 6 < v < 10)})"
    small = rf"(?:{teens}|{some(k for k, value in numbers.items() if value < 20)})\b"
    ended = rf"{large}(?:{gap}{small})?"
    return rf"(?!(?:{one})\b)(?:{ended}|{small})(?:{gap}{ended})*(?!\w)"


def _pattern(written: str, slots: dict[str, str]) -> re.Pattern[str]:
    """Compile a pattern of a table: a space is any white space, a slot a group of its name."""
    inside = re.sub(r"\{([a-z]+\d?)\}", lambda m: f"(?P<{m[1]}>{slots[m[1].rstrip('23')]})", written.replace(" ", r"\s+"))
    return re.compile(rf"(?<!\w){inside}(?!\w)", re.IGNORECASE)
