SELECT DATEDIFF(added_at, :day) AS x FROM books
