"""A GeoNames dump that a user adds: streamed, indexed beside the gazetteer, read together with it, and refused when it is broken."""

from __future__ import annotations

import multiprocessing
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo import added, cli, gazetteer, layers, settings
from geo.errors import LayerError
from layers.builders import driver, dump

# Made up, but for the second, which the built index has under the same id: Caracas.
ROWS = [
    (900000001, "Caleta Prueba", "Caleta de Prueba,Test Cove", 11.51, -68.25, "P", "PPL", "VE", "11", 120),
    (3646738, "Caracas", "Santiago de León de Caracas", 10.48801, -66.87919, "P", "PPLC", "VE", "25", 3000000),
    (900000002, "Isla Ensayo", "", 11.9, -67.2, "T", "ISL", "VE", "24", 0),
    (900000003, "Quebrada Ensayo", "", 10.1, -67.3, "H", "STM", "VE", "11", 0),
    (900000004, "Aruba", "", 12.511, -69.974, "P", "PPLX", "AW", "", 10),
    (900000005, "Fondeadero Ensayo", "", 11.4, -69.5, "H", "ANCH", "VE", "11", 0),
]


def _line(*row):
    number, name, others, lat, lon, feature, code, country, admin1, people = row
    return "\t".join(
        [
            str(number),
            name,
            name,
            others,
            str(lat),
            str(lon),
            feature,
            code,
            country,
            "",
            admin1,
            *[""] * 3,
            str(people),
            "",
            "",
            "",
            "2026-01-01",
        ]
    )


def _table(rows):
    return "".join(_line(*row) + "\n" for row in rows)


def _zip(path: Path, text: str, member: str = "VE.txt") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "The data is provided as is")
        archive.writestr(member, text)
    return path


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A user's folder of their own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(settings.CACHE_VARIABLE, str(folder))
    return folder


@pytest.fixture
def names(cache, tmp_path, capsys):  # noqa: ARG001 - a folder of its own before anything is added
    """The gazetteer with the dump added."""
    assert cli.main(["layers", "add", str(_zip(tmp_path / "VE.zip", _table(ROWS)))]) == 0
    assert "5 places of 6 lines" in capsys.readouterr().out
    return gazetteer.Gazetteer()


def test_added_places_are_found_by_every_name(names):
    assert [(p.id, p.kind, p.country, p.admin1) for p in names.lookup("Test Cove")] == [("gn:900000001", "city", "VEN", "VE.11")]
    assert names.lookup("Caleta de Prueba")[0].name == "Caleta Prueba"
    assert [p.kind for p in names.lookup("fondeadero ensayo")] == ["port"]
    assert names.lookup("Quebrada Ensayo") == (), "a stream is no place that a report names"
    assert names.get("gn:900000002").source == "GeoNames 900000002 (added)"


def test_no_place_is_there_twice(names):
    assert [p.id for p in names.lookup("Caracas")].count("gn:3646738") == 1
    assert "gn:900000004" not in {p.id for p in names.lookup("Aruba")}, "a quarter of the same name as the island around it"


def test_the_built_index_comes_first(names):
    built = gazetteer.Gazetteer(names.path)
    for name in ("Caracas", "Aruba", "Maracaibo"):
        assert names.lookup(name)[: len(built.lookup(name))] == built.lookup(name)


def test_added_names_are_found_in_running_text(names):
    text = "A skiff was stopped off Isla Ensayo, Venezuela, and towed to Caleta de Prueba."
    assert [text[a:b] for a, b, _ in names.scan(text)] == ["Isla Ensayo", "Venezuela", "Caleta de Prueba"]


def test_threads_and_processes_have_their_own_connection(names):
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: names.get("gn:900000001").name, range(40))) == {"Caleta Prueba"}
    if "fork" in multiprocessing.get_all_start_methods():
        code = (
            "import os, sys; from geo.gazetteer import Gazetteer; g = Gazetteer(); g.get('gn:900000001'); pid = os.fork();"
            "ok = g.get('gn:900000002').name == 'Isla Ensayo'; os._exit(not ok) if pid == 0 else sys.exit(os.waitpid(pid, 0)[1] or not ok)"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.long
@pytest.mark.usefixtures("names")
def test_layers_are_listed_verified_and_removed(capsys):
    assert cli.main(["layers", "list"]) == 0
    assert "geonames-ve" in capsys.readouterr().out
    assert cli.main(["layers", "verify"]) == 0
    layer = layers.added()[0]
    assert layer.manifest["attribution"] == "© GeoNames (CC BY 4.0)"
    assert layer.manifest["sources"][0]["file"] == "VE.zip"
    with (layer.path / "places.sqlite").open("ab") as file:
        file.write(b"x")
    assert cli.main(["layers", "verify"]) == 2
    assert "damaged: places.sqlite" in capsys.readouterr().out
    assert cli.main(["layers", "remove", "geonames-ve"]) == 0
    assert layers.added() == []
    assert cli.main(["layers", "remove", "gazetteer"]) == 2


@pytest.mark.usefixtures("cache")
def test_a_text_file_is_taken_too_and_again(tmp_path):
    path = tmp_path / "VE.txt"
    for rows in (ROWS, ROWS[:2]):
        path.write_text(_table(rows), encoding="utf-8")
        assert cli.main(["layers", "add", str(path)]) == 0
    assert [layer.manifest["places"] for layer in layers.added()] == [2]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("VE.zip", b"no archive at all", "no zip archive"),
        ("VE.txt", b"id,name\n1,Caracas\n", "no table of GeoNames"),
        ("VE.txt", b"", "no table of GeoNames"),
        ("VE.txt", (_line(*ROWS[0]) + "\n" + _line(*ROWS[1])[:40]).encode(), "line 2 has 4 of 19 columns"),
        ("VE.txt", _line(*ROWS[0][:3], 97.0, *ROWS[0][4:]).encode(), "line 1 is damaged (no position on earth"),
        ("VE.txt", _line(*ROWS[3]).encode(), "no place of a kind"),
        ("VE.txt", _line(*ROWS[0]).encode() + b"\n" + _line(*ROWS[1]).encode("utf-16"), "line 2"),
    ],
)
def test_what_is_broken_is_refused_in_one_line_and_leaves_nothing(cache, tmp_path, capsys, file, content, said):
    path = tmp_path / file
    path.write_bytes(content)
    assert cli.main(["layers", "add", str(path)]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.endswith("(once) ...")]
    assert len(lines) == 1
    assert said in lines[0]
    assert repr(file) in lines[0]
    assert [p.name for p in cache.glob("*") if p.name != ".lock"] == []


