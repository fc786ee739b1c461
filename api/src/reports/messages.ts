import type { DatabaseErrorKind, ObservedStatement } from "sqlproof";
import type { MariadbOptions } from "sqlproof/mariadb";

/** The database to which the report thread opens its own connections. */
export type ReportSource =
  | ({ readonly engine: "sqlite"; readonly path: string } & Watched)
  | ({ readonly engine: "mariadb"; readonly server: MariadbOptions } & Watched);

interface Watched {
  /** The thread reports statements that take at least so many milliseconds. Default: none. */
  readonly slowFromMs?: number | undefined;
}

/** A slow statement of the report thread. */
export interface ThreadStatement {
  readonly kind: "statement";
  readonly text: string;
  readonly values: ReturnType<ObservedStatement["values"]>;
  readonly tookMs: number;
  readonly failed: boolean;
}

/** A message to the report thread. `request` has the type that the report of that name takes. */
export type ThreadRequest =
  | { readonly kind: "report"; readonly id: number; readonly name: string; readonly request: never }
  | { readonly kind: "cancel"; readonly id: number };

/** An answer from the report thread. Errors are sent in parts, because a copied error loses its class. */
export type ThreadAnswer =
  | { readonly kind: "done"; readonly id: number; readonly result: unknown }
  | { readonly kind: "refused"; readonly id: number; readonly error: DatabaseErrorKind; readonly message: string }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
