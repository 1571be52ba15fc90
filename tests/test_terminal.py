"""The command line as a person meets it: help whose examples run, completion in real shells, tables that fit, colour and progress only on a terminal."""

from __future__ import annotations

import importlib.util
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_added import ROWS, _table, _zip

from geo import arguments, cli, export, settings

ROOT = Path(__file__).resolve().parents[1]
PARSERS = arguments._commands(arguments.parser())
EXAMPLES = [line.strip() for parser in PARSERS.values() for line in parser.epilog.splitlines()[1:]]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Give a folder with what the examples name, and a user's folder and browser of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    for name in ("report.txt", "reports/monday.txt"):
        (tmp_path / name).write_text("The US Navy said that two robbers boarded an anchored tanker off Aruba on 10 November 2025.", encoding="utf-8")
    (tmp_path / "points.csv").write_text("x,y\n-68.2,12.5\n", encoding="utf-8")
    (tmp_path / "fixes.json").write_text('{"format": 1, "corrections": []}', encoding="utf-8")
    _zip(tmp_path / "VE.zip", _table(ROWS))
    # Named in the environment, for the examples run as a person's would.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))))
    monkeypatch.setenv(settings.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("BROWSER", "true")
    return tmp_path


# Help


def test_every_command_has_a_description_and_an_example():
    assert set(PARSERS) == set(cli._COMMANDS)
    for name, parser in PARSERS.items():
        assert len(re.findall(r"\.(?: |$)", parser.description)) >= 2, name
        assert f"  geo {name}" in parser.epilog
        for action in parser._actions:
            assert action.help, (name, action.dest)


@pytest.mark.long
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_help_runs(example, desk, capsys):
    before = set(desk.rglob("*"))
    words = shlex.split(example)[1:]
    if {"<", ">"} & set(words) or words[0] in {"layers", "completion"}:
        # A shell reads the arrows; a layer that is added is for other processes.
        needs_shtab(words[0])
        command = f"{shlex.quote(sys.executable)} -m geo.cli {example.removeprefix('geo ')}"
        done = subprocess.run(command, shell=True, cwd=desk, capture_output=True, text=True, check=False)  # noqa: S602 - our own examples
        code, said = done.returncode, done.stdout
    else:
        code, said = cli.main(words), capsys.readouterr().out
    made = [path for path in set(desk.rglob("*")) - before if path.is_file()]
    assert code == 0
    assert said.strip() or any(path.stat().st_size > 100 for path in made)


def needs_shtab(command):
    """Skip what needs shtab where it is missing; CI has to have it."""
    if command == "completion" and not importlib.util.find_spec("shtab"):
        assert "CI" not in os.environ, "shtab is missing"
        pytest.skip("shtab is not installed here")


def test_help_shows_the_examples_as_they_are_typed(capsys):
    with pytest.raises(SystemExit):
        cli.main(["map", "--help"])
    assert "\n  geo map reports/ --published 2025-11-11 -o week.html --title 'The week at sea'\n" in capsys.readouterr().out


# Completion


def script(shell):
    """Write a shell's script."""
    needs_shtab("completion")
    return arguments.completion(shell)


def completed(folder, *words):
    """Give what a real bash offers for the last of some words."""
    (folder / "completion.bash").write_text(script("bash"), encoding="utf-8")
    lines = (
        "source ./completion.bash", f"COMP_WORDS=({' '.join(map(shlex.quote, ('geo', *words)))})", f"COMP_CWORD={len(words)}",
        "function=$(complete -p geo | sed 's/.*-F \\([^ ]*\\) .*/\\1/')", '"$function" geo', 'printf "%s\\n" "${COMPREPLY[@]}"',
    )  # fmt: skip
    done = subprocess.run(["bash", "--norc", "-c", "\n".join(lines)], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return sorted(set(done.stdout.split()))


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash on this system")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("",), [*PARSERS]),
        (("e",), ["explain", "export"]),
        (("export", "--"), ["--corrections", "--help", "--no-merge", "--published", "--recogniser", "--store", "--validate"]),
        (("map", "--language", ""), ["en", "es", "fr"]),
        (("places", "rep"), ["report.txt", "reports"]),
        (("zones", "--format", "t"), ["table"]),
        (("layers", "a"), ["add"]),
        (("map", "report.txt", "-o", "fix"), ["fixes.json"]),
    ],
    ids=" ".join,
)
def test_bash_completes_commands_options_choices_and_files(desk, words, offered):
    assert completed(desk, *words) == sorted(offered)


