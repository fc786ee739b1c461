import { toUnits } from "northwind-api/src/contract/decimal.ts";
import { read } from "../api/browser.ts";
import type { Choice, Search } from "../components/form/use-choices.ts";
import { notSearched } from "../shell/connection/connection.ts";
import { readAvailable } from "./available.ts";
import { type Addressee, companyName, employeeName, type ProductName, personName, productName } from "./names.ts";

/** More than are shown, so that whatever is called exactly what was typed is among them. */
const asked = 50;
const shown = 8;

export interface CustomerChoice extends Choice {
  readonly customer: Addressee;
  /** How the customer is taxed: `domestic`, or why without taxes. */
  readonly treatment: string;
}

export interface ProductChoice extends Choice {
  readonly cost: string;
  readonly listPrice: string;
  readonly taxClass: string | null;
}

interface Product extends ProductName {
  readonly standard_cost: string | null;
  readonly list_price: string;
  readonly tax_class: string | null;
  readonly discontinued: boolean;
}

/**
 * Searches one resource by words; the API answers the best matches first. What is called exactly what was typed, by its
 * name, its code or its number, comes before them.
 */
function searchOf<Row, C extends Choice>(
  choiceOf: (row: Row) => WithCode<C>,
  resource: string,
  filter = "",
): Search<C> {
  return async (typed, signal) => {
    const text = typed.trim();
    const q = text === "" ? "" : `&sort=relevance&q=${encodeURIComponent(text)}`;
    const most = text === "" ? shown : asked;
    const reply = await read<readonly Row[]>(`/api/${resource}?limit=${most}${q}${filter}`, signal);
    if (!reply.ok) return notSearched(signal);
    const choices = reply.data.map((row) => marked(choiceOf(row), text));
    return exactFirst(choices, text).slice(0, shown);
  };
}

type WithCode<C> = C & { readonly code?: string | null };

/** The choice, with whether it is called exactly what was typed. */
export function marked<C extends Choice>(choice: WithCode<C>, typed: string): C {
  const text = folded(typed);
  const names = [choice.name, choice.code ?? "", `#${choice.id}`].map(folded);
  return text !== "" && names.includes(text) ? { ...choice, isExact: true } : choice;
}

/** What is called exactly what was typed, then names that begin with it, then the rest as the API ranks it. */
export function exactFirst<C extends Choice>(choices: readonly C[], typed: string): readonly C[] {
  const text = folded(typed);
  const rank = ({ name, isExact }: Choice) => (isExact === true ? 0 : folded(name).startsWith(text) ? 1 : 2);
  return choices.toSorted((a, b) => rank(a) - rank(b));
}

export const searchCustomers = searchOf((row: Addressee & { readonly tax_treatment: string }): CustomerChoice => {
  const name = companyName(row);
  const about = [name === personName(row) ? "" : personName(row), row.city].filter((part) => part).join(", ");
  return { id: row.id, name, about: about === "" ? `#${row.id}` : about, customer: row, treatment: row.tax_treatment };
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

function productChoice(row: Product) {
  const about = row.product_code ?? `#${row.id}`;
  const mark = row.discontinued ? { mark: "combobox.discontinued" as const } : {};
  const amounts = { listPrice: row.list_price, cost: row.standard_cost ?? "0.0000" };
  return {
    id: row.id,
    name: productName(row),
    about,
    code: row.product_code,
    ...amounts,
    taxClass: row.tax_class,
    ...mark,
  };
}

const searchSold = searchOf<Product, ProductChoice>(productChoice, "products", "&discontinued=false");
const searchDiscontinued = searchOf<Product, ProductChoice>(productChoice, "products", "&discontinued=true");

/**
 * Discontinued products come last, and say so: the API refuses them in a new line. One that has exactly the typed code
 * comes first all the same, because another one was not meant.
 */
export const searchProducts: Search<ProductChoice> = async (typed, signal) => {
  const [sold, gone] = await Promise.all([searchSold(typed, signal), searchDiscontinued(typed, signal)]);
  if (sold === null || gone === null) return null;
  const found = [...sold, ...gone];
  const best = [...found.filter(({ isExact }) => isExact), ...found.filter(({ isExact }) => !isExact)];
  return withAvailable(best.slice(0, shown), signal);
};

/** The products with how much of each is available, where its stock is kept and known. */
async function withAvailable(found: readonly ProductChoice[], signal: AbortSignal): Promise<readonly ProductChoice[]> {
  const available = await readAvailable(
    found.map(({ id }) => id),
    signal,
  );
  return found.map((choice) => {
    const value = available.get(choice.id);
    if (value === undefined || !isNumeric(value)) return choice;
    return { ...choice, figure: { label: "combobox.available", value, isThere: toUnits(value) > 0n } };
  });
}

/** An exact quantity, in the type in which `Intl` formats text. */
function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

function folded(text: string): string {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return letters.toUpperCase().toLowerCase().trim().replace(/\s+/g, " ");
}
