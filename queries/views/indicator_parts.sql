-- 哪个指标数的是另一个指标的一部分？规则只在此处：部分的每一个都在整体之内
-- Rows: one per part and whole
select column0 as part_code, column1 as whole_code
from (values
    ('private_institutions', 'institutions'), ('graded_institutions', 'institutions'), ('institutions_with_medical', 'institutions'),
    ('institutions_contracted_medical', 'institutions'), ('medical_care_integrated', 'institutions'),
    ('beds_institution', 'beds_eldercare'), ('beds_public', 'beds_eldercare'), ('beds_nursing', 'beds_eldercare'), ('beds_dementia', 'beds_eldercare'),
    ('beds_new_public', 'beds_new'), ('home_care_model_centres', 'home_care_centres'),
    ('pop_65plus', 'pop_60plus'), ('pop_80plus', 'pop_65plus'), ('share_65plus', 'share_60plus'), ('share_80plus', 'share_65plus'),
    ('pop_60plus', 'total_population'), ('urban_population', 'resident_population'),
    ('ltci_beneficiaries', 'ltci_applicants'), ('ltci_served', 'ltci_served_cumulative'),
    ('ltci_served_home', 'ltci_served_cumulative'), ('ltci_served_institution', 'ltci_served_cumulative'),
    ('signed_places_counties', 'signed_places'), ('signed_prefectures', 'signed_places'),
    ('pilot_cities', 'participating_cities'), ('pilot_districts', 'participating_districts'),
    ('elder_universities_with_base', 'elder_universities')
) as listed (column0, column1)
