"""Transposed convolutions: their settings and their output size along one axis."""

from __future__ import annotations

from typing import NamedTuple

from nnutils.core.errors import SizeError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked
from nnutils.networks.checks import whole

__all__ = [
    "TransposedSettings",
    "conv_transpose_output_size",
]


class TransposedSettings(NamedTuple):
    """One setting of a square transposed convolution, under the names of torch.nn.ConvTranspose2d.

    >>> TransposedSettings(kernel_size=4, stride=2, padding=1).output_size(16)
    32
    """

    kernel_size: int
    stride: int = 1
    padding: int = 0
    output_padding: int = 0
    dilation: int = 1

    def output_size(self, input: int) -> Worked:
        """Return the output size for an input of ``input`` pixels.

        Raises:
            SizeError: for settings that give no pixels, or that do not go together.
        """
        return conv_transpose_output_size(
            input, self.kernel_size, self.stride, self.padding, self.output_padding, self.dilation
        )


def conv_transpose_output_size(
    input: int | Worked,
    kernel_size: int | Worked,
    stride: int | Worked = 1,
    padding: int | Worked = 0,
    output_padding: int | Worked = 0,
    dilation: int | Worked = 1,
) -> Worked:
    """Return the output size of a transposed convolution along one axis, as a worked number of pixels.

    ``padding`` is cut off on both sides: there the convolution that is transposed had added it.
    ``output_padding`` is added at the far end only; it must be smaller than the stride or the dilation.

    Raises:
        SizeError: for a size that is not a whole number, for an ``output_padding`` that is too large, and for
            an output without pixels.

    Source: torch.nn.ConvTranspose2d, which agrees with Dumoulin and Visin (2016), relationship 14.

    >>> conv_transpose_output_size(16, kernel_size=4, stride=2, padding=1).work
    '(16 − 1) · 2 − 2 · 1 + 1 · (4 − 1) + 0 + 1 = 32'
    """
    i = Worked(whole("input", input, 1), "input")
    k = Worked(whole("kernel_size", kernel_size, 1), "kernel_size")
    s = Worked(whole("stride", stride, 1), "stride")
    p = Worked(whole("padding", padding), "padding")
    rest = Worked(whole("output_padding", output_padding), "output_padding")
    d = Worked(whole("dilation", dilation, 1), "dilation")
    if rest >= s and rest >= d:
        raise SizeError(
            f"output_padding={shown(rest)} is neither smaller than the stride {shown(s)} nor than the "
            f"dilation {shown(d)}, so no convolution with this stride could have left out so much.",
            remedy=f"Use output_padding <= {shown(max(int(s), int(d)) - 1)}.",
        )
    size = (i - 1) * s - 2 * p + d * (k - 1) + rest + 1
    if size < 1:
        raise SizeError(
            f"A transposed convolution of {shown(i)} pixels with kernel_size={shown(k)}, stride={shown(s)}, "
            f"padding={shown(p)} and dilation={shown(d)} would make {shown(size)} pixels: the padding, here "
            "cut off, is more than there is.",
            remedy=f"Use padding <= {shown((int(size + 2 * p) - 1) // 2)}.",
        )
    whole("output", size, 1)
    return size.named("output")
