"""How a test run starts the kernel of a notebook: as a copy of a process that has imported the libraries."""

__all__: list[str] = []
