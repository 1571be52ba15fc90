"""Reports of every kind into text and source; what cannot be read says why, in its place."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import read, settings
from geo.errors import ReadError, UsageError
from geo.model import Failure, Report

if TYPE_CHECKING:
    from pathlib import Path

STORY = "A launch with nine people aboard sank off the northern pier on Monday. All of them were brought ashore by the coast guard."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Launch sinks</title>
<meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2024-03-02T10:00:00Z"></head>
<body><nav>Home Sport Weather</nav><article><h1>Launch sinks</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>"""


def only(path: Path, **options: str) -> Report | Failure:
    """Read what gives one answer."""
    (answer,) = read.read([str(path)], **options)
    return answer


def report(path: Path, **options: str) -> Report:
    """Read what gives one report."""
    answer = only(path, **options)
    assert isinstance(answer, Report), answer
    return answer


def failure(path: Path) -> Failure:
    """Read what gives one failure."""
    answer = only(path)
    assert isinstance(answer, Failure), answer
    assert answer.code == ReadError.code
    assert repr(path.name) in answer.message
    return answer


def given_file(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_text_is_read_as_it_stands(tmp_path: Path) -> None:
    found = report(given_file(tmp_path, "a.txt", STORY + "\r\nSecond line.\r"))
    assert (found.id, found.text) == ("a.txt", STORY + "\nSecond line.\n")
    assert (found.published, found.source.title, found.source.language) == (None, None, "en")


def test_a_publication_date_given_holds_where_the_report_has_none(tmp_path: Path) -> None:
    plain = given_file(tmp_path, "a.txt", STORY)
    dated = given_file(tmp_path, "b.txt", f"Published: 2025-11-11\n\n{STORY}")
    assert report(plain, published="2025-10-01").published == "2025-10-01"
    assert report(dated, published="2025-10-01").published == "2025-11-11"


@pytest.mark.parametrize(
    "written", ["2025-11-11", "2025-11-11T08:00:00Z", "11 November 2025", "November 11, 2025", "Nov. 11, 2025", "11.11.2025"]
)
def test_a_header_is_not_part_of_the_text(tmp_path: Path, written: str) -> None:
    found = report(given_file(tmp_path, "a.txt", f"Title: Launch sinks\nPublished: {written}\nPublisher: The Harbour Post\n\n{STORY}"))
    assert found.text == STORY
    assert (found.source.title, found.published, found.source.publisher) == ("Launch sinks", "2025-11-11", "The Harbour Post")


def test_front_matter_is_not_part_of_the_text(tmp_path: Path) -> None:
    found = report(
        given_file(
            tmp_path, "a.md", f'---\ntitle: "Launch sinks"\ndate: 2025-11-11\ntags: sea\nurl: https://example.org/a\n---\n\n{STORY}\n'
        )
    )
    assert found.text == STORY + "\n"
    assert (found.source.title, found.published, found.source.url) == ("Launch sinks", "2025-11-11", "https://example.org/a")


@pytest.mark.parametrize(
    "text", ["Source: the harbour master said so.\nMore text.", "Published: soon\nA book.", "Date: unknown\n", "Note: a launch sank."]
)
def test_what_only_looks_like_a_header_stays(tmp_path: Path, text: str) -> None:
    assert report(given_file(tmp_path, "a.txt", text)).text == text


def test_markdown_loses_its_marks_and_gives_its_title(tmp_path: Path) -> None:
    found = report(
        given_file(tmp_path, "a.md", "# Launch sinks\n\nA **launch** sank [off the pier](https://example.org).\n\n> *Nobody* was hurt.\n")
    )
    assert found.text == "Launch sinks\n\nA launch sank off the pier.\n\nNobody was hurt.\n"
    assert found.source.title == "Launch sinks"


def test_a_page_gives_its_article_date_and_publisher(tmp_path: Path) -> None:
    found = report(given_file(tmp_path, "a.html", PAGE))
    assert STORY in found.text
    assert "Weather" not in found.text
    assert (found.source.title, found.published, found.source.publisher) == ("Launch sinks", "2024-03-02", "The Harbour Post")


def test_a_page_without_an_article_still_gives_its_words(tmp_path: Path) -> None:
    assert "Launch sinks" in report(given_file(tmp_path, "a.htm", "<html><body>Launch sinks off pier</body></html>")).text


def test_a_word_document_gives_paragraphs_and_tables_but_no_properties(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.author = "Somebody Private"
    document.add_paragraph(STORY)
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "launch", "sunk"
    document.save(str(tmp_path / "a.docx"))
    found = report(tmp_path / "a.docx")
    assert found.text == f"{STORY}\n\nlaunch\tsunk"
    assert "Private" not in str(found)


def pdf(text: str) -> bytes:
    """Write the smallest document that shows one line."""
    content = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)


def test_a_pdf_gives_its_text(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    assert report(given_file(tmp_path, "a.pdf", pdf("A launch sank off the pier."))).text == "A launch sank off the pier."


def test_printed_lines_run_on() -> None:
    text = "A launch sank off the\nGulf of Aden after a colli-\nsion.\nNobody was hurt.\n\n1. First\n2. Second"
    assert read._unwrapped(text) == "A launch sank off the Gulf of Aden after a collision.\nNobody was hurt.\n\n1. First\n2. Second"


def test_a_broken_pdf_and_a_scan_say_so(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    assert "no readable PDF" in failure(given_file(tmp_path, "a.pdf", b"%PDF-1.4 nothing")).message
    assert "scan" in failure(given_file(tmp_path, "b.pdf", pdf(""))).message


def test_a_broken_word_document_says_so(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    assert "Word" in failure(given_file(tmp_path, "a.docx", b"PK nothing")).message


def test_a_mail_gives_its_body_subject_and_date_but_no_address(tmp_path: Path) -> None:
    mail = f"From: someone@example.org\nSubject: Launch sinks\nDate: Tue, 11 Nov 2025 10:00:00 +0000\n\n{STORY}\n"
    found = report(given_file(tmp_path, "a.eml", mail))
    assert (found.text, found.source.title, found.published) == (STORY + "\n", "Launch sinks", "2025-11-11")
    assert "someone" not in str(found)


def test_a_mail_with_a_senseless_date_has_none(tmp_path: Path) -> None:
    assert report(given_file(tmp_path, "a.eml", f"Subject: x\nDate: yesterday-ish\n\n{STORY}\n")).published is None


def test_json_lines_give_one_report_each_and_failures_in_their_place(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "x", "text": "A launch sank.", "title": "Launch", "published": "2025-11-11", "source": "The Harbour Post"}),
        "no json",
        "",
        json.dumps({"id": "y"}),
        json.dumps({"id": "z", "text": " "}),
        json.dumps({"id": 7, "text": "Off Borkum.", "spans": [[4, 10]], "source": {"url": "https://example.org", "publisher": "P"}}),
        json.dumps(["id", "text"]),
    ]
    answers = list(read.read([str(given_file(tmp_path, "a.jsonl", "\n".join(lines)))]))
    assert [(type(a).__name__, a.id) for a in answers] == [
        ("Report", "x"),
        ("Failure", "a.jsonl:2"),
        ("Failure", "y"),
        ("Failure", "z"),
        ("Report", "7"),
        ("Failure", "a.jsonl:7"),
    ]
    assert [a.line for a in answers if isinstance(a, Failure)] == [2, 4, 5, 7]
    first, last = (a for a in answers if isinstance(a, Report))
    assert (first.source.title, first.published, first.source.publisher) == ("Launch", "2025-11-11", "The Harbour Post")
    assert (last.spans, last.source.url, last.source.publisher) == (((4, 10),), "https://example.org", "P")


@pytest.mark.parametrize("spans", [[[0, 99]], [[3, 3]], [[-1, 2]], [[0, 1, 2]], "0-3", [[0.0, 2.0]], [[True, 2]]])
def test_spans_that_do_not_fit_are_a_failure(tmp_path: Path, spans: object) -> None:
    (answer,) = read.read([str(given_file(tmp_path, "a.jsonl", json.dumps({"id": "x", "text": "A launch.", "spans": spans})))])
    assert isinstance(answer, Failure)
    assert "spans" in answer.message


def test_the_offsets_of_a_json_line_are_those_of_its_own_text(tmp_path: Path) -> None:
    line = {"id": "x", "text": "One.\r\nTwo 🚢 off Borkum.\r", "spans": [[16, 22]]}
    (answer,) = read.read([str(given_file(tmp_path, "a.jsonl", json.dumps(line)))])
    assert isinstance(answer, Report)
    assert answer.text[16:22] == "Borkum"
    assert "\r" not in answer.text


def test_half_a_character_is_replaced_not_passed_on(tmp_path: Path) -> None:
    (answer,) = read.read([str(given_file(tmp_path, "a.jsonl", '{"id": "x", "text": "A \\ud83d launch."}'))])
    assert isinstance(answer, Report)
    assert answer.text == "A \ufffd launch."


def test_a_senseless_date_on_a_line_is_a_failure(tmp_path: Path) -> None:
    (answer,) = read.read([str(given_file(tmp_path, "a.jsonl", '{"id": "x", "text": "A launch.", "published": "soon"}'))])
    assert isinstance(answer, Failure)
    assert "'soon'" in answer.message


def test_a_folder_is_read_in_order_with_relative_ids_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/c.txt", "picture.png", "c.jsonl"):
        given_file(tmp_path, name, '{"id": "line", "text": "A launch."}' if name.endswith("jsonl") else STORY)
    assert [answer.id for answer in read.read([str(tmp_path)])] == ["a/z.md", "b.txt", "line"]


def test_standard_input_is_text_a_page_or_json_lines() -> None:
    def first(data: bytes) -> Report | Failure:
        return next(read.read(["-"], stdin=io.BytesIO(data)))

    assert (first(b"A launch.").id, first(PAGE.encode()).id) == ("-", "-")
    assert first(b'{"id": "x", "text": "A launch."}\n').id == "x"
    assert isinstance(first(b""), Failure)


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "empty"), (b" \n\t\n", "no text"), (bytes(range(256)) * 20, "binary"), ("Катер затонул у пирса".encode("cp1251"), "UTF-8")],
)
def test_bad_files_become_failures_that_say_why(tmp_path: Path, content: bytes, word: str) -> None:
    assert word in failure(given_file(tmp_path, "a.txt", content)).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_common_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    assert (
        report(given_file(tmp_path, "a.txt", "A launch off Curaçao – nobody hurt.".encode(encoding))).text
        == "A launch off Curaçao – nobody hurt."
    )


