WITH q AS (SELECT price / 7 AS share FROM books) SELECT share * 2 AS twice FROM q WHERE share > 0.5
