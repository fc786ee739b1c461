// Row I5: odd texts (texts.ts) in every field, search and key (here) and everywhere else (outside-body.ts).
// They must be stored as sent, or refused by name.
import { type JsonObject, type Resource, resourceTables } from "../model/company.ts";
import type { Command } from "../model/comparison/commands.ts";
import { isGoodText } from "../model/fields.ts";
import { isEmail } from "../model/resource-rules.ts";
import { resourceForms } from "../model/resources.ts";

const idle: Command = {
  ...{ method: "GET", resource: "orders", id: null, of: null, history: false, query: {}, body: null },
  ...{ ifMatch: "none", key: null, repeat: null, pages: 1, resume: null },
};

/** Writes a text into every field of every resource, reads it back, updates with it, and searches for it. */
export function commandsFor(text: string, number: number): readonly Command[] {
  return [...resourceTables.flatMap((resource) => commandsOf(text, number, resource)), ...keyed(text)];
}

function commandsOf(text: string, number: number, resource: Resource): readonly Command[] {
  const needed: JsonObject = {
    ...(resource === "orders"
      ? { order_date: "2024-01-15T10:30:00" }
      : resource === "products"
        ? { product_name: "P" }
        : resource === "tax_rates"
          ? { tax_class: "T", valid_from: "2024-01-15", tax_rate: "0.2" }
          : { company: "C" }),
  };
  const post = (body: JsonObject): Command => ({ ...idle, method: "POST", resource, body: { ...needed, ...body } });
  const last = { table: resource, choice: 999 * 1000 + number };
  const found = isSendable(text)
    ? [searchOf(resource, text, "id"), ...(resource === "orders" ? [] : [searchOf(resource, text, "name")])]
    : [];
  return [
    post(fieldsWith(text, resource, "all")),
    post(fieldsWith(text, resource, "that hold it")),
    { ...idle, resource, id: last },
    { ...idle, method: "PUT", resource, id: last, body: fieldsWith(text, resource, "that hold it") },
    ...found,
  ];
}

/** The text in every text field, or only in those that can hold it. */
function fieldsWith(text: string, resource: Resource, which: "all" | "that hold it"): JsonObject {
  const fields = Object.entries(resourceForms[resource].update).filter(
    ([name, field]) =>
      field.kind === "text" && !isNoFreeText(resource, name) && (which === "all" || canHold(name, text, field)),
  );
  return Object.fromEntries(fields.map(([name]) => [name, text]));
}

/** A VAT number, and a tax class that must exist. */
function isNoFreeText(resource: Resource, name: string): boolean {
  return name === "vat_id" || (resource === "products" && name === "tax_class");
}

function canHold(name: string, text: string, field: Parameters<typeof isGoodText>[1]): boolean {
  return isGoodText(text, field) && (name !== "email_address" || text === "" || isEmail(text));
}

function searchOf(resource: Resource, text: string, sort: string): Command {
  return { ...idle, resource, query: { q: text, sort, limit: 20 }, pages: 3 };
}

/** A URL can carry everything but lone surrogates, up to a length. */
function isSendable(text: string): boolean {
  return text.isWellFormed() && text.length <= 200;
}

/** Uses the text as a key, if a header can carry it. */
function keyed(text: string): readonly Command[] {
  if (!/^[!-~]([ -~]{0,253}[!-~])?$/.test(text)) return [];
  const first: Command = { ...idle, method: "POST", resource: "shippers", body: { company: "Keyed" }, key: text };
  return [
    first,
    { ...idle, repeat: { choice: 999_999_999, body: "same" } },
    { ...idle, repeat: { choice: 0, body: "same" } },
  ];
}
