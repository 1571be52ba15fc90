"""Run the notebooks and keep what their cells print, so that they read well where nothing runs: `python tests/notebooks.py` renews them."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
LARGEST = 250_000
"""Characters of an output that is worth keeping: a whole page inside a cell is not."""


def renew(path: Path) -> None:
    """Run a notebook and write it back with its outputs, without what changes from run to run."""
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
    for number, cell in enumerate(book.cells):
        cell["id"] = f"{path.stem}-{number:02d}"
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = [_small(output) for output in cell.outputs if output.get("name") != "stderr"]
    book.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    nbformat.write(book, path)


def _small(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Put a word in the place of an output that is too large to commit."""
    size = sum(len(str(value)) for value in output.get("data", {}).values())
    if size <= LARGEST:
        return output
    words = f"(a map of {size / 1e6:.1f} MB: it shows here when the notebook runs)"
    return nbformat.v4.new_output("display_data", {"text/plain": words})


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(map(str, FOLDER.glob("*.ipynb"))):
        renew(Path(name))
