SELECT author_id, (MAX(id), 1) <= (author_id, 1) AS v FROM books GROUP BY author_id
