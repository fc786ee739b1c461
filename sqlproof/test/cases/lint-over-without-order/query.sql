SELECT id, ROW_NUMBER() OVER (PARTITION BY author_id) AS place FROM books
