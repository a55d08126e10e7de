"""The comparison of stored outputs comes with the package."""

pytest_plugins = ["nnutils.book.pytest_plugin"]
