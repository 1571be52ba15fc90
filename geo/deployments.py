"""Turn frames into deployments: forces moved, present, planned or withdrawn. Movement verbs stand in `layers/lexicon/assets.toml`."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from geo import arranged, frames, titles
from geo import claims as claim_reader
from geo.assets import BODIES, arsenal, muster, type_of, verb_of
from geo.modality import Modality, modality
from geo.model import Deployment, Match, When, record_id
from geo.movements import LEAVES, ONWARD, movements, staged, underway, voyage
from geo.parse import bounds, patient, text_in, text_of
from geo.parse import sentence as sentence_of
from geo.parts import headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.fragments import Fragment
    from geo.frames import Scene
    from geo.movements import Move

_CONSIDER = frozenset("consider weigh discuss mull".split())
_PURPOSE = frozenset("describe call portray present frame".split())
_APART = frozenset({"conj", "ccomp", "parataxis"})
"""Clauses beside the movement's own, with days of their own."""
_PLACE = tuple(
    "where_text where_role geometry_method geometry longitude latitude coordinate_uncertainty_m coverage label_longitude label_latitude "
    "anchor where_prec geo_precision destination".split()
)
"""What a record says of where."""
_GOES_ON = frozenset({"conj", "relcl"})
"""How a clause hangs that goes on with the same forces."""
_NOMINAL = {
    "dispatch": "in_transit", "transit": "in_transit", "passage": "in_transit", "departure": "in_transit", "arrival": "arrived",
    "withdrawal": "withdrawn", "return": "withdrawn", "exercise": "exercising", "drill": "exercising", "rotation": "arrived",
}  # fmt: skip
"""What nouns of movement say; the rest say that forces are there."""
_COMING = re.compile(
    r"\b(?:next\s+(?:week|month|year|spring|summer|autumn|winter|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)|tomorrow|tonight|shortly|soon|later\s+this"
    r"|at\s+the\s+end\s+of\s+(?:the|this|next)|before\s+(?:Christmas|the\s+end))",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"day\b", re.IGNORECASE)
_PRESENTLY = re.compile(r"\b(?:returns|sails|leaves|departs|arrives|docks|quits|heads)\b", re.IGNORECASE)
"""Words of a timetable in a line that has no other verb."""
_SIGHTED = frozenset({"see", "spot", "sight", "photograph", "picture", "film", "track", "report", "observe", "detect"})
_OFTEN = re.compile(
    r"\b(?:every|each|most|(?:once|twice|times)\s+an?|daily|nightly|weekly|often|regularly|routinely|frequently)\b", re.IGNORECASE
)
_GO_ON = frozenset({"stay", "remain", "keep", "maintain"})
_BY_MODE = {"negation": "denied", "hypothetical": "hypothetical"}
_BACK_HOME = frozenset({"home", "back", "homeward"})
_MOVED = frozenset({"move", "post", "transfer", "relocate", "redeploy", "reposition"})
_COURSE = frozenset({"sail", "steam"})
_WHITHER = frozenset({"to", "for", "towards", "toward", "from", "into", "through", "past", "out", "north", "south", "east", "west"})
_MADE_FAST = frozenset({"moor", "dock", "berth", "anchor"})
_AT_HOME = frozenset({"mobilise", "mobilize"})
_TOWARDS = frozenset({"to", "for", "into", "towards", "toward", "in", "off", "near", "at", "within", "across", "around"})
_BY_WAY = frozenset("on over above along alongside beside outside inside between past through up opposite against round throughout".split())
"""Words of place that tell where forces are if none of those before does."""
_TAKES_PART = frozenset({"take", "participate"})
"""Verbs of who is in an exercise whose days were named before: "live firing from 050300 to 051300. Four frigates take part."."""
_OUT_OF = frozenset({"operate", "fly", "work", "base"})
"""Verbs whose "from" says where forces are."""