def test_a_long_text_is_read_up_to_the_limit(tmp_path: Path) -> None:
    found = report(given_file(tmp_path, "a.txt", "é" * (5 * settings.MAX_TEXT_CHARACTERS)))
    assert len(found.text) == settings.MAX_TEXT_CHARACTERS


def test_only_a_headline_is_a_report(tmp_path: Path) -> None:
    assert report(given_file(tmp_path, "a.txt", "Launch sinks off Borkum")).text == "Launch sinks off Borkum"


def test_a_missing_path_an_empty_folder_and_nothing_are_wrong_calls(tmp_path: Path) -> None:
    for paths in ([str(tmp_path / "none.txt")], [str(tmp_path)], []):
        with pytest.raises(UsageError):
            read.read(paths)


def test_a_senseless_publication_date_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'soon'"):
        read.read([str(given_file(tmp_path, "a.txt", STORY))], published="soon")


def test_a_repeated_id_names_both(tmp_path: Path) -> None:
    one, two, three = (given_file(tmp_path, name, STORY) for name in ("a/x.txt", "b/x.txt", "c/y.txt"))
    first, failed, last = read.read([str(one), str(two), str(three)])
    assert (first.id, last.id) == ("x.txt", "y.txt")
    assert isinstance(failed, Failure)
    assert str(one) in failed.message
    assert str(two) in failed.message


