-- A tax rate has six places: 8.425 % is 0.084250. Here it is a whole number of millionths, which were ten-thousandths.

UPDATE orders SET tax_rate = tax_rate * 100 WHERE tax_rate <> 0;
