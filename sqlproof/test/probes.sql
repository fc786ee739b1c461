SELECT SUM(weight) AS w FROM books
SELECT id, weight * 3 AS w FROM books
SELECT id, weight + 0.1 AS w FROM books
SELECT id, weight + reads_total AS w FROM books
SELECT id, reads_total % 3 AS w FROM books
SELECT id, reads_total % 0 AS w FROM books
SELECT id, -price AS w FROM books
SELECT id, ABS(price) AS w FROM books
SELECT id, ABS(weight) AS w FROM books
SELECT id, NULLIF(isbn, '') AS w FROM books
SELECT id, SUBSTR(isbn, 0, 3) AS w FROM books
SELECT id, SUBSTR(isbn, -2) AS w FROM books
SELECT id, SUBSTR(isbn, 2, 3) AS w FROM books
SELECT id, TRIM(isbn) AS w FROM books
SELECT id, REPLACE(isbn, 'a', 'b') AS w FROM books
SELECT id, REPLACE(title, 'a', 'b') AS w FROM books
SELECT id, LTRIM(title) AS w FROM books
SELECT id, isbn || reads_total AS w FROM books
SELECT id, isbn || price AS w FROM books
SELECT id, title || weight AS w FROM books
SELECT id, added_at || '' AS w FROM books
SELECT id, CAST(isbn AS INTEGER) AS w FROM books
SELECT id, CAST(weight AS INTEGER) AS w FROM books
SELECT id, CAST(price AS INTEGER) AS w FROM books
SELECT id, CASE WHEN isbn THEN 1 ELSE 0 END AS w FROM books
SELECT id FROM books WHERE isbn
SELECT id FROM books WHERE weight
SELECT id FROM books WHERE price
SELECT id FROM books WHERE NOT title
SELECT id FROM books WHERE isbn = 0
SELECT id FROM books WHERE isbn > author_id
SELECT id, COALESCE(title, isbn) AS w FROM books
SELECT id, COALESCE(author_id, 'x') AS w FROM books
SELECT id, CASE WHEN lent THEN isbn ELSE reads_total END AS w FROM books
SELECT id, MAX(isbn, title) AS w FROM books
SELECT COUNT(DISTINCT isbn) AS w FROM books
SELECT COUNT(DISTINCT title) AS w FROM books
SELECT MIN(cover) AS w FROM books
SELECT MAX(isbn) AS w FROM books
SELECT MAX(price) AS w, MIN(weight) AS v FROM books
SELECT id FROM books ORDER BY isbn DESC, id
SELECT id FROM books ORDER BY cover, id
SELECT id FROM books ORDER BY weight, id
SELECT id FROM books ORDER BY author_id IS NULL, author_id, id
SELECT id FROM books WHERE (author_id, id) > (:a, :b)
SELECT id FROM books WHERE id BETWEEN :b AND :a
SELECT id FROM books WHERE isbn LIKE :p
SELECT id FROM books WHERE isbn NOT LIKE :p ESCAPE '#'
SELECT id FROM books WHERE added_at > :t AND added_at <= :u
SELECT id FROM books WHERE added_at LIKE :p
SELECT id FROM books WHERE SUBSTR(added_at, 1, 7) = :m::text
SELECT SUBSTR(added_at, 1, 7) AS m, COUNT(*) AS n FROM books GROUP BY SUBSTR(added_at, 1, 7) ORDER BY m
SELECT SUBSTR(title, 1, 1) AS m, COUNT(*) AS n FROM books GROUP BY SUBSTR(title, 1, 1)
SELECT lent, COUNT(*) AS n, SUM(price) AS total FROM books GROUP BY lent ORDER BY lent
SELECT author_id, SUM(reads_total) AS n FROM books GROUP BY author_id HAVING SUM(reads_total) > :least
SELECT author_id, MAX(added_at) AS latest FROM books GROUP BY author_id
SELECT id, SUM(price) OVER (PARTITION BY author_id ORDER BY id) AS w FROM books
SELECT id, RANK() OVER (ORDER BY price) AS w FROM books
SELECT id, LAG(price) OVER (ORDER BY id) AS w FROM books
SELECT id, EXISTS (SELECT 1 FROM authors a WHERE a.id = books.author_id) AS w FROM books
SELECT a.name, b.title FROM authors a LEFT JOIN books b ON b.author_id = a.id AND b.lent = TRUE ORDER BY a.name, b.id
SELECT a.name FROM authors a WHERE a.born < :d
SELECT a.name FROM authors a WHERE a.born = b.added_at
SELECT b.id FROM books b JOIN authors a ON a.born = b.added_at
SELECT b.id FROM books b JOIN authors a ON a.born < b.added_at
SELECT id FROM books WHERE lent = 2
SELECT id FROM books WHERE lent > FALSE
SELECT id FROM books WHERE price + price > :p
SELECT id FROM books WHERE price * 2 > :p::decimal(4)
SELECT id FROM books WHERE reads_total + author_id > :n
SELECT id FROM books WHERE reads_total = weight
SELECT id FROM books WHERE reads_total = price
SELECT id, author_id IS NULL AS "w: boolean" FROM books
SELECT id, 1 = 1 AS w FROM books
SELECT id, 'x' AS w, NULL AS n FROM books
SELECT id, 5 AS w FROM books
SELECT id, 12345678901 AS w FROM books
SELECT id, 'a''b' AS w FROM books
SELECT id, 'back\slash' AS w FROM books
SELECT id, x'41' AS w FROM books
SELECT id, IFNULL(author_id, 0) AS w FROM books
SELECT id, HEX(cover) AS w FROM books
SELECT id FROM books WHERE cover = :c
SELECT id FROM books WHERE weight = :w
SELECT id FROM books WHERE deposit IN (:ds...)
SELECT id FROM books WHERE author_id NOT IN (SELECT author_id FROM books WHERE lent = TRUE)
SELECT DISTINCT lent, author_id FROM books
SELECT price FROM books UNION SELECT price FROM books
SELECT id FROM books INTERSECT SELECT id FROM authors
SELECT id FROM books EXCEPT SELECT id FROM authors
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n ORDER BY i
UPDATE books SET price = price + :p WHERE id = :id
UPDATE books SET price = -price WHERE id = :id
UPDATE books SET reads_total = reads_total + 1, weight = weight * 2 WHERE id = :id
UPDATE books SET title = title || :s WHERE id = :id
UPDATE books SET title = isbn, isbn = title WHERE id = :id
UPDATE books SET author_id = :a, reads_total = author_id WHERE id = :id
UPDATE books SET id = id + 1000 WHERE author_id = :a
UPDATE books SET isbn = :i WHERE author_id = :a
UPDATE books SET lent = NOT lent
UPDATE books SET reads_total = weight WHERE id = :id
UPDATE books SET title = reads_total WHERE id = :id
UPDATE books SET title = price WHERE id = :id
UPDATE books SET weight = :w
UPDATE books SET added_at = added_at
UPDATE books SET price = (SELECT MAX(price) FROM books)
DELETE FROM books WHERE author_id IN (SELECT id FROM authors WHERE born IS NULL)
DELETE FROM authors WHERE id NOT IN (SELECT author_id FROM books WHERE author_id IS NOT NULL)
DELETE FROM books WHERE id IN (SELECT id FROM books WHERE lent = TRUE)
DELETE FROM books ORDER BY id LIMIT 1
INSERT INTO books (isbn, title, added_at) SELECT isbn || '-', title, added_at FROM books WHERE LENGTH(isbn) < 5
INSERT INTO books (isbn, title, added_at) SELECT name, name, :t FROM authors WHERE id = :id
INSERT INTO books (isbn, title, added_at, reads_total) VALUES (:i, :t, :a, 1.5)
INSERT INTO books (isbn, title, added_at) VALUES (:i, :t, '2024-01-01')
INSERT INTO books (isbn, title, added_at) VALUES (:i, :t, '2024-01-01 10:00:00')
INSERT INTO books (isbn, title, added_at, lent) VALUES (:i, :t, :a, 7)
INSERT INTO authors (name, born) VALUES (:n, '2024-1-5')
INSERT INTO authors (id, name) VALUES (:id, :n)
INSERT INTO authors (name) VALUES (:n) RETURNING id, name, nickname, born
DELETE FROM authors WHERE id = :id RETURNING name
SELECT id, CURRENT_TIMESTAMP AS w FROM books
SELECT id, CURRENT_DATE AS w FROM books
SELECT id, title LIKE 'A%' AS w FROM books
SELECT id, isbn IN ('a', 'b') AS w FROM books
SELECT id, 7 % -3 AS w, -7 % 3 AS v FROM books
SELECT id, reads_total % author_id AS w FROM books
SELECT id, ~reads_total AS w FROM books
SELECT id, reads_total << 2 AS w FROM books
SELECT id, weight % 2 AS w FROM books
SELECT id, SIGN(weight) AS w FROM books
SELECT id, TOTAL(weight) AS w FROM books
SELECT id FROM books WHERE title IS TRUE
SELECT id FROM books WHERE lent IS TRUE
SELECT id FROM books WHERE NOT author_id = 3
SELECT id FROM books WHERE NOT author_id IS NULL
SELECT id FROM books WHERE author_id IS NOT DISTINCT FROM :a
SELECT id FROM books WHERE 1 < 2 < 2
SELECT id FROM books WHERE author_id BETWEEN 1 AND 5 = 1
SELECT COUNT(*) AS n, MAX(id) AS m FROM books WHERE id < 0
SELECT SUM(id) AS n FROM books WHERE id < 0
SELECT SUM(lent) AS n FROM books
SELECT SUM(id) + 1 AS n FROM books
SELECT SUM(id) * 2 AS n, MAX(id) - MIN(id) AS d FROM books
SELECT SUM(price) - SUM(price) AS n FROM books
SELECT COUNT(*) + SUM(id) AS n FROM books
SELECT id, price * weight AS n FROM books
SELECT id, deposit * deposit AS n FROM books
SELECT id, -weight AS n FROM books
SELECT id, reads_total - 2147483647 AS n FROM books
SELECT id, id * id AS n FROM books
SELECT id, COALESCE(weight, 0) AS n FROM books
SELECT id, COALESCE(price, 0) AS n, COALESCE(deposit, :d) AS m FROM books
SELECT id, CASE WHEN lent THEN price END AS n FROM books
SELECT id, CASE lent WHEN TRUE THEN 1 WHEN FALSE THEN 2 END AS n FROM books
SELECT id, CASE author_id WHEN 1 THEN 'one' ELSE 'more' END AS n FROM books
SELECT id, GREATEST(id, 5) AS n FROM books
SELECT id, title AS n FROM books GROUP BY id
SELECT id FROM books ORDER BY SUBSTR(title, 2, 3), id
SELECT id FROM books ORDER BY title || isbn, id
SELECT id FROM books WHERE title || isbn = :x::text
SELECT id FROM books WHERE SUBSTR(title, 1, 3) = 'Ann'
SELECT id FROM books WHERE TRIM(title) = :x::text
SELECT id FROM books WHERE COALESCE(title, '') = :x::text
SELECT id FROM books WHERE CASE WHEN lent THEN title ELSE isbn END = :x::text
SELECT t.x FROM (SELECT title AS x FROM books) t WHERE t.x = :x::text
SELECT t.x FROM (SELECT title AS x FROM books) t ORDER BY t.x
SELECT id FROM books WHERE title = isbn
SELECT id FROM books WHERE isbn IN (SELECT title FROM books)
SELECT id FROM books WHERE EXISTS (SELECT 1 FROM authors a WHERE a.nickname = books.isbn)
SELECT b.id FROM books b JOIN authors a ON a.name = b.isbn
SELECT b.id FROM books b JOIN authors a USING (id)
SELECT b.id FROM books b NATURAL JOIN authors a
SELECT id FROM books WHERE :x::text LIKE isbn
SELECT id FROM books WHERE isbn LIKE title
SELECT id FROM books WHERE isbn LIKE 'a%' OR isbn LIKE '%\_'
SELECT id FROM books WHERE 'a' = 'A'
SELECT id FROM books WHERE 'a' = 'a '
SELECT id FROM books WHERE :x::text = :y::text
SELECT id FROM books WHERE :x::text < :y::text
SELECT id FROM books WHERE :x::decimal(4) < :y::decimal(4)
SELECT id FROM books WHERE :x::text LIKE :y::text
SELECT :x::text AS x FROM books
SELECT :x::decimal(4) AS x FROM books
SELECT :x::integer + 1 AS x FROM books
SELECT :x::datetime AS x FROM books
SELECT :x::boolean AS x FROM books
SELECT COALESCE(:x::text?, title) AS x FROM books
SELECT a.id, COUNT(b.id) AS n, SUM(b.price) AS total FROM authors a LEFT JOIN books b ON b.author_id = a.id GROUP BY a.id ORDER BY total, a.id
SELECT a.id, COALESCE(SUM(b.price), 0) AS total FROM authors a LEFT JOIN books b ON b.author_id = a.id GROUP BY a.id
SELECT a.id FROM authors a WHERE (SELECT COUNT(*) FROM books b WHERE b.author_id = a.id) > :least::integer
SELECT b.id, (SELECT MAX(x.price) FROM books x WHERE x.author_id = b.author_id) AS most FROM books b
SELECT author_id FROM books GROUP BY author_id HAVING COUNT(*) > 1 ORDER BY COUNT(*) DESC, author_id
SELECT author_id, COUNT(DISTINCT lent) AS kinds FROM books GROUP BY author_id
SELECT author_id, MIN(isbn) AS first, MAX(isbn) AS last FROM books GROUP BY author_id
SELECT id, ROW_NUMBER() OVER (PARTITION BY author_id ORDER BY isbn) AS place FROM books
SELECT id, SUM(reads_total) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM books
SELECT id, COUNT(*) OVER (PARTITION BY lent) AS s FROM books
SELECT id, MAX(price) OVER (PARTITION BY author_id) AS s FROM books
SELECT id FROM books WHERE author_id = ALL (SELECT id FROM authors)
SELECT id FROM books WHERE price > ANY (SELECT deposit FROM books)
SELECT id FROM books WHERE (author_id, lent) IN (SELECT author_id, lent FROM books WHERE reads_total > 5)
SELECT id FROM books WHERE author_id NOT IN (1, 2, NULL)
SELECT id FROM books WHERE author_id IN (:ids...) OR author_id IS NULL ORDER BY author_id DESC, id
SELECT id FROM books WHERE NOT (author_id = :a OR price > :p)
SELECT id FROM books WHERE author_id <> :a OR author_id IS NULL
SELECT id FROM books WHERE lent AND NOT lent
SELECT id FROM books WHERE lent = :lent AND price BETWEEN :low AND :high
SELECT id, CASE WHEN price > :p THEN 'dear' WHEN price IS NULL THEN 'none' ELSE 'cheap' END AS class FROM books
SELECT id, CASE WHEN author_id IS NULL THEN 0 ELSE author_id END AS a FROM books
SELECT id, price - price AS zero, price + price AS twice FROM books
SELECT id, price * 0 AS zero FROM books
SELECT id, reads_total - id AS d, reads_total * 2 + 1 AS e FROM books
SELECT id, author_id % 3 AS m FROM books ORDER BY author_id % 3, id
SELECT id, -author_id AS m FROM books ORDER BY -author_id, id
SELECT id, ABS(author_id - id) AS m FROM books
SELECT id, NULLIF(author_id, 3) AS m FROM books
SELECT id, COALESCE(author_id, reads_total) AS m FROM books
SELECT id, COALESCE(isbn, 'none') || '-' || id AS m FROM books
SELECT id, TRIM(isbn) AS m, LTRIM(isbn) AS l, RTRIM(isbn) AS r FROM books
SELECT id, SUBSTR(isbn, 3) AS m, SUBSTR(isbn, 2, 100) AS r FROM books
SELECT id, REPLACE(isbn, '', 'x') AS m FROM books
SELECT id, REPLACE(isbn, 'A', '') AS m FROM books
SELECT id, SUBSTR(added_at, 1, 4) AS y, SUBSTR(added_at, 12, 2) AS h FROM books
SELECT SUBSTR(born, 1, 7) AS m, COUNT(*) AS n FROM authors GROUP BY SUBSTR(born, 1, 7) ORDER BY m
SELECT id FROM authors WHERE born BETWEEN :first AND :last ORDER BY born, id
SELECT MAX(born) AS b, MIN(born) AS c FROM authors WHERE name > :name
SELECT MAX(added_at) AS b FROM books WHERE lent = TRUE
SELECT id FROM authors WHERE name > :name ORDER BY name DESC LIMIT :rows
SELECT name FROM authors WHERE name >= :low AND name < :high ORDER BY name
SELECT id FROM authors WHERE name = TRIM(name)
SELECT id FROM authors WHERE name || 'x' = :name || 'x'
SELECT a.id AS a, b.id AS b FROM authors a JOIN authors b ON a.name = b.name || ' '
SELECT a.id AS a, b.id AS b FROM authors a CROSS JOIN authors b WHERE a.id < b.id AND a.born = b.born
SELECT b.id FROM books b RIGHT JOIN authors a ON a.id = b.author_id WHERE b.id IS NULL
SELECT t.n FROM (SELECT author_id AS n, COUNT(*) AS c FROM books GROUP BY author_id) t WHERE t.c > 1
SELECT t.total FROM (SELECT SUM(price) AS total FROM books GROUP BY author_id) t WHERE t.total > :least::decimal(4)
WITH t AS (SELECT author_id, SUM(price) AS total FROM books GROUP BY author_id) SELECT author_id, total FROM t ORDER BY total DESC, author_id
SELECT id FROM books UNION ALL SELECT id FROM authors ORDER BY id
SELECT price AS amount FROM books UNION ALL SELECT deposit FROM books
SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM books WHERE price > :p)
SELECT id FROM books ORDER BY lent DESC, price, id LIMIT :rows OFFSET :skip
SELECT DISTINCT author_id, lent FROM books ORDER BY author_id, lent LIMIT 5
UPDATE books SET price = CASE WHEN lent THEN price ELSE :p END WHERE author_id = :a
UPDATE books SET author_id = NULL WHERE author_id IN (SELECT id FROM authors WHERE born < :d)
UPDATE books SET reads_total = reads_total * 2 - 1 WHERE isbn LIKE :p ESCAPE '!'
UPDATE books SET isbn = isbn || 'x' WHERE id = :id
UPDATE books SET isbn = SUBSTR(isbn, 1, 2) WHERE author_id = :a
UPDATE books SET title = TRIM(title) WHERE id = :id
UPDATE books SET deposit = NULLIF(deposit, :d) WHERE id = :id
UPDATE books SET deposit = COALESCE(:d, deposit) WHERE id = :id
UPDATE books SET author_id = author_id + 1 WHERE id = :id
UPDATE authors SET name = nickname WHERE id = :id
UPDATE books SET lent = price > :p WHERE id = :id
UPDATE books SET lent = (author_id IS NULL)
UPDATE books SET reads_total = (SELECT COUNT(*) FROM authors) WHERE id = :id
DELETE FROM books WHERE price < :p AND lent = FALSE
DELETE FROM books WHERE NOT EXISTS (SELECT 1 FROM authors a WHERE a.id = books.author_id)
DELETE FROM authors WHERE name LIKE :p ESCAPE '!' RETURNING id, name
INSERT INTO authors (name, born) SELECT isbn, NULL FROM books WHERE author_id = :a
INSERT INTO books (isbn, title, added_at, price) SELECT :isbn, title, added_at, price FROM books WHERE id = :id
INSERT INTO books (isbn, title, added_at, author_id) VALUES (:i, :t, :at, (SELECT id FROM authors WHERE name = :n))
INSERT INTO books (isbn, title, added_at, reads_total) SELECT isbn || '+', title, added_at, weight FROM books WHERE id = :id
INSERT INTO books (isbn, title, added_at, price) SELECT isbn || '+', title, added_at, deposit FROM books WHERE id = :id
INSERT INTO authors (name, born) VALUES (:n, :b) ON CONFLICT (name) DO UPDATE SET born = COALESCE(excluded.born, authors.born)
INSERT INTO authors (name, nickname) VALUES (:n, :k) ON CONFLICT (name) DO UPDATE SET nickname = excluded.name
INSERT INTO authors (id, name) VALUES (:id, :n) ON CONFLICT (id) DO NOTHING
INSERT INTO books (isbn, title, added_at) VALUES (:i, :t, :a) ON CONFLICT (isbn) DO UPDATE SET reads_total = books.reads_total + 1, lent = TRUE