def test_a_repeated_line_fails_in_its_place(tmp_path: Path) -> None:
    lines = given_file(tmp_path, "a.jsonl", '{"id": "x", "text": "A launch."}\n{"id": "x", "text": "Another."}\n{"id": "y", "text": "More."}\n')
    found = list(read.read([str(lines)]))
    assert [(type(item).__name__, item.id) for item in found] == [("Report", "x"), ("Failure", "x"), ("Report", "y")]
    assert isinstance(found[1], Failure)
    assert found[1].line == 2


def test_reading_is_lazy(tmp_path: Path) -> None:
    lines = given_file(tmp_path, "a.jsonl", '{"id": "x", "text": "A launch."}\n{"id": "x", "text": "Another."}\n')
    assert next(read.read([str(lines)])).id == "x"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (STORY, "en"),
        (
            "Una lancha con nueve personas a bordo se hundió el lunes frente al muelle, y todas fueron rescatadas por los guardacostas.",
            "es",
        ),
        ("Une vedette avec neuf personnes à bord a coulé lundi au large du port, et toutes ont été secourues par les garde-côtes.", "fr"),
        (
            "Uma lancha com nove pessoas a bordo afundou na segunda-feira ao largo do porto, e todas foram resgatadas pela guarda costeira.",
            "pt",
        ),
        ("Een sloep met negen mensen aan boord is maandag voor de haven gezonken en de kustwacht heeft ze allemaal gered.", "nl"),
        ("Ein Boot mit neun Menschen an Bord ist am Montag vor dem Hafen gesunken, und die Küstenwache hat sie alle gerettet.", "de"),
        ("Una lancia con nove persone a bordo è affondata lunedì davanti al molo, e la guardia costiera le ha salvate tutte.", "it"),
        ("Катер с девятью людьми на борту затонул в понедельник у пирса.", "und"),
        ("Off Borkum", None),
        ("La nave fue atacada en Ormuz", "es"),
        ("Le navire est dans le port", "fr"),
        ("La Paz, Bolivia", None),
        ("V E S S E L  B O A R D E D  A T  T H E  A N C H O R A G E", None),
    ],
)
def test_the_language_is_told_by_small_words(text: str, language: str | None) -> None:
    assert read.language(text) == language


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_clear_error(data: bytes) -> None:
    try:
        text = read.decode(data, name="x")
    except ReadError as error:
        assert "'x'" in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert "\r" not in text


@given(st.text(alphabet="abc:\n -Titlepubshed20251", max_size=80))
def test_a_header_never_swallows_more_than_known_lines(text: str) -> None:
    draft = read._headed("Launch. " + text)
    assert draft.text == "Launch. " + text


def test_a_folder_leaves_out_what_lies_beside_reports(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("A boat sank off Aruba.", encoding="utf-8")
    (tmp_path / "README.md").write_text("What lies here.", encoding="utf-8")
    (tmp_path / "map.html").write_text('<!doctype html><meta name="generator" content="incident-mapper"><p>A map.</p>', encoding="utf-8")
    assert [report.id for report in read.read([str(tmp_path)])] == ["note.txt"]
