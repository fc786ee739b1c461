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
function searchOf<Row, C extends Choice>(choiceOf: (row: Row) => C, resource: string, filter = ""): Search<C> {
  return async (typed, signal) => {
    const text = typed.trim();
    const q = text === "" ? "" : `&q=${encodeURIComponent(text)}`;
    const most = text === "" ? shown : asked;
    const reply = await read<readonly Row[]>(`/api/${resource}?limit=${most}${q}${filter}`, signal);
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

function productChoice(row: Product): ProductChoice {
  const about = row.product_code ?? `#${row.id}`;
  const mark = row.discontinued ? { mark: "combobox.discontinued" as const } : {};
  return { id: row.id, name: productName(row), about, listPrice: row.list_price, ...mark };
}

const searchSold = searchOf(productChoice, "products", "&discontinued=false");
const searchDiscontinued = searchOf(productChoice, "products", "&discontinued=true");

/** Discontinued products come last, and say so: the API refuses them in a new line. */
export const searchProducts: Search<ProductChoice> = async (typed, signal) => {
  const [sold, gone] = await Promise.all([searchSold(typed, signal), searchDiscontinued(typed, signal)]);
  return [...sold, ...gone].slice(0, shown);
};

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
