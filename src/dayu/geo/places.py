"""Points in WGS-84 degrees: distance, distance from a line (a reach, a dike), and the GCJ-02 shift of Chinese maps.

CGCS2000, the official Chinese datum, differs from WGS-84 by centimetres and is treated as the same here. Distances are
on the sphere; over the few kilometres that leads and inspections ask about the error is below 0.6 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, hypot, pi, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8  # mean radius of WGS-84

# Ellipsoid of the GCJ-02 shift (Krasovsky 1940).
_AXIS = 6_378_245.0
_FLATTENING = 0.00669342162296594323


@dataclass(frozen=True, slots=True)
class Point:
    """A place, in degrees. `lat` -90 to 90, `lon` -180 to 180."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(f"no place on earth: {self.lat}, {self.lon}")


def distance_m(one: Point, other: Point) -> float:
    """Distance on the sphere, in metres (haversine: exact also for near points)."""
    across = sin(radians(other.lat - one.lat) / 2) ** 2
    along = sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, across + cos(radians(one.lat)) * cos(radians(other.lat)) * along)))


def distance_to_line_m(point: Point, line: Sequence[Point]) -> float:
    """Distance in metres from a point to the nearest place on a line of one point or more."""
    if not line:
        raise ValueError("a line has at least one point")
    if len(line) == 1:
        return distance_m(point, line[0])
    return min(_to_segment_m(point, begin, end) for begin, end in pairwise(line))


def is_near_line(point: Point, line: Sequence[Point], *, within_m: float) -> bool:
    """Whether the point lies at most `within_m` metres from the line."""
    return distance_to_line_m(point, line) <= within_m


def line_length_m(line: Sequence[Point]) -> float:
    """Length of a line, in metres."""
    return sum(distance_m(a, b) for a, b in pairwise(line))


def _to_segment_m(point: Point, begin: Point, end: Point) -> float:
    """Distance to a segment on the plane that touches the earth at `point`: right for segments of some kilometres."""
    bx, by = _flat(point, begin)
    ex, ey = _flat(point, end)
    dx, dy = ex - bx, ey - by
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else max(0.0, min(1.0, -(bx * dx + by * dy) / square))
    return hypot(bx + share * dx, by + share * dy)


def _flat(centre: Point, place: Point) -> tuple[float, float]:
    """Metres east and north of `centre`; the shorter way around the globe."""
    east = (place.lon - centre.lon + 180) % 360 - 180
    metres = radians(1) * EARTH_RADIUS_M
    return east * metres * cos(radians(centre.lat)), (place.lat - centre.lat) * metres


def wgs84_to_gcj02(point: Point) -> Point:
    """The place as maps published in China show it. Outside of China nothing is shifted."""
    if _outside_china(point):
        return point
    x, y = point.lon - 105.0, point.lat - 35.0
    wave = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    magic = 1 - _FLATTENING * sin(radians(point.lat)) ** 2
    dlat = north * 180 / (_AXIS * (1 - _FLATTENING) / (magic * sqrt(magic)) * pi)
    dlon = east * 180 / (_AXIS / sqrt(magic) * cos(radians(point.lat)) * pi)
    return Point(point.lat + dlat, point.lon + dlon)


def gcj02_to_wgs84(point: Point) -> Point:
    """The true place of a point read from a map published in China, to a few centimetres (three corrections)."""
    if _outside_china(point):
        return point
    guess = point
    for _ in range(3):
        shifted = wgs84_to_gcj02(guess)
        guess = Point(guess.lat + point.lat - shifted.lat, guess.lon + point.lon - shifted.lon)
    return guess


def _outside_china(point: Point) -> bool:
    return not (72.004 <= point.lon <= 137.8347 and 0.8293 <= point.lat <= 55.8271)