@pytest.mark.parametrize(("shell", "check"), [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])])
def test_the_script_of_every_shell_is_one_and_names_every_command(tmp_path, shell, check):
    path = tmp_path / "script"
    path.write_text(script(shell), encoding="utf-8")
    assert all(re.search(rf"\b{command}\b", path.read_text(encoding="utf-8")) for command in PARSERS)
    if not shutil.which(shell):
        pytest.skip(f"no {shell} on this system")
    subprocess.run([shell, *check, str(path)], check=True)


# Tables


def width_of(line):
    return sum(0 if unicodedata.category(c) in {"Mn", "Me"} else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


CELL = st.one_of(st.none(), st.integers(), st.text(max_size=120), st.text(alphabet="馬祖列島🚢e\u0301 \u202e\x1b", max_size=60))


@given(st.lists(st.fixed_dictionaries({"when": CELL, "what": CELL, "where": CELL, "waters": CELL}), min_size=1, max_size=4), st.integers(40, 200))
def test_no_line_of_a_table_is_wider_than_the_terminal(rows, width):
    made = export.table(rows, width=width)
    assert max(map(width_of, made.split("\n"))) <= width
    assert "\x1b" not in made


def test_columns_stand_under_each_other_whatever_their_letters():
    rows = [{"place": "馬祖列島", "point": "26.15 119.93"}, {"place": "Aruba", "point": "12.52 -69.97"}, {"place": "Ile a\u0302ge", "point": "x"}]
    heading, *lines = export.table(rows).split("\n")
    assert [width_of(line[: line.index(row["point"])]) for line, row in zip(lines, rows, strict=True)] == [heading.index("point")] * 3


def test_what_is_cut_ends_in_an_ellipsis_and_sentences_keep_more_than_names():
    row = {"when": "2025-11-10", "what": "word " * 30, "where": "name " * 10, "id": "0123456789ab"}
    _, line = export.table([row], width=100).split("\n")
    assert line.count("…") == 2
    assert "0123456789ab" in line
    assert len(re.search(r"word[^…]*…", line)[0]) > len(re.search(r"name[^…]*…", line)[0])


def test_a_narrow_terminal_gets_a_block_a_row_with_nothing_cut():
    rows = [{"when": "2025-11-10", "what": "word " * 30, "where": "馬" * 40, "waters": None, "id": "0123456789ab"}] * 2
    made = export.table(rows, width=40)
    assert made.count("\n\n") == 1
    assert "…" not in made
    assert made.count("word") == 60
    assert made.count("馬") == 80
    assert "waters  –" in made


# A terminal and what is none


def on_a_terminal(command, desk, **environment):
    """Run a command with a terminal for its answers and its progress, and give what it wrote there."""
    master, slave = pty.openpty()
    given = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment}
    process = subprocess.Popen([sys.executable, "-m", "geo.cli", *command], stdout=slave, stderr=slave, stdin=slave, cwd=desk, env=given)
    os.close(slave)
    told = b""
    try:
        while some := os.read(master, 65536):
            told += some
    except OSError:
        # How Linux says that the other side has closed it.
        told += b""
    finally:
        os.close(master)
    assert process.wait() == 0
    return told.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
def test_a_terminal_sees_a_table_with_a_heading_and_progress(desk):
    told = on_a_terminal(["incidents", "report.txt"], desk)
    assert "\r\x1b[Kreading" in told
    assert re.search(r"\x1b\[1mwhen", told)
    assert "2025-11-10" in told
    assert "\x1b[32mok" in on_a_terminal(["doctor"], desk)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colour_gets_none(desk, environment):
    assert not re.search(r"\x1b\[\d+m", on_a_terminal(["incidents", "report.txt"], desk, **environment))


def test_a_pipe_gets_neither_colour_nor_progress(desk):
    done = subprocess.run([sys.executable, "-m", "geo.cli", "incidents", "report.txt", "--format", "table"], cwd=desk, capture_output=True, check=True)
    assert b"\x1b" not in done.stdout + done.stderr
    assert done.stderr == b""
    assert done.stdout.startswith(b"when")
