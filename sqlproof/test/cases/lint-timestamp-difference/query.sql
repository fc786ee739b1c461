SELECT TIMESTAMPDIFF(DAY, added_at, :day) AS x FROM books
