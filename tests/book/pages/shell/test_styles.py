"""The rules that stay are those that some page can use, in their order, and none else."""

from __future__ import annotations

import pytest

from nnutils.book.pages.shell.styles import font_faces, licences, pruned, relocated, themes_without_scripts
from nnutils.book.pages.shell.used_names import names_in_pages, words_in_scripts

USED = {"used", "also"}


@pytest.mark.parametrize(
    "css",
    [
        "a{x: 1}",
        ".used{x: 1}",
        "#used > .also::before{x: 1}",
        ".used:not(.unused){x: 1}",
        ":is(.unused, .used) a{x: 1}",
        "[class*=unused]{x: 1}",
        'a[href=".unused"]{x: 1}',
        "@media (min-width: 1px){.used{x: 1}}",
        "@supports (x: 1){.used{x: 1}}",
        "@keyframes unused{from{x: 1}}",
        ":root{--unused: .unused}",
        ".used{width: calc(1px + .5em)}",
    ],
)
def test_what_may_apply_stays_as_it_is(css: str) -> None:
    assert pruned(css, USED) == css


@pytest.mark.parametrize(
    "css",
    [
        ".unused{x: 1}",
        "#unused{x: 1}",
        ".used .unused{x: 1}",
        ".used.unused a{x: 1}",
        ".used:hover > #unused{x: 1}",
        "@media (min-width: 1px){.unused{x: 1}}",
        "@media print{@supports (x: 1){.unused{x: 1}}}",
        "/* a note */",
        "@charset 'utf-8';",
    ],
)
def test_what_cannot_apply_goes(css: str) -> None:
    assert pruned(css, USED) == ""


def test_one_selector_of_several_goes_alone() -> None:
    assert pruned(".unused, .used, .also .unused, b { x: 1 }", USED) == ".used,b{x: 1}"


def test_the_order_of_rules_is_kept() -> None:
    assert (
        pruned(".used{x: 1} .unused{x: 2} .also{x: 3} .used{x: 4}", USED)
        == ".used{x: 1}.also{x: 3}.used{x: 4}"
    )


def test_an_escaped_name_is_the_name_it_means() -> None:
    assert pruned(r".w-1\/2{x: 1}", {"w-1/2"}) == r".w-1\/2{x: 1}"
    assert pruned(r".w-1\/2{x: 1}", {"w-1"}) == ""


def test_names_come_from_attributes_and_from_every_word_of_a_script() -> None:
    page = '<p class="a b"\n id=\'c\' data-class="no" title="class=d">.e</p>'
    assert names_in_pages([page]) == {"a", "b", "c"}
    assert {"is-open", "show"} <= words_in_scripts(["x.classList.add(`is-open`, 'show')"])


def test_both_themes_follow_the_device_without_scripts() -> None:
    css = (
        "a{x: 1} html[data-theme=light] a{x: 2} html[data-theme='dark'] a, b{x: 3}"
        '@media print{html[data-theme="dark"] c{x: 4}} html[data-theme=light],html[data-theme=dark]{x: 5}'
    )
    light, dark = themes_without_scripts(css).splitlines()
    auto = 'html[data-theme="auto"]'
    assert light == f"@media not all and (prefers-color-scheme: dark){{{auto} a{{x: 2}}{auto}{{x: 5}}}}"
    assert dark == (
        f"@media (prefers-color-scheme: dark){{{auto} a{{x: 3}}"
        f"@media print{{{auto} c{{x: 4}}}}{auto}{{x: 5}}}}"
    )


def test_a_sheet_without_themes_gives_nothing() -> None:
    assert themes_without_scripts("a{x: 1} @font-face{font-family: A} @keyframes k{from{x: 1}}") == ""


def test_addresses_that_are_not_relative_stay() -> None:
    kept = "url(data:x) url(#id) url(/root.png) url(https://x.org/a.png) url('data:y')"
    assert relocated(kept, lambda path: "moved") == kept
    assert (
        relocated("url( 'a b.png' ) url(c.png)", lambda path: f"x/{path}") == "url('x/a b.png') url(x/c.png)"
    )


def test_fonts_may_be_changed_and_nothing_else_is() -> None:
    css = "a{x: 1} @font-face{font-family:A;src:url(a)} b{x: 2}"
    assert font_faces(css, lambda rule, said: "") == "a{x: 1}  b{x: 2}"
    assert font_faces(css, lambda rule, said: rule) == css


def test_licences_are_kept() -> None:
    assert licences("/*! one */ /* no */ /*! two\n */ /*! one */") == "/*! one */\n/*! two\n */"
