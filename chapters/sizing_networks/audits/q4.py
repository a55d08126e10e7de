"""What sheet 003 states about the two inception modules, judged.

The sheet gives the blocks letters: A and B are the two reductions, C the pooling, D the direct 1 x 1
convolution, E the 3 x 3, F the 5 x 5, G the 1 x 1 after the pooling and H the total. In the naive module N is
the 1 x 1 and once more the 3 x 3 convolution, O the 5 x 5, P the pooling and Q the total.

Multiplications are the measure; the naive 1 x 1 convolution has 64 filters. Where the sheet's number is that
of another reading (512 filters, or a pooling that counts the values it reads), the verdict is *convention*.
Beside a number stands the product that gave it, so there are three statements: the number, its factors, and
that the product evaluates to the number. Behind the wrong numbers stands one exchange: the filters of the 5 x
5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from nnutils import Concat, Conv2d, MaxPool2d, Network, conv_output_size, count
from nnutils.audit import Audit, evaluate
from nnutils.networks import Counts
from nnutils.slips import Quantity, quantities

__all__ = ["audit"]

INPUT_SHAPE = (512, 128, 128)
DEPTHS = {"direct": 64, "reduce3": 64, "conv3": 128, "reduce5": 64, "conv5": 64, "project": 512}
WIDE = 512
"""The other depth that the naive 1 x 1 convolution may have."""

BLOCKS = {
    "a": "reduce3", "b": "reduce5", "c": "pool", "d": "direct", "e": "conv3", "f": "conv5", "g": "project",
}  # fmt: skip
NAIVE_BLOCKS = {"n-1x1": "direct", "n-3x3": "conv3", "o": "conv5", "p": "pool"}

AS_READS = "each value that a window reads is an operation"
DEEP = f"the naive 1x1 has {WIDE} filters"
EXCHANGED = f"the 5x5 has the {DEPTHS['conv3']} filters of the 3x3"


def audit() -> Audit:
    """Return the judged audit: every number from the counts of both modules, as specified."""
    reduced = _module_with_reduction(INPUT_SHAPE, DEPTHS)
    naive = _naive_module(INPUT_SHAPE, DEPTHS)
    wide = _naive_module(INPUT_SHAPE, DEPTHS | {"direct": WIDE})
    judged = Audit.of(__file__)
    _judge_blocks(judged, reduced, naive, wide)
    others = {"h": quantities(reduced), "q": quantities(naive)}
    _judge_totals(judged, count(reduced), count(naive), count(wide), others)
    _judge_sizes(judged, reduced, naive)
    _judge_parameters(judged, count(reduced), count(naive), count(wide))
    _judge_words(judged, reduced, naive)
    _quote(judged, count(reduced), count(naive), count(wide))
    return judged


def _conv(depths: Mapping[str, int], name: str, kernel_size: int) -> Conv2d:
    """Return a convolution that keeps height and width."""
    return Conv2d(depths[name], kernel_size, padding=(kernel_size - 1) // 2, name=name)


_POOL = MaxPool2d(3, stride=1, padding=1, name="pool")


def _module_with_reduction(shape: tuple[int, int, int], depths: Mapping[str, int]) -> Network:
    block = Concat(
        [_conv(depths, "direct", 1)],
        [_conv(depths, "reduce3", 1), _conv(depths, "conv3", 3)],
        [_conv(depths, "reduce5", 1), _conv(depths, "conv5", 5)],
        [_POOL, _conv(depths, "project", 1)],
        name="concat",
    )
    return Network(shape, [block])


def _naive_module(shape: tuple[int, int, int], depths: Mapping[str, int]) -> Network:
    convolutions = [[_conv(depths, name, size)] for name, size in (("direct", 1), ("conv3", 3), ("conv5", 5))]
    return Network(shape, [Concat(*convolutions, [_POOL], name="concat")])


def _sums(terms: Mapping[str, int], wanted: int) -> Iterator[tuple[str, ...]]:
    """Yield the names of each set of terms that adds up to a number."""
    for size in range(1, len(terms) + 1):
        for names in combinations(terms, size):
            if sum(terms[name] for name in names) == wanted:
                yield names


def _own_terms(judged: Audit) -> tuple[dict[str, int], dict[str, int]]:
    """Return the sheet's own numbers for the blocks of the two modules."""
    own_h = {letter: judged.number(f"003-q4-{letter}") for letter in BLOCKS}
    return own_h, {key: judged.number(f"003-q4-{key}") for key in NAIVE_BLOCKS}


