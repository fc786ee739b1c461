// Allocates the details of an order, and releases them.
import type { Transaction } from "sqlproof";
import { type Issue, refuseAll } from "../../contract/answer.ts";
import { quantityText } from "../../contract/decimal.ts";
import type { Of } from "../../contract/schema.ts";
import { takeable } from "../stock/move.ts";
import type { ChangedOrder } from "../write.ts";
import { issuesOf, unavailable, unmetOf } from "./conditions.ts";
import type { chosenDetails } from "./fields.ts";
import { type Acting, type Chosen, chosenOf, type Opened } from "./opened.ts";
import { type MovedDetail, storeMoved } from "./store.ts";

type Named = Of<typeof chosenDetails>;

/** Holds what the details lack and what is available. Throws 409 if nothing at all could be held. */
export async function allocate(
  tx: Transaction,
  opened: Opened,
  { order_details: given }: Named,
  { context, company }: Acting,
): Promise<ChangedOrder> {
  const { situation, ledger, order } = opened;
  const unmet = unmetOf("allocate", situation);
  const { chosen, issues } = chosenOf(given, opened);
  const forbidden = given === undefined ? unmet : unmet.filter(({ pointer }) => pointer === "#/status_id");
  refuseAll([...issues, ...issuesOf(forbidden), ...(given === undefined ? [] : chosen.flatMap(beyondOpen))]);
  const moved = chosen.flatMap(({ detail, quantity }): MovedDetail[] => {
    const { product_id, id: order_detail_id } = detail.row;
    if (!ledger.keeps(product_id) || detail.open <= 0n) return [];
    const taken = takeable(quantity ?? detail.open, ledger.available(product_id), situation.policy);
    ledger.hold(product_id, taken, () => ({
      principal: context.principal.name,
      order_id: order.row.id,
      order_detail_id,
    }));
    const after = { ...detail.quantities, allocated: detail.quantities.allocated + taken };
    return [{ detail, after, isWanted: true }];
  });
  if (moved.every(({ detail, after }) => after.allocated === detail.quantities.allocated))
    refuseAll(chosen.flatMap((one) => unavailableIssue(one, situation.policy === "complete")));
  const changed = await storeMoved(tx, opened, { ...order.row, details: moved }, company);
  await ledger.write(tx, company.now());
  return changed;
}

function beyondOpen({ detail: { isStocked, open }, pointer, quantity }: Chosen): readonly Issue[] {
  const refuse = (message: string): readonly Issue[] => [{ pointer, code: "state", message }];
  if (!isStocked) return refuse("Its stock is not kept: there is nothing to allocate.");
  if (open <= 0n) return refuse("Nothing of it is open.");
  return quantity !== null && quantity > open ? refuse(`Must be at most ${quantityText(open)}, which is open.`) : [];
}

function unavailableIssue({ detail, pointer }: Chosen, asWhole: boolean): readonly Issue[] {
  const found = unavailable(detail, asWhole);
  return found === null ? [] : issuesOf([{ pointer, code: "state", message: found[0], what_to_do: found[1] }]);
}

/** Gives back what the details hold. It is available then; nobody who waits gets it by this alone. */
export async function release(
  tx: Transaction,
  opened: Opened,
  { order_details: given }: Named,
  { context, company }: Acting,
): Promise<ChangedOrder> {
  const { situation, ledger, order } = opened;
  const { chosen, issues } = chosenOf(given, opened);
  const unmet = issuesOf(unmetOf("release", situation));
  refuseAll([...issues, ...unmet, ...(given === undefined ? [] : chosen.flatMap(beyondHeld))]);
  const moved = chosen.flatMap(({ detail, quantity }): MovedDetail[] => {
    const { product_id, id: order_detail_id } = detail.row;
    const { allocated } = detail.quantities;
    const given = quantity ?? allocated;
    if (!ledger.keeps(product_id) || given === 0n) return [];
    ledger.release(product_id, given, () => ({
      ...{ principal: context.principal.name, order_id: order.row.id, order_detail_id },
    }));
    return [{ detail, after: { ...detail.quantities, allocated: allocated - given }, isWanted: false }];
  });
  const changed = await storeMoved(tx, opened, { ...order.row, details: moved }, company);
  await ledger.write(tx, company.now());
  return changed;
}

function beyondHeld({ detail: { quantities }, pointer, quantity }: Chosen): readonly Issue[] {
  const { allocated } = quantities;
  if (allocated > 0n && (quantity ?? 0n) <= allocated) return [];
  return [
    {
      pointer,
      code: "state",
      message:
        allocated === 0n
          ? "Nothing of it is allocated."
          : `Must be at most ${quantityText(allocated)}, which is allocated.`,
    },
  ];
}
