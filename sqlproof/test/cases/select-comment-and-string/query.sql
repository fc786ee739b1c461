SELECT id /* :not ? a parameter */ FROM books -- nor :this
WHERE isbn = ':neither' AND id = :id
