SELECT id, COALESCE(CASE WHEN lent THEN :first::datetime ELSE :first END, LEAST(added_at, :last::datetime)) AS v, COALESCE(:day::date, DATE(added_at)) AS day FROM books
