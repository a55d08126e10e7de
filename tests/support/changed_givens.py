"""Changes of givens that were tried by hand on each lesson, and what was read on the page that followed."""

from __future__ import annotations

from typing import Any

__all__ = ["CHANGED", "IMPOSSIBLE"]

CHANGED: dict[str, list[tuple[dict[str, Any], str]]] = {}
IMPOSSIBLE: dict[str, list[tuple[dict[str, Any], str]]] = {}
