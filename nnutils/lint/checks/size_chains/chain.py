"""A chain of layers with the sizes that they make, judged from one size to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nnutils.core.errors import NNUtilsError
from nnutils.lint.checks.networks.layer_tables import size_finding
from nnutils.lint.checks.networks.made_sizes import Made, made_sizes
from nnutils.lint.checks.networks.settings import Settings
from nnutils.lint.checks.networks.written_sizes import Picture, WrittenSize, agree, features_of
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding

__all__ = ["Link", "judged"]

_FLAT = ("flatten", "linear", "output")
_STRIDES = (1, 2, 3, 4)


@dataclass(frozen=True)
class Link:
    """A layer, None for what goes into the chain, and the size behind it, None where none is written."""

    settings: Settings | None
    size: WrittenSize | None
    name: str = ""


@dataclass(frozen=True)
class _Step:
    """A layer between two sizes that stand in the sheet."""

    link: Link
    before: tuple[Picture, ...]

    @cached_property
    def stated(self) -> tuple[Picture, ...]:
        """What the size behind the layer may mean."""
        assert self.link.size is not None
        settings = self.link.settings
        numbers = self.link.size.numbers
        if settings is not None and settings.kind == "average" and len(numbers) == 1:
            return ((numbers[0], 1, 1),)
        flat = settings is not None and settings.kind in _FLAT
        return ((self.link.size.features(),),) if flat else self.link.size.pictures()

    def made(self, before: Sequence[Picture]) -> list[Made]:
        """Return what the layer makes of an input, in each usual reading."""
        settings = self.link.settings
        assert settings is not None
        try:
            return [one for one in made_sizes(settings, before)[0] if one.usual]
        except NNUtilsError:
            return []

    def fits(self, before: Sequence[Picture], *, stated: Sequence[Picture] = ()) -> bool:
        """Return whether the layer makes what is stated of an input."""
        return any(agree(one.shape, other) for one in self.made(before) for other in (stated or self.stated))

    @cached_property
    def judgeable(self) -> bool:
        """Whether the layer makes something of its input that can be compared with what is stated."""
        settings = self.link.settings
        dense = settings is not None and settings.kind in ("linear", "output")  # whatever it reads, it fits
        return not dense and bool(self.made(self.before))

    @cached_property
    def right(self) -> bool:
        """Whether what is stated behind the layer follows from what is stated before it."""
        return self.fits(self.before)

    @cached_property
    def only_channels(self) -> bool:
        """Whether height and width follow, and only the told number of filters is another one."""
        settings = self.link.settings
        return (
            not self.right
            and settings is not None
            and settings.filters is not None
            and any(
                len(one.shape) == 3 == len(other) and None not in other and one.shape[1:] == other[1:]
                for one in self.made(self.before)
                for other in self.stated
            )
        )

    @cached_property
    def explicit(self) -> bool:
        """Whether all settings are told, or those that a pooling needs."""
        settings = self.link.settings
        if settings is None or settings.kernel is None or settings.dilation:
            return False
        pooled = settings.kind == "pool" and (settings.stride is not None or max(settings.kernel) == 2)
        return pooled or (settings.kind == "conv" and settings.padding is not None)

    @cached_property
    def perhaps(self) -> bool:
        """Whether settings that are not told could make what is stated."""
        settings = self.link.settings
        assert settings is not None
        if settings.kernel is None or settings.kind in _FLAT:
            return settings.kind not in _FLAT
        strides = [settings.stride] if settings.stride else [(one, one) for one in _STRIDES]
        pads = (
            [settings.padding]
            if settings.padding is not None
            else [(one, one) for one in range(max(settings.kernel) // 2 + 1)]
        )
        ways = [replace(settings, stride=stride, padding=pad) for stride in strides for pad in pads]
        return any(replace(self, link=replace(self.link, settings=way)).right for way in ways)


def judged(context: Context, links: Sequence[Link], *, whole: bool = True) -> Iterator[Finding]:
    """Judge each size of a chain; one is wrong where the rest of the chain bears that out.

    Not ``whole`` is a chain that may leave out layers, so that its last size proves nothing.
    """
    steps = list(_steps(links))
    known = [one for one in steps if one is not None and one.judgeable]
    wrong = [one for one in known if not one.right]
    if len(known) < 2 and not (whole and known and known[0].explicit):
        return
    if len(wrong) > max(2, len(known) // 2):
        return
    told: set[int] = set()
    for place, step in enumerate(steps):
        if step is None or not step.judgeable or step.right or step.link.size is None:
            continue
        made = step.made(step.before)
        shapes = [one.shape for one in made]
        behind = steps[place + 1] if place + 1 < len(steps) else None
        if place - 1 in told and step.fits(_computed(steps[place - 1])):
            continue  # the size before is wrong, not this one
        others = len(known) - len(wrong)
        if step.only_channels:
            sure = others >= 1
        elif behind is not None and behind.judgeable and not behind.right:
            sure = behind.fits(shapes)
        elif behind is not None and behind.judgeable:
            sure = whole and behind.fits(shapes) and len(wrong) == 1 and others >= 2 and not step.perhaps
        else:
            alone = len(known) == 1 and step.explicit
            sure = whole and len(wrong) == 1 and (others >= 1 or alone) and not step.perhaps
        if sure:
            told.add(place)
            yield size_finding(context, step.link.size, made[:1], "wrong", step.link.name)


def _computed(step: _Step | None) -> list[Picture]:
    return [one.shape for one in step.made(step.before)] if step is not None else []


def _steps(links: Sequence[Link]) -> Iterator[_Step | None]:
    """Yield the layers that stand between two sizes, None where one of them is missing."""
    before: tuple[Picture, ...] = ()
    for link in links:
        if link.settings is None:
            before = link.size.pictures() if link.size is not None else ()
            yield None
            continue
        if link.size is None:
            if link.settings.kind not in ("activation", "norm"):
                before = ()
            yield None
            continue
        step = _Step(link, before)
        yield step if before else None
        channels = {one.shape[0] for one in step.made(before) if len(one.shape) == 3} if before else set()
        only = channels.pop() if len(channels) == 1 else link.settings.filters
        before = tuple((only, *one[1:]) if len(one) == 3 and one[0] is None else one for one in step.stated)
        if any(features_of(one) is None for one in before) and link.settings.kind in _FLAT:
            before = ()
