"""Build the page, the basemap and the indexes before the package is packed; skip what is fresh.

All the work is in `layers/builders/driver.py`, which `geo layers build` calls too. hatchling loads this file before any requirement exists,
so nothing but the standard library and hatchling is imported at its top.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from types import ModuleType

SHIPPED = ("SOURCES.toml", "package.json", "package-lock.json", ".npmrc")
"""Files of `layers/` that go into a wheel beside its folders: `geo layers build` needs them there."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Build stale parts into `geo/_built`, then add `layers/`, `seeds/` and the schemas to a wheel."""

    def dependencies(self) -> list[str]:
        """Ask for what the stale parts are built from: nothing at all when everything is fresh."""
        driver = self._driver()
        return list(driver.requirements(self._stale(driver)))

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is stale; stop with the cause and the cures when that fails."""
        driver = self._driver()
        names = [part.name for part in self._stale(driver)]
        try:
            driver.build_all(Path(self.root), self._out, only=names, echo=self.app.display_info)
        except driver.BuildError as error:
            self.app.abort(f"incident-mapper: {error}")
        # An editable install reads the tree itself: a copy in site-packages would go stale beside it.
        if version == "standard" and self.target_name == "wheel":
            build_data["force_include"].update(self._layers() | self._seeds() | self._schemas())

    @property
    def _out(self) -> Path:
        return Path(self.root) / "geo" / "_built"

    def _driver(self) -> ModuleType:
        """Import the driver with only `layers/` on the path."""
        folder = str(Path(self.root) / "layers")
        if folder not in sys.path:
            sys.path.insert(0, folder)
        from builders import driver  # noqa: PLC0415

        return driver

    def _stale(self, driver: ModuleType) -> list[Any]:
        """List the parts to build: stale ones that the environment does not ask to leave out."""
        skipped = driver.skipped()
        return [part for part in driver.PARTS if part.name not in skipped and driver.stale(part, Path(self.root), self._out)]

    def _layers(self) -> dict[str, str]:
        """Map every file of `layers/` that a wheel carries to its place there."""
        layers = Path(self.root) / "layers"
        files = [path for path in sorted(layers.rglob("*")) if path.is_file() and _belongs(path.relative_to(layers))]
        return {str(path): f"geo/_layers/{path.relative_to(layers).as_posix()}" for path in files}

    def _seeds(self) -> dict[str, str]:
        """Map the sample reports, which `geo demo` reads, to their places in a wheel; the expected answers stay in the checkout."""
        seeds = Path(self.root) / "seeds"
        files = [path for path in sorted(seeds.glob("*")) if path.is_file() and not path.name.endswith(".expected.json")]
        return {str(path): f"geo/_seeds/{path.name}" for path in files}

    def _schemas(self) -> dict[str, str]:
        """Map the published schemas, which `geo export --validate` reads, to their places in a wheel."""
        return {str(path): f"geo/_schema/{path.name}" for path in sorted((Path(self.root) / "docs" / "schema").glob("*.json"))}


def _belongs(path: Path) -> bool:
    """Say whether a file below `layers/` is ours to ship: not what npm or Python left there."""
    if len(path.parts) == 1:
        return path.name in SHIPPED or path.suffix == ".csv"
    return not {"node_modules", "__pycache__"}.intersection(path.parts) and not path.name.startswith(".")
