import type { DatabaseErrorKind } from "sqlproof";
import type { MariadbOptions } from "sqlproof/mariadb";

/** The database that a thread opens for itself. */
export type ReportSource =
  | { readonly engine: "sqlite"; readonly path: string }
  | { readonly engine: "mariadb"; readonly server: MariadbOptions };

/** A message to the report thread. `request` is what the report of that name takes. */
export type ThreadOrder =
  | { readonly kind: "report"; readonly id: number; readonly name: string; readonly request: never }
  | { readonly kind: "cancel"; readonly id: number };

/** An answer of the report thread. Errors are sent in parts, because a copied error loses its class. */
export type ThreadAnswer =
  | { readonly kind: "found"; readonly id: number; readonly found: unknown }
  | { readonly kind: "refused"; readonly id: number; readonly error: DatabaseErrorKind; readonly message: string }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
