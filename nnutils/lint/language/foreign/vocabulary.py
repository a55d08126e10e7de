"""Words of the field in German, French, Spanish and Italian, each with the English one that checks know."""

from __future__ import annotations

from typing import Literal

__all__ = ["FUNCTION_WORDS", "LANGUAGES", "ONLY_WHERE", "WORDS", "Language"]

Language = Literal["German", "French", "Spanish", "Italian"]

LANGUAGES: tuple[Language, ...] = ("German", "French", "Spanish", "Italian")

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "English": frozenset(
        "the of is are and with each has have for that this by from which to we it so there then".split()
    ),
    "German": frozenset(
        "der die das den dem und ist sind mit ein eine einen hat haben von wird werden auf für ohne nicht"
        " also macht ergibt bei zum zur wir als nach aus sich im dann damit pro".split()
    ),
    "French": frozenset(
        "le la les des du est sont et avec une dans sur pour par sans donc chaque on nous aux ce cette"
        " donne soit qui ont alors".split()
    ),
    "Spanish": frozenset(
        "el los las del es son y con una en sobre para por cada que tiene tienen se entonces".split()
    ),
    "Italian": frozenset(
        "il lo gli le della dei delle degli è sono con una nel per senza ogni che ha hanno si quindi"
        " di dal".split()
    ),
}
"""Frequent words that tell a language."""

