-- 机构名录的筛选用哪些固定的档次和字样，按什么次序？
-- Rows: one per filter and word
select facet, word, at_least, below, rank
from (
    values
        ('size', '50张以下', 0, 50, 1),
        ('size', '50—99张', 50, 100, 2),
        ('size', '100—199张', 100, 200, 3),
        ('size', '200—499张', 200, 500, 4),
        ('size', '500张及以上', 500, 1000000, 5),
        ('size', '未载', null, null, 99),
        ('price', '2,000元以下', 0, 2000, 1),
        ('price', '2,000—2,999元', 2000, 3000, 2),
        ('price', '3,000—4,999元', 3000, 5000, 3),
        ('price', '5,000—7,999元', 5000, 8000, 4),
        ('price', '8,000元及以上', 8000, 10000000, 5),
        ('price', '未载', null, null, 99),
        ('open', '有', 1, null, 1),
        ('open', '无', 0, 1, 2),
        ('open', '未载', null, null, 99),
        ('available', '有', 1, null, 1),
        ('available', '无', 0, 1, 2),
        ('available', '未载', null, null, 99),
        ('portability', '可结算', null, null, 1),
        ('portability', '可报销', null, null, 2),
        ('portability', '有补助（是否限定机构未说明）', null, null, 3),
        ('portability', '不可', null, null, 4),
        ('portability', '参保地内', null, null, 5),
        ('portability', '未知', null, null, 99),
        ('type', '未载', null, null, 99),
        ('ownership', '未载', null, null, 99),
        ('care', '未载', null, null, 99),
        ('medical', '未载', null, null, 99),
        ('list', '入选记录未载', null, null, 99)
) as classes (facet, word, at_least, below, rank)
