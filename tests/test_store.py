"""Stores: nothing twice, nothing lost, nothing half-written, in a GeoPackage and in a real PostGIS."""

from __future__ import annotations

import importlib.util
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import factories
import geopandas
import nouns
import pytest

from geo import cli, export, store
from geo.errors import StoreError, UsageError
from geo.model import Deployment, Review
from geo.store import Saved

SERVER = "GEO_TEST_POSTGIS"
"""Address of a database with PostGIS that the tests may fill and empty; `.ci/run` starts one."""


@pytest.fixture
def package(tmp_path):
    return tmp_path / "incidents.gpkg"


@pytest.fixture
def database():
    """The address of an empty PostGIS store."""
    address = os.environ.get(SERVER)
    if not address or not importlib.util.find_spec("geoalchemy2"):
        assert "CI" not in os.environ, f"{SERVER} names no database"
        pytest.skip(f"no PostGIS to test with: start one and set {SERVER}=postgresql://... (see .ci/run)")
    run(address, "DROP SCHEMA IF EXISTS incident_mapper CASCADE")
    return address


@pytest.fixture(params=["package", "database"])
def target(request):
    return request.getfixturevalue(request.param)


def run(address, statement):
    """Run a statement as another program would, and give its rows."""
    import psycopg  # noqa: PLC0415 - an extra

    with psycopg.connect(address, autocommit=True) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def rows(target, table, columns="*"):
    """Read a table as another program would."""
    if store.is_address(target):
        return run(target, f"SELECT {columns} FROM incident_mapper.{table} ORDER BY 1")
    with closing(sqlite3.connect(target)) as file:
        return file.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()


def test_a_second_run_doubles_nothing(target):
    dossier = factories.dossier()
    count = len(dossier.records)
    assert store.save(dossier, target) == Saved(added=count)
    before = {name: len(rows(target, name)) for name in ("incidents", "deployments", "places", "areas", "record_zones", "evidence")}
    assert store.save(dossier, target) == Saved(unchanged=count)
    assert {name: len(rows(target, name)) for name in before} == before
    assert before["incidents"] == len(dossier.incidents)
    assert {record.id for record in store.records(target)} == {record.id for record in dossier.records}


def test_a_changed_record_takes_its_place_and_leaves_its_history(target):
    store.save(nouns.dossier(nouns.incident(), nouns.area()), target)
    moved = nouns.incident(longitude=-70.1, title="Tanker boarded north of Aruba")
    assert store.save(nouns.dossier(moved, nouns.area()), target) == Saved(updated=1, unchanged=1)
    assert dict(rows(target, "incidents", "id, title"))[moved.id] == moved.title
    assert len(rows(target, "incidents")) == 2
    versions = store.history(target, moved.id)
    assert [(entry.revision, entry.change, entry.record["title"]) for entry in versions] == [(1, "added", nouns.incident().title), (2, "updated", moved.title)]


def test_records_come_back_as_they_were(target):
    dossier = factories.dossier()
    store.save(dossier, target)
    plain = {record.id: export.plain(record) for record in dossier.records}
    assert {record.id: export.plain(record) for record in store.records(target)} == plain
    assert any(isinstance(record, Deployment) for record in store.records(target))


def test_what_a_person_said_outlives_the_next_run(target):
    corrected = nouns.incident(review=Review("corrected", "A. Editor", "2025-11-12", "position given by the owner"), longitude=-70.5)
    store.save(nouns.dossier(nouns.incident()), target)
    assert store.save(nouns.dossier(corrected), target) == Saved(updated=1)
    assert store.save(nouns.dossier(nouns.incident()), target) == Saved(kept=1)
    assert rows(target, "incidents", "longitude, review_by") == [(-70.5, "A. Editor")]
    confirmed = replace(corrected, review=Review("confirmed", "B. Editor", "2025-11-13", "checked"))
    assert store.save(nouns.dossier(confirmed), target) == Saved(updated=1)
    assert [entry.record["review"]["state"] for entry in store.history(target, corrected.id)] == ["unreviewed", "corrected", "confirmed"]


def test_a_merged_record_stands_once(target):
    """Saved apart first, then merged, then apart again: one event, one record."""
    first, second = nouns.incident(), nouns.incident(id="dddddddddddd", title="The same, told again")
    store.save(nouns.dossier(first, second), target)
    merged = replace(first, members=(first.id, second.id))
    assert store.save(nouns.dossier(merged), target) == Saved(updated=1)
    assert rows(target, "incidents", "id") == [(first.id,)]
    assert rows(target, "evidence", "record_id") == [(first.id,)]
    assert store.save(nouns.dossier(second), target) == Saved(kept=1)
    assert store.history(target, second.id)[-1].merged_into == first.id


