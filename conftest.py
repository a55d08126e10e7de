"""What every run of pytest needs so that notebooks give the same outputs everywhere."""

from __future__ import annotations

import os

# Kernels inherit these, and would then draw elsewhere than into the notebook, or in somebody's own style.
for variable in ("MPLBACKEND", "MATPLOTLIBRC"):
    os.environ.pop(variable, None)
