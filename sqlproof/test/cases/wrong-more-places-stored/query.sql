UPDATE books SET deposit = price
