import { AsyncLocalStorage } from "node:async_hooks";
import type { SqliteConnection } from "./sqlite-connection.ts";
import { refusal } from "./sqlite-errors.ts";
import type { SqliteTransaction } from "./sqlite-transaction.ts";
import { Write } from "./write.ts";

/** The transaction whose body is at work: a write that would wait for it from inside is refused instead. */
const inside = new AsyncLocalStorage<SqliteTransaction>();

/** Throws when called in the course of a transaction's body on this connection: both would wait for each other. */
export function refuseInside(connection: SqliteConnection): void {
  const transaction = inside.getStore();
  if (transaction?.connection === connection && transaction.hasBody)
    throw new Error("Inside a transaction use the given transaction: the database's one writer is taken by it.");
}

/** A write that knows its transaction while it is at work. */
export function sqliteWrite<T>(work: (transaction: SqliteTransaction) => T | Promise<T>): Write<T, SqliteTransaction> {
  return new Write((transaction) => inside.run(transaction, () => work(transaction)), refusal);
}
