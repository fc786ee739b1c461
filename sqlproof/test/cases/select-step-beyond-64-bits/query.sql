SELECT id, id * id * id - (id * id * id + 1) AS back, id * id * id DIV 3 AS third, ROUND(:amount::decimal(2) / id, 1) AS share FROM books WHERE id * price < 100 ORDER BY id * price, id
