"""How many seeded slips `nnutils.lint` finds in worked solutions, and how often it calls wrong what is right.

Run it as ``python benchmarks/lint_quality.py [CASES]``. So many sheets (500) are drawn by ``lint_cases``,
in styles that were written without a look at the checker. A slip counts as found where the verdict "wrong"
stands at its line and names its number, or what comes of it; for a wrong rounding "rounded" does as well. A
false alarm is "wrong" on anything else, also on text that states nothing; what uses a number that a slip made
wrong counts as neither. Alarms are set against the right statements that were checked, each counted once.

Each set of styles was measured before anybody looked at what was missed in it; the README says what was
found then. After that the checker was mended by it, so that its figures praise the checker from then on. A
new set belongs into ``HELD_OUT`` until it has been measured once: ``--show-misses N`` and
``--show-alarms N``, which print what was missed and what was called wrong, leave it out. With ``--readme``
the figures are written into README.md.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # called as a file, a benchmark sees this folder only

from benchmarks.lint_cases import SETS, STYLES, Case, draw  # noqa: E402
from benchmarks.lint_scores import Finding, Score, scored  # noqa: E402
from benchmarks.readme_block import write_block  # noqa: E402

SEED = 1
CASES = 20 * len(STYLES)
HELD_OUT: frozenset[str] = frozenset()
"""The sets of styles whose misses and alarms nobody may look at yet."""

STUDIED = frozenset(STYLES).difference(*(SETS[name] for name in HELD_OUT))
"""The styles whose misses and alarms may be looked at."""

LEAST_RECALL, MOST_ALARMS = 95.0, 1.0
BEGIN, END = "<!-- figures of lint -->", "<!-- end of the figures of lint -->"

Linter = Callable[[Case], Sequence[Finding]]


def linted(case: Case) -> Sequence[Finding]:
    """Return what the library's checker says about a sheet."""
    from nnutils.lint import lint

    judged: Sequence[Finding] = lint(case.text, name=case.name + case.suffix, network=case.network).judged
    return judged


