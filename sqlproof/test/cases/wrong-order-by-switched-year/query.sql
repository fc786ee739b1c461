SELECT id FROM books WHERE (:year::integer? IS NULL OR YEAR(added_at) = :year) ORDER BY lent, YEAR(added_at), id
