"""The guard forks processes, and links and pipes are made: Windows has none of these."""

from __future__ import annotations

import os

collect_ignore_glob = ["test_*.py"] if os.name == "nt" else []
