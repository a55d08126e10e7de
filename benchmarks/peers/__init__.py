"""The library beside other libraries that do the same: counts, derivatives and speed, measured side by side.

Run all of it by ``make bench``, which installs the other libraries (``requirements-bench.txt``) beside the
project's environment, not into it.
"""