def test_two_writers_at_once_lose_nothing(target, tmp_path):
    """Two processes, twenty runs each, into a store that neither finds made."""
    code = (
        "import sys, nouns; from geo import store\n"
        "who, target = sys.argv[1:]\n"
        "for i in range(20): store.save(nouns.dossier(nouns.incident(id=f'{who}{i:011d}')), target)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = [subprocess.Popen([sys.executable, "-c", code, who, str(target)], env=environment, cwd=Path(__file__).parent) for who in "ab"]
    assert [process.wait(120) for process in started] == [0, 0]
    assert len(rows(target, "incidents")) == 40
    assert len(rows(target, "record_history")) == 40
    assert [path for path in tmp_path.iterdir() if path.suffix == ".gpkg" and path.name.startswith(".")] == []


@pytest.mark.parametrize("target", ["package", "database"], indirect=True)
def test_a_run_that_breaks_off_leaves_nothing(target, monkeypatch):
    store.save(nouns.dossier(nouns.incident()), target)
    backend = "geo.store.postgis.Database" if store.is_address(target) else "geo.store.package.Package"
    monkeypatch.setattr(f"{backend}.remember", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.save(nouns.dossier(nouns.incident(title="Other"), nouns.area()), target)
    assert rows(target, "incidents", "title") == [(nouns.incident().title,)]


def test_an_older_store_is_taken_over(target):
    store.save(nouns.dossier(nouns.incident()), target)
    if store.is_address(target):
        run(target, "ALTER TABLE incident_mapper.incidents DROP COLUMN merge_reports")
        run(target, "UPDATE incident_mapper.store SET schema_version = '1.0.0'")
        run(target, "UPDATE incident_mapper.record_history SET record = record - 'merge'")
    else:
        with closing(sqlite3.connect(target)) as file, file:
            file.execute("ALTER TABLE incidents DROP COLUMN merge_reports")
            file.execute("UPDATE incident_store SET schema_version = '1.0.0'")
            file.execute("UPDATE record_history SET record = json_remove(record, '$.merge')")
    assert store.records(target)[0].merge is None, "read as it is"
    assert store.save(nouns.dossier(nouns.area()), target) == Saved(added=1)
    assert rows(target, "incidents", "merge_reports") == [(None,), (None,)]


@pytest.mark.parametrize(("version", "words"), [("1.9.0", "newer than .* update incident-mapper"), ("0.9.0", "save the reports to a new one")])
def test_a_store_of_another_program_version_is_refused_with_the_cure(target, version, words):
    store.save(nouns.dossier(nouns.incident()), target)
    if store.is_address(target):
        run(target, f"UPDATE incident_mapper.store SET schema_version = '{version}'")
    else:
        with closing(sqlite3.connect(target)) as file, file:
            file.execute("UPDATE incident_store SET schema_version = ?", (version,))
    with pytest.raises(StoreError, match=words):
        store.save(nouns.dossier(nouns.area()), target)
    assert len(rows(target, "incidents")) == 1


def test_a_store_is_a_geopackage_that_others_read(package):
    store.save(factories.dossier(), package)
    store.save(nouns.dossier(nouns.incident()), package)
    incidents = geopandas.read_file(package, layer="incidents", bbox=(-70, 12.4, -69.9, 12.6))
    assert incidents["id"].tolist() == [nouns.incident().id], "the spatial index has the new point and only it"
    areas = geopandas.read_file(package, layer="areas")
    assert areas.geometry.is_valid.all()
    west, south, east, north = geopandas.read_file(package, layer="incidents").total_bounds
    with closing(sqlite3.connect(package)) as file:
        assert file.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'incidents'").fetchone() == pytest.approx((west, south, east, north), abs=1e-4)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'incidents'").fetchone() == (len(factories.dossier().incidents) + 1,)


def test_an_export_never_replaces_a_store(package):
    store.save(nouns.dossier(nouns.incident()), package)
    with pytest.raises(UsageError, match=r"is a store.*--store"):
        export.write(nouns.dossier(), package)
    assert len(store.records(package)) == 1


def test_a_file_of_another_kind_is_left_alone(tmp_path):
    text, other, export_of_ours = tmp_path / "a.gpkg", tmp_path / "b.gpkg", tmp_path / "c.gpkg"
    text.write_text("notes of mine, no database, long enough to be told from one " * 20)
    geopandas.GeoDataFrame({"mine": [1]}, geometry=geopandas.points_from_xy([1], [2]), crs="EPSG:4326").to_file(other)
    export.write(nouns.dossier(nouns.incident()), export_of_ours)
    for path, words in ((text, "no GeoPackage"), (other, "no store of ours"), (export_of_ours, "no store of ours")):
        before = path.read_bytes()
        with pytest.raises(StoreError, match=rf"{words}.*left alone; name a file that does not exist yet"):
            store.save(nouns.dossier(nouns.incident()), path)
        assert path.read_bytes() == before
    with pytest.raises(StoreError, match=r"no store is called 'a\.csv'"):
        store.save(nouns.dossier(), "a.csv")


def test_a_folder_that_may_not_be_written_to_says_so():
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "incidents.gpkg"
        store.save(nouns.dossier(nouns.incident()), package)
        package.chmod(0o444)
        Path(folder).chmod(0o555)
        try:
            if os.getuid() == 0:
                # Root may write everywhere, so it is nobody for this once.
                os.seteuid(65534)
            with pytest.raises(StoreError, match=r"readonly.*nothing was changed"):
                store.save(nouns.dossier(nouns.area()), package)
            assert len(store.records(package)) == 1, "it can still be read"
        finally:
            os.seteuid(os.getuid())
            Path(folder).chmod(0o700)


def test_a_full_disk_changes_nothing(package):
    store.save(nouns.dossier(nouns.incident()), package)
    before, limits = package.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (package.stat().st_size + 4096, limits[1]))
    try:
        with pytest.raises(StoreError, match="nothing was changed"):
            store.save(factories.many(300), package)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [record.id for record in store.records(package)] == [nouns.incident().id]
    assert len(package.read_bytes()) >= len(before)


