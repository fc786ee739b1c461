SELECT :b::blob AS b, :c::blob? AS c
