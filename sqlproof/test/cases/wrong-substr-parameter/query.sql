SELECT SUBSTR(title, :from, 2) AS part FROM books
