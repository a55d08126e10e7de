"""What may come of one input: a right answer or a named error; all else is a fault.

Named is an error of the family ``NNUtilsError``, which says what was asked, why it cannot be and what would
work. An ``AssertionError`` is a wrong answer: an oracle differs. Anything else is foreign.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from nnutils.core.errors import NNUtilsError

RIGHT, NAMED, WRONG, FOREIGN = "right", "named", "wrong", "foreign"
OVER_TIME, OVER_MEMORY = "over_time", "over_memory"
FAULTS = (WRONG, FOREIGN, OVER_TIME, OVER_MEMORY)


@dataclass(frozen=True)
class Target:
    """What is fuzzed: inputs, and a check that raises where the answer to one of them is wrong.

    ``share`` says which part of all inputs the target gets, beside those of the others.
    """

    name: str
    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], object]
    share: int = 1


def outcome_of(check: Callable[[Any], object], given: Any) -> tuple[str, str]:
    """Return what came of an input, and for a fault the error and the line that raised it."""
    try:
        check(given)
    except NNUtilsError as error:
        return (NAMED, "") if _has_words(error) else (FOREIGN, f"{type(error).__name__} without words")
    except MemoryError:
        return OVER_MEMORY, "MemoryError"
    except AssertionError as error:
        return WRONG, _said(error)
    except Exception as error:
        return FOREIGN, _said(error)
    return RIGHT, ""


def brief(value: object, most: int = 600) -> str:
    """Return an input as text for a report; one that cannot be written, by its type."""
    try:
        text = ascii(value)
    except Exception as error:  # a number of too many digits inside it
        text = f"<{type(value).__name__} that cannot be written: {type(error).__name__}>"
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters)"


def _has_words(error: NNUtilsError) -> bool:
    """Whether the message can be printed, and ends as a sentence does not: with nothing."""
    try:
        return bool(str(error).strip().encode("utf-8", "backslashreplace"))
    except Exception:
        return False


def _said(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "nnutils/" in frame.filename]
    last = ours[-1] if ours and not isinstance(error, AssertionError) else frames[-1]
    words = " ".join(traceback.format_exception_only(error)[-1].split())[:300]
    place = last.filename.rpartition("nnutils/" if ours else "/")[2]
    return f"{words} ({place}:{last.lineno} in {last.name})"