_NETWORKS = """
input channels | Eingabekanäle/Eingangskanäle/Eingabekanälen/Eingangskanälen | canaux d'entrée | canales
    de entrada | canali di ingresso/canali d'ingresso/canali in ingresso/canali di input
output channels | Ausgabekanäle/Ausgangskanäle/Ausgabekanälen/Ausgangskanälen | canaux de sortie |
    canales de salida | canali di uscita/canali d'uscita/canali in uscita/canali di output
input size | Eingabegröße | taille de l'entrée/taille d'entrée | tamaño de entrada/tamaño de la entrada
    | dimensione dell'ingresso/dimensione di ingresso/dimensione dell'input
output size | Ausgabegröße | taille de la sortie/taille de sortie | tamaño de salida/tamaño de la salida
    | dimensione dell'uscita/dimensione di uscita/dimensione dell'output
kernel size | Kerngröße/Kernelgröße/Filtergröße | taille du noyau/taille des noyaux/taille du filtre |
    tamaño del kernel/tamaño del núcleo/tamaño del filtro | dimensione del kernel/dimensione del
    nucleo/dimensione del filtro
input image | Eingabebild/Eingangsbild | image d'entrée/image en entrée | imagen de entrada | immagine
    di ingresso/immagine in ingresso/immagine di input
feature maps | Merkmalskarten/Feature-Maps | cartes de caractéristiques | mapas de características |
    mappe di caratteristiche/mappe delle caratteristiche
feature map | Merkmalskarte/Feature-Map | carte de caractéristiques | mapa de características | mappa di
    caratteristiche/mappa delle caratteristiche
convolutional layer | Faltungsschicht/Konvolutionsschicht/Conv-Schicht | couche de convolution/couche
    convolutive | capa convolucional/capa de convolución | strato convoluzionale/livello
    convoluzionale/strato di convoluzione
pooling layer | Pooling-Schicht/Poolingschicht | couche de pooling/couche d'agrégation | capa de
    pooling/capa de agrupación | strato di pooling/livello di pooling
fully connected layer | vollverbundene Schicht/vollständig verbundene Schicht/vollverknüpfte
    Schicht/dichte Schicht | couche entièrement connectée/couche complètement connectée/couche dense |
    capa totalmente conectada/capa completamente conectada/capa densa | strato completamente
    connesso/livello completamente connesso/strato denso
output layer | Ausgabeschicht | couche de sortie | capa de salida | strato di uscita/strato di
    output/livello di uscita
input layer | Eingabeschicht | couche d'entrée | capa de entrada | strato di ingresso/strato di
    input/livello di ingresso
hidden layer | versteckte Schicht/verborgene Schicht/verdeckte Schicht | couche cachée | capa oculta |
    strato nascosto/livello nascosto
hidden units | versteckte Neuronen/verborgene Neuronen/versteckte Einheiten | neurones cachés/unités
    cachées | neuronas ocultas/unidades ocultas | neuroni nascosti/unità nascoste
layers | Schichten | couches | capas | strati/livelli
layer | Schicht | couche | capa | strato/livello
max pooling | Max-Pooling/Maximum-Pooling | max-pooling/pooling maximal | max-pooling/agrupación máxima
    | max-pooling
convolution | Faltung/Konvolution | convolution | convolución | convoluzione
network | Netz/Netzwerk/Netzes/Netzwerks | réseau | red neuronal/red | rete neurale/rete
kernels | Kerne/Kernen/Filterkerne/Faltungskerne/Faltungskernen | noyaux | núcleos | nuclei
kernel | Kern/Filterkern/Faltungskern | noyau | núcleo | nucleo
filters | Filtern | filtres | filtros | filtri
filter | Filters | filtre | filtro | filtro
window | Fenster | fenêtre | ventana | finestra
stride | Schrittweite/Schrittlänge/Schrittweiten | ~pas | zancada/~paso | ~passo
padding | Auffüllung/Polsterung/Rand/Nullrand | remplissage/marge/bourrage | relleno |
    riempimento/imbottitura/bordo
no padding | kein Padding/keine Auffüllung/kein Rand | pas de remplissage/pas de marge | ningún relleno
    | nessun padding/nessun riempimento
dilation | Dilatation | dilatation | dilatación | dilatazione
channels | Kanäle/Kanälen | canaux | canales | canali
channel | Kanal | canal | canal | canale
input | Eingabe/Eingang | entrée | entrada | ingresso
output | Ausgabe/Ausgang | sortie | salida | uscita
inputs | Eingaben/Eingänge/Eingängen | entrées | entradas | ingressi
outputs | Ausgaben/Ausgänge/Ausgängen | sorties | salidas | uscite
image | Bild/Bilder/Bildern | image | imagen | immagine
units | Einheiten | unités | unidades | unità
neurons | Neuronen/Neurone | neurones | neuronas | neuroni
weights | Gewichte/Gewichten | poids | pesos | pesi
weight | Gewicht | poids | peso | peso
biases | Biase/Biasen/Biaswerte/Biaswerten/Bias-Werte/Schwellenwerte/Schwellwerte/Schwellwerten | biais
    | sesgos | bias/soglie
bias | Schwellenwert/Schwellwert | biais | sesgo | bias/soglia
parameters | Parameter/Parametern | paramètres | parámetros | parametri
connections | Verbindungen | connexions | conexiones | connessioni
multiplications | Multiplikationen | multiplications | multiplicaciones | moltiplicazioni
additions | Additionen | additions | sumas | addizioni
operations | Operationen/Rechenoperationen | opérations | operaciones | operazioni
pixels | Pixeln/Bildpunkte/Bildpunkten | pixels de côté/pixels | píxeles | pixel
probabilities | Wahrscheinlichkeiten | probabilités | probabilidades | probabilità
derivative | Ableitung | dérivée | derivada | derivata
derivatives | Ableitungen | dérivées | derivadas | derivate
number of | Anzahl der/Anzahl an/Anzahl/Zahl der | nombre de/nombre des/nombre d' | número de | numero
    di/numero dei/numero delle
in total | insgesamt/im Ganzen | au total/en tout | en total | in totale
total | Gesamt/Gesamtzahl/gesamt | total | total | totale
sum | Summe | somme | suma | somma
share | Anteil | part/proportion | proporción/porcentaje | quota/percentuale
size | Größe | taille/dimension | tamaño/dimensión | dimensione
"""
"""English | German | French | Spanish | Italian, with / between words for the same, and - for none.

A word behind ~ is translated only where it means this; ``ONLY_WHERE`` says where.
"""

