"""The picture beside a shared link: 1200 by 630 points, drawn here with no font or file of the machine."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
# The day colors of docs/assets/css/tokens.css; a picture cannot follow the reader's scheme.
PAPER, INK, SOFT, TEAL, RED, HEADER = "#fbf8f3", "#22302f", "#4c5b59", "#0b5f66", "#a3161f", "#123c40"
LEFT, TOP, LINE = 72, 150, 76
DOSE = [(700, 520), (700, 470), (800, 470), (800, 400), (900, 400), (900, 330), (1000, 330), (1000, 260), (1120, 260)]
PAIN = [(700, 300), (760, 420), (840, 455), (930, 400), (1010, 270), (1120, 170)]


def draw(title: str, name: str, owner: str) -> bytes:
    """A PNG with a page's title, the site's name and its owner. The same words give the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 96), HEADER)
    pen.text((LEFT, 28), owner, "#ffffff", ImageFont.load_default(36))
    pen.text((LEFT, TOP), name, TEAL, ImageFont.load_default(40))
    for number, line in enumerate(textwrap.wrap(title, 17)[:5]):
        pen.text((LEFT, TOP + 64 + number * LINE), line, INK, ImageFont.load_default(64))
    pen.line([(680, 540), (680, 160)], SOFT, 3)
    pen.line([(680, 540), (1140, 540)], SOFT, 3)
    pen.line(DOSE, TEAL, 9, joint="curve")
    pen.line(list(curve(PAIN)), RED, 9, joint="curve")
    pen.text((1030, 275), "dose", TEAL, ImageFont.load_default(34))
    pen.text((950, 190), "pain", RED, ImageFont.load_default(34))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def curve(points: list[tuple[int, int]], steps: int = 12) -> Iterator[tuple[float, float]]:
    """Points on a smooth line through the given ones (a Catmull-Rom spline)."""
    padded = [points[0], *points, points[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps + 1):
            t = step / steps
            yield tuple(
                (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3) / 2
                for p, q, r, s in zip(a, b, c, d, strict=True)
            )
