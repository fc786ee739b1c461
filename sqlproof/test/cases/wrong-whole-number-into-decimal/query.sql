UPDATE books SET price = reads_total WHERE id = :id
