"""The command line: the contract that other programs read, exit codes, whole files, quiet pipes."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import nouns
import pytest

from geo import cli, doctor, pipeline
from geo.errors import LayerError
from geo.model import Failure, Reading, Report

ROOT = Path(__file__).resolve().parent.parent
FAULT = Failure("b.txt", None, "fault", "a fault of ours")
COMMANDS = ("map", "places", "incidents", "deployments", "export", "explain", "zones", "layers", "demo", "doctor", "completion")
BROKEN = Failure("b.jsonl:2", 2, "unreadable", "line 2 is no JSON")


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    """Give tables room, whatever the terminal that the tests run in."""
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def reads(monkeypatch):
    """Let the commands read given items instead of files."""

    def give(*items):
        monkeypatch.setattr(pipeline, "readings", lambda *_, **__: iter(items))

    return give


@pytest.fixture
def whole():
    return nouns.dossier(nouns.incident(), nouns.area(), nouns.deployment(), matches=(nouns.match(),)).readings[0]


def run(*arguments, **given):
    return subprocess.run([sys.executable, "-m", "geo.cli", *arguments], capture_output=True, cwd=ROOT, check=False, **given)


def test_python_runs_the_package_as_the_command():
    command = [sys.executable, "-m", "geo", "zones", "12.5N 68.2W", "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == run("zones", "12.5N 68.2W", "--format", "jsonl", text=True).stdout != ""
    assert subprocess.run([*command[:3], "zones", "95N 0E"], capture_output=True, cwd=ROOT, check=False).returncode == 2


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_help_lists_every_command_and_loads_nothing_heavy():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "geo.cli", "--help"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert all(f"  {command} " in told.stdout for command in COMMANDS)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.stderr.splitlines()}
    assert not loaded & {"numpy", "shapely", "spacy", "pandas", "folium", "pyproj"}


def test_help_answers_at_once():
    best = min(_seconds_of_help() for _ in range(3))
    assert best < 0.6, "0.3 s is the aim on a quiet machine"


def _seconds_of_help():
    start = time.perf_counter()
    run("--help")
    return time.perf_counter() - start


def test_jsonl_has_a_line_a_report_and_failures_in_place(reads, whole, capsys):
    reads(whole, BROKEN, whole)
    assert cli.main(["places", "x", "--format", "jsonl"]) == 3
    first, second, third = lines(capsys)
    assert list(first) == ["schema_version", "id", "mentions"]
    assert first["mentions"][0]["place"]["name"] == "Aruba"
    assert second == {"id": "b.jsonl:2", "line": 2, "error": {"code": "unreadable", "message": "line 2 is no JSON"}}
    assert third == first


def test_incidents_answer_with_both_kinds_and_deployments_with_theirs(reads, whole, capsys):
    reads(whole)
    assert cli.main(["incidents", "x", "--format", "jsonl"]) == 0
    (answer,) = lines(capsys)
    assert [len(answer[kind]) for kind in ("incidents", "deployments")] == [2, 1]
    reads(whole)
    assert cli.main(["deployments", "x", "--format", "jsonl"]) == 0
    (answer,) = lines(capsys)
    assert list(answer) == ["schema_version", "id", "deployments"]


def test_geojson_csv_and_table_answer_the_same_records(reads, whole, capsys):
    for form, count in (("geojson", _features), ("csv", _rows), ("table", _table_rows)):
        reads(whole)
        assert cli.main(["incidents", "x", "--format", form]) == 0
        assert count(capsys.readouterr().out) == 3


def _features(out):
    return len(json.loads(out)["features"])


def _rows(out):
    return len(list(csv.DictReader(io.StringIO(out))))


def _table_rows(out):
    return len(out.splitlines()) - 1


def test_a_lone_surrogate_leaves_as_a_json_escape():
    told = run("places", "-", "--format", "jsonl", input=b'{"id":"\\ud800","text":"x Aruba","spans":[[2,7]]}\n')
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["id"] == "\ud800"


@pytest.mark.parametrize(
    ("items", "code"), [((), 2), ((BROKEN,), 2), ((Reading(Report("a", "x")), BROKEN), 3), ((Reading(Report("a", "x")),), 0)]
)
def test_exit_codes_of_a_map(reads, items, code, tmp_path):
    reads(*items)
    assert cli.main(["map", "x", "-o", str(tmp_path / "m.html")]) == code
    assert (tmp_path / "m.html").exists() == (code in {0, 3})


def test_a_map_says_where_it_is_and_what_it_holds(reads, whole, tmp_path, capsys):
    reads(whole)
    page = tmp_path / "m.html"
    assert cli.main(["map", "x", "-o", str(page)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(page), "2 incidents and 1 deployment in 1 report; 2 on the map, 1 listed beside it"]
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


def test_an_empty_map_says_why(reads, tmp_path, capsys):
    reads(Reading(Report("a", "x")))
    assert cli.main(["map", "x", "-o", str(tmp_path / "m.html")]) == 0
    assert "the map is empty: no place, no incident and no deployment in 1 report" in capsys.readouterr().out


def test_a_map_to_stdout_is_the_page_alone(reads, whole, capsys):
    reads(whole)
    # "-" reads stdin here and writes stdout there: no report is written over.
    assert cli.main(["map", "-", "-o", "-"]) == 0
    told = capsys.readouterr()
    assert told.out.rstrip().endswith("</html>")
    assert "2 incidents" in told.err


def test_notes_and_failures_go_to_stderr(reads, capsys):
    reads(Reading(Report("a.txt", "x"), notes=("written in Spanish",)), BROKEN)
    cli.main(["places", "x", "--format", "table"])
    told = capsys.readouterr()
    assert told.out == "no places found\n"
    assert told.err.splitlines() == ["geo: a.txt: written in Spanish", "geo: b.jsonl:2: line 2 is no JSON"]
    # A message that names the input itself is not named twice.
    reads(Failure("b.txt", None, "unreadable", "'b.txt' is empty"))
    cli.main(["places", "x"])
    assert capsys.readouterr().err == "geo: 'b.txt' is empty\n"


def test_an_export_is_written_by_its_ending(reads, whole, tmp_path, capsys):
    reads(whole)
    out = tmp_path / "out.geojson"
    assert cli.main(["export", "x", "-o", str(out)]) == 0
    assert len(json.loads(out.read_text(encoding="utf-8"))["features"]) == 3
    assert capsys.readouterr().out.startswith(f"{out}\n")


def test_an_export_of_unknown_ending_is_refused_before_anything_is_read(capsys):
    assert cli.main(["export", "absent.txt", "-o", "out.docx"]) == 2
    assert "'out.docx'" in capsys.readouterr().err


@pytest.mark.parametrize("inside", [False, True])
def test_a_report_is_never_overwritten(tmp_path, capsys, inside):
    report = tmp_path / "report.html"
    report.write_text("<p>Aruba</p>", encoding="utf-8")
    assert cli.main(["map", str(tmp_path if inside else report), "-o", str(report)]) == 2
    assert report.read_text(encoding="utf-8") == "<p>Aruba</p>"
    assert "would be overwritten" in capsys.readouterr().err


def test_explain_gives_words_or_exit_1(reads, whole, capsys):
    reads(whole)
    assert cli.main(["explain", "x", "aruba"]) == 0
    assert "“Aruba”" in capsys.readouterr().out
    reads(whole)
    assert cli.main(["explain", "x", "Oz"]) == 1
    assert "nothing called 'Oz' in 'x'; it holds 'Aruba', '0123456789ab'" in capsys.readouterr().err


@pytest.mark.parametrize("date", ["11 Nov", "2025-13-01", ""])
def test_a_wrong_date_is_bad_usage(date, capsys):
    assert cli.main(["places", "x", "--published", date]) == 2
    assert f"--published {date!r} is no date; write it as 2025-11-11" in capsys.readouterr().err


def test_no_command_is_bad_usage(capsys):
    assert cli.main([]) == 2
    assert "usage: geo" in capsys.readouterr().err


def test_a_mendable_error_is_one_line(monkeypatch, capsys):
    def fail(*_, **__):
        message = "the layer 'gazetteer' is not built;\nrun `geo layers build`"
        raise LayerError(message)

    monkeypatch.setattr(pipeline, "readings", fail)
    assert cli.main(["places", "x"]) == 2
    assert capsys.readouterr().err == "geo: the layer 'gazetteer' is not built; run `geo layers build`\n"


def test_a_fault_of_ours_says_so_and_how_to_report_it(monkeypatch, capsys):
    def fail(*_, **__):
        message = "boom"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(pipeline, "readings", fail)
    assert cli.main(["places", "x"]) == 70
    assert "a fault of ours (ZeroDivisionError: boom)" in capsys.readouterr().err
    monkeypatch.setenv("GEO_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main(["places", "x"])


def test_an_interrupt_ends_quietly(monkeypatch, capsys, tmp_path):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "readings", stop)
    assert cli.main(["map", "x", "-o", str(tmp_path / "m.html")]) == 130
    assert capsys.readouterr().err.startswith("geo: interrupted")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no pipes of this kind on this system")
def test_a_closed_pipe_is_quiet():
    whole = subprocess.run(f"{sys.executable} -m geo.cli doctor | true", shell=True, capture_output=True, cwd=ROOT, check=False)  # noqa: S602
    assert whole.stderr == b""


@pytest.mark.parametrize(
    "given", [["-12.5 -68.2"], ["--", "-12.5 -68.2"], ["-12.5", "-68.2"], ["-12.5,-68.2"], ["12.5S 68.2W"], ["12-30.0S 068-12.0W"]]
)
def test_a_position_may_start_with_a_minus(given, capsys):
    assert cli.main(["zones", "--format", "jsonl", *given]) in {0, 1}
    (answer,) = lines(capsys)
    assert (answer["longitude"], answer["latitude"]) == (-68.2, -12.5)
    assert list(answer) == ["longitude", "latitude", "zones", "seas", "distance_to_coast_nm"]


def test_zones_of_a_table_keep_the_order_and_the_failures(tmp_path, capsys):
    table = tmp_path / "points.csv"
    table.write_text("\ufeffname,x,y\na,-66.9,10.48\nb,,\nc,-70.5,13.5\nd,12,99\n", encoding="utf-8")
    assert cli.main(["zones", str(table), "--lon", "x", "--lat", "y", "--format", "jsonl"]) == 3
    caracas, blank, sea, beyond = lines(capsys)
    assert (caracas["zones"][0]["zone_type"], caracas["zones"][0]["territory"]) == ("land", "VEN")
    assert (blank["id"], blank["line"], blank["error"]["code"]) == ("2", 3, "coordinate")
    assert {zone["zone_type"] for zone in sea["zones"]} <= {"eez", "contiguous_zone"}
    assert "latitude 99 is not within -90 to 90" in beyond["error"]["message"]


def test_a_table_may_come_through_a_pipe_and_with_semicolons():
    told = run("zones", "-", "--format", "csv", input=b"lat;lon\n10.48;-66.9\n13.5;-70.5\n")
    assert told.returncode == 0, told.stderr
    assert next(row["territory"] for row in csv.DictReader(io.StringIO(told.stdout.decode()))) == "VEN"


def test_a_table_in_another_encoding_is_refused(tmp_path, capsys):
    table = tmp_path / "points.csv"
    table.write_bytes("lon,lat,île\n1,2,é\n".encode("latin-1"))
    assert cli.main(["zones", str(table)]) == 2
    assert "not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["geojson", "csv", "table"])
def test_zones_answer_in_every_format(form, capsys):
    assert cli.main(["zones", "10.48N 66.9W", "--format", form]) == 0
    told = capsys.readouterr().out
    assert {"geojson": _features, "csv": _rows, "table": _table_rows}[form](told) == 1
    assert "VEN" in told


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["nowhere"], "nowhere"),
        (["absent.csv"], "no file 'absent.csv'"),
        (["95N 68W"], "95"),
    ],
)
def test_a_position_without_a_reading_is_bad_usage(given, words, capsys):
    assert cli.main(["zones", *given]) == 2
    assert words in capsys.readouterr().err


def test_a_table_without_the_columns_names_those_it_has(tmp_path, capsys):
    table = tmp_path / "points.csv"
    table.write_text("x;y\n1;2\n", encoding="utf-8")
    assert cli.main(["zones", str(table)]) == 2
    assert "no column 'lon' but x, y; name yours with --lon and --lat" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the table is empty"),
        ("lon,lat\n", "a header but no rows"),
        ("lon,lat\n500000,4600000\n", "line 2: longitude 500000, latitude 4600000 look like metres of a projection"),
        ("lon,lat\n12.5,-166.9\n", "line 2: latitude -166.9 is not within -90 to 90 (longitude 12.5); are longitude and latitude swapped?"),
        ("lon,lat\nnan,3\n", "line 2: longitude nan"),
        ("lon,lat\n140,95\n", "line 2: latitude 95 is not within -90 to 90"),
        ("lon,lat\n500,0\n", "line 2: longitude 500 is not within -180 to 180"),
        ("lon, lat\n200, 0\n", "line 2: longitude 200 is not within -180 to 180 (latitude 0); west of Greenwich is negative, so write -160"),
        ("lon,lat\n\n\nwest,north\n", "line 4: no position in longitude 'west', latitude 'north'"),
    ],
)
def test_a_table_that_cannot_be_answered_says_why(tmp_path, capsys, text, words):
    table = tmp_path / "points.csv"
    table.write_text(text, encoding="utf-8")
    assert cli.main(["zones", str(table), "--format", "csv"]) == 2
    told = capsys.readouterr()
    assert words in told.out + told.err


def test_bad_rows_of_a_long_table_answer_in_their_place_and_are_counted(tmp_path, capsys):
    rows = ["-66.9,10.48"] * 2500
    for number, row in ((0, ","), (1200, "140,95"), (2499, "lon,lat")):
        rows[number] = row
    table = tmp_path / "points.csv"
    table.write_text("lon,lat\n" + "\n".join(rows), encoding="utf-8")
    assert cli.main(["zones", str(table), "--format", "jsonl"]) == 3
    told = capsys.readouterr()
    answers = [json.loads(line) for line in told.out.splitlines()]
    assert [(index, answer["line"]) for index, answer in enumerate(answers) if "error" in answer] == [(0, 2), (1200, 1202), (2499, 2501)]
    assert {answer["zones"][0]["territory"] for answer in answers if "error" not in answer} == {"VEN"}
    assert "3 of 2,500 rows hold no position" in told.err


def test_a_bad_row_of_a_table_keeps_what_the_input_said(tmp_path, capsys):
    table = tmp_path / "points.csv"
    table.write_text("lon,lat\nabc,12\n,\n-500,10\n=1+1,3\n-66.9\n-66.9,10.48\n", encoding="utf-8")
    assert cli.main(["zones", str(table), "--format", "csv"]) == 3
    *bad, caracas = csv.DictReader(io.StringIO(capsys.readouterr().out))
    given = [("abc", "12"), ("", ""), ("-500", "10"), ("'=1+1", "3"), ("-66.9", "")]
    assert [(row["longitude"], row["latitude"]) for row in bad] == given
    assert [row["error"].split(":")[0] for row in bad] == [f"line {number}" for number in range(2, 7)]
    assert (caracas["longitude"], caracas["territory"], caracas["error"]) == ("-66.9", "VEN", "")


def test_a_row_without_a_position_keeps_its_place_on_the_map(tmp_path, capsys):
    table = tmp_path / "points.csv"
    table.write_text("lon,lat\n-66.9,10.48\n12,99\n-70.5,13.5\n", encoding="utf-8")
    assert cli.main(["zones", str(table), "--format", "geojson"]) == 3
    sea, beyond, other = json.loads(capsys.readouterr().out)["features"]
    assert [sea["geometry"]["coordinates"], beyond["geometry"], other["geometry"]["coordinates"]] == [[-66.9, 10.48], None, [-70.5, 13.5]]
    assert (beyond["properties"]["line"], beyond["properties"]["error"]["code"]) == (3, "coordinate")


@pytest.mark.long
def test_doctor_and_layers_say_what_is_there(capsys):
    assert cli.main(["layers", "verify"]) == 0
    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines()] == list(doctor.LAYERS)
    assert cli.main(["doctor"]) == 0
    assert "BAD" not in capsys.readouterr().out


@pytest.fixture
def driver(monkeypatch):
    """Stand in for the builders; the basemap counts as missing."""

    class BuildError(Exception):
        pass

    fake = SimpleNamespace(
        BuildError=BuildError, asked=[], build_all=lambda *_, only, echo: fake.asked.append(only) or echo("once") or only
    )
    monkeypatch.setattr(doctor.importlib, "import_module", lambda _: fake)
    monkeypatch.setattr(doctor, "layer_state", lambda name, **_: (name != "basemap", ""))
    return fake


def test_only_missing_layers_are_built(driver, capsys):
    assert cli.main(["layers", "build"]) == 0
    assert driver.asked == [["basemap"]]
    told = capsys.readouterr()
    assert (told.out, told.err) == ("built basemap\n", "geo: once\n")


def test_a_failed_build_is_one_line(driver, monkeypatch, capsys):
    def fail(*_, **__):
        message = "npm is missing; install node"
        raise driver.BuildError(message)

    monkeypatch.setattr(driver, "build_all", fail)
    assert cli.main(["layers", "build"]) == 2
    assert capsys.readouterr().err == "geo: npm is missing; install node\n"


def test_the_demo_maps_the_sample(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["demo"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "demo.html"
    assert (tmp_path / "demo.html").stat().st_size > 10_000


def test_corrections_are_applied_and_what_misses_is_said(tmp_path):
    words = "Armed men boarded a tanker off Aruba on 9 November 2025."
    note, fixes = tmp_path / "note.txt", tmp_path / "fixes.json"
    note.write_text(words, encoding="utf-8")
    signed = {"state": "rejected", "by": "A. Editor", "on": "2025-11-12", "reason": "a drill"}
    entries = [{"evidence": words, **signed}, {"evidence": "Words of no report.", **signed}]
    fixes.write_text(json.dumps({"format": 1, "corrections": entries}), encoding="utf-8")
    done = run("map", str(note), "--corrections", str(fixes), "-o", str(tmp_path / "map.html"), text=True)
    assert done.returncode == 0
    assert "Words of no report" in done.stderr
    assert "a person rejected them all" in done.stdout + done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device of this kind on this system")
def test_a_full_disk_behind_the_answers_is_one_line_and_no_fault_of_ours():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "geo.cli", "zones", "12.5N 68.2W"], stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "No space left on device; make room" in done.stderr
