"""What sheets 000 and 001 state about AlexNet, judged.

Three things needed a reading.

- Beside a number a sheet may write the product that gave it. Then there are three separate statements: the
  number is the right count; these are the right factors; the product evaluates to the number written.
- Sheet 001 leaves pooling out of the counts, as the question says, but also drops the last pooling layer
  itself. Its numbers for the first fully connected layer are judged under both readings.
- A proposal names no amount. It is tried at several amounts and places, and has to help in all of them.

A number that is not the right count is often the right count of something else, or one digit away from it:
each disputed number is tried for that, and the slips behind it are searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network, count
from nnutils.audit import Audit, Verdict, evaluate
from nnutils.core.worked import Worked
from nnutils.networks import Counts, Layer
from nnutils.slips import either, explain, quantities

__all__ = ["audit"]

INPUT_SHAPE = (3, 227, 227)
LAYERS: list[Layer] = [
    Conv2d(96, kernel_size=11, stride=4, name="conv1"),
    MaxPool2d(kernel_size=3, stride=2, name="pool1"),
    Conv2d(256, kernel_size=5, padding=2, groups=2, name="conv2"),
    MaxPool2d(kernel_size=3, stride=2, name="pool2"),
    Conv2d(384, kernel_size=3, padding=1, name="conv3"),
    Conv2d(384, kernel_size=3, padding=1, groups=2, name="conv4"),
    Conv2d(256, kernel_size=3, padding=1, groups=2, name="conv5"),
    MaxPool2d(kernel_size=3, stride=2, name="pool5"),
    Flatten(name="flatten"),
    Linear(4096, name="fc1"),
    Linear(4096, name="fc2"),
    Linear(1000, name="out"),
]
CONVS = {layer.name or "": layer for layer in LAYERS if isinstance(layer, Conv2d)}
FCS = ("fc1", "fc2", "out")
POOLS = ("pool1", "pool2", "pool5")
WEIGHTED = (*CONVS, *FCS)
COLUMNS = ("units", "weights", "connections")

POOL5_GONE = "pool5 is left out of the network"
OTHER_UNITS = "another number was multiplied in place of the units"
TWICE = "the 2 for the two groups is written twice"


def audit() -> Audit:
    """Return the judged audit: every count from the specification, every proposal tried by counting again."""
    judged = Audit.of(__file__)
    alexnet = Network(INPUT_SHAPE, LAYERS)
    counts, no_pool5 = count(alexnet), count(_changed(pool5=None))
    _table(judged, alexnet, counts, no_pool5)
    _fully_connected(judged, alexnet, counts, no_pool5)
    _reasons(judged, alexnet, counts)
    _less_memory(judged, alexnet, counts)
    _faster(judged, alexnet)
    _ignored_pooling(judged, counts, no_pool5)
    working = judged.claim("001-q3-conv2-connections-product").expression or ""
    stated, units = judged.number("000-q3-conv1-connections"), int(counts["conv1"].units)
    judged.figures.update(
        conv1_units=counts["conv1"].units,
        conv1_times_units=stated / units,
        conv1_near=[n for n in _with_a_digit_lost(units) if _is_one_digit(n, judged.figures["conv1_factor"])],
        conv2_working=evaluate(working, {}),
        conv5_side=alexnet.shapes["conv5"][1],
        fed=int(no_pool5["fc1"].weights / counts["fc1"].units),
        flattened=alexnet.shapes["flatten"][0],
        fc1_weights=counts["fc1"].weights,
        fc1_weights_without_pool5=no_pool5["fc1"].weights,
        pool5_saves=(no_pool5["fc1"].weights - counts["fc1"].weights).named("saved"),
        conv2_gone=_effect(_changed(conv2=None, pool2=None))["connections"],
    )
    return judged


def _with_a_digit_lost(number: int) -> list[int]:
    """Return the numbers that come from leaving out one digit."""
    digits = str(number)
    return sorted({int(digits[:place] + digits[place + 1 :]) for place in range(len(digits))})


def _is_one_digit(right: int, stated: int) -> bool:
    """Say whether one digit lost or changed turns the right number into the stated one."""
    slips = explain(right, stated)
    return any(slip.kind in ("a digit lost", "a digit changed") for slip in slips)


def _changed(**changes: dict[str, Any] | None) -> Network:
    """Return AlexNet with new settings of the layers named; None leaves a layer out."""
    kept: list[Any] = [layer for layer in LAYERS if changes.get(layer.name or "", {}) is not None]
    return Network(INPUT_SHAPE, [replace(x, **(changes.get(x.name) or {})) for x in kept])


def _each(names: Sequence[str], **settings: Any) -> list[Network]:
    """Return AlexNets with new settings of one layer, for each of the layers named."""
    return [_changed(**{name: settings}) for name in names]


def _with_pool_after(name: str) -> Network:
    """Return AlexNet with another 3 x 3 pooling of stride 2 after a layer."""
    place = [layer.name for layer in LAYERS].index(name) + 1
    extra = MaxPool2d(3, stride=2, name="extra")
    return Network(INPUT_SHAPE, [*LAYERS[:place], extra, *LAYERS[place:]])


def _weighted(network: Network) -> Counts:
    """Return the counts of a network's convolution and fully connected layers."""
    counts = count(network)
    return counts.select(*(name for name in counts if name in WEIGHTED))


