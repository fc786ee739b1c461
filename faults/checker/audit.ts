import type { Store } from "./store.ts";

/** Whether this database keeps an audit: those of before it did not. */
export async function hasAudit(store: Store): Promise<boolean> {
  const question =
    store.engine === "sqlite"
      ? "SELECT name FROM sqlite_master WHERE name = 'audit_log'"
      : "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'audit_log'";
  return (await store.rows(question)).length > 0;
}
