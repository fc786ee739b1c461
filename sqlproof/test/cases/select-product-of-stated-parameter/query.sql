SELECT author_id * :p::decimal(2) AS v FROM books
