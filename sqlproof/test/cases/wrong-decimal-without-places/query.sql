SELECT id FROM books WHERE price + :x::decimal > price