def _first_reading(judged: Audit, claim_id: str) -> int:
    """Return the value of a damaged product, read as the scan shows it."""
    value = evaluate(str(judged.claim(claim_id).readings[0]), {})
    assert isinstance(value, int), "a product of whole numbers"
    return value


def _exchanges(network: Network, stated: int) -> set[tuple[str, int, int]]:
    """Return which factor of the 5 x 5, replaced by another size of the question, gives the stated number."""
    step = next(step for step in network.steps if step.name == "conv5")
    filters, height, width = step.output_shape
    factors = {"height": height, "width": width, "filters": filters}
    factors |= {"kernel height": 5, "kernel width": 5, "input channels": step.input_shape[0]}
    product = count(network)["conv5"].multiplications
    sizes = {1, 3, 5, *INPUT_SHAPE, *DEPTHS.values()}
    return {
        (name, factor, size)
        for name, factor in factors.items()
        for size in sizes - {factor}
        if product * size == stated * factor
    }


def _judge_blocks(judged: Audit, reduced: Network, naive: Network, wide: Network) -> None:
    """Judge the operations of each block: the number, its factors, its product.

    Both 5 x 5 convolutions are off. One exchange of a factor explains both: the filters of the 3 x 3.
    """
    both = _exchanges(reduced, judged.number("003-q4-f")) & _exchanges(naive, judged.number("003-q4-o"))
    assert both == {("filters", DEPTHS["conv5"], DEPTHS["conv3"])}, both
    others = {**dict.fromkeys(BLOCKS, quantities(reduced)), **dict.fromkeys(NAIVE_BLOCKS, quantities(naive))}
    causes = dict.fromkeys(("f", "o"), EXCHANGED)
    conventions = {
        "c": {AS_READS: count(reduced)["pool"].connections},
        "p": {AS_READS: count(naive)["pool"].connections},
        "n-1x1": {DEEP: count(wide)["direct"].multiplications},
    }
    counted = {key: count(reduced)[name].multiplications for key, name in BLOCKS.items()}
    counted |= {key: count(naive)[name].multiplications for key, name in NAIVE_BLOCKS.items()}
    for key, right in counted.items():
        claim_id, notes = f"003-q4-{key}", conventions.get(key)
        options: dict[str, Any] = {"cause": causes.get(key, ""), "among": others[key]}
        judged.check(claim_id, right, conventions=notes, **options)
        judged.check(f"{claim_id}-factors", right, conventions=notes)
        if key != "o":
            # The factors of a working that gives the right number are those of the count.
            working = evaluate(judged.claim(f"{claim_id}-product").expression or "", {})
            options |= {"derivation": right} if working == right else {}
            judged.check_working(f"{claim_id}-product", **options)
    # The last factor has two readings, and neither gives the number behind it.
    written = judged.number("003-q4-o")
    judged.check("003-q4-o-product", written, cause=EXCHANGED, evidence=f"the result written is {written:,}")


def _judge_totals(
    judged: Audit,
    reduced: Counts,
    naive: Counts,
    wide: Counts,
    others: Mapping[str, tuple[Quantity, ...]],
) -> None:
    """Judge the totals of the operations, and what is said about the pooling's part in them."""
    own_h, own_q = _own_terms(judged)
    reads = reduced["pool"].connections
    as_written = "its own terms, the doubled 5x5 and the pooling among them"
    with_pool = "with the reads of the pooling"
    judged.check(
        "003-q4-h",
        reduced.total.multiplications,
        slips={as_written: sum(own_h.values())},
        cause=EXCHANGED,
        among=others["h"],
        conventions={with_pool: reduced.total.multiplications + reads},
    )
    judged.check(
        "003-q4-q",
        naive.total.multiplications,
        slips={as_written: sum(own_q.values())},
        cause=EXCHANGED,
        among=others["q"],
        conventions={
            with_pool: naive.total.multiplications + reads,
            DEEP: wide.total.multiplications,
            f"{DEEP}, {with_pool}": wide.total.multiplications + reads,
        },
    )
    judged.check_working("003-q4-q-sum")
    judged.check("003-q4-q-addend-n-3x3", naive["conv3"].multiplications)
    share = reads / reduced.total.multiplications
    judged.check(
        "003-q4-c-negligible", share < 0.01, evidence=f"{100 * float(share):.2f} % of the multiplications"
    )


