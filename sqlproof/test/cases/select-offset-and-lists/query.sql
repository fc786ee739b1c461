SELECT id FROM books WHERE price IN (:prices...) AND deposit NOT IN (:deposits...) ORDER BY id LIMIT :rows OFFSET :from
