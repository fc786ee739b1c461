import type { DatabaseErrorKind } from "sqlproof";
import type { MariadbOptions } from "sqlproof/mariadb";

/** The database to which the report thread opens its own connections. */
export type ReportSource =
  | { readonly engine: "sqlite"; readonly path: string }
  | { readonly engine: "mariadb"; readonly server: MariadbOptions };

/** A message to the report thread. `request` has the type that the report of that name takes. */
export type ThreadRequest =
  | { readonly kind: "report"; readonly id: number; readonly name: string; readonly request: never }
  | { readonly kind: "cancel"; readonly id: number };

/** An answer from the report thread. Errors are sent in parts, because a copied error loses its class. */
export type ThreadAnswer =
  | { readonly kind: "done"; readonly id: number; readonly result: unknown }
  | { readonly kind: "refused"; readonly id: number; readonly error: DatabaseErrorKind; readonly message: string }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
