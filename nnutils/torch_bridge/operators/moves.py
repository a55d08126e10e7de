"""Operators that only make, move, choose or copy values: there is nothing to count."""

from __future__ import annotations

__all__ = ["COPIES", "MOVES"]

MOVES = frozenset(
    # other views of the same values
    "t view _unsafe_view _reshape_alias transpose permute expand squeeze unsqueeze select slice split unfold "
    "split_with_sizes unsafe_split unsafe_split_with_sizes unbind as_strided diagonal detach alias "
    # copies, and other orders
    "repeat roll flip index_select clone copy _to_copy lift_fresh contiguous rot90 tril triu diag_embed "
    "im2col pixel_shuffle pixel_unshuffle channel_shuffle upsample_nearest1d upsample_nearest2d "
    "upsample_nearest3d _upsample_nearest_exact1d _upsample_nearest_exact2d _upsample_nearest_exact3d "
    # values chosen by an index or by a mask
    "index _unsafe_index gather index_copy index_fill scatter take where "
    "masked_fill masked_scatter slice_scatter select_scatter diagonal_scatter slice_inverse max_unpool2d "
    "max_unpool3d fill_diagonal "
    # new tensors
    "fill zero empty empty_like empty_strided new_empty new_empty_strided zeros zeros_like new_zeros "
    "ones ones_like new_ones full full_like new_full arange linspace eye scalar_tensor "
    "tril_indices triu_indices "
    "constant_pad_nd reflection_pad1d reflection_pad2d reflection_pad3d replication_pad1d replication_pad2d "
    "replication_pad3d resize set_ "
    # questions about a tensor
    "result_type sym_size sym_stride sym_numel is_same_size".split()
)
"""The names of these operators."""

COPIES = frozenset("clone _to_copy contiguous".split())
"""The moves after which a parameter still is that parameter."""
