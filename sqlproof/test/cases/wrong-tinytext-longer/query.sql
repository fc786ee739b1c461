UPDATE labels SET short = title
