import { expect, test } from "bun:test";
import { isGuessable } from "./passwords.ts";

const ana = "Ana María García ana.garcia@cafe-roma.example Café Roma";

test.each(["northwind2026", "Northwind-Orders", "mariagarciaana", "CAFEROMA!!2026", "welcomewelcome", "García-García"])(
  "%s is little more than what anybody would guess",
  (password) => expect(isGuessable(password, ana)).toBe(true),
);

test.each(["correct horse battery", "northwind carries tea", "garcia plays the oboe", "1234 5678 9012"])(
  "%s is more than that",
  (password) => expect(isGuessable(password, ana)).toBe(false),
);
