from typing import Any


def missing(data: Any) -> list[str]:
    return ["all"]
