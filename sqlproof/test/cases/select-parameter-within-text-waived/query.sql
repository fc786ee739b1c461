SELECT id FROM books WHERE /* waive no-rule: looks for these letters */ isbn NOT LIKE '%:term%'
