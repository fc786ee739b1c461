/**
 * Which steps of the schema let the version before go on serving: during a rolling restart, processes of both versions
 * work on one database. `rolling.test.ts` runs the statements of every released version before and after each step.
 */

/** What a step means for processes of the version before, which are restarted one after the other. */
export interface StepEffect {
  /** Whether they may go on serving while the step runs and after it. */
  readonly rolling: boolean;
  readonly reason: string;
  /** The tables to which nobody can write on MariaDB while the step rebuilds them. */
  readonly locked: readonly string[];
}

const yes = (reason: string, ...locked: readonly string[]): StepEffect => ({ rolling: true, reason, locked });
const no = (reason: string, ...locked: readonly string[]): StepEffect => ({ rolling: false, reason, locked });

/** Every step since the first released version, by its name. */
export const stepEffects: Readonly<Record<string, StepEffect>> = {
  "0008_folded_text": no(
    "the texts that searches look through are written by the program, which the old one does not do",
    ...["customers", "employees", "orders", "products", "shippers", "suppliers"],
  ),
  "0009_company": yes("a table that the old version does not know"),
  "0010_as_sold": yes("new columns; where the old version leaves them empty, the current names are shown"),
  "0011_tax": no("the old version cannot read a tax rate with six places", "orders"),
  "0012_list_sorts": yes("indexes, and columns that the database computes"),
  "0013_request_ids": yes("a new column that may be empty"),
  "0014_change_feed": no("entries of the old version would be in the feed without a version", "audit_log"),
  "0015_tax_rates": yes(
    "a table and columns with defaults; without tax rates nothing is computed differently",
    "orders",
  ),
  "0017_company_logo": yes("a table that the old version does not know"),
  "0018_access": no("the old version lets in whoever asks, also when there are users"),
  "0019_second_factors": no("the old version signs users in without their second factor"),
  "0020_single_sign_on": yes("tables that the old version does not know"),
  "0021_preferences": yes("a table that the old version does not know"),
  "0022_one_row": yes("tables of one row refuse a second one", "access", "company", "company_logo"),
  "0023_stock": no(
    "the old version ships and deletes orders without moving their stock",
    "inventory_transactions",
    "orders",
  ),
  "0024_shipments": no("the old version ships orders without a shipment", "inventory_transactions"),
  "0025_purchasing": no("the old version changes the suppliers of products without their table"),
};

/** What a step means; steps before the first released version have no version that could go on serving. */
export function effectOf(step: string): StepEffect {
  return stepEffects[step] ?? no("there is no released version that knows the schema before this step");
}
