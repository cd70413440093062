-- 方格图上每个城市、每个区在第几行第几列？
-- Rows: one per place
select place_code, tile_row, tile_column
from tiles
order by place_code
