import type { DatabaseErrorKind } from "sqlproof";
import type { MariadbOptions } from "sqlproof/mariadb";
import type { ReportName, RequestOf } from "./reports.ts";

/** The database that a thread opens for itself. */
export type ReportSource =
  | { readonly engine: "sqlite"; readonly path: string }
  | { readonly engine: "mariadb"; readonly server: MariadbOptions };

/** What the thread of the reports is told. */
export type ThreadOrder =
  | { readonly kind: "report"; readonly id: number; readonly name: ReportName; readonly request: RequestOf<ReportName> }
  | { readonly kind: "cancel"; readonly id: number };

/** What it answers. Errors are taken apart: a copied one has lost its class. */
export type ThreadAnswer =
  | { readonly kind: "found"; readonly id: number; readonly found: unknown }
  | { readonly kind: "refused"; readonly id: number; readonly error: DatabaseErrorKind; readonly message: string }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