def deployments(scene: Scene) -> tuple[Deployment, ...]:
    """Read the deployments of a report, of every mode, in order of their first evidence."""
    taken: set[str] = set()
    out: list[Deployment] = []
    title = headline(scene)
    muster(scene)
    for sentence in scene.doc.sents:
        told: set[int] = set()
        earlier: list[tuple[Move, Deployment]] = []
        for move in movements(scene, sentence, told):
            record = _record(scene, move, taken)
            if record is None:
                continue
            told.update(n.i for n in move.nouns)
            gone_on = next((o for m, o in earlier if o in out and _goes_on(m, move, o, record)), None)
            if gone_on is not None:
                out.remove(gone_on)
                record = _joined(gone_on, record)
            if not any(_same(record, o) for o in out if o.evidence[0].start >= title or sentence.start_char < title):
                taken.add(record.id)
                out.append(record)
                earlier.append((move, record))
    return tuple(o for o in out if o.evidence[0].start >= title or not any(_in_full(o, r) for r in out if r.evidence[0].start >= title))


def _in_full(short: Deployment, full: Deployment) -> bool:
    """Tell what the text tells in full of the forces that the headline names: of such a kind, of no other state, and no other ships."""
    alike = (short.auxiliary_mode, short.status) == (full.auxiliary_mode, full.status) and not _apart(short, full)
    one_state = short.actor_country in {None, full.actor_country} or full.actor_country is None
    return alike and one_state and any(a.type == b.type for a in short.assets for b in full.assets)


def _joined(before: Deployment, after: Deployment) -> Deployment:
    """Keep of the first clause of one movement what the last leaves open: where from and, if it names none, where."""
    open_ended = after.destination is None and after.status != "withdrawn"
    there = {k: getattr(before, k) for k in _PLACE} if open_ended else {}
    record = replace(after, origin=after.origin or before.origin, **there)
    return replace(record, title=titles.deployment(record))


def _goes_on(first: Move, then: Move, before: Deployment, after: Deployment) -> bool:
    """Tell one movement told in two clauses: "sailed from Djibouti and is now at Gibraltar" is at Gibraltar.

    So is "was sent to Gdynia, where it arrived on Monday", and "the carrier, which reached the Gulf in May, is off Fujairah".
    """
    if first.token.dep_ == "relcl" and first.token.head in then.nouns:
        return before.auxiliary_mode == "actual" and before.status in {"arrived", "in_transit"} and after.status == "present"
    joined = then.token.dep_ in _GOES_ON and first.token in then.token.ancestors
    names = {a.name for a in before.assets if a.name} & {a.name for a in after.assets}
    return joined and (first.nouns[0] in then.nouns or bool(names)) and before.auxiliary_mode == after.auxiliary_mode == "actual"


