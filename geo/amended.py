"""Apply what a report corrects of itself: "the number is 9, not 12", "an earlier release put it at 17; the number is 14"."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from geo.drafts import Draft, told
from geo.model import EventsCount
from geo.parse import text_in
from geo.sieve import sieve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span as Sentence

    from geo.frames import Scene
    from geo.model import Count

_CORRECT = sieve(
    r"\b(?:the\s+)?(?:correct\s+|right\s+|actual\s+|true\s+)?(?:number|figure|toll|total|count)\s+(?:is|was|should\s+be|should\s+have\s+been)\b",
)
_NOT = re.compile(r"\bnot\s+$", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:earlier|previous|yesterday|former|first\s+version|put\s+the|had\s+said|reported)\b", re.IGNORECASE)


def amended(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Replace a number that the report takes back by the one it gives for it, with the sentence as evidence."""
    out = list(drafts)
    sentences = scene.sentences
    for before, sentence in itertools.pairwise([*sentences[:1], *sentences]):
        pair = _pair(scene, before, sentence)
        index = next((i for i in reversed(range(len(out))) if pair is not None and _holds(out[i], pair[0])), None)
        if pair is not None and index is not None:
            out[index] = _with(scene, out[index], sentence, *pair)
    return out


def _pair(scene: Scene, before: Sentence, sentence: Sentence) -> tuple[Count, Count] | None:
    """Find the number that is wrong, here after "not" or in the sentence before, and the one that is right."""
    hit = _CORRECT.search(text_in(sentence))
    if hit is None:
        return None
    text = scene.report.text
    counts = scene.within(scene.counts, sentence.start_char + hit.end(), sentence.end_char)
    wrong = next((c for c in counts if _NOT.search(text, max(0, c.start - 8), c.start)), None)
    right = next((c for c in counts if c is not wrong), None)
    if wrong is None and _EARLIER.search(text_in(before)):
        wrong = next(reversed(scene.within(scene.counts, before.start_char, before.end_char)), None)
    return None if wrong is None or right is None else (wrong, right)


def _holds(draft: Draft, wrong: Count) -> bool:
    """Tell whether a record states the number that is taken back."""
    return any(c.best == wrong.best for c in draft.casualties.values()) or (draft.events is not None and draft.events.best == wrong.best)


def _with(scene: Scene, draft: Draft, sentence: Sentence, wrong: Count, right: Count) -> Draft:
    """Put the right number where the wrong one stood."""
    hurt = {fate: right if count.best == wrong.best else count for fate, count in draft.casualties.items()}
    events = draft.events
    if events is not None and events.best == wrong.best:
        events = EventsCount(right.low, right.best, right.high)
    return told(scene, draft, sentence, "corrected", casualties=hurt, events=events)
