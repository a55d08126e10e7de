"""A row of a table of layers, judged: what goes into it, what it states, what its settings make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnutils.lint.checks.networks.made_sizes import Made
from nnutils.lint.checks.networks.rows import LayerRow
from nnutils.lint.checks.networks.written_sizes import Picture
from nnutils.lint.finding import Finding

__all__ = ["Step", "with_channels"]


@dataclass(frozen=True)
class Step:
    """A row judged: its inputs, what it states as output, what its settings make, and what was found.

    ``leaning`` says that its input is the output of the row above, ``loose`` that rows seem to be left out
    between the two, ``explicit`` that it states all its settings.
    """

    row: LayerRow
    inputs: Sequence[Picture]
    stated: Sequence[Picture]
    made: Sequence[Made]
    found: Sequence[Finding]
    leaning: bool = False
    loose: bool = False
    explicit: bool = False

    @property
    def computed(self) -> list[Picture]:
        """The sizes that the settings make."""
        return with_channels([one.shape for one in self.made if one.usual], self.stated)

    @property
    def outputs(self) -> list[Picture]:
        """What the row may hand on."""
        usual = [one.shape for one in self.made if one.usual]
        return list(dict.fromkeys([*self.stated, *usual, *self.computed]))


def with_channels(made: Sequence[Picture], stated: Sequence[Picture]) -> list[Picture]:
    """Return sizes with the channels that a row states, where its settings do not say them."""
    channels = next((one[0] for one in stated if len(one) == 3 and one[0]), None)
    return [(channels, *one[1:]) if len(one) == 3 and one[0] is None else one for one in made]