@dataclass
class Quality:
    """The scores of a run, by style and in all."""

    cases: int
    seed: int
    styles: dict[str, Score] = field(default_factory=dict)

    @property
    def all(self) -> Score:
        """The scores of all styles together."""
        total = Score()
        for score in self.styles.values():
            total.add(score)
        return total

    def of_set(self, styles: Iterable[str]) -> Score:
        """Return the scores of some styles together."""
        total = Score()
        for name in styles:
            total.add(self.styles.get(name, Score()))
        return total

    def goals(self) -> list[str]:
        """Return a line for each goal: what was reached, what was to be reached, and whether it was."""
        total = self.all
        met = {True: "met", False: "not met"}
        alarms = f"{len(total.alarms)} in {total.checked:,}"
        return [
            f"Recall {total.recall:.1f} % ({total.found} of {total.seeded} seeded slips); "
            f"goal: at least {LEAST_RECALL:.0f} %: {met[total.recall >= LEAST_RECALL]}.",
            f"False alarms {_rate(total.alarms_in_500)} in 500 checked statements ({alarms}); "
            f"goal: fewer than {MOST_ALARMS:.0f}: {met[total.alarms_in_500 < MOST_ALARMS]}.",
            f"Coverage {total.coverage:.1f} % ({total.checked:,} of {total.right:,} right statements "
            f"checked); {total.doubted} right ones are called rounded or suspicious.",
            *(
                f"The {name} set of styles{', held out' * (name in HELD_OUT)}: recall {one.recall:.1f} % "
                f"({one.found} of {one.seeded}), {len(one.alarms)} false alarms in {one.checked:,}."
                for name, styles in SETS.items()
                if (one := self.of_set(styles)).seeded
            ),
        ]

    def as_text(self) -> str:
        """Return the tables by style and by kind of slip, and the goals."""
        head = f"{'style':22}{'slips':>7}{'found':>7}{'recall':>9}{'right':>8}{'checked':>9}{'coverage':>10}"
        lines = [head + f"{'alarms':>8}{'in 500':>8}"]
        for name, one in {**self.styles, "all": self.all}.items():
            lines.append(
                f"{name:22}{one.seeded:7}{one.found:7}{one.recall:8.1f}%{one.right:8}{one.checked:9}"
                f"{one.coverage:9.1f}%{len(one.alarms):8}{_rate(one.alarms_in_500):>8}"
            )
        lines += ["", f"{'kind of slip':38}{'slips':>7}{'found':>7}{'recall':>9}"]
        for kind, (found, seeded) in sorted(self.all.kinds.items()):
            lines.append(f"{kind:38}{seeded:7}{found:7}{100 * found / seeded:8.1f}%")
        lines += ["", f"{self.all.caused} statements use a number that a slip made wrong: not counted."]
        return "\n".join([*lines, *self.goals()])

    def as_markdown(self) -> str:
        """Return what the README quotes."""
        lines = [
            f"{self.cases} worked solutions in {len(self.styles)} styles (seed {self.seed}).",
            *self.goals(),
            "",
            "<details><summary>Each style and each kind of slip</summary>",
            "",
            "| style | seeded slips | recall (%) | right statements | checked (%) | false alarms |",
            "|---|---:|---:|---:|---:|---:|",
        ]
        for name, one in self.styles.items():
            lines.append(
                f"| {name} | {one.seeded} | {one.recall:.1f} | {one.right} | {one.coverage:.1f} | "
                f"{len(one.alarms)} |"
            )
        lines += ["", "| kind of slip | seeded | recall (%) |", "|---|---:|---:|"]
        for kind, (found, seeded) in sorted(self.all.kinds.items()):
            lines.append(f"| {kind} | {seeded} | {100 * found / seeded:.1f} |")
        return "\n".join([*lines, "", "</details>"])

    def misses(self, most: int) -> str:
        """Return the first slips that were not found, with what was said about their lines."""
        blocks = []
        for one in [one for one in self.all.misses if one.case.style in STUDIED][:most]:
            said = "; ".join(_said(finding) for finding in one.said) or "nothing"
            blocks.append(
                f"{one.case.name}{one.case.suffix}:{one.placed.line}: missed {one.placed.written!r} "
                f"({one.placed.slip}); it should be {one.placed.work}\n"
                f"    {_line(one.case, one.placed.line)}\n    said: {said}"
            )
        return "\n".join(blocks)

    def alarms(self, most: int) -> str:
        """Return the first false alarms."""
        return "\n".join(
            f"{one.case.name}{one.case.suffix}:{one.finding.line}: {_said(one.finding)}\n"
            f"    {_line(one.case, one.finding.line)}"
            for one in [one for one in self.all.alarms if one.case.style in STUDIED][:most]
        )


def _rate(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else "many"


def _said(finding: Finding) -> str:
    return f"{finding.verdict}: {finding.stated}, computed {finding.computed} ({finding.why})"


def _line(case: Case, number: int) -> str:
    lines = case.text.split("\n")
    return lines[number - 1].strip() if 0 < number <= len(lines) else "(no such line)"


def measure(cases: Iterable[Case], linter: Linter = linted, seed: int = SEED) -> Quality:
    """Let a checker judge the sheets, and compare."""
    quality = Quality(0, seed)
    for case in cases:
        try:
            findings = linter(case)
        except Exception as error:
            error.add_note(f"on the sheet {case.name}{case.suffix} of seed {seed}")
            raise
        quality.cases += 1
        quality.styles.setdefault(case.style, Score()).add(scored(case, findings))
    return quality


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cases", nargs="?", type=int, default=CASES, help=f"how many sheets ({CASES})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"where they are drawn from ({SEED})")
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--show-misses", type=int, default=0, metavar="N", help="print N slips not found")
    parser.add_argument("--show-alarms", type=int, default=0, metavar="N", help="print N false alarms")
    asked = parser.parse_args(arguments)
    if asked.cases < 1:
        parser.error(f"CASES is {asked.cases}: at least one sheet is needed.")
    return asked


def main() -> None:
    asked = parsed()
    quality = measure(draw(asked.cases, asked.seed), seed=asked.seed)
    if asked.readme:
        write_block(BEGIN, END, quality.as_markdown())
        return
    parts = [quality.misses(asked.show_misses), quality.alarms(asked.show_alarms), quality.as_text()]
    print("\n\n".join(part for part in parts if part))


if __name__ == "__main__":
    main()