_SENTENCES = """
first | erste/ersten/erster | première/premier | primera/primer | primo/prima
second | zweite/zweiten/zweiter | deuxième/seconde/second | segunda/segundo | secondo/seconda
third | dritte/dritten/dritter | troisième | tercera/tercer | terzo/terza
of size | der Größe/mit Größe | de taille | de tamaño | di dimensione/di dimensioni
including | einschließlich/inklusive/inkl. | y compris | incluyendo/incluidos | inclusi/compresi
no bias | kein Bias/keine Biase | pas de biais | ningún sesgo | nessun bias
without | ohne | sans | ~sin | senza
with | mit | avec | con | con
has | hat/besitzt | possède/comporte/compte | tiene/posee | ha/possiede
have | haben/besitzen | ont/possèdent/comportent | tienen | hanno
is | ist/beträgt/lautet/misst | est/vaut/mesure | es/mide/vale | è/vale/misura
are | sind/betragen | sont | son/hay | sono
gives | ergibt/liefert/macht/erzeugt | donne/produit/fait | da/produce/resulta | dà/produce/risulta
makes | bilden | font | hacen | fanno
we get | erhält man/man erhält/erhalten wir/wir erhalten | on obtient/nous obtenons | se obtiene/se
    obtienen/obtenemos | si ottiene/si ottengono/otteniamo
leaves | bleiben/bleibt/verbleiben | reste/restent/il reste | quedan/queda | restano/resta/rimangono
and | und | et | - | ~e
or | oder | ou | - | -
so | also/somit/daher | donc/ainsi | entonces/luego | quindi/dunque
that is | das heißt/d.h./d. h./das sind/das ist | c'est-à-dire/soit | es decir/o sea | cioè/ossia/ovvero/vale
    a dire/pari a/pari al/pari allo/pari all'
each | je/jeder/jede/jedes/jeweils | chaque/chacun/chacune | cada | ogni/ciascuno/ciascuna
per | pro | par chaque | por cada | per ciascun
of | von | de/des/du/d' | de/del | di/dei/delle/del/della/su
on | auf/über | ~sur | sobre | ~su
from | aus | depuis | desde | da
to | zu | vers | hacia | -
the | die/der/das/den/dem | le/la/les/l' | el/la/los/las | il/lo/la/gli/le/l'
for | für | pour | para | per un/per il/per la
adding | addiert man/dazu kommen/hinzu kommen | en ajoutant/si on ajoute/on ajoute | sumando/añadiendo |
    aggiungendo/sommando
plus | zuzüglich | plus | más | più
minus | abzüglich/weniger | moins | menos | meno
by | - | ~par | ~por | ~per
times | mal | fois/multiplié par | veces/multiplicado por | volte/moltiplicato per
divided by | geteilt durch/dividiert durch | divisé par | dividido por/dividido entre | diviso
    per/diviso
doubled | verdoppelt/das Doppelte davon | doublé/le double | duplicado/el doble | raddoppiato/il doppio
halved | halbiert/die Hälfte davon | la moitié | la mitad | dimezzato/la metà
about | etwa/rund/ungefähr/circa | environ/à peu près | unos/aproximadamente/cerca de | circa
a | ein/eine/einen/einem/einer | un/une | un/una | un/una/uno
"""
"""The words of the sentences around them."""


def _table() -> dict[Language, dict[str, str]]:
    made: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
    rows = (_NETWORKS.strip() + "\n" + _SENTENCES.strip()).replace("\n    ", " ").split("\n")
    for row in rows:
        english, *others = (cell.strip() for cell in row.split(" | "))
        for language, words in zip(LANGUAGES, others, strict=True):
            for word in words.split("/"):
                if word not in ("-", english):
                    made[language].setdefault(word.lower(), english)
    return made


_A_NUMBER = r"(?= (?:d[ei] )?\d+(?!\d*[.:)] ?\D)| ?= ?\d)"
ONLY_WHERE: dict[str, str] = {
    "~pas": r"(?<!est )(?<!sont )(?<!ont )(?<! a )pas(?= (?:est |vaut )?(?:de )?\d| ?[=:] ?\d)",
    "~paso": rf"paso{_A_NUMBER}",  # no 'Paso 2: ...'
    "~passo": rf"passo{_A_NUMBER}",
    "~sin": r"sin(?=\s+[^\W\d]{3})",  # no sine of a number or of x
    "~sur": r"sur(?= (?:les |chacun des )?\d+ (?:canaux|cartes))",
    "~su": r"su(?= (?:i )?\d+ (?:canali|mappe))",
    "~par": r"(?<=\d )par(?= \d)",
    "~por": r"(?<=\d )por(?= \d)",
    "~e": r"(?<=\s)(?<![=+−·×*/^(-]\s)e(?=\s+(?![=+−·×*/^≈<>),.-]))",  # no number e
    "~per": r"(?<=\d )per(?= \d)",
}
"""Patterns of the words that mean many things."""

WORDS = _table()
"""For each language its words and phrases, in small letters, with the English ones."""
