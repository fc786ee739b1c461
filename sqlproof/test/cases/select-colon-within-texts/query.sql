SELECT id FROM books WHERE isbn NOT LIKE '%:00%' AND isbn NOT LIKE '%note: x%' AND isbn NOT LIKE '%"a":true%' AND isbn <> '12:30' AND isbn <> 'a' || ':x'
