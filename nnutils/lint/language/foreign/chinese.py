"""Words of the field in Chinese, each with the English one that checks know. No blanks stand between them."""

from __future__ import annotations

import re

__all__ = ["WORDS", "is_chinese", "pattern"]

WORDS = {
    "向下取整": "rounded down", "下取整": "rounded down", "取整数部分": "rounded down",
    "向上取整": "rounded up", "四舍五入": "rounded", "保留": "rounded to", "大约": "about",
    "约为": "is about", "约等于": "is about", "即约": "that is about", "约": "about", "近似": "about",
    "也就是": "that is", "即": "that is", "得到": "gives", "等于": "is", "为": "is", "乘以": "times",
    "除以": "divided by", "加上": "plus", "减去": "minus", "总共": "in total", "一共": "in total",
    "共计": "in total", "合计": "in total", "共有": "in total", "共": "in total", "每个": "each",
    "每": "each", "所以": "so", "因此": "so", "于是": "so", "从而": "so", "其中": "of which", "占": "is",
    "和": "and", "以及": "and", "解": "solution", "答案": "answer", "答": "answer", "设": "let",
    "取": "let", "则": "then", "其和": "the sum", "个": " ", "张": " ", "次": " ", "层": "layer",
    "类": "classes", "全连接层": "fully connected layer", "卷积层": "convolutional layer",
    "池化层": "pooling layer", "最大池化": "max pooling", "平均池化": "average pooling",
    "卷积核": "kernels", "滤波器": "filters", "核大小": "kernel size", "步长": "stride", "步幅": "stride",
    "填充": "padding", "膨胀率": "dilation", "输入通道": "input channels", "输出通道": "output channels",
    "通道数": "channels", "通道": "channels", "输入": "input", "输出边长": "output size",
    "输出尺寸": "output size", "输出大小": "output size", "输出": "output", "特征图": "feature maps",
    "权重": "weights", "权值": "weights", "不含偏置": "without biases", "不计偏置": "without biases",
    "含偏置": "including biases", "包括偏置": "including biases", "包含偏置": "including biases",
    "加上偏置": "including biases", "带偏置": "including biases", "偏置项": "biases", "偏置": "biases",
    "总参数量": "total parameters", "参数总数": "total parameters", "参数量": "parameters",
    "参数个数": "parameters", "参数": "parameters", "连接数": "connections", "连接": "connections",
    "神经元个数": "units", "神经元": "units", "隐藏层": "hidden layer", "学习率": "learning rate",
    "梯度": "gradient", "导数": "derivative", "损失": "loss", "交叉熵": "cross-entropy",
    "概率": "probabilities", "批大小": "batch size", "图片": "pictures", "字节": "bytes",
    "训练集": "training set", "平均值": "mean", "均值": "mean", "方差": "variance",
    "标准差": "standard deviation",
}  # fmt: skip
"""Chinese words with the English ones. 万 and 亿 are scales of the language itself."""

_CHINESE = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("[\u3041-\u30ff\uac00-\ud7af]")
_SHARE = 0.05


def is_chinese(text: str) -> bool:
    """Return whether a text is Chinese; Japanese and Korean have signs of their own.

    >>> is_chinese("共 3 个卷积核"), is_chinese("3 kernels 核, and so on, as the book says")
    (True, False)
    """
    letters = sum(map(str.isalpha, text))
    return bool(letters) and len(_CHINESE.findall(text)) > _SHARE * letters and not _KANA.search(text)


def pattern() -> re.Pattern[str]:
    """Return what matches each word with the blanks around it, and a bracket before a Chinese remark."""
    words = "|".join(map(re.escape, sorted(WORDS, key=len, reverse=True)))
    return re.compile(rf"[ ]*(?:(?P<word>{words})|(?P<bracket>\()(?=[\u4e00-\u9fff]))[ ]*")
