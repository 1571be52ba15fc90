"""Every example of the documentation runs, and prints what the page says."""

from __future__ import annotations

import doctest

import examples
import pytest

pytestmark = pytest.mark.long

READ = {path.relative_to(examples.ROOT).as_posix(): path.read_text(encoding="utf-8") for path in examples.PAGES}


@pytest.mark.parametrize("name", [name for name, page in READ.items() if examples.found(page)])
def test_the_commands_of_a_page_print_what_stands_below_them(name):
    if name.endswith("completion.md"):
        pytest.importorskip("shtab", reason="an environment of before the completion lacks its package; make setup brings it")
    with examples.desk():
        for example in examples.found(READ[name]):
            code, printed, said = examples.run(example.command)
            assert code == 0, (example.command, said)
            assert examples.shown(example, printed) == example.output, f"{example.command}: run python tests/examples.py {name}"


@pytest.mark.parametrize("name", [name for name, page in READ.items() if examples.python(page).examples])
def test_the_python_of_a_page_runs(name):
    with examples.desk():
        assert doctest.DocTestRunner().run(examples.python(READ[name])).failed == 0


def test_output_is_compared_in_full_unless_it_ends_in_dots():
    page = "```console\n$ geo --version\nold\n$ geo layers verify\nold\n...\n$ geo demo\n```\n"
    version, layers, demo = examples.found(page)
    assert examples.shown(version, "new\nlines\n") == "new\nlines\n"
    assert examples.shown(layers, "new\nlines\n") == "new\n...\n"
    assert examples.shown(demo, "new\n") == ""
