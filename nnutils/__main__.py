"""The command ``python -m nnutils``, which is also installed as ``nnutils``."""

from nnutils.cli.command_line import main

if __name__ == "__main__":
    raise SystemExit(main())
