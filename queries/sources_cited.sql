-- 这些编号的来源各是什么？
-- Rows: one per source
select source_id, title, publisher, source_class, document_number, url, host, linkable, published, published_precision, licence, note, caveat
from sources
where list_contains($source_ids, source_id)
order by source_id
