UPDATE books SET lent = reads_total WHERE id = :id
