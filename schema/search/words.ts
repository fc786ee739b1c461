import { foldSearchText } from "./fold.ts";
import { phoneDigits } from "./row-text.ts";

/** What a search asks for. */
export interface Asked {
  /** The folded words: each must occur, in any order. None asks for everything. */
  readonly words: readonly string[];
  /** The digits that a phone number must contain instead, when the search can be one. */
  readonly phone: string | null;
}

/** With fewer digits, nobody looks for a phone number. */
const fewestPhoneDigits = 4;
const phoneLike = /^[-+()./ 0-9]+$/;

/** Reads what somebody typed into a search. */
export function askedBy(q: string): Asked {
  const folded = foldSearchText(q);
  const digits = phoneLike.test(folded) ? phoneDigits(folded) : "";
  return {
    words: folded.split(" ").filter((word) => word !== ""),
    phone: digits.length < fewestPhoneDigits ? null : digits,
  };
}

/** The number of an order in a search: `805`, `#805`, `order 805`, `Pedido nº 805`; null when it is none. */
export function orderNumberIn(q: string): number | null {
  const [, number] =
    /^(?:(?:order|pedido) *(?:n[or]?\.? *)?)?#? *([1-9][0-9]{0,8})$/.exec(foldSearchText(q.trim())) ?? [];
  return number === undefined ? null : Number(number);
}
