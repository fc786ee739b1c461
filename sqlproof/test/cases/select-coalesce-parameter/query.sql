SELECT id, COALESCE(deposit, :fallback) AS deposit FROM books
