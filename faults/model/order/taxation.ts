// How an order is taxed (docs/decisions/0093-tax-classes.md), written a second time from the contract.
import { taxesOf } from "../amounts.ts";
import type { Json, JsonObject } from "../company.ts";
import { isObject } from "../fields.ts";

export const taxable = 1;
const exempt = 0;

export function hasClass(details: readonly JsonObject[]): boolean {
  return details.some(({ tax_rate = null }) => tax_rate !== null);
}

function paysNone({ tax_treatment }: JsonObject): boolean {
  return (tax_treatment ?? "domestic") !== "domestic";
}

function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

/**
 * Without a rate from the client, an order with a class has none of its own. Without tax status and taxes as well, it is
 * exempt for a customer who pays none, and taxable as soon as it has a class.
 */
export function taxation(sent: JsonObject, details: readonly JsonObject[], sold: JsonObject): JsonObject {
  const isByClass = hasClass(details) && !isGiven(sent.tax_rate);
  const rate = isByClass ? { tax_rate: null } : {};
  if (isGiven(sent.tax_rate) || isGiven(sent.tax_status_id) || isGiven(sent.taxes)) return rate;
  if (paysNone(sold)) return { ...rate, tax_status_id: exempt };
  return isByClass ? { ...rate, tax_status_id: taxable } : rate;
}

/** What is sent as it was read is not sent; taxes only if they were the computed ones. */
export function changedTaxation(sent: JsonObject, before: JsonObject, held: readonly JsonObject[]): JsonObject {
  const computed = before.tax_status_id === taxable ? taxesOf(before, held) : "0.0000";
  const names = ["tax_rate", "tax_status_id", ...(before.taxes === computed ? ["taxes"] : [])];
  return Object.fromEntries(
    Object.entries(sent).filter(([name, value]) => !names.includes(name) || value !== before[name]),
  );
}

interface Change {
  readonly before: JsonObject;
  /** The details before the change. */
  readonly held: readonly JsonObject[];
  readonly wanted: JsonObject;
  readonly sold: JsonObject;
}

/** Another customer may be taxed otherwise; the first class taxes an order that has neither rate nor taxes of its own. */
export function taxationAfter(
  { before, held, wanted, sold }: Change,
  sent: JsonObject,
  details: readonly JsonObject[],
): JsonObject {
  const isSilent = ["tax_rate", "tax_status_id", "taxes"].every((name) => sent[name] === undefined);
  const isOther = isSilent && wanted.customer_id !== before.customer_id;
  const status = isOther ? statusFor(before, sold, details) : (wanted.tax_status_id ?? null);
  const hasRate = isGiven(wanted.tax_rate) && wanted.tax_rate !== "0.000000";
  if (hasRate || hasClass(held) || !hasClass(details)) return { tax_status_id: status };
  const taxes = sent.taxes ?? (before.taxes === "0.0000" ? null : (before.taxes ?? null));
  const known: JsonObject = {
    taxes,
    tax_status_id: status,
    ...(sent.tax_rate === undefined ? {} : { tax_rate: sent.tax_rate }),
  };
  return { tax_status_id: status, ...taxation(known, details, sold) };
}

function statusFor(before: JsonObject, sold: JsonObject, details: readonly JsonObject[]): Json {
  const status = before.tax_status_id ?? null;
  if (paysNone(sold)) return exempt;
  const kept = before.sold;
  const wasAbroad = isObject(kept) && paysNone(kept);
  if (status !== exempt || !wasAbroad) return status;
  return hasClass(details) ? taxable : null;
}

/** Taxes are computed when a taxable order's basis is written, and become 0 when the order stops being taxable. */
export function taxesAfter(
  before: JsonObject,
  after: JsonObject,
  details: readonly JsonObject[],
  wrote: boolean,
): Json {
  if (wrote && after.tax_status_id === taxable) return taxesOf(after, details);
  if (wrote && before.tax_status_id === taxable) return "0.0000";
  return before.taxes ?? null;
}
