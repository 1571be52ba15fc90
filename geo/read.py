"""Read reports: text, Markdown, HTML, PDF, Word, e-mail, JSON lines, folders and standard input, each into a `Report`.

A report's text is the extracted text with newlines as line feeds; a header ("Published: 2025-11-11", or front matter between `---`)
is not part of it. What cannot be read becomes a `Failure` in its place; a wrong call is an error.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from geo import settings
from geo.errors import GeoError, ReadError, UsageError
from geo.model import Failure, Report, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_KEYS = {"title": "title", "headline": "title", "published": "published", "date": "published", "publisher": "publisher",
         "source": "publisher", "url": "url", "link": "url", "archived": "archived_url", "archived_url": "archived_url",
         "language": "language", "origin": "origin"}  # fmt: skip
_HEADER_LINE = re.compile(rf"({'|'.join(_KEYS)})\s*:[ \t]*(.*)", re.IGNORECASE)
_DATE_FORMATS = ("%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%b %d, %Y", "%d.%m.%Y")
_SOURCE_FIELDS = frozenset(f.name for f in fields(Source)) - {"sha256"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_HIGH_SHARE = 0.2
"""Largest share of bytes above 127 that Western text in Windows-1252 holds; other alphabets hold far more."""
_STOP_WORDS = {
    "en": "the of and to in a is that was for on with by from at were are has have been it its which said no until this not all off",
    "es": "el la de que y en los del las por con una para su al se un es fue no lo como más",
    "fr": "le la les de des et en du un une que est dans pour par sur qui au ne pas aux été il",
    "pt": "o a os as de do da que e em um uma para com não no na dos das por foi ao mais se",
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch nach wurde bei aus",
    "it": "il di che la e per un una non del della dei con sono alla nel gli le da si è al ha stato",
    "nl": "de het een van en in is dat op te zijn voor met die niet aan er om bij ook werd door",
}
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f]")
_PROFILES = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}

_OURS, _HEAD_BYTES = b'<meta name="generator" content="incident-mapper">', 4096


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a format's reader gives: the text and what the document says of itself."""

    text: str
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class _Input:
    """One thing to read: its id, where it lies (null: its bytes are at hand) and how to read it."""

    id: str
    path: Path | None
    data: bytes | None = None

    @property
    def where(self) -> str:
        """Say where it lies, as the caller named it."""
        return "standard input" if self.path is None else str(self.path)


def read(paths: Sequence[str], *, published: str | None = None, stdin: BinaryIO | None = None) -> Iterator[Report | Failure]:
    """Read reports lazily, in the order of the arguments; folders in the order of their sorted paths.

    Parameters
    ----------
    paths
        Files, folders, `.jsonl` files, or `-` for standard input.
    published
        Publication date, ISO 8601, of those that do not say theirs.
    stdin
        What `-` reads; standard input by default.

    Yields
    ------
    Report or Failure
        One for each file or JSON line. An empty, binary or broken one gives a `Failure` in its place.

    Raises
    ------
    UsageError
        A path is missing, a folder holds no report, `published` is no date, or two reports have the same id.

    >>> import io
    >>> [report.id for report in read(["-"], stdin=io.BytesIO(b"A boat sank."))]
    ['-']
    """
    if not paths:
        message = "nothing to read; name a file or a folder, or - for standard input"
        raise UsageError(message)
    day = None if published is None else _date(published)
    if published is not None and day is None:
        message = f"{published!r} is no date; write it as 2025-11-11"
        raise UsageError(message)
    inputs = [entry for path in paths for entry in _inputs(path, stdin)]
    return _unique(_reports(inputs, day))


def _inputs(path: str, stdin: BinaryIO | None) -> list[_Input]:
    """List what an argument names: a file, the known files of a folder, or standard input."""
    if path == "-":
        return [_Input("-", None, (stdin or sys.stdin.buffer).read())]
    place = Path(path)
    if place.is_dir():
        return _folder(place)
    if not place.exists():
        message = f"{path!r} does not exist; check the name, or give - to read standard input"
        raise UsageError(message)
    return [_Input(place.name, place)]