def _judge_sizes(judged: Audit, reduced: Network, naive: Network) -> None:
    """Judge the blocks of the naive module, the paddings and the sizes on the graph."""
    names = {"conv5": "5x5", "conv3": "3x3", "direct": "1x1", "pool": "pooling"}
    judged.check("003-q4-q-blocks", [names[step.name] for step in naive.steps if step.name in names])
    side = INPUT_SHAPE[1]
    for k in (3, 5):
        fitting = [p for p in range(k) if conv_output_size(side, k, padding=p) == side]
        judged.check(f"003-q4-padding-{k}x{k}", fitting[0])
    judged.check("003-q4-graph", reduced.output_shape[1:] == INPUT_SHAPE[1:])


def _judge_parameters(judged: Audit, reduced: Counts, naive: Counts, wide: Counts) -> None:
    """Judge the parameters of the naive module; those of the other one are lost."""
    judged.check("003-q4-h-parameters", reduced.total.weights)
    judged.check("003-q4-blocks-parameters", [reduced[name].weights for name in DEPTHS])
    judged.check(
        "003-q4-n-1x1-parameters-factors", naive["direct"].weights, conventions={DEEP: wide["direct"].weights}
    )
    judged.check("003-q4-o-parameters-factors", naive["conv5"].weights)
    judged.check("003-q4-q-parameters", naive.total.weights, conventions={DEEP: wide.total.weights})


def _judge_words(judged: Audit, reduced: Network, naive: Network) -> None:
    """Judge what is asked in words: the description, and the two comparisons, of which nothing is left."""
    answer = judged.claim("003-q4-description").says.partition(": ")[2]
    blocks = [step.name for step in reduced.steps]
    named = [name for name in blocks if name in answer.split()]
    whole = " and ".join(blocks)  # a text with every block in it
    judged.check(
        "003-q4-description",
        named == blocks,
        evidence=f"it names {len(named)} of the {len(blocks)} blocks",
        missing={"the blocks, one by one": all(name in whole.split() for name in blocks)},
    )
    less, more = count(reduced).total, count(naive).total
    judged.check("003-q4-more-efficient", bool(less.multiplications < more.multiplications))
    judged.check("003-q4-fewer-parameters", bool(less.weights < more.weights))


def _quote(judged: Audit, reduced: Counts, naive: Counts, wide: Counts) -> None:
    """Note what the page quotes, and make sure of what it says about these figures."""
    own_h, own_q = _own_terms(judged)
    stated = {key: judged.number(f"003-q4-{key}") for key in ("f", "o", "h", "q", "q-parameters")}
    right_f, right_o = (reduced["conv5"].multiplications, naive["conv5"].multiplications)
    reads = reduced["pool"].connections
    assert DEPTHS["reduce3"] == DEPTHS["reduce5"], "E and F read the same channels"
    # Both totals are sums of all the sheet's terms, and of no other set of them.
    assert list(_sums(own_h, stated["h"])) == [tuple(own_h)]
    assert list(_sums(own_q, stated["q"])) == [tuple(own_q)]
    repaired_h = sum(own_h.values()) - stated["f"] + right_f
    repaired_q = sum(own_q.values()) - stated["o"] + right_o
    assert repaired_h == reduced.total.multiplications + reads
    assert repaired_q == naive.total.multiplications + reads
    # The 5 x 5 went into the total of the parameters as it should, not as the line with one 5 has it.
    one_five = _first_reading(judged, "003-q4-o-parameters-factors")
    assert wide.total.weights == stated["q-parameters"]
    assert wide.total.weights - naive["conv5"].weights + one_five != stated["q-parameters"]
    times = {stated["f"] / right_f, stated["o"] / right_o}
    assert len(times) == 1, "both 5 x 5 convolutions are off by the same factor"
    judged.figures.update(judged.counts())
    judged.figures.update(
        stated_f=stated["f"], right_f=right_f, stated_o=stated["o"], right_o=right_o, times=times.pop().value,
        f_to_e=(right_f / reduced["conv3"].multiplications).value,
        filters_to_e=Fraction(DEPTHS["conv5"], DEPTHS["conv3"]), same_channels=DEPTHS["reduce5"],
        filters=DEPTHS["conv5"], other_filters=DEPTHS["conv3"], kept=DEPTHS["direct"], wide=WIDE,
        stated_h=stated["h"], right_h=reduced.total.multiplications, repaired_h=repaired_h,
        stated_q=stated["q"], right_q=naive.total.multiplications, repaired_q=repaired_q,
        wide_q=wide.total.multiplications, stated_parameters=stated["q-parameters"],
        conv5_weights=naive["conv5"].weights, one_five=one_five,
        stated_factor=stated["q"] / stated["h"],
        right_factor=float(naive.total.multiplications / reduced.total.multiplications),
        wide_factor=float(wide.total.multiplications / reduced.total.multiplications),
    )  # fmt: skip
