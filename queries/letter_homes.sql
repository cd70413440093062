-- 各市、各区按名称可知的养老机构有哪些？上海市只列不属于任何一个区的，其余在各区
-- Rows: one per institution
select up.ancestor_code as place_code, i.institution_id, i.source_id
from institutions as i
join place_ancestors as up using (place_code)
join places as p on p.place_code = up.ancestor_code
where i.kind = 'institution' and p.in_delta and p.valid_to_year is null
    and not exists (select 1 from ended_homes as e where e.institution_id = i.institution_id)
    and (
        p.level in ('city', 'district')
        or (p.place_code = '310000' and not exists (
            select 1 from place_ancestors as d join places as q on q.place_code = d.ancestor_code
            where d.place_code = i.place_code and q.level = 'district'
        ))
    )
order by up.ancestor_code, i.institution_id
