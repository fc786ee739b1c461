import { read } from "../api/browser.ts";
import type { Choice, Search } from "../components/form/use-choices.ts";
import { type Addressee, companyName, employeeName, type ProductName, personName, productName } from "./names.ts";

/** More than are shown, so that the best are among them: the API finds parts of names in the order of their ids. */
const asked = 50;
const shown = 8;

export interface CustomerChoice extends Choice {
  readonly customer: Addressee;
}

export interface ProductChoice extends Choice {
  readonly listPrice: string;
}

interface Product extends ProductName {
  readonly list_price: string;
  readonly discontinued: boolean;
}

/** Searches one resource by a part of its name. An API that cannot be reached finds nothing: the form says so. */
function searchOf<Row, C extends Choice>(choiceOf: (row: Row) => C, resource: string): Search<C> {
  return async (typed, signal) => {
    const text = typed.trim();
    const q = text === "" ? "" : `&q=${encodeURIComponent(text)}`;
    const reply = await read<readonly Row[]>(`/api/${resource}?limit=${text === "" ? shown : asked}${q}`, signal);
    return reply.ok ? ranked(reply.data.map(choiceOf), text).slice(0, shown) : [];
  };
}

export const searchCustomers = searchOf((row: Addressee): CustomerChoice => {
  const name = companyName(row);
  const about = [name === personName(row) ? "" : personName(row), row.city].filter((part) => part).join(", ");
  return { id: row.id, name, about: about === "" ? `#${row.id}` : about, customer: row };
}, "customers");

export const searchEmployees = searchOf((row: Addressee & { readonly job_title: string | null }): Choice => {
  return { id: row.id, name: employeeName(row), about: row.job_title ?? `#${row.id}` };
}, "employees");

export const searchShippers = searchOf(
  (row: Addressee): Choice => ({ id: row.id, name: companyName(row) }),
  "shippers",
);

export const searchSuppliers = searchOf(
  (row: Addressee): Choice => ({ id: row.id, name: companyName(row) }),
  "suppliers",
);

export const searchProducts = searchOf((row: Product): ProductChoice => {
  return { id: row.id, name: productName(row), about: row.product_code ?? `#${row.id}`, listPrice: row.list_price };
}, "products");

/** Names that begin with the typed text first, then those with a word that does, then the rest. */
export function ranked<C extends Choice>(choices: readonly C[], typed: string): readonly C[] {
  const text = folded(typed);
  const rank = ({ name }: Choice) => {
    const words = folded(name);
    if (words.startsWith(text)) return 0;
    return words.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(text)) ? 1 : 2;
  };
  return choices.toSorted((a, b) => rank(a) - rank(b) || folded(a.name).localeCompare(folded(b.name)));
}

function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
