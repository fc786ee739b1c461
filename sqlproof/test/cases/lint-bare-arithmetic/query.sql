SELECT :x::integer + 1 AS next FROM books
