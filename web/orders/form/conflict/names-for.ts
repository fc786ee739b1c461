import { read } from "../../../api/browser.ts";
import type { Order } from "../../../api/types.ts";
import { type Addressee, companyName, employeeName, type ProductName, productName } from "../../names.ts";
import type { NameOf } from "../draft/draft.ts";

/** The names of everything an order refers to: those that are known already, the rest read once. */
export async function namesFor(order: Order, known: ReadonlyMap<string, string>): Promise<NameOf> {
  const names = new Map(known);
  const learn = async (key: string, find: () => Promise<string | null>) => {
    const name = names.has(key) ? null : await find();
    if (name !== null) names.set(key, name);
  };
  const { customer_id: customer, employee_id: employee, shipper_id: shipper, order_details = [] } = order;
  const products = [...new Set(order_details.map(({ product_id }) => product_id))];
  await Promise.all([
    customer && learn(`customer_id ${customer}`, () => contactName("customers", customer, companyName)),
    employee && learn(`employee_id ${employee}`, () => contactName("employees", employee, employeeName)),
    shipper && learn(`shipper_id ${shipper}`, () => contactName("shippers", shipper, companyName)),
    ...products.map((id) => id && learn(`product_id ${id}`, () => nameOfProduct(id))),
  ]);
  return (kind, id) => names.get(`${kind} ${id}`) ?? `#${id}`;
}

async function contactName(
  resource: string,
  id: number,
  nameOf: (contact: Addressee) => string,
): Promise<string | null> {
  const reply = await read<Addressee>(`/api/${resource}/${id}`);
  return reply.ok ? nameOf(reply.data) : null;
}

async function nameOfProduct(id: number): Promise<string | null> {
  const reply = await read<ProductName>(`/api/products/${id}`);
  return reply.ok ? productName(reply.data) : null;
}
