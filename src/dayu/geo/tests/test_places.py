"""Distances two leads apart, nearness to a river line, and the shift of Chinese maps there and back."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayu.geo.places import (
    Point,
    distance_m,
    distance_to_line_m,
    gcj02_to_wgs84,
    is_near_line,
    line_length_m,
    wgs84_to_gcj02,
)

china = st.builds(Point, st.floats(18, 53), st.floats(74, 134))


def test_a_degree_of_latitude_is_some_111_kilometres() -> None:
    assert isclose(distance_m(Point(30, 110), Point(31, 110)), 111_195, rel_tol=1e-4)


def test_two_leads_two_hundred_metres_apart_are_told_as_such() -> None:
    here = Point(34.5, 108.9)
    there = Point(34.5 + 200 / 111_195, 108.9)
    assert isclose(distance_m(here, there), 200, rel_tol=1e-3)


def test_half_way_around_the_earth_is_the_longest_way() -> None:
    assert isclose(distance_m(Point(0, 0), Point(0, 180)), 20_015_115, rel_tol=1e-6)


@given(china, china, china)
def test_distance_is_symmetric_and_no_detour_is_shorter(a: Point, b: Point, c: Point) -> None:
    assert isclose(distance_m(a, b), distance_m(b, a), abs_tol=1e-6)
    assert distance_m(a, c) <= distance_m(a, b) + distance_m(b, c) + 1e-3


def test_a_point_beside_a_river_is_measured_to_the_nearest_place_of_its_line() -> None:
    line = [Point(34.0, 108.0), Point(34.0, 108.1)]
    assert isclose(distance_to_line_m(Point(34.01, 108.05), line), 1112, rel_tol=1e-3)
    assert is_near_line(Point(34.01, 108.05), line, within_m=1200)
    assert not is_near_line(Point(34.01, 108.05), line, within_m=1000)


def test_a_point_beyond_the_end_is_measured_to_the_end() -> None:
    line = [Point(34.0, 108.0), Point(34.0, 108.1)]
    beyond = Point(34.0, 108.2)
    assert isclose(distance_to_line_m(beyond, line), distance_m(beyond, line[1]), rel_tol=1e-4)


def test_a_line_of_one_point_and_an_empty_line() -> None:
    assert distance_to_line_m(Point(34, 108), [Point(34, 108)]) == 0
    with pytest.raises(ValueError, match="at least one point"):
        distance_to_line_m(Point(34, 108), [])


def test_the_length_of_a_line_is_the_sum_of_its_parts() -> None:
    line = [Point(34.0, 108.0), Point(34.01, 108.0), Point(34.02, 108.0)]
    assert isclose(line_length_m(line), distance_m(line[0], line[2]), rel_tol=1e-9)


def test_the_shift_equals_a_published_pair() -> None:
    """Tian'anmen: WGS-84 39.90734, 116.39089 is shown some 550 metres away."""
    shifted = wgs84_to_gcj02(Point(39.90734, 116.39089))
    assert isclose(shifted.lat, 39.90874, abs_tol=2e-4)
    assert isclose(shifted.lon, 116.39713, abs_tol=2e-4)


@given(china)
def test_the_shift_is_undone_to_a_centimetre_or_so(point: Point) -> None:
    assert distance_m(gcj02_to_wgs84(wgs84_to_gcj02(point)), point) < 0.05


def test_outside_of_china_nothing_is_shifted() -> None:
    assert wgs84_to_gcj02(Point(48.85, 2.35)) == Point(48.85, 2.35)
    assert gcj02_to_wgs84(Point(48.85, 2.35)) == Point(48.85, 2.35)


def test_coordinates_beyond_the_globe_are_refused() -> None:
    with pytest.raises(ValueError, match="no place on earth"):
        Point(91, 0)