def _effect(network: Network) -> dict[str, float]:
    """Return by how many percent a network has more weights and connections than AlexNet."""
    before, after = (_weighted(each).total for each in (Network(INPUT_SHAPE, LAYERS), network))
    return {c: 100 * float(after[c] / before[c] - 1) for c in ("weights", "connections")}


def _tried(column: str, networks: Sequence[Network]) -> tuple[bool, str]:
    """Return whether every one of the networks lowers a column, and the range of the changes."""
    changes = [_effect(network)[column] for network in networks]
    return all(change < 0 for change in changes), f"{column} {min(changes):+.1f} % to {max(changes):+.1f} %"


def _judge(
    judged: Audit,
    claim_id: str,
    column: str,
    networks: Sequence[Network],
    **options: Any,
) -> Verdict:
    """Judge a proposal: all its variants have to lower the column."""
    lower, evidence = _tried(column, networks)
    return judged.check(claim_id, lower, evidence=evidence, **options)


def _percent(share: Worked) -> str:
    return f"{100 * float(share):.1f} %"


def _table(judged: Audit, alexnet: Network, counts: Counts, no_pool5: Counts) -> None:
    """Judge the table of part (a), and the products written beside its numbers."""
    # Sheet 000 writes "#units" in its products: its own numbers of units.
    own_units = {f"{name}_units": judged.number(f"000-q3-{name}-units") for name in CONVS}
    reads = int(counts["conv1"].connections / counts["conv1"].units)
    quotient = judged.number("000-q3-conv1-connections") // reads
    slips = {"001-q3-conv2-connections-factors": {TWICE: 2 * counts["conv2"].connections}}
    causes = {
        "000-q3-conv1-connections": OTHER_UNITS,
        "000-q3-conv1-connections-product": OTHER_UNITS,
        "001-q3-conv2-connections-product": TWICE,
    }
    conv1, fc1 = "001-q3-conv1-connections", "001-q3-fc1-weights"
    units = int(counts["conv1"].units)
    left_out = "one" if quotient in _with_a_digit_lost(units) else "no"
    others = quantities(alexnet)
    why = {
        "000-q3-conv1-connections": f"{reads} x {quotient:,} gives it, and {left_out} digit left out of "
        f"the {units:,} units gives {quotient:,}",
        conv1: either(explain(int(counts["conv1"].connections), judged.number(conv1))),
        fc1: "Without pool5: " + either(explain(int(no_pool5["fc1"].weights), judged.number(fc1))),
    }
    for claim in judged.claims:
        layer, *what = claim.id.split("-")[2:]
        if layer not in WEIGHTED or what[0] not in COLUMNS:
            continue
        if what[-1] == "product":
            judged.check_working(
                claim.id,
                given=own_units,
                cause=causes.get(claim.id, ""),
                among=others,
            )
        else:
            judged.check(
                claim.id,
                counts[layer][what[0]],
                given=own_units,
                slips=slips.get(claim.id),
                conventions={POOL5_GONE: no_pool5[layer][what[0]]},
                why=why.get(claim.id, ""),
                cause=causes.get(claim.id, ""),
                among=others if claim.judged_as == "number" else (),
            )
    judged.figures["conv1_factor"] = quotient


