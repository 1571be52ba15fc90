"""Check the page's code, types and style: `python -m builders.check`, from `layers/`; node and its packages come as for the build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from . import npm

PAGE = Path(__file__).resolve().parents[2] / "geo" / "page"


def main() -> int:
    """Run what `npm run lint` names in `geo/page/`, and give the exit code."""
    try:
        node = npm.find()
        npm.install(PAGE, node=node)
    except npm.BuildError as error:
        print(f"incident-mapper: {error}", file=sys.stderr)
        return 1
    command = [node.command("npm"), "run", "--silent", "lint"]
    return subprocess.run(command, cwd=PAGE, env=node.environment(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
