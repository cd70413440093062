-- 每份协议或共同活动里有哪些两地？（长三角网络；汇总行和参与行不产生两地）
-- Rows: one per agreement and pair of places
with local_parties as (
    select distinct s.agreement_id, ap.place_code, p.level, p.sort_order
    from agreement_stages as s
    join agreement_parties as ap using (agreement_id)
    join places as p using (place_code)
    where s.network = 'delta' and s.stage <> 'summary' and not s.participation
        and ap.party_kind in ('district', 'city', 'county') and p.in_delta
)
select
    one.agreement_id, one.place_code as first_code, other.place_code as second_code,
    -- Districts of Shanghai come first in the house order, so a pair across the border has its district first.
    one.level = 'district' and other.level in ('city', 'county') as in_matrix
from local_parties as one
join local_parties as other on other.agreement_id = one.agreement_id and one.sort_order < other.sort_order
where not exists (
    select 1 from place_ancestors as up
    where (up.place_code = one.place_code and up.ancestor_code = other.place_code)
        or (up.place_code = other.place_code and up.ancestor_code = one.place_code)
)
