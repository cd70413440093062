"""地方档案: all that is known about one place, beside its province, the delta and its peers; prints on one A4 page."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import city, comparison, series
from eldercare.exhibits import place_tables as own
from eldercare.faces import screen as drawn
from eldercare.figures.ageing import pyramid
from eldercare.figures.situation import standing
from eldercare.screen import blocks, filters, place_parts

as_of = filters.as_of()
known = store.ask("profile_places")
heading = st.container()
with st.container(key="screen_place"):
    code, asked, elsewhere = filters.place(known, "YRD")
place = next(known[known["place_code"] == code].itertuples())
profile, standings = store.ask("age_profile", place=code), store.ask("place_standing", place=code)
facilities = store.ask("place_facilities", place=code, as_of=as_of)
records = city.with_stages(store.ask("place_records", place=code, as_of=as_of))
records = city.with_lamps(records, store.ask("task_schedule", as_of=as_of))
title = city.title(place, standings)
with heading:
    lead = (
        "一个地方的人口、床位、机构、协作与任务，与所在省、长三角和同级地区对照；可打印为一页A4。"
    )
    blocks.title(title, lead)
if asked is not None:
    (st.warning if asked else st.caption)(city.fallback(asked, place.label, elsewhere))
cards = city.cards(
    place,
    profile,
    standings,
    facilities,
    records,
    store.ask("latest_moves", places=[code], as_of=as_of),
)
blocks.cards(cards)
blocks.links(own.ways(place))

left, right = st.columns([1, 1.15], gap="small")
with left:
    ages = store.ask("age_pyramid", place=code)
    if ages.empty:
        words = f"{place.name}的普查老年人口"
        blocks.exhibit("age_profile", profile, None, words, city.AGES, ["两年各按当年区划，只并列"])
    else:
        blocks.exhibit(
            "age_pyramid",
            ages,
            pyramid(ages),
            city.pyramid(place, ages),
            own.GROUPS,
            [city.bounds(ages)],
        )
    shares = store.ask("population_series", indicator="share_60plus", places=[code], as_of=as_of)
    if len(shares) > 1:
        words = city.history(place, shares, comparison.trend(shares))
        blocks.exhibit(
            "population_series",
            shares,
            drawn.lines(series.lines(shares, "%"), 260, 5, 440),
            words,
            own.SHARES,
            own.BASES,
        )
    similar = store.ask("similar_cities", place=code, count=4)
    if len(similar):
        blocks.exhibit(
            "similar_cities",
            own.with_pages(similar),
            None,
            city.similar(place, similar),
            own.SIMILAR,
            [city.DISTANCE],
            links={"short_name": "address"},
        )
with right:
    compared = city.comparison_words(standings)
    caveats = ["位次由高到低；省与长三角为人数之和相除", *compared["peers_note"].dropna().head(1)]
    blocks.exhibit(
        "place_standing",
        compared,
        standing(standings),
        city.compared(standings),
        own.AGAINST,
        caveats,
    )
    caveats, missing = ["每个指标取最近一条；性质为目标的不是现状"], city.no_facilities(place)
    blocks.exhibit(
        "place_facilities",
        facilities,
        None,
        city.facilities(place, facilities),
        own.FACILITIES,
        caveats,
        empty=missing,
    )
    homes = store.ask("place_homes", place=code, count=place_parts.SHOWN, as_of=as_of)
    blocks.exhibit(
        "place_homes",
        homes,
        None,
        own.homes(place, homes),
        own.HOMES,
        links={"name": "link"},
        empty=own.NO_HOMES,
    )
    if len(homes):
        blocks.links(own.homes_page(place))

with left:
    place_parts.agreements(place, records, as_of)
with right:
    place_parts.others(place, records)
place_parts.sheet(place, title, cards, profile, ages, compared, similar, facilities, records, as_of)
