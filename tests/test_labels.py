"""Labels on a map: none covers another, names come before values."""

from eldercare.labels import fitted


def test_labels_with_room_stand_whole():
    assert fitted([(0, 0), (100, 0)], ["南通\n30%", "合肥\n15%"], [1, 1], 10) == [
        "南通\n30%",
        "合肥\n15%",
    ]


def test_the_larger_place_keeps_its_name():
    assert fitted([(0, 0), (5, 2)], ["无锡\n20%", "苏州\n17%"], [1, 2], 10) == ["", "苏州\n17%"]


def test_a_name_is_worth_more_than_a_value():
    """Two names of 12 pixels fit at a distance of 15; two labels of 25 do not."""
    assert fitted([(0, 0), (0, 15)], ["南京\n19%", "镇江\n24%"], [1, 2], 10) == ["南京", "镇江"]
