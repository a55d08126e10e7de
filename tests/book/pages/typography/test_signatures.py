"""A long signature is a list of parameters, not definitions without terms."""

from __future__ import annotations

from nnutils.book.pages.typography.pages import _with_lists


def test_parameters_become_a_list() -> None:
    body = '<dt class="sig">f(<dl>\n<dd><em>a</em>,</dd>\n<dd>b</dd>\n</dl>\n)</dt>'
    assert _with_lists(body) == (
        '<dt class="sig">f(<ul class="parameters">\n<li><em>a</em>,</li>\n<li>b</li>\n</ul>\n)</dt>'
    )


def test_definitions_stay_definitions() -> None:
    for body in ("<dl><dt>a</dt><dd>b</dd></dl>", '<dl class="x"><dd>b</dd></dl>', "<dl></dl>"):
        assert _with_lists(body) == body
