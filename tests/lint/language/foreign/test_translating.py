"""Sheets in German, French, Spanish and Italian: every check knows the words of the field."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.finding import Finding
from nnutils.lint.language import in_english, language_of
from nnutils.lint.language.foreign.vocabulary import LANGUAGES, ONLY_WHERE, WORDS
from nnutils.lint.sheets import Piece, Sheet, Table, piece_of
from nnutils.networks import Conv2d, Network

WINDOWS = {
    "German": "Eingabe 227 × 227, 11 × 11-Kerne, Schrittweite 4, ohne Auffüllung: Ausgabe {}.",
    "French": "Entrée 227 × 227, noyaux 11 × 11, pas de 4, sans remplissage : sortie {}.",
    "Spanish": "Entrada 227 × 227, núcleo 11 × 11, paso 4, sin relleno: salida {}.",
    "Italian": "Ingresso 227 × 227, nucleo 11 × 11, passo 4, senza riempimento: uscita {}.",
}
LAYERS = {
    "German": "64 Filter der Größe 5 × 5 auf 128 Kanälen: {} Gewichte.",
    "French": "64 filtres de taille 5 × 5 sur 128 canaux : {} poids.",
    "Spanish": "64 filtros de tamaño 5 × 5 sobre 128 canales: {} pesos.",
    "Italian": "64 filtri di dimensione 5 × 5 su 128 canali: {} pesi.",
}
SUMS = {
    "German": "Die Schicht hat 51.200 Gewichte; mit den 64 Biaswerten sind es {} Parameter.",
    "French": "La couche a 51.200 poids. En ajoutant les 64 biais, on obtient {} paramètres.",
    "Spanish": "La capa tiene 51.200 pesos; con los 64 sesgos, son {} parámetros.",
    "Italian": "Lo strato ha 51.200 pesi. Aggiungendo i 64 bias, si ottengono {} parametri.",
}
TABLES = {
    "German": ("Schicht", "Kern", "Filter", "Schrittweite", "Auffüllung", "Ausgabe", "Parameter", "Eingabe"),
    "French": ("Couche", "Noyau", "Filtres", "Pas", "Remplissage", "Sortie", "Paramètres", "Entrée"),
    "Spanish": ("Capa", "Núcleo", "Filtros", "Paso", "Relleno", "Salida", "Parámetros", "Entrada"),
    "Italian": ("Strato", "Nucleo", "Filtri", "Passo", "Riempimento", "Uscita", "Parametri", "Ingresso"),
}
SHARES = {
    "German": ("Schicht", "Gewichte", "Anteil", "Gesamt"),
    "French": ("Couche", "Poids", "Part", "Total"),
    "Spanish": ("Capa", "Pesos", "Proporción", "Total"),
    "Italian": ("Strato", "Pesi", "Quota", "Totale"),
}


def judged(text: str, kind: str) -> list[tuple[str, str]]:
    found: tuple[Finding, ...] = lint(text, "sheet.md").judged
    return [(one.verdict, one.computed) for one in found if one.kind.startswith(kind)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_output_sizes_are_judged(language: str) -> None:
    assert judged(WINDOWS[language].format("55 × 55"), "output") == [("right", "55 × 55")]
    assert judged(WINDOWS[language].format("56 × 56"), "output") == [("wrong", "55 × 55")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_parameters_of_a_layer_are_judged(language: str) -> None:
    assert judged(LAYERS[language].format("204.800"), "param") == [("right", "204.800")]
    assert judged(LAYERS[language].format("204.080"), "param") == [("wrong", "204.800")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sums_that_go_on_are_judged(language: str) -> None:
    assert judged(SUMS[language].format("51.264"), "arithmetic") == [("right", "51.264")]
    assert judged(SUMS[language].format("51.624"), "arithmetic") == [("wrong", "51.264")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_layers_are_judged(language: str) -> None:
    *heads, first = TABLES[language]
    rows = [heads, ["---"] * 7, [first, "", "", "", "", "3 × 32 × 32", ""]]
    first_layer = ["conv1", "5", "16", "1", "2", "16 × 32 × 32", "1.216"]
    for parameters, verdict in (("4.640", "right"), ("4.460", "wrong")):
        pool = ["pool1", "2", "", "2", "0", "16 × 16 × 16", "0"]
        last = ["conv2", "3", "32", "1", "1", "32 × 16 × 16", parameters]
        table = "\n".join(f"| {' | '.join(row)} |" for row in [*rows, first_layer, pool, last])
        assert [one for one, _ in judged(table, "output")] == ["right"] * 3
        assert judged(table, "parameters") == [("right", "1.216"), ("right", "0"), (verdict, "4.640")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_totals_and_shares_are_judged(language: str) -> None:
    layer, weights, share, total = SHARES[language]
    for part, sum_, verdict in (("25,0", "8.000", "right"), ("52,0", "8.100", "wrong")):
        table = (
            f"| {layer} | {weights} | {share} |\n|---|---|---|\n| conv1 | 2.000 | {part} % |\n"
            f"| conv2 | 3.000 | 37,5 % |\n| fc1 | 3.000 | 37,5 % |\n| {total} | {{}} | |\n"
        )
        assert judged(table.format(sum_), "total") == [(verdict, "8.000")]
        shares = judged(table.format("8.000"), "share")
        assert shares == [(verdict, "25,0 %"), ("right", "37,5 %"), ("right", "37,5 %")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_beside_the_sheet_is_found_in_its_words(language: str) -> None:
    sentence = {
        "German": "Die erste Faltungsschicht hat {} Gewichte.",
        "French": "La première couche de convolution possède {} poids.",
        "Spanish": "La primera capa convolucional tiene {} pesos.",
        "Italian": "Il primo strato convoluzionale ha {} pesi.",
    }[language]
    net = Network((3, 227, 227), [Conv2d(96, 11, stride=4, name="conv1")])
    for stated, verdict in (("34.848", "right"), ("34.884", "wrong")):
        (found,) = lint(sentence.format(stated), "a.txt", net).judged
        assert (found.verdict, found.computed, found.statement) == (verdict, "34.848", stated)


def test_findings_quote_the_sheet_in_its_own_words() -> None:
    (found,) = lint(WINDOWS["French"].format("56 × 56"), "a.txt").wrong
    assert found.statement == WINDOWS["French"].format("56 × 56")[:-1]
    (found,) = lint(
        "Ici. L'image d'entrée de 32 × 32, noyau 5 × 5, pas 1, marge 2 : sortie 31 × 31", "a.txt"
    ).wrong
    assert found.statement.startswith("image d'entrée de 32") and found.column == 8


@pytest.mark.parametrize(
    "text",
    [
        "The layer has 5 weights, and die Gewichte are 6.",
        "Input 32 × 32, kernel 5 × 5, stride 1",
        "3 + 4 = 7",
        "",
        "de = 5",
    ],
)
def test_other_text_is_left_as_it_is(text: str) -> None:
    sheet = Sheet("", text, (piece_of(text),))
    assert in_english(sheet).blocks[0] == sheet.blocks[0] or language_of(sheet) == "French"
    assert [piece.text for piece in in_english(sheet).pieces()] in ([text], ["of = 5"])


def test_formulas_and_code_stay_and_formulas_keep_their_place() -> None:
    text = "Die Gewichte sind Rand = 5 und die Gewichte"
    start = text.index("Rand")
    piece = Piece(text, tuple(range(len(text))), ((start, start + 8),))
    code = piece_of("print('die Gewichte und die Kanäle')", 100, "code")
    made, kept = in_english(Sheet("", "", (piece, code))).blocks
    assert isinstance(made, Piece) and kept == code
    assert made.text == "The Weights are Rand = 5 and the Weights"
    ((low, high),) = made.formulas
    assert made.text[low:high] == "Rand = 5" and made.span(low, high) == (start, start + 8)
    assert made.span(0, len(made.text)) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("La sortie n'est pas 5, et le pas est 2", "The output n'is pas 5, and the stride is 2"),
        ("Il n'y a pas de biais dans la couche", "Il n'y a no bias dans the layer"),
        ("Paso 2: la salida es 5, con paso 2", "Paso 2: the output is 5, with stride 2"),
        ("Il nucleo è 3 per 3, per ogni canale", "The kernel is 3 by 3, per each channel"),
        ("La suma: 17 su 22, el paso de 2", "The sum: 17 su 22, the stride of 2"),
    ],
)
def test_words_with_many_meanings_are_translated_where_they_mean_this(text: str, made: str) -> None:
    assert [piece.text for piece in in_english(Sheet("", "", (piece_of(text),))).pieces()] == [made]


def test_cells_and_captions_are_translated() -> None:
    table = Table(((piece_of("Die Schicht"), piece_of("und Gewichte")),), 1, piece_of("Die Gewichte"))
    (made,) = in_english(Sheet("", "", (table,))).blocks
    assert isinstance(made, Table) and made.caption is not None
    assert [cell.text for cell in made.rows[0]] == [
        "The Layer",
        "and Weights",
    ] and made.caption.text == "The Weights"


def test_every_row_of_the_table_has_words_in_all_languages() -> None:
    for language, words in WORDS.items():
        assert len(words) > 120, language
        assert all(word == word.lower() and english.strip() == english for word, english in words.items())
    assert {word for words in WORDS.values() for word in words if word.startswith("~")} == set(ONLY_WHERE)
    for english in ("kernel", "stride", "padding", "channels", "units", "weights", "connections", "neurons"):
        assert all(english in words.values() for words in WORDS.values()), english
