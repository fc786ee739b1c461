SELECT a.born, b.reads_total FROM books b JOIN authors a ON a.id = b.reads_total WHERE (:reads::integer? IS NULL OR b.reads_total = :reads) ORDER BY a.born, b.reads_total