def _folder(folder: Path) -> list[_Input]:
    """List the reports of a folder and all below it, sorted; hidden files, unknown kinds, read-me files and our own pages are left out."""
    found = []
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if not any(p.startswith(".") for p in inside.parts) and is_report(path):
            found.append(_Input(inside.as_posix(), path))
    if not found:
        message = f"{str(folder)!r} holds no report; known kinds are {', '.join(sorted({*_READERS, '.jsonl'}))}"
        raise UsageError(message)
    return sorted(found, key=lambda entry: entry.id)


def is_report(path: Path) -> bool:
    """Tell whether a file of a folder is read: a known kind, no read-me file, no map of ours.

    >>> is_report(Path("no-such-file.txt"))
    False
    """
    return path.suffix.lower() in {*_READERS, ".jsonl"} and path.is_file() and not _about(path)


def _about(path: Path) -> bool:
    """Tell what lies beside reports and is none: a read-me file, or a map that this program drew."""
    if path.stem.upper() == "README":
        return True
    if path.suffix.lower() not in {".html", ".htm"}:
        return False
    with path.open("rb") as file:
        return _OURS in file.read(_HEAD_BYTES)


def _reports(inputs: Sequence[_Input], published: str | None) -> Iterator[tuple[str, Report | Failure]]:
    """Read each input; give each report with the words that say where it stands."""
    for entry in inputs:
        if _is_lines(entry):
            yield from _lines(entry, published)
            continue
        try:
            yield entry.where, _report(entry.id, _draft(entry), published)
        except (GeoError, OSError) as error:
            yield entry.where, _failure(entry.id, None, error)


def _failure(name: str, line: int | None, error: Exception) -> Failure:
    """Turn an error into what stands in the report's place."""
    if isinstance(error, GeoError):
        return Failure(name, line, error.code, str(error))
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return Failure(name, line, ReadError.code, f"{name!r} cannot be opened ({reason}); check that you may read it")


def _unique(reports: Iterator[tuple[str, Report | Failure]]) -> Iterator[Report | Failure]:
    """Pass reports on; a repeated id is a failure in the place of the second, which names both, and the rest go on."""
    seen: dict[str, str] = {}
    for where, report in reports:
        if isinstance(report, Report):
            if report.id in seen:
                first = seen[report.id]
                message = f"the id {report.id!r} occurs twice, in {first!r} and in {where!r}; rename one, or give the folder above both"
                line = where.rpartition(", line ")[2]
                yield Failure(report.id, int(line) if line.isdigit() else None, UsageError.code, message)
                continue
            seen[report.id] = where
        yield report


def _report(name: str, draft: _Draft, published: str | None, spans: tuple[tuple[int, int], ...] | None = None) -> Report:
    """Make the noun: nothing but white space is an error, what is too long is read up to the limit."""
    text = _LONE_SURROGATE.sub("\ufffd", draft.text)[: settings.MAX_TEXT_CHARACTERS]
    if not text.strip():
        message = f"{name!r} holds no text; if it is a scan, give the recognised text instead"
        raise ReadError(message)
    source = replace(draft.source, published=draft.source.published or published, language=draft.source.language or language(text))
    return Report(name, text, source, spans)


def _draft(entry: _Input) -> _Draft:
    """Read one document with the reader for its kind."""
    data = entry.data if entry.path is None else entry.path.read_bytes()
    if not data:
        message = f"{entry.id!r} is empty; give a file with text in it"
        raise ReadError(message)
    suffix = Path(entry.id).suffix.lower() if entry.path else ""
    return _READERS.get(suffix, _read_sniffed)(entry.id, data)


