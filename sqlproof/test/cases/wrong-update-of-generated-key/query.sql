UPDATE seats SET tier = tier + 1
