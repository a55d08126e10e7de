"""Settings for all tests: Hypothesis tries the same examples on every run; a slow machine is no failure."""

from hypothesis import settings

settings.register_profile("book", derandomize=True, deadline=None)
settings.register_profile("quick", settings.get_profile("book"), max_examples=10)  # for `make check`
settings.load_profile("book")
