SELECT COUNT(:x::integer) AS n FROM books
