"""Style sheets made smaller: only the rules that some page can use; and the themes without scripts.

A rule is dropped if its selector names a class or an id that no page has and no script mentions. Whatever
stands inside ``:not(...)``, ``:is(...)`` or brackets is not looked at, so a doubtful rule stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

import tinycss2

__all__ = ["font_faces", "licences", "pruned", "relocated", "themes_without_scripts"]

_GROUPS = ("media", "supports", "layer", "container")  # at-rules that hold rules
_ADDRESS = re.compile(r"""url\(\s*(["']?)(?!data:|#|/|[a-zA-Z][\w+.-]*:)([^'")]+)\1\s*\)""")
_LICENCE = re.compile(r"/\*!.*?\*/", re.DOTALL)
_THEME = re.compile(r"""\[data-theme=(["']?)(light|dark)\1\]""")

Selector = list[Any]


def pruned(css: str, names: Collection[str]) -> str:
    """Return the rules of a style sheet that can apply where only these names exist, without comments.

    >>> pruned("a, .old b { color: red } .new:not(.old) { color: blue }", {"new"})
    'a{color: red}.new:not(.old){color: blue}'
    """
    return _rewritten(css, lambda selector: [_text(selector)] if _possible(selector, names) else [])


def themes_without_scripts(css: str) -> str:
    """Return the rules for the light and the dark theme as the device's own setting chooses between them.

    A page whose scripts do not run keeps ``data-theme="auto"``.

    >>> themes_without_scripts("a { color: red } html[data-theme='dark'] a { color: pink }")
    '@media (prefers-color-scheme: dark){html[data-theme="auto"] a{color: pink}}'
    """
    parts = []
    for theme, condition in (("light", "not all and "), ("dark", "")):
        rules = _rewritten(css, lambda selector, theme=theme: _for_auto(_text(selector), theme))  # type: ignore[misc]
        if rules:
            parts.append(f"@media {condition}(prefers-color-scheme: dark){{{rules}}}")
    return "\n".join(parts)


def relocated(css: str, place: Callable[[str], str]) -> str:
    """Return a style sheet with each relative address replaced by what ``place`` makes of it.

    >>> relocated("a { background: url(../up.png) } b { src: url(data:x) }", lambda path: f"new/{path}")
    'a { background: url(new/../up.png) } b { src: url(data:x) }'
    """
    return _ADDRESS.sub(lambda match: f"url({match[1]}{place(match[2])}{match[1]})", css)


def licences(css: str) -> str:
    """Return the comments of a style sheet that begin with ``/*!``, each once: they name authors and licence.

    >>> licences("/*! by A */ a { } /* note */ /*! by A */")
    '/*! by A */'
    """
    return "\n".join(dict.fromkeys(_LICENCE.findall(css)))


def font_faces(css: str, change: Callable[[str, dict[str, str]], str]) -> str:
    """Return a style sheet with each ``@font-face`` replaced by what ``change`` returns.

    It gets the rule as text, and the rule's declarations by name.

    >>> font_faces("@font-face{font-family:A;src:url(a)} a{}", lambda rule, said: said["font-family"] + ";")
    'A; a{}'
    """
    out = []
    for rule in _rules(css, keep_space=True):
        text = rule.serialize()
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face" and rule.content is not None:
            said = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
            values = {
                one.lower_name: tinycss2.serialize(one.value).strip()
                for one in said
                if one.type == "declaration"
            }
            text = change(text, values)
        out.append(text)
    return "".join(out)


def _rules(css: Any, keep_space: bool = False) -> list[Any]:
    parse = tinycss2.parse_stylesheet if isinstance(css, str) else tinycss2.parse_rule_list
    rules: list[Any] = parse(css, skip_comments=True, skip_whitespace=not keep_space)
    return rules


def _rewritten(css: Any, choose: Callable[[Selector], Iterable[str]]) -> str:
    """Write the rules of a style sheet with the selectors that ``choose`` makes of each."""
    out = []
    for rule in _rules(css):
        if rule.type == "qualified-rule":
            selectors = [text for one in _selectors(rule.prelude) for text in choose(one)]
            if selectors:
                out.append(f"{','.join(selectors)}{{{tinycss2.serialize(rule.content).strip()}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content is not None:
            inside = _rewritten(rule.content, choose)
            if inside:
                out.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset" and choose([]):
            out.append(rule.serialize())
    return "".join(out)


def _selectors(prelude: Iterable[Any]) -> list[Selector]:
    parts: list[Selector] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return parts


def _possible(selector: Selector, names: Collection[str]) -> bool:
    after_dot = False
    for token in selector:
        named = token.type == "hash" or (token.type == "ident" and after_dot)
        if named and token.value not in names:
            return False
        after_dot = token.type == "literal" and token.value == "."
    return True


def _text(selector: Selector) -> str:
    return str(tinycss2.serialize(selector)).strip()


def _for_auto(selector: str, theme: str) -> list[str]:
    if theme not in {match[2] for match in _THEME.finditer(selector)}:
        return []
    return [_THEME.sub('[data-theme="auto"]', selector)]
