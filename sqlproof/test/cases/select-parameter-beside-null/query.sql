SELECT id, CASE WHEN deposit > :least THEN NULL ELSE :other::text END AS v, COALESCE(NULL, :word::text) AS w FROM books