def decode(data: bytes, *, name: str = "-") -> str:
    r"""Turn bytes into text: by byte order mark, else UTF-8, else Windows-1252 where the text is Western.

    Raises
    ------
    ReadError
        The bytes are no text, or of an encoding that nothing declares.

    >>> decode(b"Cura\xc3\xa7ao\r\n"), decode(b"Cura\xe7ao")
    ('Curaçao\n', 'Curaçao')

    """
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")
    # Bytes beyond the limit cannot matter: no character takes more than four.
    data = data[: 4 * settings.MAX_TEXT_CHARACTERS + 4]
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        text = _western(data, name)
    if len(_CONTROL.findall(text[:20_000])) > len(text[:20_000]) // 100:
        message = f"{name!r} is binary, not text; convert it to text, HTML, PDF or Word first"
        raise ReadError(message)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _western(data: bytes, name: str) -> str:
    """Read Windows-1252, where accents are few and nothing is undefined."""
    if b"\0" in data:
        message = f"{name!r} is binary, not text; convert it to text, HTML, PDF or Word first"
        raise ReadError(message)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or sum(byte > 127 for byte in data) > _HIGH_SHARE * len(data):
        message = f"{name!r} is not in UTF-8; save it in that encoding and read it again"
        raise ReadError(message)
    return text


def language(text: str) -> str | None:
    """Tell a text's language by its small words: en, es, fr, pt, nl, de or it; `und` for another one, null where too little is written.

    >>> language("The crew of the tanker was rescued and brought to the port."), language("Lagos")
    ('en', None)
    """
    sample = text[:20_000].lower()
    words = re.findall(r"[^\W\d_]+", sample)
    if len(_NOT_LATIN.findall(sample)) > sum(map(len, words)) / 2:
        return "und"
    counted = Counter(words)
    hits = {name: sum(times for word, times in counted.items() if word in profile) for name, profile in _PROFILES.items()}
    best = max(hits, key=lambda name: (hits[name], name == "en"))
    # Letters that a scan set apart are no words.
    if sum(len(word) == 1 for word in words) > len(words) / 2:
        return None
    if len(words) < 8:
        # A headline must be plain: three small words of one language, more than of any other.
        first, second = sorted(hits.values(), reverse=True)[:2]
        return best if first >= max(3, 0.4 * len(words)) and first > second else None
    # Messages in capitals hold few small words, and "no" or "a" are words of several languages: another language needs three.
    varied = best == "en" or len(_PROFILES[best].intersection(words)) > 2
    if varied and hits[best] >= max(2, 0.08 * len(words)):
        return best
    return "und" if len(words) >= 40 and not any(hits.values()) else None


def _date(written: str | None) -> str | None:
    """Read a publication date in ISO 8601 or in English words; null where it is none."""
    text = (written or "").strip().strip("\"'")
    try:
        return date.fromisoformat(text[:10]).isoformat() if re.match(r"\d{4}-\d\d-\d\d(?!\d)", text) else _spelled(text)
    except ValueError:
        return None


def _spelled(text: str) -> str | None:
    """Read a date with the month in words."""
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text.replace("Sept.", "Sep").replace(". ", " "), form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _read_text(name: str, data: bytes) -> _Draft:
    """Read plain text, with or without a header."""
    return _headed(decode(data, name=name))


def _headed(text: str) -> _Draft:
    """Split a header off: front matter between `---`, or lines of known keys up to the first other line."""
    lines = text.split("\n")
    fenced = lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:40])
    found: dict[str, str] = {}
    taken = 1 if fenced else 0
    while taken < len(lines):
        line = lines[taken].strip()
        if fenced and line == "---":
            taken += 1
            break
        match = _HEADER_LINE.fullmatch(line)
        if not match and not fenced:
            break
        if match:
            found[_KEYS[match[1].lower()]] = match[2].strip().strip("\"'")
        taken += 1
    # One "Source: ..." line may as well be part of the text; a date that is one, or two known keys, may not.
    if not fenced and _date(found.get("published")) is None and ("published" in found or len(found) < 2):
        return _Draft(text)
    return _Draft("\n".join(lines[taken:]).lstrip("\n"), _source(found))


def _source(found: dict[str, Any]) -> Source:
    """Make a source of what a document says of itself."""
    kept = {key: str(value) for key, value in found.items() if value and key in _SOURCE_FIELDS}
    return Source(**(kept | {"published": _date(kept.get("published"))}))


