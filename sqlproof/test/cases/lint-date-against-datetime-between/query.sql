SELECT id FROM books WHERE added_at BETWEEN :day::date AND :last::date