def _record(scene: Scene, move: Move, taken: set[str]) -> Deployment | None:
    """Fill a deployment, or give None when the words tell none: a habit, a purpose, an asset with neither place nor number."""
    mode = modality(move.token, nominal=move.nominal) if move.fragment is None else _plain_mode(move.fragment)
    if mode is None and _comes_again(move):
        mode = Modality("actual")
    if mode is None:
        return None
    if any(c.lower_ == "no" for n in move.nouns for c in n.lefts):
        mode = Modality("negation")  # "no soldiers going to the border"
    if mode.mode == "future" and move.token.lemma_ in _GO_ON:
        mode = Modality("actual")  # who "will stay" is there already
    if mode.mode == "actual" and _scheduled(move):
        mode = Modality("future")
    sentence = sentence_of(move.token)
    places, left = _ends(scene, move)
    origin = left[0].mention.text if left else voyage(scene, move.token)
    plain = {n.text for n in move.nouns}  # "frigates" are no number of them
    counted = any(a.name or (a.count is not None and a.count.text not in plain) for a in move.assets)
    where, role = _where(scene, move, places)
    placed = move.token.lemma_.lower() in arsenal().placed
    bare = not (counted or origin or placed or move.fragment) or _answers_call(move)
    if where["geometry_method"] == "none" and mode.mode == "actual" and bare:
        return None
    found = _when(scene, move)
    about = claim_reader.attributions(move.token, scene.actors)
    named = tuple(c for c in about if c.claimant != "not named")
    said = claim_reader.assertion(named, actor_names=frames.side(scene, move.actor), own_voice=not about, hearsay=len(named) < len(about))
    if said == "denied":
        mode = Modality("negation")
    if mode.mode == "actual" and found is not None and _timetable(scene, move, found):
        mode = Modality("future")
    under_way = move.fragment is not None and move.fragment.status == "in_transit"  # "due Djibouti on Thursday" is at sea today
    if mode.mode == "actual" and not under_way and frames.ahead(scene, found):
        mode = Modality("future")
    if mode.mode == "actual" and (arranged.invented(scene.report.text) or arranged.asked(sentence)):
        mode = Modality("hypothetical")
    status = _status(move, mode.mode, ends=bool(origin and places))
    kind = "words" if move.fragment else "noun" if move.nominal else "verb"
    quoted = [frames.evidence(scene, sentence, f"deployment: {kind} {move.token.text!r}")]
    quoted += [frames.quote(scene, m.mention.start, m.mention.end, f"where: {m.geometry_method}") for m in places]
    record = Deployment(
        id=record_id(scene.report.id, "deployment", status, quoted[0].text, taken),
        title="",
        auxiliary_mode=_mode(mode.mode, status, historical=frames.historical(scene, found) and not _to_this_day(move.token)),
        assertion=said,
        claims=named,
        where_role=role,
        evidence=tuple(quoted),
        source=scene.report.source,
        status=status,
        actor=move.actor.name if move.actor else None,
        actor_country=move.actor.country if move.actor else None,
        assets=move.assets,
        origin=origin,
        destination=(where.get("where_text") or _unlocated(move)) if role == "destination" else None,
        base=where.get("where_text") if role == "base" else None,
        purpose_claimed=_purpose(move.token),
        **where,
        **frames.date_fields(found),
    )
    return replace(record, title=titles.deployment(record))


def _plain_mode(fragment: Fragment) -> Modality:
    """Give the mode of a line without a verb, which tells what is, or what is to be."""
    return Modality("future" if fragment.status in {"planned", "ordered"} else "actual")


def _ends(scene: Scene, move: Move) -> tuple[list[Match], list[Match]]:
    """Give the places that forces are at or go to, and those that they come from."""
    if move.fragment is not None:
        return frames.finest(scene, move.fragment.places), [m for m in (move.fragment.origin,) if m is not None]
    governed = frames.governed(scene, move.token, within=move.nouns)
    left = [
        m
        for m in governed
        if _preposition(scene, m) == "from" or (_leaves(move) and _preposition(scene, m) not in {"to", "for", "towards"})
    ]
    ties = [(m, _preposition(scene, m)) for m in governed if m not in left]
    there = frames.finest(scene, [m for m, tie in ties if tie in _TOWARDS] or [m for m, tie in ties if tie in _BY_WAY])
    based = move.token.lemma_ in _OUT_OF and not there and not move.nominal and _by_verb(move.token) == "present"
    return (left, []) if based else (there, left)


def _when(scene: Scene, move: Move) -> When | None:
    """Give the date of the movement: the nearest that hangs on its own verb, not on another clause of the sentence."""
    if move.fragment is not None:
        inside = scene.within(scene.dates, move.fragment.start, move.fragment.end)
        return next((w for w in inside if w.valid_until is None), None)
    sentence = sentence_of(move.token)
    inside = [w for w in scene.within(scene.dates, sentence.start_char, sentence.end_char) if w.valid_until is None]
    own = [w for w in inside if _dates(scene.token(w.start, w.end), move.token)]
    found = min(own, key=lambda w: (frames.steps(move.token, scene.token(w.start, w.end)), w.start), default=None)
    return found or (_going_on(scene, sentence) if _told_of_then(move.token) or move.token.lemma_ in _TAKES_PART else None)


