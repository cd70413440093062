"""Labels on a map: each has its place, none covers another."""

from itertools import combinations

import pytest

from eldercare.labels import RINGS, edge, placed, size

WORDS = ("无锡\n24%", "苏州\n17%", "常州\n20%", "镇江\n24%", "泰州\n28%", "张家港")
CROWD = ((0, 0), (14, -6), (-12, 8), (-20, 14), (4, 18), (6, 4))


def boxes(words, found):
    sizes = [size(each, 11) for each in words]
    return [(x - w, y - h, x + w, y + h) for (x, y), (w, h) in zip(found, sizes, strict=True)]


def meet(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_labels_with_room_stay_where_they_are():
    spots = ((0, 0), (100, 0))
    assert placed(spots, ("南通\n30%", "合肥\n15%"), (1, 1), 11) == spots


def test_in_a_crowd_every_label_stands_and_none_covers_another():
    found = placed(CROWD, WORDS, (0, 1, 2, 3, 4, 5), 11)
    assert not any(meet(a, b) for a, b in combinations(boxes(WORDS, found), 2))
    far = [max(abs(x - a), abs(y - b)) for (x, y), (a, b) in zip(found, CROWD, strict=True)]
    assert max(far) <= RINGS[-1] and sorted(far)[0] == 0


def test_the_larger_place_keeps_its_place():
    found = placed(((0, 0), (5, 2)), ("无锡\n20%", "苏州\n17%"), (1, 2), 11)
    assert found[1] == (5, 2) and found[0] != (0, 0)


def test_a_label_leaves_the_mark_of_a_point_free():
    words = ("张家港", "苏州\n17%")
    found = placed(((0, 0), (3, 0)), words, (0, 9), 11, points=(0,))
    mark = (-6, -6, 6, 6)
    assert not any(meet(box, mark) for box in boxes(words, found))


@pytest.mark.parametrize(
    ("middle", "where"), [((40, 0), (29, 0)), ((0, 30), (0, 23.18)), ((0, 0), (0, 0))]
)
def test_a_line_ends_at_the_edge_of_the_label(middle, where):
    assert edge((0, 0), middle, "无锡", 11) == pytest.approx(where)
