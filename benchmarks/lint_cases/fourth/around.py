"""What stands around the solutions of the fourth set: numbers and equals signs, and nothing to be checked."""

from __future__ import annotations

import random

from ..harmless import some_of

__all__ = ["in_chinese", "jottings"]

# [a..b] stands for a number from a to b.
_ENGLISH = (
    "Handed out on [1..28] March 20[18..25], solutions from p. [60..140] on.",
    "Runs use seed [0..99], lr = 3e-4 and weight_decay = 0.01 unless noted.",
    "The server is gpu[10..39], port 8[100..999]; log in before [8..11]:30.",
    "Late hand-ins lose [5..20] % a day, at most [2..4] days.",
    "cf. Goodfellow et al. (2016), sec. 9.[1..9], and the erratum of 20[18..24]-0[1..9]-1[0..9].",
    "Python 3.[10..13], numpy 2.[0..3].[0..4], CUDA 12.[1..8].",
    "Room changed: [200..499] instead of [500..699], same time.",
    "Question [3..9] is a bonus, [1..3] extra marks, not needed for the pass at [40..50] %.",
    "[2..5] of the [6..12] groups asked about this in week [2..13].",
    "Channels come first (N, C, H, W) as in torch; h = 0 is the top row.",
    "Early stopping after [5..20] epochs without progress, patience = [3..9].",
    "On the old slides (v[1..4].[0..9]) the figure on page [10..60] had k = 3, s = 1 by mistake.",
    "ImageNet: 1000 classes, about 1.28 million pictures; CIFAR-10: 60 000 of 32 x 32.",
    "Validation accuracy went from [60..69].[1..9] % to [70..79].[1..9] % with augmentation, p = 0.5.",
    "Numbers are rounded at the very end only; two more digits than asked are fine.",
    "DOI 10.1000/[100..999].[10..99], accessed [1..28]/0[1..9]/20[19..25].",
    "The exam lasts [60..120] minutes, one sheet of A4 is allowed, [15..20] pt per question.",
    "Ties (z = 0) count as inactive, and relu'(0) = 0 by convention.",
    "Tutor on duty: extension [1000..9999], Mondays 14-16.",
    "See issue #[100..900] and commit 4f[10..99]a for the script.",
    "Let m >= [2..6] and n <= [7..20] below; k is odd throughout.",
    "For the curious: with fp16 the threshold is 65504, with bf16 about 3.4e38.",
)
_CHINESE = (
    "截止时间：20[19..25] 年 [3..12] 月 [1..28] 日 23:59，逾期每天扣 [5..20] 分。",
    "参见教材第 [3..9].[1..9] 节，第 [60..99]～[100..140] 页。",
    "本题 [5..20] 分，预计用时 [10..40] 分钟。",
    "实验环境：Python 3.[10..13]，PyTorch 2.[0..6]，随机种子 seed = [1..99]。",
    "答疑：每周三 14:00-16:00，[2..9] 号楼 [100..499] 室，QQ 群 [100000..999999]。",
    "注意 ReLU(x) = max(0, x) 没有参数。",
    "20[12..15] 年的论文在 [2..4] 块显卡上训练了 [5..7] 天。",
    "除特别说明外，学习率 lr = 0.01，批大小 batch = [16..128]。",
    "图 [2..6] 与表 [2..6] 来自第 [2..9] 讲的课件（v[1..3].[0..9]）。",
    "上学期约有 [60..95] % 的同学做对了这道题。",
)


def jottings(chance: random.Random, number: int = 4) -> list[str]:
    """Return so many remarks in English."""
    return some_of(_ENGLISH, chance, number)


def in_chinese(chance: random.Random, number: int = 4) -> list[str]:
    """Return so many remarks in Chinese."""
    return some_of(_CHINESE, chance, number)
