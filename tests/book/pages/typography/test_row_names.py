"""The rows of a trace have names, other tables stay as they are."""

from __future__ import annotations

import re

from nnutils.autodiff import trace
from nnutils.book.pages.typography.row_names import with_row_names
from nnutils.core import Table


def test_each_row_of_both_traces_is_named_by_its_variable() -> None:
    html = trace(lambda x: x * x, 3).reverse()._repr_html_()
    other = Table(("a", "b"), [(1, 2)])._repr_html_()
    named = with_row_names(html + other)
    rows = re.findall(r"<tr>(<t[hd][^>]*>)", named.removesuffix(other).replace("<thead><tr>", ""))
    assert len(rows) == html.count("<tr>") - 2 and set(rows) == {'<th scope="row">'}
    assert named.endswith(other)
    assert named.replace('<th scope="row">', "<td>").count("<td>") == (html + other).count("<td>")
    assert with_row_names(named) == named