def _told_of_then(verb: Token) -> bool:
    """Tell a verb in the past, which goes on from the day that was named before it."""
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" and c.dep_ == "auxpass" for c in verb.children)


def _going_on(scene: Scene, sentence: Sentence) -> When | None:
    """Give the day that a paragraph named last before a sentence, or that of the message it stands in."""
    text = scene.report.text
    start = text.rfind("\n\n", 0, sentence.start_char) + 1
    days = [w for w in scene.within(scene.dates, start, sentence.start_char) if w.valid_until is None and w.date_prec in {1, 2}]
    return days[-1] if days else None


def _dates(word: Token | None, moving: Token) -> bool:
    """Tell whether a date belongs to a movement: under its verb, or under the verb that it goes on from without a doer of its own."""
    if word is None or moving in word.ancestors:
        path = [] if word is None else list(itertools.takewhile(lambda t: t != moving, (word, *word.ancestors)))
        return not any(t.dep_ in _APART and t.pos_ in {"VERB", "AUX"} for t in path)
    verb = next((t for t in word.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    return verb is None or (verb in set(moving.ancestors) and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in moving.children))


def _comes_again(move: Move) -> bool:
    """Tell forces that are there again and again: "jets patrol over the lake every night"."""
    verb = move.token
    if move.nominal or verb.tag_ not in {"VBZ", "VBP"} or verb.dep_ in {"relcl", "xcomp"}:
        return False
    return _by_verb(verb) == "present" and bool(_OFTEN.search(sentence_of(verb).text))


def _to_this_day(verb: Token) -> bool:
    """Tell what goes on, since whenever: "has been stationed there since 2017", "are still on Luzon"."""
    told_now = any(t.tag_ in {"VBZ", "VBP"} for t in (verb, *verb.lefts))
    return told_now and any(t.lower_ in {"since", "still", "now"} for t in verb.subtree)


def _leaves(move: Move) -> bool:
    """Tell a departure: the place beside it is where the forces come from."""
    return move.token.lemma_ in LEAVES


def _scheduled(move: Move) -> bool:
    """Tell the present of what is to come: "relieves her next week", "is sending a third", "join the operation for a week"."""
    verb = move.token
    if move.nominal or verb.pos_ != "VERB":
        return False
    helper = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"}), None)
    if helper is not None and (verb.tag_ != "VBG" or helper.lower_ not in {"is", "are"}):
        return False
    if helper is None and verb.tag_ not in {"VBZ", "VBP"}:
        return False
    sending = verb.tag_ == "VBG" and verb.lemma_ in {"send", "dispatch"}
    turns = verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ in {"join", "relieve", "replace"}
    sentence = sentence_of(verb)
    return sending or turns or bool(_COMING.search(text_in(sentence)))


def _timetable(scene: Scene, move: Move, found: When) -> bool:
    """Tell the present tense with a day, which is to come, but for a headline: "returns to Mayport on Saturday", "sails today"."""
    verb, day = move.token, found.date_prec == 1 and found.date_start == found.date_end and _WEEKDAY.search(found.date_text or "")
    if not day or verb.idx < headline(scene):
        return False
    if move.fragment is not None:
        return bool(_PRESENTLY.search(scene.report.text, move.fragment.start, move.fragment.end))
    simple = verb.pos_ == "VERB" and verb.tag_ in {"VBZ", "VBP"} and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
    return not move.nominal and simple and _by_verb(verb) not in {"present", "exercising"}


def _for_good(move: Move) -> bool:
    """Tell forces that leave and do not come back: troops, or "the last submarine"."""
    return any(type_of(n) in BODIES or any(c.lower_ == "last" for c in n.lefts) for n in move.nouns)


def _answers_call(move: Move) -> bool:
    """Tell help sent to a scene ("dispatched a patrol boat to investigate") from forces deployed."""
    kinds = {a.type for a in move.assets}
    if move.actor is not None and move.actor.country is not None and "other" not in kinds:
        return False
    return move.token.lemma_ in {"send", "dispatch"} and kinds <= {"patrol_vessel", "helicopter", "drone", "other"}


def _unlocated(move: Move) -> str | None:
    """Give the words of a place that is not on the map: "to the area", "reached the scene"."""
    if move.nominal:
        return None
    ties = [t for p in move.token.children if p.lower_ in _TOWARDS for t in p.children if t.dep_ == "pobj"]
    by_way = [t for p in move.token.children if p.lower_ in _BY_WAY for t in p.children if t.dep_ == "pobj"]
    words = (*ties, *by_way, *(c for c in move.token.children if c.dep_ == "dobj" and c not in move.nouns))
    word = next((w for w in words if w.lemma_.lower() in arsenal().somewhere), None)
    named = next((w for w in ties if w.pos_ == "PROPN" and w.text.isalpha() and w.ent_type_ not in {"PERSON", "DATE", "TIME"}), None)
    word = word or named
    return frames.phrase(word) if word is not None else None


def _where(scene: Scene, move: Move, places: list[Match]) -> tuple[dict[str, Any], Literal["destination", "base"]]:
    """Say where: the destination, or the mobilising state's own land when none is named (an area, never its capital)."""
    if places or move.token.lemma_.lower() not in _AT_HOME or move.actor is None or move.actor.country is None:
        fields = frames.place_fields(places, scene.report.text)
        return (frames.without_point(fields) if len(places) > 1 else fields), "destination"
    from geo.gazetteer import open_gazetteer  # noqa: PLC0415 - only for forces raised at home

    country = open_gazetteer().country(move.actor.country)
    polygon = open_gazetteer().polygon(country.id)
    if polygon is None:
        return {"geometry_method": "none"}, "base"
    return {
        "geometry_method": "country_polygon",
        "geometry": polygon,
        "where_text": country.name,
        "where_prec": 6,
        "geo_precision": 3,
        "label_longitude": country.longitude,
        "label_latitude": country.latitude,
    }, "base"


def _preposition(scene: Scene, match: Match) -> str:
    """Give the word that ties a place to the movement: "to", "from", "in"; an offset carries its own."""
    token = scene.token(match.mention.start, match.mention.end)
    if token is None or match.mention.role == "offset":
        return "off"
    # "in the waters of Taiwan" is in.
    found = next((t for t in token.ancestors if t.pos_ in {"ADP", "VERB", "AUX"} and t.lower_ != "of"), None)
    if found is not None and found.pos_ == "ADP":
        return "from" if found.head.lower_ == "out" else found.lower_
    # "reached Aden" is where they are; the subject of a verb is who they are.
    return "at" if token.dep_ in {"dobj", "obj", "npadvmod", "advmod"} else ""


def _status(move: Move, mode: str, *, ends: bool) -> str:
    """Give the status: by mode first, then by the words of a line without a verb, then by the verb."""
    if mode in _BY_MODE:
        return _BY_MODE[mode]
    if move.fragment is not None:
        return move.fragment.status
    head, lemma = move.token.head.lemma_, move.token.lemma_.lower()
    if mode == "future":
        return "under_consideration" if head in _CONSIDER else "ordered" if head in {"order", "authorise", "authorize"} else "planned"
    if move.nominal:
        return _NOMINAL.get(lemma, "present")
    return _by_words(move, ends=ends) or _by_verb(move.token)


def _by_words(move: Move, *, ends: bool) -> str | None:
    """Read what the words beside a verb make of it: "on her way home", "the last soldiers left", "are moored"."""
    verb = move.token
    if underway(verb):
        return "withdrawn" if any(t.lower_ in _BACK_HOME for t in verb.subtree) else "in_transit"
    seen = next((c for c in verb.children if c.dep_ in {"xcomp", "advcl"} and c.tag_ == "VBG" and verb_of(c)), None)
    if verb.lemma_ in _SIGHTED and seen is not None:
        return _by_words(replace(move, token=seen), ends=ends) or _by_verb(seen)  # "was seen heading for Malta"
    if verb.lemma_ == "turn" and patient(verb) is not None:
        return "present"  # "turned back three dinghies"
    if _leaves(move) and not ends and _for_good(move):
        return "withdrawn"
    if _leaves(move) and any(t.lower_ in _BACK_HOME and t.head.lower_ == "for" for t in verb.subtree):
        return "withdrawn"  # "left Bahrain for home"
    onward = (c for c in verb.rights if c.lower_ in _WHITHER and all(t.lower_ != "of" for t in c.rights))
    if verb.tag_ == "VBG" and verb.lemma_ in _COURSE and not any(onward):
        return "present"  # "was sailing 90 miles east of Taiwan"
    if verb.lemma_ in _MADE_FAST and (verb.dep_ == "acl" or any(c.lemma_ == "be" for c in verb.children)):
        return "present"
    # "has moved a ship to Y": it is there.
    brought = verb.lemma_ in _MOVED and verb.tag_ != "VBG" and any(c.lower_ == "to" and c.dep_ in {"prep", "dative"} for c in verb.children)
    return "arrived" if (verb.lemma_ == "move" and ends) or brought else None


def _by_verb(verb: Token) -> str:
    """Give what a verb says; one of no list says that forces go on to somewhere, or are there."""
    entry = verb_of(verb)
    if verb.lemma_.lower() in arsenal().staged and staged(verb) is not None:
        return "exercising"
    if entry is not None:
        return entry.status
    return "in_transit" if any(c.lower_ in ONWARD for c in verb.children if c.dep_ == "prep") else "present"


def _mode(mode: str, status: str, *, historical: bool) -> Any:  # noqa: ANN401 - one of the published values
    """Keep the mode; an order is still to be carried out, and a date far back makes history."""
    if mode == "actual" and status == "ordered":
        return "future"
    return "historical" if historical and mode == "actual" else mode


def _purpose(token: Token) -> str | None:
    """Give the purpose as claimed: "in what it describes as ...", "to ...", in the report's words."""
    for word in _clause_words(token):
        if word.lemma_ in _PURPOSE:
            named = next((t for p in word.children if p.lower_ == "as" for t in p.children if t.dep_ == "pobj"), None)
            if named is not None:
                return _words(token, named.left_edge.idx, sentence_of(word).end_char)
        if word.dep_ == "advcl" and word.head.i == token.i and any(c.lower_ == "to" and c.dep_ == "aux" for c in word.children):
            return _words(token, *bounds(word))
    return None


def _clause_words(token: Token) -> Iterator[Token]:
    """Walk the words of a clause and of the clause it hangs on."""
    yield from token.subtree


def _words(token: Token, start: int, end: int) -> str:
    """Give words of the text on one line, without the closing full stop."""
    return " ".join(text_of(token.doc)[start:end].split()).rstrip(".”\"' ")


def _same(one: Deployment, other: Deployment) -> bool:
    """Tell a repeat: same actor, assets, place and mode, and not two ships by their names."""
    if _apart(one, other):
        return False
    return (one.actor_country, one.auxiliary_mode, one.where_text) == (other.actor_country, other.auxiliary_mode, other.where_text) and {
        a.type for a in one.assets
    } <= {a.type for a in other.assets}


def _apart(one: Deployment, other: Deployment) -> bool:
    """Tell two ships by their names."""
    names = [{a.name for a in record.assets if a.name} for record in (one, other)]
    return all(names) and names[0].isdisjoint(names[1])
