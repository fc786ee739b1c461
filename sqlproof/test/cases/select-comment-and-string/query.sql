SELECT id /* :not ? a parameter */ FROM books -- nor :this
WHERE isbn = 'a :neither' AND id = :id
