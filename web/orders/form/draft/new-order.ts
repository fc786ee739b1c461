import { businessDay } from "northwind-api/src/company/business-time.ts";
import { loadCompany } from "../../../api/company-server.ts";
import { get } from "../../../api/server.ts";
import type { Order } from "../../../api/types.ts";
import type { Choice } from "../../../components/form/use-choices.ts";
import { amountText } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import { loadOrder } from "../../load.ts";
import { type Addressee, companyName, employeeName, type ProductName, shipToOf } from "../../names.ts";
import { asNewRow, type DetailDraft, type Draft, draftOf, emptyDraft } from "./draft.ts";

/** What the address of the page requests, and the last employee. Any of it may be nonsense. */
interface Wanted {
  readonly customer: string | string[] | undefined;
  readonly copy: string | string[] | undefined;
  readonly employee: string | undefined;
}

/** A new order as it opens. What is requested but does not exist is left out: the form still opens. */
export async function newOrderDraft({ customer, copy, employee }: Wanted, locale: Locale): Promise<Draft> {
  const empty = emptyDraft(businessDay((await loadCompany()).timeZone));
  const [like, buyer, clerk] = await Promise.all([
    isId(copy) ? loadOrder(copy) : null,
    isId(customer) ? get<Addressee>(`/api/customers/${customer}`) : null,
    isId(employee) ? get<Addressee>(`/api/employees/${employee}`) : null,
  ]);
  const employee_id: Choice | null = clerk?.ok ? { id: clerk.data.id, name: employeeName(clerk.data) } : null;
  if (like?.ok) return copyOf(like.order, draftOf(like.order, like.nameOf, locale), { empty, employee_id, locale });
  if (!buyer?.ok) return { ...empty, choices: { ...empty.choices, employee_id } };
  const customer_id = { id: buyer.data.id, name: companyName(buyer.data) };
  return {
    ...empty,
    choices: { ...empty.choices, customer_id, employee_id },
    texts: { ...empty.texts, ...shipToOf(buyer.data) },
  };
}

function isId(text: string | string[] | undefined): text is string {
  return typeof text === "string" && /^[1-9]\d{0,9}$/.test(text);
}

interface Copying {
  readonly empty: Draft;
  readonly employee_id: Choice | null;
  readonly locale: Locale;
}

/** The same goods to the same place, of today: at today's list prices, not yet sent or paid. */
async function copyOf(order: Order, like: Draft, { empty, employee_id, locale }: Copying): Promise<Draft> {
  const products = await productsNow(order);
  const { texts } = like;
  return {
    texts: { ...texts, ...later(empty) },
    unmatched: {},
    choices: { ...like.choices, employee_id: employee_id ?? like.choices.employee_id },
    details: [
      ...like.details.map((detail, at) => {
        const now = products.get(detail.product?.id ?? 0);
        const unit_price = now === undefined ? detail.unit_price : amountText(now.list_price, locale);
        const product = asNow(detail.product, now);
        return { ...asNewRow(detail), key: `r${at + 1}`, product, unit_price };
      }),
    ],
  };
}

/** The product, taxed at the rate that its class has on the day of the new order, and marked if it is sold no more. */
function asNow(product: DetailDraft["product"], now: ProductNow | undefined): DetailDraft["product"] {
  if (product === null) return null;
  const { soldRate: _, ...chosen } = product;
  return now?.discontinued === true ? { ...chosen, mark: "combobox.discontinued" } : chosen;
}

/** What belongs to one order alone. */
function later({ texts: { order_date } }: Draft) {
  return { order_date, shipped_date: "", paid_date: "", payment_type: "", taxes: "" };
}

interface ProductNow extends ProductName {
  readonly list_price: string;
  readonly discontinued: boolean;
}

async function productsNow({ order_details = [] }: Order): Promise<ReadonlyMap<number, ProductNow>> {
  const ids = [...new Set(order_details.map(({ product_id }) => product_id))].filter((id) => id !== null);
  const replies = await Promise.all(ids.map((id) => get<ProductNow>(`/api/products/${id}`)));
  return new Map(replies.flatMap((reply) => (reply.ok ? [[reply.data.id, reply.data] as const] : [])));
}