def test_a_missing_store_is_not_made_by_reading(package):
    with pytest.raises(StoreError, match="cannot read the store"):
        store.records(package)
    assert not package.exists()


def test_the_command_stores_and_says_what_it_did(package, tmp_path, capsys):
    report = tmp_path / "a.txt"
    report.write_text("Two robbers boarded an anchored tanker off Aruba on 10 November 2025.", encoding="utf-8")
    assert cli.main(["export", str(report), "--store", str(package)]) == 0
    assert capsys.readouterr().out.startswith("stored: 1 added, 0 updated")
    assert cli.main(["export", str(report), "--store", str(package), "--validate"]) == 0
    out, said = capsys.readouterr()
    assert out.startswith("stored: 0 added, 0 updated, 1 unchanged")
    assert "1 record held against the published schema" in said
    assert cli.main(["export", str(report)]) == 2
    assert cli.main(["export", str(report), "--store", "postgresql://desk:secret@127.0.0.1:1/none"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert "nothing was changed" in said or "install incident-mapper[postgis]" in said
    assert "secret" not in said


def test_a_database_that_goes_away_midway_keeps_nothing(database, monkeypatch):
    store.save(nouns.dossier(nouns.incident()), database)
    from geo.store import postgis  # noqa: PLC0415 - an extra

    put = postgis.Database.put

    def cut_off(self, table, owners):
        put(self, table, owners)
        if table.name == "places":
            run(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()")

    monkeypatch.setattr(postgis.Database, "put", cut_off)
    with pytest.raises(StoreError, match="nothing was changed") as raised:
        store.save(nouns.dossier(nouns.area()), database)
    assert raised.value.exit_code == 2
    monkeypatch.undo()
    assert rows(database, "incidents", "id") == [(nouns.incident().id,)]
    assert store.save(nouns.dossier(nouns.area()), database) == Saved(added=1), "and the lock is free again"


def test_a_writer_waits_for_the_one_before_it(database):
    store.save(nouns.dossier(nouns.incident()), database)
    import psycopg  # noqa: PLC0415 - an extra

    from geo.store import postgis  # noqa: PLC0415

    with psycopg.connect(database) as first:
        first.execute(f"SELECT pg_advisory_xact_lock({postgis._LOCK})")
        second = threading.Thread(target=store.save, args=(nouns.dossier(nouns.area()), database))
        second.start()
        time.sleep(0.3)
        assert second.is_alive()
        first.commit()
        second.join(60)
    assert len(rows(database, "incidents")) == 2


def test_the_database_has_a_spatial_index_and_real_geometry(database):
    store.save(factories.dossier(), database)
    indexes = [row[0] for row in run(database, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'incident_mapper' AND tablename = 'incidents'")]
    assert any("USING gist (geom)" in index for index in indexes)
    ((found,),) = run(database, "SELECT count(*) FROM incident_mapper.areas WHERE ST_IsValid(geom) AND ST_SRID(geom) = 4326 AND is_area")
    assert found == sum(record.geometry is not None and record.longitude is None for record in factories.dossier().records)


def test_a_database_without_postgis_says_how_to_mend_it(database):
    bare = f"{database.rpartition('/')[0]}/bare"
    run(database, "DROP DATABASE IF EXISTS bare")
    run(database, "CREATE DATABASE bare")
    with pytest.raises(StoreError, match="CREATE EXTENSION postgis"):
        store.save(nouns.dossier(nouns.incident()), bare)
    run(database, "DROP DATABASE bare")
