"""Tell who speaks in a text that a state's own service put out: a press release of a navy, a ministry's written answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
_STATES = frozenset({"state", "government", "armed_forces", "coast_guard", "agency"})


def issuer(scene: Scene) -> tuple[Actor, Claim] | None:
    """Give the state whose service issued the text, with its claim: the words that say so. None of what a newsroom or a group wrote."""
    text = scene.report.text
    head = "".join(text[:_LEAD_CHARACTERS].splitlines(keepends=True)[:_HEAD_LINES])
    release, service = _RELEASE.search(head), _SERVICE.search(head)
    if release is None or service is None:
        return None
    near = (a for a in scene.actors if a.kind in _STATES and a.country is not None and a.start < len(head) + _LEAD_CHARACTERS)
    actor = next(near, None)
    return (actor, Claim(actor.name, "state", "asserts", release.group(), release.start(), release.end())) if actor is not None else None
