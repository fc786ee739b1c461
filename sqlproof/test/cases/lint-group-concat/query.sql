SELECT GROUP_CONCAT(isbn) AS all_isbns FROM books