def _fully_connected(judged: Audit, alexnet: Network, counts: Counts, no_pool5: Counts) -> None:
    """Judge what goes into fc1, the width of 512 that sheet 001 proposes, and a number given in words."""
    channels, height, width = alexnet.shapes["pool5"]
    halves = (channels // 2, 2)
    judged.check("000-q3-fc1-inputs", alexnet.shapes["flatten"][0])
    judged.check(
        "001-q3-fc1-inputs",
        (height, width, *halves),
        conventions={POOL5_GONE: (*alexnet.shapes["conv5"][1:], *halves)},
    )

    def narrow(features: int, **changes: None) -> Worked:
        return count(_changed(fc1={"out_features": features}, **changes))["fc1"].weights

    readings = {
        "512 features, without pool5": narrow(512, pool5=None),
        "512 for each of two halves, with pool5": narrow(1024),
        "512 for each of two halves, without pool5": narrow(1024, pool5=None),
    }
    for name in ("weights", "factors"):
        judged.check(f"001-q3-b1-dense-512-{name}", narrow(512), conventions=readings)
    judged.check_working("001-q3-b1-dense-512-product")
    judged.check(
        "001-q3-b1-fc1-about",
        counts["fc1"].weights,
        conventions={POOL5_GONE: no_pool5["fc1"].weights},
        among=quantities(alexnet),
        slips={"the word “hundred” is missing": round(no_pool5["fc1"].weights, -8) // 100},
    )


def _reasons(judged: Audit, alexnet: Network, counts: Counts) -> None:
    """Judge the reasons of part (b): where most weights and most connections are."""

    def share(column: str, names: Sequence[str]) -> Worked:
        return counts.select(*names).total[column] / counts.select(*WEIGHTED).total[column]

    majority = {
        "000-q3-b1-parameters-majority": share("weights", FCS),
        "000-q3-b2-connections-majority": share("connections", tuple(CONVS)),
    }
    for claim_id, part in majority.items():
        judged.check(claim_id, part > 0.5, evidence=_percent(part))
    rows = [_weighted(network) for network in (alexnet, _changed(pool5=None))]
    parts = [row["fc1"].weights / row.total.weights for row in rows]
    judged.check(
        "001-q3-b1-fc1-largest",
        all(part > 0.5 for part in parts),
        evidence=f"{_percent(parts[0])}, without pool5 {_percent(parts[1])}",
    )


def _less_memory(judged: Audit, alexnet: Network, counts: Counts) -> None:
    """Judge the proposals for less memory; a pooling between fc1 and fc2 halves only what fc2 reads."""

    def width(features: int, *names: str) -> Network:
        return _changed(**{name: {"out_features": features} for name in names})

    narrower = [width(features, "fc1", "fc2") for features in (2048, 1024, 512)]
    one_layer = [width(2048, "fc1"), width(2048, "fc2")]
    removed = [_changed(fc1=None), _changed(fc2=None), _changed(fc1=None, fc2=None)]
    readings_of_512 = [width(512, "fc1"), width(1024, "fc1"), narrower[-1]]
    _judge(judged, "000-q3-b1-fewer-fc-layers", "weights", removed)
    _judge(judged, "000-q3-b1-fewer-fc-units", "weights", [*narrower, *one_layer])
    _judge(judged, "001-q3-b1-dense-512", "weights", readings_of_512)
    halved = [width(int(counts[name].units) // 2, name) for name in FCS[:2]]
    halved += [_changed(**{n: {"out_channels": x.out_channels // 2}}) for n, x in CONVS.items()]
    _judge(judged, "001-q3-b1-aim", "weights", [*halved, *narrower])

    # Sheet 001 says "so": the pooling is to shrink fc1, the layer that holds too many weights.
    half_of_fc1 = alexnet.shapes["fc1"][0] // 2
    up_to_fc1 = Network(INPUT_SHAPE, LAYERS[: [layer.name for layer in LAYERS].index("fc1") + 1])
    pooled = count(Network((half_of_fc1,), [Linear(4096, name="fc2")]))["fc2"].weights
    kept = count(up_to_fc1)["fc1"].weights
    saved = (counts["fc2"].weights - pooled).named("saved")
    share = saved / counts.select(*WEIGHTED).total.weights
    judged.check(
        "001-q3-b1-pooling-between-fc",
        kept < counts["fc1"].weights,
        evidence=f"fc1 keeps {int(kept):,}; fc2 saves {_percent(share)} of all weights",
        cause="a pooling changes only what comes after it",
    )
    judged.figures["pooling_between_saves"] = 100 * float(share)


def _faster(judged: Audit, alexnet: Network) -> None:
    """Judge the proposals for a faster prediction."""
    strided = [_changed(**{name: {"stride": _stride(x) + 1}}) for name, x in CONVS.items()]
    halved = [_changed(**{name: {"out_channels": x.out_channels // 2}}) for name, x in CONVS.items()]
    larger_pools = [*_each(POOLS, kernel_size=5), *_each(POOLS, stride=3)]
    smaller_kernels = [_changed(conv1={"kernel_size": 7}), _changed(conv2={"kernel_size": 3, "padding": 1})]
    more_pools = [_with_pool_after("conv3"), _with_pool_after("conv4")]
    shallower = [_changed(**{name: None}) for name in ("conv2", "conv3", "conv4", "conv5")]
    shallower_without_pool = [_changed(conv2=None, pool2=None), _changed(conv5=None, pool5=None)]
    variants = {
        "000-q3-b2-fewer-conv-units": [*halved, *strided],
        "000-q3-b2-bigger-stride": strided,
        "000-q3-b2-more-pooling": more_pools,
        "000-q3-b2-larger-pooling": larger_pools,
        "000-q3-b2-fewer-kernels": halved,
        "001-q3-b2-fewer-kernels": [*halved, *smaller_kernels],
        "001-q3-b2-bigger-stride": strided,
        "001-q3-b2-more-pooling": [*more_pools, *larger_pools],
        "001-q3-b2-connections-shrink": [*halved, *strided, *more_pools],
    }
    for claim_id, networks in variants.items():
        _judge(judged, claim_id, "connections", networks)
    keeps_pools, kept_range = _tried("connections", shallower)
    _judge(
        judged,
        "000-q3-b2-less-depth",
        "connections",
        [*shallower, *shallower_without_pool],
        missing={f"the pooling after the layer stays ({kept_range})": keeps_pools},
        cause="whether a pooling goes with its layer is not said",
    )

    def last(network: Network) -> tuple[int, ...]:
        """Return channels, height and width of what the convolutional part gives."""
        return network.shapes["pool5"]

    shallow = [
        network.shapes[name][0] < alexnet.shapes[name][0] for name, network in zip(CONVS, halved, strict=True)
    ]
    small = [
        last(network)[side] < last(alexnet)[side]
        for network in (*strided, *more_pools, *larger_pools)
        for side in (1, 2)
    ]
    judged.check(
        "001-q3-b2-outputs-shrink",
        all([*shallow, *small]),
        evidence=f"depth in {sum(shallow)} of {len(shallow)} changes, "
        f"width and height in {sum(small) // 2} of {len(small) // 2}",
    )


def _stride(layer: Conv2d) -> int:
    return layer.windows[0].stride


def _ignored_pooling(judged: Audit, counts: Counts, no_pool5: Counts) -> None:
    """Judge the assumption that pooling layers can be left out.

    Leaving out pool5 changes a row that is counted, fc1. For the first two pooling layers sheet 001 leaves
    out only the row and keeps the effect: its numbers of units show it.
    """
    changed = [n for n in WEIGHTED if any(no_pool5[n][column] != counts[n][column] for column in COLUMNS)]
    keeps_effect = all(judged.number(f"001-q3-{name}-units") == counts[name].units for name in CONVS)
    judged.check(
        "001-q3-ignore-pooling",
        not changed,
        evidence=f"without pool5 {', '.join(changed) or 'nothing else'} changes too",
        conventions={"only the row goes: so the sheet treats pool1 and pool2": keeps_effect},
    )
