"""The eighth set of styles, held out until measured once: eight people from eight course pages."""

from __future__ import annotations

from . import carpentry, circuit, collapsible, corrected, matrices, memory_lines, substituted, throughput

__all__: list[str] = []

# each enters its style
_ = (carpentry, circuit, collapsible, corrected, matrices, memory_lines, substituted, throughput)
