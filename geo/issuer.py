"""Tell who speaks in a text that a state's own service put out: a press release of a navy, a ministry's written answers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.gazetteer import open_gazetteer
from geo.model import Claim

if TYPE_CHECKING:
    from geo.frames import Scene
    from geo.model import Actor

_HEAD_LINES, _LEAD_CHARACTERS = 4, 400
_RELEASE = re.compile(
    r"\b(?:(?:press|news|media)\s+(?:release|office|statement|note|notice|communiqu[eé])|for\s+immediate\s+release|written\s+answers"
    r"|communiqu[eé](?:\s+de\s+presse)?|comunicado(?:\s+de\s+prensa)?|nota\s+de\s+prensa|official\s+statement)\b",
    re.IGNORECASE,
)
"""What a service writes over what it puts out itself."""
_SERVICE = re.compile(
    r"\b(?:ministry|ministerio|minist[eè]re|defen[cs]e|navy|armada|marina|marine|armed\s+forces|fuerzas?|forces\s+arm[ée]es|coast\s*guard"
    r"|guardia|command(?:ement)?|comando|border\s+(?:guard|force)|police|customs|gendarmerie|secretar[ií]a)\b",
    re.IGNORECASE,
)
_OWN_CREWS = re.compile(
    r"(?:\A\W*(?:the\s+)?|\bthe\s+)(?:crew\s+of\s+(?:the\s+)?)?(?:coast\s+guard|navy)\s+(?:cutter|crews?|ship)\b[^\n.]*?"
    r"\b(?:offload(?:s|ed)?|lands|returns|returned|(?:comes|came)\s+home|interdicts|seizes|stops|intercepts|rescues|repatriates)\b",
    re.IGNORECASE,
)
"""How a service, or the paper of its port, heads what its own ships did: it names no state."""
_STATES = frozenset({"state", "government", "armed_forces", "coast_guard", "agency"})


def issuer(scene: Scene) -> tuple[Actor, Claim] | None:
    """Give the state whose service issued the text, with its claim: the words that say so. None of what a newsroom or a group wrote."""
    text = scene.report.text
    head = "".join(text[:_LEAD_CHARACTERS].splitlines(keepends=True)[:_HEAD_LINES])
    release, service = _RELEASE.search(head), _SERVICE.search(head)
    own = _OWN_CREWS.search(head)
    if own is not None:
        release, actor = own, _of_port(scene)
    elif release is None or service is None:
        return None
    else:
        near = (a for a in scene.actors if a.kind in _STATES and a.country is not None and a.start < len(head) + _LEAD_CHARACTERS)
        actor = next(near, None)
    return (actor, Claim(actor.name, "state", "asserts", release.group(), release.start(), release.end())) if actor is not None else None


def _of_port(scene: Scene) -> Actor | None:
    """Make an actor of the service that the first words name, of the state of the first place: where the text was filed."""
    named = next((a for a in scene.actors if a.kind in _STATES), None)
    if named is None or named.country is not None:
        return named
    head = scene.starting(scene.matches, 0, _LEAD_CHARACTERS)
    place = next((m.place for m in head if m.place is not None and m.place.country is not None), None)
    if place is None or place.country is None:
        return None
    return replace(named, name=f"{open_gazetteer().country(place.country).name} {named.name}", country=place.country)
