UPDATE labels SET mark = COALESCE(checked, :mark), whole = picture, picture = mark
