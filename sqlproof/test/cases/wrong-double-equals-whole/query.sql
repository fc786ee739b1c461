SELECT id FROM books WHERE reads_total = :share::double OR weight = reads_total OR weight = 2 OR weight > reads_total
