import { DatabaseError, type Transaction } from "sqlproof";
import { Ledger } from "../../ledger/ledger.ts";

/**
 * The products whose stock a write moves. They are known once its order is read, and that read begins MariaDB's
 * snapshot: a balance that changes while its lock is awaited is a conflict then. So an attempt leaves them here, and
 * the next one locks them before it reads.
 */
export class MovedProducts {
  #ids: readonly number[] = [];

  /** Those that the last attempt found; none before the first. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /**
   * The stock of the products that were found now: that which the attempt has opened, or a new one. Throws a conflict,
   * so that the transaction is retried, if the order has got other products since the last attempt.
   */
  static async open(
    tx: Transaction,
    writes: readonly { readonly moved?: MovedProducts; readonly found: readonly number[] }[],
    opened: Ledger | null,
  ): Promise<Ledger> {
    const found = writes.flatMap((write) => write.found);
    const known = new Set(writes.flatMap(({ moved }) => moved?.ids ?? []));
    for (const write of writes) if (write.moved !== undefined) write.moved.#ids = write.found;
    if (opened === null) return Ledger.open(tx, found);
    if (found.every((id) => known.has(id))) return opened;
    throw new DatabaseError("conflict", "an order has other products than when its change began");
  }
}
