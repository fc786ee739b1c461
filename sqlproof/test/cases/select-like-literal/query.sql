SELECT id FROM books WHERE isbn LIKE '97%' OR isbn NOT LIKE '%!_%' ESCAPE '!' OR isbn LIKE :start::text || '%' ESCAPE '!'
