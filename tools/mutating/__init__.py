"""A mutation run: small faults put into nnutils one at a time, each tried with the tests that reach its line.

`faults` finds them in a source text, `expressions` the changes of one statement; `sampling` draws some from a
seed, `scratch` keeps the copies of the tree that they are put into, `children` runs pytest in forked
processes, `watching` is what pytest loads there, `reach` knows which test reaches which line, `trying` says
which tests to run on a fault, `control` runs those that caught one without it, `equivalents` reads the list
of faults that change nothing, `reporting` writes it all down.
"""