def _read_markdown(name: str, data: bytes) -> _Draft:
    """Read Markdown without its marks; the first heading is the title."""
    draft = _headed(decode(data, name=name))
    heading = re.search(r"^#{1,2}\s+(.+?)\s*#*$", draft.text, re.MULTILINE)
    text = re.sub(r"!?\[([^\]\n]*)\]\([^)\n]*\)", r"\1", draft.text)
    text = re.sub(r"^(?:#{1,6}\s+|>\s?|```.*$)", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\*\*|__|\*|`)(?=\S)([^*`\n]+?)(?<=\S)\1", r"\2", text)
    return _Draft(text, replace(draft.source, title=draft.source.title or (heading[1] if heading else None)))


def _read_html(name: str, data: bytes) -> _Draft:
    """Read the article of a web page, its title, date and publisher."""
    from trafilatura import bare_extraction, html2txt  # noqa: PLC0415 - costs half a second

    # The newest date a page may carry must not depend on the day it is read.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    found = bare_extraction(data, with_metadata=True, include_comments=False, favor_recall=True, date_extraction_params=dates)
    said: dict[str, Any] = found if isinstance(found, dict) else found.as_dict() if found else {}
    text = said.get("text") or html2txt(data) or ""
    if not text.strip():
        message = f"{name!r} is a page without readable text; save the page as text and read that"
        raise ReadError(message)
    publisher = said.get("sitename") or said.get("hostname")
    source = Source(url=said.get("url"), publisher=publisher, published=_date(said.get("date")), title=said.get("title"))
    return _Draft(text.replace("\r", ""), source)


