"""Words of sentences in several languages: a number told again, about, exactly, as a part of a whole."""

from __future__ import annotations

import re

__all__ = [
    "ABOUT",
    "ADDING",
    "CHANGING",
    "COMPARING",
    "EACH",
    "EXACTLY",
    "FILLING",
    "PART",
    "PERCENT",
    "ROUNDED_DOWN",
    "ROUNDED_UP",
    "SAME",
    "WHOLE",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABOUT = _words(
    """
    about around roughly approximately approx approx. ca ca. circa almost nearly some round rounded
    rund etwa ungefähr zirka circa fast gerundet grob annähernd schätzungsweise
    environ presque près approximativement peu quelque grosso modo
    unos unas aproximadamente cerca casi alrededor
    circa quasi approssimativamente pressappoco
    uns umas quase aproximados
    ongeveer bijna zo'n ruwweg
    """
)
"""Words before a number that is rounded."""

EXACTLY = _words(
    """
    exactly precisely precise exact genau exakt exactement précisément exact exacts exactamente exactos
    esattamente precisamente exatamente exatos precies
    """
)
"""Words before a number that is not rounded, told again behind one that is."""

SAME = _words(
    """
    that this it which i.e. e.g. namely words word short call say
    das dies es was d.h. nämlich heißt kurz anders also somit
    c'est-à-dire c.-à-d. soit cela ça ceci ce c' autrement donc
    decir sea esto eso así pues
    cioè ossia ovvero questo quindi dunque
    seja isto isso portanto assim
    oftewel dat dit dus namelijk
    or oder ou o so hence thus therefore
    """
)
"""Words that announce that the next number is the one before, in other words."""

FILLING = _words(
    """
    is are was were be 's makes make gives give equals equal to the a an of in other figures numbers
    for our as we get have has there approximation figure terms total number
    ist sind macht machen ergibt ergeben gibt beträgt gleich der die den dem ein eine in von gesagt
    est sont fait font donne donnent vaut qui les le la l' un une en de d' à dit mots nombre
    es son da dan hay los las el lo un una en otras palabras
    è sono fa fanno il lo la i gli le un una in altre parole
    é são dá dão os as um uma em outras palavras
    is zijn geeft het de een in andere woorden gezegd
    """
)
"""Words that may stand among these without a meaning of their own."""

ADDING = _words(
    """
    together altogether zusammen insgesamt gesamt ensemble juntos juntas insieme complessivamente samen
    plus additionally more fewer less mehr weniger moins más menos più meno mais meer minder
    """
)
"""Words with which a number is another one than the one before: a sum, say."""

CHANGING = _words(
    """
    with without for if when per each only times with including excluding without instead than from
    mit ohne für wenn falls pro je nur inklusive einschließlich statt
    avec sans pour si par chaque chacun seulement
    con sin para si por cada solo
    con senza per se ogni solo
    com sem para se por cada só
    met zonder voor als per elk slechts
    and und et y e en in im of
    """
)
"""Words behind a number that may make it the number of something else: 'with biases', 'per image'."""

COMPARING = _words(
    """
    than over under above below least most more less fewer better worse
    als mehr weniger über unter mindestens höchstens besser schlechter
    moins davantage más menos più meno meer minder dan
    """
)
"""Words before a number that another one is compared with: 'more than 70 %'."""

WHOLE = _words(
    """
    of from among out von unter aus sur parmi de des du dei degli delle di su fra tra dos das do da dels
    van der
    """
)
"""Words before the whole that a number is a part of: '17 of 22'."""

PART = _words("which them dont davon darunter wovon cuales cui quali quais waarvan daarvan whereof")
"""Words that make the next number, or the one before, a part of the one before that: 'of which 17'."""

EACH = _words(
    "each apiece every jeweils je jeder jede jedes chacun chacune cada uno ciascuno ciascuna ognuno elk"
)
"""Words behind the second of two numbers that are multiplied: '32 kernels of 216 weights each'."""

PERCENT = _words("percent prozent procent pct pour-cent")
"""Words for the percent sign."""

ROUNDED_DOWN = re.compile(
    r"round(?:ed|ing|s)?[ -](?:it[ ]|that[ ]|this[ ])?(?:down|off)|\bfloor|truncat|integer (?:division|part)"
    r"|whole part|cut off|drop\w*[ ](?:the[ ])?(?:remainder|fraction|rest|decimals?)|[⌊⌋↓]"
    r"|remainder[ ](?:is[ ])?dropped|abgerundet|abrunden|ganzzahlig|abgeschnitten"
    r"|arrondi\w*[ ](?:à (?:l'|the )entier[ ])?(?:inférieur|en bas|(?:vers|to) (?:le|the) bas|par défaut)"
    r"|partie entière|redonde\w+[ ](?:hacia|to|para)[ ](?:abajo|baixo)|parte (?:entera|intera|inteira)|trunca"
    r"|arrotonda\w*[ ](?:per difetto|in basso)|naar beneden",
    re.IGNORECASE,
)
"""Words that cut a number to the whole one below it."""

ROUNDED_UP = re.compile(
    r"round(?:ed|ing|s)?[ -](?:it[ ]|that[ ]|this[ ])?up|\bceil|aufgerundet|aufrunden|[⌈⌉↑]"
    r"|arrondi\w*[ ](?:à (?:l'|the )entier[ ])?(?:supérieur|(?:vers|to) (?:le|the) haut|par excès)"
    r"|redonde\w+[ ](?:hacia|to|para)[ ](?:arriba|cima)|per eccesso|naar boven",
    re.IGNORECASE,
)
"""Words that raise a number to the whole one above it."""
