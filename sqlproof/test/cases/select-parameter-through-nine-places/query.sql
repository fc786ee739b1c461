SELECT id, :x::decimal(5) / (id + 6) AS r FROM books ORDER BY id
