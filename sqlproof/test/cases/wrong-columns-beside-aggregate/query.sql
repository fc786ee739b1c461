SELECT SUM(price) + 1 AS a, deposit * 1.1 AS b, deposit / 2 AS c FROM books
