"""Give the words that say where an event happened when no place on the map is behind them: "off Porkkala", "at a jetty near Rumuolu".

A record that quotes them is honest about what the report says and draws nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo import frames
from geo.parse import sentence as sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.frames import Scene

_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:\s+(?:(?:de|del|la|el|al|of)\s+)?[A-ZÀ-Þ][\w'’-]+){0,3}"
_FAR = (
    r"(?:(?:(?:about|around|some|roughly|nearly|approximately)\s+)?"
    r"\d[\d.,]*\s*(?:nm|nautical\s+miles?|miles?|km|kilomet(?:er|re)s?|met(?:er|re)s?)\s+)"
)
_SIDE = r"(?:(?:north|south)?[\s-]?(?:east|west)|north|south|[NSEW]{1,3})\s+of"
_BESIDE = re.compile(rf"\b{_FAR}?(?i:off(?:\s+the\s+coast\s+of)?|near|outside|{_SIDE})\s+(?:the\s+)?(?P<name>{_NAME})")
_INSIDE = re.compile(rf"\b(?:at|in)\s+(?P<name>{_NAME})")
_AT = re.compile(rf"\bat\s+(?P<name>{_NAME})")
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_TIMES = frozenset({"DATE", "TIME", "NORP"})
_NO_PLACES = frozenset({"ship", "institution", "demonym", "metonym", "dateline"})


def words(scene: Scene, trigger: Token) -> tuple[int, int] | None:
    """Give where the words stand that say where an event happened, if a phrase of its sentence hangs on it."""
    sentence = sentence_of(trigger)
    return next((span for span, head in _phrases(scene, sentence) if frames.hangs(trigger, head)), None)


def _phrases(scene: Scene, sentence: Sentence) -> Iterator[tuple[tuple[int, int], Token]]:
    """List the phrases of place in a sentence, each with the last word of its name; "in" and "at" need more to be one of place."""
    text, end = scene.report.text, sentence.end_char
    taken = [m.mention for m in scene.within(scene.matches, sentence.start_char, end) if m.mention.role in _NO_PLACES]
    for pattern, kinds in ((_BESIDE, None), (_INSIDE, _PLACES), (_AT, {"ORG"})):
        for hit in pattern.finditer(text, sentence.start_char, end):
            head = scene.token(*hit.span("name"))
            if head is None or head.pos_ != "PROPN" or head.ent_type_ in _TIMES or (kinds is not None and head.ent_type_ not in kinds):
                continue
            if not any(m.start < hit.end("name") and hit.start("name") < m.end for m in taken):
                yield (hit.start() if kinds is None else hit.start("name"), hit.end("name")), head
