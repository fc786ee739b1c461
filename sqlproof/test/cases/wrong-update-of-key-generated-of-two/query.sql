UPDATE seats SET place = 1
