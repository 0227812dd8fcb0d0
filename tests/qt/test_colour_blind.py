"""Classes that are drawn beside each other differ for every eye, and never by colour alone."""
from __future__ import annotations

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import numpy as np
import pytest

from timeline_app.qt import theme
from timeline_app.qt.ink import TEXTURES
from timeline_app.viewmodel.lanes import portals

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG
# 15 (2009): what is left of linear RGB where one kind of cone is missing (severity 1.0).
EYES = {
    "all cones": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
}
FREE = tuple(f"free{number}" for number in range(6))
TOGETHER = {"a coding of uses": ("hijacked", "original", "rest"), "parts of a stack": (*FREE, "rest"),
            "states of a portal": ("asking", "down", "ink"), "bars and what is selected": ("counted", "interaction")}
LEAST = 10.0
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                [0.0193339, 0.1191920, 0.9503041]])
WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(value: str, eye: str) -> np.ndarray:
    """A colour as CIELAB has it (D65), seen with an eye."""
    parts = np.array([int(value[at:at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    whole = XYZ @ np.clip(EYES[eye] @ linear, 0, 1) / WHITE
    bent = np.where(whole > 216 / 24389, np.cbrt(whole), (24389 / 27 * whole + 16) / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def _hue(a: float, b: float) -> float:
    return degrees(atan2(b, a)) % 360 if a or b else 0.0


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """CIEDE2000 (CIE 142-2001) with all weights 1."""
    pull = (hypot(*one[1:]) + hypot(*other[1:])) / 2
    grown = 1 + 0.5 * (1 - sqrt(pull**7 / (pull**7 + 25**7)))
    a1, a2 = one[1] * grown, other[1] * grown
    c1, c2, h1, h2 = hypot(a1, one[2]), hypot(a2, other[2]), _hue(a1, one[2]), _hue(a2, other[2])
    turn = 0.0 if not c1 * c2 else (h2 - h1 + 180) % 360 - 180
    light, dark = other[0] - one[0], (one[0] + other[0]) / 2
    chroma, mean = c2 - c1, (c1 + c2) / 2
    hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    middle = (h1 + h2) if not c1 * c2 else (h1 + turn / 2) % 360
    weight = (1 - 0.17 * cos(radians(middle - 30)) + 0.24 * cos(radians(2 * middle))
              + 0.32 * cos(radians(3 * middle + 6)) - 0.2 * cos(radians(4 * middle - 63)))
    rotated = -sin(radians(60 * exp(-(((middle - 275) / 25) ** 2)))) * 2 * sqrt(mean**7 / (mean**7 + 25**7))
    sl = 1 + 0.015 * (dark - 50) ** 2 / sqrt(20 + (dark - 50) ** 2)
    sc, sh = 1 + 0.045 * mean, 1 + 0.015 * mean * weight
    return sqrt((light / sl) ** 2 + (chroma / sc) ** 2 + (hue / sh) ** 2 + rotated * (chroma / sc) * (hue / sh))


# Pairs 1, 5, 9, 17 and 25 of Sharma, Wu and Dalal, Color Research and Application 30 (2005).
@pytest.mark.parametrize(("one", "other", "expected"), [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425), ((50, -1.1848, -84.8006), (50, 0, -82.7485), 1.0),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792), ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644)])
def test_that_differences_are_measured_as_published(one, other, expected):
    assert difference(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-3)


def test_that_eyes_without_a_cone_take_red_and_green_for_nearer_than_they_are():
    red, green = "#C00000", "#608000"
    assert difference(lab(red, "deutan"), lab(green, "deutan")) < difference(lab(red, "all cones"),
                                                                             lab(green, "all cones")) / 2


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", theme.THEMES)
def test_that_classes_drawn_together_differ_by_10_for_every_eye(name, eye):
    colours = theme.palette(name)
    near = {f"{what}: {one} and {other}": round(found, 1) for what, roles in TOGETHER.items()
            for one, other in combinations(roles, 2)
            if (found := difference(lab(colours.role(one), eye), lab(colours.role(other), eye))) < LEAST}
    assert near == {}


@pytest.mark.parametrize("what", ["a coding of uses", "parts of a stack"])
def test_that_parts_of_a_stack_differ_by_their_texture_too(what):
    textures = [TEXTURES.get(role) for role in TOGETHER[what]]
    assert len(set(textures)) == len(textures) and textures[0] is None


def test_that_states_of_a_portal_differ_by_their_shape_too():
    styles = [style for _, style in portals.LOOKS.values()]
    assert len(set(styles)) == len(styles) == 4
