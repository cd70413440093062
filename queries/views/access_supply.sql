-- 可及性试算用的床位在哪里，各有多少张？（measure 是一种供给，每次试算只用一种：县域社会福利收养性单位床位、上海按名称可知的养老机构床位、单位报送的机构床位、演示名单的床位）
-- Rows: one per measure and supply
with welfare as (
    select o.observation_id, o.place_code, o.value::bigint as beds, o.date, o.date_precision, o.date_inferred, o.source_id, e.evidence
    from observations as o
    join claim_evidence as e using (observation_id)
    -- Beds of one area beside the people of another: where a boundary changed after the census the beds are not known.
    where o.indicator_code = 'welfare_beds' and o.shown and o.kind = 'actual' and coalesce(o.boundary_year, 2020) = 2020
    qualify row_number() over (partition by o.place_code order by o.date desc) = 1
),
everything as (
    select 'welfare_beds' as measure, w.observation_id as supply_id, p.short_name || '的社会福利床位' as name, w.place_code, p.lon, p.lat, w.beds, w.date, w.date_precision, w.date_inferred, w.source_id, w.evidence
    from welfare as w
    join places as p using (place_code)
    union all
    select
        if(i.demo, 'demo_beds', 'beds_total'), i.institution_id, i.name, coalesce(i.county_code, i.place_code), i.lon, i.lat, i.beds_total, i.date, i.date_precision, i.date_inferred, i.source_id, i.quote
    from finder_institutions as i
    where i.in_delta and (i.demo or (i.province_code = '310000' and i.county_code is not null))
    union all
    -- What units filed themselves may be tried by itself, wherever it is.
    select 'filed_beds', i.institution_id, i.name, i.county_code, i.lon, i.lat, i.beds_total, i.date, i.date_precision, i.date_inferred, i.source_id, i.quote
    from finder_institutions as i
    join sources as s using (source_id)
    where i.in_delta and not i.demo and i.county_code is not null and s.source_class = '单位报送'
)
select e.measure, e.supply_id, e.name, e.place_code, c.city_code, e.lon, e.lat, e.beds, e.date, e.date_precision, e.date_inferred, e.source_id, e.evidence
from everything as e
join place_cities as c using (place_code)
where e.beds > 0 and e.lon is not null
    -- Beds of a place whose own people nobody counted would seem to be for its neighbours alone.
    and (e.measure = 'demo_beds' or e.place_code in (select d.place_code from access_demand as d where not d.zones))
