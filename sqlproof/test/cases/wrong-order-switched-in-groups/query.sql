SELECT b.author_id, MIN(b.reads_total) AS least FROM books b JOIN places p ON p.id >= b.id WHERE (:id::integer? IS NULL OR b.id = :id) GROUP BY b.author_id ORDER BY least, b.author_id
