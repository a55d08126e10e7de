"""Model answers in Chinese with English names of layers: full-width signs, units of ten thousand."""

from __future__ import annotations

import math
import random

from ..case import Case
from ..facts import Fact, facts
from ..notation import MARKDOWN
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import softmax
from ..writing import Size, Writer
from .around import in_chinese
from .parts import Desk, drawn

__all__: list[str] = []

_UNITS = (("亿", 10**8), ("万", 10**4))


def _size(w: Writer, size: Size) -> str:
    """Return the formula of an output size without signs for its floor."""
    above = f"{size.side} − {size.kernel} + 2×{size.padding}"
    return f"({above})/{size.stride} + 1"


def _rough(w: Writer, figure: Figure, equals: str = "约") -> str:
    """Return a number once more, in units of a hundred million or of ten thousand."""
    for word, size in _UNITS:
        if figure.right >= size:
            made = w.scaled(figure, size, w.notation.hand.places(2))
            return f"，{equals} {made} {word}"
    return ""


def _convolution(w: Writer, layer: Fact, equals: str) -> tuple[list[str], Figure]:
    size = layer.size
    assert size is not None
    k, a, b = size.kernel, layer.inputs, layer.outputs
    side = w.size(size)
    cut = "（向下取整）" if size.left_over else ""
    lines = [
        f"**{layer.name}**：输入 {size.side}×{size.side}×{a}，{b} 个 {k}×{k} 卷积核，步长 {size.stride}，"
        f"填充 {size.padding}。",
        "",
        f"- 输出边长：{_size(w, size)}{equals}{side}{cut}",
    ]
    units = w.state(
        int(layer.counts.units),
        w.notation.hand.whole,
        f"{b}*({size.work})**2",
        derivation=layer.counts.units,
        uses=[side],
        source=b * side.value**2,
    )
    lines += [f"- 神经元个数：{w.times(side, side, b)}{equals}{units}"]
    weights = w.product(k, k, a, b, of=layer.counts.weights)
    text = f"- 权重个数：{w.times(k, k, a, b)}{equals}{weights}；"
    both = w.sum(weights, b, of=layer.counts.parameters)
    lines += [f"{text}加上 {b} 个偏置，参数共 {w.whole(weights)} + {b}{equals}{both} 个"]
    many = w.product(units, k * k * a, of=layer.counts.connections)
    lines += [f"- 连接数：{w.times(units, k * k * a)}{equals}{many}{_rough(w, many)}", ""]
    return lines, both


def _chain(w: Writer, equals: str) -> list[str]:
    """One unit with a logistic function and a squared loss, forward and back."""
    desk, chance = Desk(w), w.chance
    x, weight = chance.choice([-2, 2, 3, 4]), drawn(chance, -9, 9)
    b, y = drawn(chance, -9, 9), chance.choice([0, 1])
    z = desk.state("{0}*{1} + {2}", weight, x, b)
    a = desk.state("1/(1 + exp(-{0}))", z, slips=[("a sign lost", "1/(1 + exp({0}))")])
    loss = desk.state("({0} - {1})**2/2", a, y, slips=[("a half left out", "({0} - {1})**2")])
    d = desk.state("({0} - {1})*{0}*(1 - {0})", a, y, slips=[("a sign lost", "({1} - {0})*{0}*(1 - {0})")])
    back = desk.state("{0}*{1}", d, x, slips=[("a factor left out", "{0}")])
    activated = desk.text(a)
    return [
        f"取 x = {desk.text(x)}，w = {desk.text(weight)}，b = {desk.text(b)}，标签 y = {y}，"
        "激活函数为 sigmoid：",
        "",
        f"1. 前向：z = wx + b{equals}{desk.text(weight)}×{desk.inner(x)} + {desk.inner(b)}{equals}{z}，"
        f"a = σ(z) ≈ {a}",
        f"2. 损失：L = (a − y)²/2 = ({activated} − {y})²/2 ≈ {loss}",
        f"3. 反向：∂L/∂z = (a − y)·a·(1 − a) = ({activated} − {y})×{activated}×(1 − {activated}) ≈ {d}",
        f"4. 于是 ∂L/∂w = ∂L/∂z·x = {desk.inner(d)}×{desk.inner(x)} ≈ {back}",
        "",
    ]


def _scores(w: Writer, equals: str) -> list[str]:
    chance, hand = w.chance, w.notation.hand
    logits = chance.sample(range(-1, 5), 3)
    parts = softmax(w, logits, 3)
    n = chance.choice([2, 4, 10, 100, 1000])
    even = w.state(math.log(n), hand.places(3), f"log({n})")
    shown = "，".join(hand.whole(one).text for one in logits)
    return [
        f"- softmax({shown}) ≈ ({'，'.join(parts)})",
        f"- {n} 类均匀预测时，交叉熵为 ln {n} ≈ {even}",
        "",
    ]


def _epochs(w: Writer, equals: str) -> list[str]:
    """How many steps an epoch takes."""
    desk, chance = Desk(w), w.chance
    batch, steps = chance.choice([25, 50, 100, 125]), chance.randrange(80, 600)
    pictures, epochs = batch * steps, chance.choice([10, 20, 30, 90])
    each = desk.state("{0}/{1}", pictures, batch)
    total = desk.state("{0}*{1}", each, epochs, slips=[("a factor left out", "{0}")])
    return [
        f"训练集共 {w.whole(pictures)} 张图片，批大小 {batch}，"
        f"每轮迭代 {w.whole(pictures)}/{batch}{equals}{each} 次；",
        f"{epochs} 轮共 {w.whole(each)}×{epochs}{equals}{total} 次。",
        "",
    ]


@style("chinese-answers")
def chinese_answers(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([1, 2]))
    hand = Hand(thousands=chance.choice(["", "", ","]), minus="−", sign="%")
    w = Writer(chance, MARKDOWN.of(hand=hand, times="×", by="×"))
    equals = chance.choice([" = ", " = ", "＝"])
    remarks = in_chinese(chance, 4)
    lines = [f"# 深度学习 第 {chance.randrange(2, 12)} 次作业 参考答案", "", f"> {remarks[0]}", ""]
    lines += ["## 一、参数量与计算量", ""]
    parts: list[Figure] = []
    for layer in net.of_kind("conv"):
        made, both = _convolution(w, layer, equals)
        lines += made
        parts.append(both)
    for layer in net.of_kind("fc"):
        weights = w.product(layer.inputs, layer.outputs, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        parts.append(both)
        lines.append(
            f"**{layer.name}**（全连接层）：{w.times(layer.inputs, layer.outputs)}{equals}{weights} 个权重，"
            f"含偏置 {both} 个参数。"
        )
    total = w.sum(*parts, of=net.counts.total.parameters)
    lines += ["", f"总参数量：{w.plus(*parts)}{equals}{total}{_rough(w, total, '即约')}。"]
    held = max(parts, key=lambda one: one.right)
    share = w.share(held, total, 1, [one for one in parts if one is not held])
    lines += [f"其中最大的一层占 {w.whole(held)}/{w.whole(total)} ≈ {share}。{remarks[1]}", ""]
    asked = chance.sample([_chain, _scores, _epochs], 2)
    for number, one, remark in zip("二三", asked, remarks[2:], strict=True):
        lines += [f"## {number}、计算题", "", *one(w, equals), f"（{remark}）", ""]
    return w.finished(name, ".md", "\n".join(lines))
