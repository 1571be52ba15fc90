"""Write a file whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a file beside `path` to write to, and rename it when all went well: nothing half-written is ever seen.

    Raises
    ------
    UsageError
        The folder is missing or may not be written to.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder, beside(Path(folder) / "a.txt") as draft:
    ...     _ = draft.write_text("whole")
    ...     (Path(folder) / "a.txt").exists()
    False
    """
    # Through a link to what it points at, else the link itself would be replaced.
    target = path.resolve()
    draft = target.with_name(f".{target.stem}-{os.getpid()}{target.suffix}")
    try:
        if target.exists() and not target.is_file():
            message = f"cannot write {str(path)!r}: it is no ordinary file; choose another name with -o, or - for the standard output"
            raise UsageError(message)
        draft.touch(exist_ok=False)
        try:
            yield draft
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        message = f"cannot write {str(path)!r}: {error.strerror or error}; choose another place with -o"
        raise UsageError(message) from error
