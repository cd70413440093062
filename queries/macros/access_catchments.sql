-- 在一种供给、一组出行假设下，哪些老人够得着哪些床位，每处床位由多少老人分用？（两步移动搜索法的第一步，写法只在此处）
-- Rows: one per reach, place and supply
-- Arguments: chosen_measure, least_age, reaches, until_day, detour_factor, kmh, longest, fading, own_beds
with supply as (
    select s.measure, s.supply_id, s.place_code, s.city_code, s.lon, s.lat, s.beds::double as beds
    from access_supply as s
    where s.measure = chosen_measure
        and not exists (select 1 from ended_homes as x where x.institution_id = s.supply_id and x.ended_on <= until_day::date)
    union all
    -- What a reader entered, each as code:beds, stands at the centre of its place.
    select 'entered', d.place_code, d.place_code, d.city_code, d.lon, d.lat, try_cast(split_part(o.words, ':', 2) as double)
    from (select unnest(own_beds::varchar[]) as words) as o
    join access_demand as d on d.place_code = split_part(o.words, ':', 1) and d.age = least_age and not d.zones
    where chosen_measure = 'entered' and try_cast(split_part(o.words, ':', 2) as double) > 0
),
offered as (select distinct place_code, city_code from supply),
demand as (
    select d.place_code, d.at_code, d.city_code, d.lon, d.lat, d.elders, o.place_code is not null as known
    from access_demand as d
    left join offered as o on o.place_code = d.place_code and not d.zones
    where d.age = least_age and (chosen_measure <> 'beds_total' or d.city_code = '310000')
),
paired as (
    select distinct d.place_code, o.place_code as supply_place
    from paired_places(until_day) as p
    join demand as d on p.place_code in (d.place_code, d.city_code)
    join offered as o on p.other_code in (o.place_code, o.city_code)
),
water as (
    select w.place_code, w.other_code
    from water_pairs as w
    -- A crossing opens the way between the two places it is recorded for, not more.
    where not exists (
        select 1 from crossings as x
        where coalesce(x.opened <= until_day::date, true)
            and ((x.place_code = w.place_code and x.other_code = w.other_code) or (x.place_code = w.other_code and x.other_code = w.place_code))
    )
),
between_places as (
    select
        d.place_code, o.place_code as supply_place,
        -- How wide the reach must be: own place, own city, paired places, the whole covered area.
        case when d.place_code = o.place_code then 1 when d.city_code = o.city_code then 2 when p.place_code is not null then 3 else 4 end as step
    from demand as d
    cross join offered as o
    left join paired as p on p.place_code = d.place_code and p.supply_place = o.place_code
    anti join water as w on w.place_code = d.at_code and w.other_code = o.place_code
    anti join water as v on v.other_code = d.at_code and v.place_code = o.place_code
),
timed as (
    select
        b.place_code, s.measure, s.supply_id, b.step, s.beds, d.elders, d.known,
        2 * 6371.0088 * asin(sqrt(least(1, sin(radians(s.lat - d.lat) / 2) ** 2 + cos(radians(d.lat)) * cos(radians(s.lat)) * sin(radians(s.lon - d.lon) / 2) ** 2))) * detour_factor as km,
        60 * km / nullif(kmh, 0) as minutes
    from supply as s
    join between_places as b on b.supply_place = s.place_code
    join demand as d on d.place_code = b.place_code
),
weighted as (
    select
        place_code, measure, supply_id, step, beds, elders, known, km, minutes,
        -- Gaussian decay that is 1 at the door and 0 at the limit; without decay all within the limit count alike.
        if(fading, (exp(-0.5 * (minutes / longest) ** 2) - exp(-0.5)) / (1 - exp(-0.5)), 1) as weight
    from timed
    where minutes <= longest
),
within_reach as (
    select r.reach, w.place_code, w.measure, w.supply_id, w.beds, w.elders, w.known, w.km, w.minutes, w.weight
    from weighted as w
    join (select distinct unnest(reaches::varchar[]) as reach) as r on w.step <= list_position(['place', 'city', 'paired', 'all'], r.reach)
    where w.weight > 0
)
select
    reach, place_code, measure, supply_id, beds, elders, known, km, minutes, weight,
    sum(weight * elders) over of_supply as competing,
    coalesce(sum(weight * elders) filter (where not known) over of_supply, 0) as competing_unknown,
    -- What this place gets of this supply: beds per elder, weighted.
    weight * beds / nullif(sum(weight * elders) over of_supply, 0) as share
from within_reach
window of_supply as (partition by reach, measure, supply_id)