def _read_pdf(name: str, data: bytes) -> _Draft:
    """Read the text of a PDF; its properties are left out, since they name people and machines."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise _missing(name, "PDF") from error
    from io import BytesIO  # noqa: PLC0415 - only documents need it

    try:
        pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    except Exception as error:  # a broken PDF fails in every way there is
        message = f"{name!r} is no readable PDF ({type(error).__name__}); if it is locked, save an unlocked copy, or give its text"
        raise ReadError(message) from error
    return _Draft(_unwrapped("\n\n".join(page.strip() for page in pages).replace("\r", "")))


def _unwrapped(text: str) -> str:
    """Join the lines of a printed page into sentences: a line that ends without a stop runs on, a divided word is one word."""
    text = re.sub(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])", "", text)
    return re.sub(r"(?<=[^\s.!?:;])[ \t]*\n[ \t]*(?=[^\W_])(?!\d+\.\s)", " ", text)


def _read_word(name: str, data: bytes) -> _Draft:
    """Read the paragraphs and tables of a Word document, in their order; its properties are left out."""
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise _missing(name, "Word") from error
    from io import BytesIO  # noqa: PLC0415 - only documents need it

    try:
        parts = list(docx.Document(BytesIO(data)).iter_inner_content())
    except Exception as error:  # as for a PDF
        message = f"{name!r} is no readable Word document ({type(error).__name__}); save it again as .docx, or give its text"
        raise ReadError(message) from error
    texts = [part.text if hasattr(part, "text") else "\n".join("\t".join(c.text for c in row.cells) for row in part.rows) for part in parts]
    return _Draft("\n\n".join(text for text in texts if text.strip()))


def _missing(name: str, kind: str) -> ReadError:
    """Say which extra reads a kind of document."""
    return ReadError(f"{name!r} needs the reader for {kind} documents; install it with `pip install 'incident-mapper[docs]'`")


def _read_mail(name: str, data: bytes) -> _Draft:
    """Read an e-mail: its subject is the title, its date the publication date; addresses are left out."""
    from email import message_from_bytes, policy  # noqa: PLC0415 - only mail needs it

    mail = message_from_bytes(data, policy=policy.default)
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        message = f"{name!r} is a mail without text; save the attached document and read that"
        raise ReadError(message)
    content = body.get_content()
    draft = _Draft(content) if body.get_content_subtype() == "plain" else _read_html(name, content.encode())
    sent = mail["date"].datetime if mail["date"] is not None else None
    source = Source(title=str(mail["subject"]) if mail["subject"] else None, published=sent.date().isoformat() if sent else None)
    return _Draft(draft.text.replace("\r\n", "\n"), source)


def _read_sniffed(name: str, data: bytes) -> _Draft:
    """Read what has no known suffix by its first bytes."""
    head = data[:1024].lstrip().lower()
    if head.startswith(b"%pdf"):
        return _read_pdf(name, data)
    if head.startswith((b"<!doctype html", b"<html")):
        return _read_html(name, data)
    return _read_text(name, data)


def _is_lines(entry: _Input) -> bool:
    """Tell whether an input is JSON lines: by its suffix, or on standard input by its first line."""
    if entry.path is not None:
        return entry.path.suffix.lower() == ".jsonl"
    first = (entry.data or b"").lstrip().partition(b"\n")[0].strip()
    return first.startswith(b"{") and first.endswith(b"}") and b'"text"' in first


def _lines(entry: _Input, published: str | None) -> Iterator[tuple[str, Report | Failure]]:
    """Read one report a line; a broken line gives a failure in its place."""
    try:
        for number, line in enumerate(_raw_lines(entry), 1):
            if not line.strip():
                continue
            where = f"{entry.id}:{number}"
            try:
                yield f"{entry.where}, line {number}", _line(where, line, published)
            except _LineError as error:
                yield where, Failure(error.id or where, number, ReadError.code, str(error))
    except OSError as error:
        yield entry.id, _failure(entry.id, None, error)


def _raw_lines(entry: _Input) -> Iterator[bytes]:
    """Give the lines of a file without holding all of it."""
    if entry.path is None:
        yield from (entry.data or b"").split(b"\n")
        return
    with entry.path.open("rb") as file:
        yield from file


class _LineError(ReadError):
    """A JSON line that is no report; it knows the id that the line gives itself."""

    def __init__(self, message: str, name: str | None = None) -> None:
        super().__init__(message)
        self.id = name


def _line(where: str, line: bytes, published: str | None) -> Report:
    """Read one JSON line: `id` and `text`, and if given `title`, `published`, `source`, `spans`."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        message = f"{where!r} is no JSON ({error}); write one object a line, in UTF-8"
        raise _LineError(message) from error
    if not isinstance(data, dict) or not isinstance(data.get("text"), str) or not isinstance(data.get("id"), str | int):
        message = f"{where!r} is no report; a line is an object with `id` and `text`, and if known `title`, `published`, `source`, `spans`"
        raise _LineError(message, str(data["id"]) if isinstance(data, dict) and isinstance(data.get("id"), str | int) else None)
    name = str(data["id"])
    if data.get("published") and _date(str(data["published"])) is None:
        message = f"{where!r}: published {data['published']!r} is no date; write it as 2025-11-11"
        raise _LineError(message, name)
    # Offsets of the answers are offsets into the line's own text, so every character keeps its place.
    text = data["text"].replace("\r\n", " \n").replace("\r", "\n")
    try:
        return _report(name, _Draft(text, _line_source(data)), published, _spans(where, data.get("spans"), text))
    except ReadError as error:
        raise _LineError(str(error), name) from error


def _line_source(data: dict[str, Any]) -> Source:
    """Read the source of a JSON line: an object of our fields, a link, or a publisher's name."""
    given = data.get("source")
    found = dict(given) if isinstance(given, dict) else {}
    if isinstance(given, str):
        found["url" if re.match(r"https?://", given) else "publisher"] = given
    return _source(found | {key: data[key] for key in ("title", "published", "language", "url") if data.get(key)})


def _spans(where: str, given: object, text: str) -> tuple[tuple[int, int], ...] | None:
    """Check the spans that a line asks to be located."""
    if given is None:
        return None
    if isinstance(given, list):
        pairs = [tuple(pair) for pair in given if isinstance(pair, list) and len(pair) == 2 and all(type(x) is int for x in pair)]
        if len(pairs) == len(given) and all(0 <= start < end <= len(text) for start, end in pairs):
            return tuple((start, end) for start, end in pairs)
    message = f"{where!r}: spans {str(given)[:80]!r} do not fit; write [[start, end], ...], 0 <= start < end <= {len(text)}"
    raise ReadError(message)


_READERS: dict[str, Callable[[str, bytes], _Draft]] = {
    ".txt": _read_text,
    ".text": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
    ".docx": _read_word,
    ".eml": _read_mail,
}
