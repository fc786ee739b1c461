// Random commands on counts of the stock.
import type { Random } from "../load/random.ts";
import type { CountedProduct, Deed } from "./commands.ts";
import { type Count, piece, type Stock } from "./model/state.ts";

/** Makes a count sheet, enters what was counted near to what is on hand, and approves or cancels it. */
export function countDeed(stock: Stock, random: Random, nobody: number): Deed {
  const chance = (percent: number) => random.integer(1, 100) <= percent;
  const all = [...stock.counts.values()];
  const open = all.filter(({ status }) => status === "open");
  const some = open.length > 0 && chance(90) ? open : all;
  const count = some[random.integer(0, some.length - 1)];
  const at = random.integer(1, 100);
  if (count === undefined || at <= 25) return { do: "make count", products: products(stock, random, nobody) };
  const id = chance(1) ? nobody : count.id;
  if (at <= 60) return { do: "enter count", id, lines: lines(stock, count, random, nobody) };
  return { do: "close count", step: at <= 94 ? "approve" : "cancel", id };
}

function products(stock: Stock, random: Random, nobody: number): readonly number[] {
  const all = [...stock.products.values()].flatMap(({ id, stocked }) =>
    random.integer(1, 100) <= (stocked ? 30 : 2) ? [id] : [],
  );
  return random.integer(1, 100) <= 2 ? [...all, nobody] : all;
}

function lines(stock: Stock, { lines: all }: Count, random: Random, nobody: number): readonly CountedProduct[] {
  const entered = all.flatMap(({ product, counted }): CountedProduct[] => {
    const at = random.integer(1, 100);
    if (at <= 20) return [];
    if (at <= 28) return [{ product, counted: null }];
    if (at <= 36) return [{ product, counted }];
    const near = (stock.balance(product)?.onHand ?? 0) + random.integer(-6, 4) * piece;
    const half = at <= 39 ? piece / 2 : 0;
    return [{ product, counted: Math.max(0, near) + half }];
  });
  return random.integer(1, 100) <= 2 ? [...entered, { product: nobody, counted: piece }] : entered;
}
