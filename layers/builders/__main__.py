"""Build what is stale in a checkout: `python layers/builders/__main__.py [page|basemap|coast|gazetteer ...]`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(names: list[str]) -> int:
    """Build the named parts, or all but those that the environment leaves out; give the exit code."""
    sys.path.insert(0, str(ROOT / "layers"))
    from builders import driver  # noqa: PLC0415 - `layers/` is on the path only now

    wanted = names or [part.name for part in driver.PARTS if part.name not in driver.skipped()]
    try:
        built = driver.build_all(ROOT, ROOT / "geo" / "_built", only=wanted)
    except driver.BuildError as error:
        print(f"incident-mapper: {error}", file=sys.stderr)
        return 1
    if names and not built:
        print(f"fresh: {', '.join(names)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
