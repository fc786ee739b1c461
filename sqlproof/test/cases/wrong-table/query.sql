SELECT id FROM boks
