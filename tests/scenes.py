"""A report read as far as its scene: what incidents and deployments bind from."""

from geo import find, frames, gazetteer, locate, parse
from geo.frames import Scene
from geo.model import Report, Source


def scene(text: str, *, published: str = "2025-11-11") -> Scene:
    report = Report("note.txt", text, Source(published=published))
    doc = parse.parse(text)
    names = gazetteer.open_gazetteer()
    found = frames.scene(report, doc, locate.locate(report, find.find(report, doc, gazetteer=names), gazetteer=names))
    assert found is not None, "no parser model is installed"
    return found
