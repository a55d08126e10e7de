"""What every run of pytest needs so that notebooks give the same outputs everywhere."""

pytest_plugins = ["nnutils.book.pytest_plugin", "pytester"]
