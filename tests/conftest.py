"""Settings for all tests: Hypothesis tries the same examples on every run; a slow machine is no failure."""

from hypothesis import settings

settings.register_profile("book", derandomize=True, deadline=None)
settings.load_profile("book")
