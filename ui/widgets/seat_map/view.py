"""Which part of the plan is on the screen, and how large: plain arithmetic, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

#: Largest scale, in pixels between neighbouring seats.
_MOST_PIXELS_PER_PITCH = 52.0
#: Part of the plan that must stay in sight while panning, in pixels.
_KEEP_IN_SIGHT = 60.0


@dataclass(frozen=True)
class View:
    """A plan point (metres) is at `(x * scale + left, y * scale + top)` on the screen (pixels)."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        return (x * self.scale + self.left, y * self.scale + self.top)

    def to_plan(self, x: float, y: float) -> tuple[float, float]:
        return ((x - self.left) / self.scale, (y - self.top) / self.scale)

    def moved(self, dx: float, dy: float) -> View:
        return replace(self, left=self.left + dx, top=self.top + dy)

    def zoomed(self, scale: float, at_x: float, at_y: float) -> View:
        """The view at another scale with the plan point under (at_x, at_y) staying there."""
        x, y = self.to_plan(at_x, at_y)
        return View(scale, at_x - x * scale, at_y - y * scale)

    def towards(self, other: View, part: float, width: float, height: float) -> View:
        """A view on the way to another: scale in equal ratios, middle in a straight line."""
        scale = self.scale * (other.scale / self.scale) ** part
        here = self.to_plan(width / 2, height / 2)
        there = other.to_plan(width / 2, height / 2)
        x = here[0] + (there[0] - here[0]) * part
        y = here[1] + (there[1] - here[1]) * part
        return View(scale, width / 2 - x * scale, height / 2 - y * scale)


@dataclass(frozen=True)
class Frame:
    """The window onto the plan: its size in pixels, the plan's edges in metres, the seat pitch."""

    width: float
    height: float
    bounds: tuple[float, float, float, float]
    pitch: float
    margin: float

    def whole(self) -> View:
        """The view that shows every seat, centred."""
        left, top, right, bottom = self.bounds
        across, down = right - left, bottom - top
        if across <= 0 or down <= 0:
            return View(1.0, self.width / 2, self.height / 2)
        scale = max(
            min(
                (self.width - 2 * self.margin) / across,
                (self.height - 2 * self.margin) / down,
                self.most,
            ),
            0.01,
        )
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        return View(scale, self.width / 2 - middle_x * scale, self.height / 2 - middle_y * scale)

    @property
    def most(self) -> float:
        """Largest allowed scale, in pixels per metre."""
        return _MOST_PIXELS_PER_PITCH / self.pitch

    def limited(self, scale: float) -> float:
        """The scale within what is allowed: from the whole court to a few seats."""
        return min(max(scale, self.whole().scale), self.most)

    def kept(self, view: View) -> View:
        """The view moved no further than needed for some of the plan to stay in sight."""
        left, top = view.to_screen(self.bounds[0], self.bounds[1])
        right, bottom = view.to_screen(self.bounds[2], self.bounds[3])
        dx = _pull(left, right, self.width)
        dy = _pull(top, bottom, self.height)
        return view.moved(dx, dy) if dx or dy else view


def _pull(low: float, high: float, length: float) -> float:
    keep = min(_KEEP_IN_SIGHT, length / 2, max(high - low, 0.0))
    if high < keep:
        return keep - high
    if low > length - keep:
        return length - keep - low
    return 0.0
