"""The table of rules: which operator of torch is counted how."""

from __future__ import annotations

from collections.abc import Callable

from nnutils.networks.counting import LayerCounts
from nnutils.torch_bridge.operators import (
    attention,
    elementwise,
    norms,
    pooling,
    products,
    recurrent,
)
from nnutils.torch_bridge.operators.call import Call

__all__ = ["FAMILIES", "RULES", "WHOLE"]

Rule = Callable[[Call], LayerCounts]


def _joining(call: Call) -> LayerCounts:
    """Tensors put beside each other: nothing is computed."""
    return LayerCounts()


def _same(rule: Rule, names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), rule)


FAMILIES: dict[str, dict[str, Rule]] = {
    "Convolutions and matrix products": {
        "convolution": products.convolution,
        **_same(products.matrix_product, "mm bmm mv dot vdot addmm addmv addbmm baddbmm"),
        "_trilinear": products.bilinear_form,
    },
    "Attention": _same(attention.attention, "scaled_dot_product_attention"),
    "Recurrent layers": {
        **_same(recurrent.lstm, "lstm lstm_cell"),
        **_same(recurrent.gru, "gru gru_cell"),
        **_same(recurrent.rnn, "rnn_tanh rnn_relu rnn_tanh_cell rnn_relu_cell"),
    },
    "Look-ups": {
        "embedding": pooling.embedding,
        **_same(pooling.embedding_bag, "_embedding_bag _embedding_bag_forward_only"),
    },
    "Pooling and many values to one": {
        **_same(
            pooling.pool, "max_pool2d_with_indices max_pool3d_with_indices avg_pool2d avg_pool3d"
        ),
        **_same(
            pooling.adaptive_pool,
            "_adaptive_avg_pool2d _adaptive_avg_pool3d adaptive_max_pool2d adaptive_max_pool3d",
        ),
        "mean": pooling.mean,
        **_same(pooling.summed, "sum nansum prod"),
        **_same(pooling.cumulative, "cumsum cumprod"),
        **_same(pooling.extreme, "amax amin max min argmax argmin aminmax all any"),
        **_same(pooling.variance, "var var_mean std std_mean"),
        **_same(pooling.vector_norm, "linalg_vector_norm norm"),
        "logsumexp": pooling.log_of_sum,
        **_same(
            pooling.interpolation,
            "upsample_linear1d upsample_bilinear2d upsample_trilinear3d upsample_bicubic2d",
        ),
    },
    "Normalisation and softmax": {
        **_same(
            norms.batch_norm,
            "native_batch_norm _native_batch_norm_legit _native_batch_norm_legit_no_training",
        ),
        "layer_norm": norms.layer_norm,
        "group_norm": norms.group_norm,
        "instance_norm": norms.instance_norm,
        "rms_norm": norms.rms_norm,
        **_same(norms.softmax, "_softmax _safe_softmax"),
        "_log_softmax": norms.log_softmax,
    },
    "Values at places": _same(
        pooling.added_at_places, "index_put _unsafe_index_put index_add scatter_add"
    ),
    "Value by value": elementwise.FUNCTIONS,
    "Joining": _same(_joining, "cat stack"),
}  # fmt: skip
"""The rules by family: each is the rule of an aten operator by its name."""

RULES: dict[str, Rule] = {name: rule for family in FAMILIES.values() for name, rule in family.items()}
"""The rule of each aten operator by its name; ``relu_``, which works in place, has that of ``relu``."""

WHOLE = frozenset(
    "scaled_dot_product_attention lstm gru rnn_tanh rnn_relu lstm_cell gru_cell rnn_tanh_cell rnn_relu_cell "
    "layer_norm group_norm instance_norm rms_norm linalg_vector_norm logsumexp "
    "upsample_linear1d upsample_bilinear2d upsample_trilinear3d upsample_bicubic2d".split()
)
"""Operators that torch would split into others, and that are counted by their own definition instead."""
