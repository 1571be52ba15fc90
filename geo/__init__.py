"""Text in, an honest map out: places, incidents and deployments in reports, offline, with their uncertainty and their sources."""

from __future__ import annotations

__version__ = "0.1.0"
