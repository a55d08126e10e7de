"""What turns a right derivation into a wrong number: ``explain(right, stated)``.

A slip is looked for in the derivation of the right value: which part would have to be another number for the
stated one to come out, and is that other number one that people get by a known slip? The known slips are the
table in ``rules``. Nothing found is an answer too: the result is then empty.

>>> from nnutils import Conv2d, Network, count
>>> from nnutils.slips import explain
>>> conv1 = count(Network((3, 227, 227), [Conv2d(96, 11, stride=4, name="conv1")]))["conv1"]
>>> print(explain(conv1.connections, "15,415,200")[0])
15,415,200 is 105,415,200 without one 0.
"""

from nnutils.slips.explaining import explain
from nnutils.slips.network_numbers import Quantity, quantities
from nnutils.slips.predicting import Predicted, predict
from nnutils.slips.slip import Slip, either, ties
from nnutils.slips.stated import read, read_list
from nnutils.slips.traces import WrongRow, explain_trace, rows_as_quantities

__all__ = [
    "Predicted",
    "Quantity",
    "Slip",
    "WrongRow",
    "either",
    "explain",
    "explain_trace",
    "predict",
    "quantities",
    "read",
    "read_list",
    "rows_as_quantities",
    "ties",
]