@pytest.mark.usefixtures("cache")
def test_archives_that_hold_something_else_or_half_are_refused(tmp_path, capsys):
    whole = _zip(tmp_path / "VE.zip", _table(ROWS * 2000))
    for name, content in (
        ("half.zip", whole.read_bytes()[:-3000]),
        ("bitten.zip", whole.read_bytes()[:900] + b"\0" * 40 + whole.read_bytes()[940:]),
    ):
        (tmp_path / name).write_bytes(content)
        assert cli.main(["layers", "add", str(tmp_path / name)]) == 2
    _zip(tmp_path / "none.zip", "x", member="VE.csv")
    assert cli.main(["layers", "add", str(tmp_path / "none.zip")]) == 2
    assert "holds readme.txt, VE.csv" in capsys.readouterr().err
    assert cli.main(["layers", "add", str(tmp_path / "absent.zip")]) == 2
    assert cli.main(["layers", "add"]) == 2
    assert layers.added() == []


def test_a_second_writer_is_told_to_wait(cache, tmp_path, capsys):
    cache.mkdir()
    with driver.locked(cache):
        assert cli.main(["layers", "add", str(_zip(tmp_path / "VE.zip", _table(ROWS)))]) == 2
    assert "another process is writing" in capsys.readouterr().err


def test_no_room_is_said_and_leaves_nothing(cache, tmp_path, monkeypatch):
    path = _zip(tmp_path / "VE.zip", _table(ROWS))
    monkeypatch.setattr(dump, "ROOM", 1e15)
    with pytest.raises(dump.BuildError, match="free space"):
        dump.add(path, cache, str)
    monkeypatch.undo()
    # A page limit is what a full disk looks like to SQLite.
    monkeypatch.setattr(dump, "_SCHEMA", "pragma max_page_count = 3;" + dump._SCHEMA)
    with pytest.raises(dump.BuildError, match="could not be written"):
        dump.add(_zip(tmp_path / "more.zip", _table(_rows(3000))), cache, str)
    assert [p.name for p in cache.glob("*") if p.name != ".lock"] == []


@pytest.mark.usefixtures("names")
def test_a_damaged_manifest_is_an_error_with_a_cure(cache):
    (cache / "geonames-ve" / "manifest.json").write_text("{")
    with pytest.raises(LayerError, match="geonames-ve"):
        gazetteer.Gazetteer()


def test_the_builder_hashes_as_the_reader_does():
    assert dump.key_hash("isla ensayo") == added._hash("isla ensayo")


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the peak of a process is read from /proc")
@pytest.mark.long
def test_memory_stays_flat(tmp_path):
    code = (
        "import sys; from pathlib import Path; from layers.builders import dump;"
        "dump.add(Path(sys.argv[1]), Path(sys.argv[2]), str); print(open('/proc/self/status').read())"
    )

    def peak(count: int) -> int:
        path = _zip(tmp_path / f"{count}.zip", _table(_rows(count)))
        command = [sys.executable, "-c", code, path, tmp_path / "out"]
        ran = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
        return int(re.findall(r"VmHWM:\s+(\d+) kB", ran.stdout)[0])

    assert peak(100_000) < 1.2 * peak(25_000)


def _rows(count: int):
    """Make up so many villages with three names each."""
    for i in range(count):
        yield 910000000 + i, f"Ensayo {_letters(i)}", f"Otro {_letters(i)},Tercero {_letters(i)}", 10, -66, "P", "PPL", "VE", "11", 10


def _letters(number: int) -> str:
    """Write a number in letters: digits are in no name that is kept."""
    return "".join(chr(97 + int(digit)) for digit in str(number))
