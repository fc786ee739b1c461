import type { Decimal } from "sqlproof";
import { homeCountry } from "./company.ts";
import type { Random } from "./random.ts";
import type { Buyer, DetailRow, InvoiceRow, OrderRow } from "./rows.ts";
import { calendarDayOf, dateTimeOf, decimalOf, lineAmount, taxAmount, unitsPerOne, workingTimeOf } from "./values.ts";

/** The ids of the order statuses, from the reference values. */
export const orderStatus = { new: 0, invoiced: 1, shipped: 2, closed: 3 } as const;
export const lineStatus = { none: 0, allocated: 1, invoiced: 2, shipped: 3, onOrder: 4, noStock: 5 } as const;

/** The working days of an order's steps; null for a step that is still to come. */
export interface Life {
  readonly day: number;
  readonly minute: number;
  readonly invoiced: number | null;
  readonly shipped: number | null;
  readonly paid: number | null;
}

/** A line before it becomes a row: an integer quantity, amounts in ten-thousandths. */
export interface Line {
  readonly quantity: number;
  readonly price: number;
  readonly discount: number;
}

/** The order desk is open from 8:00 to 17:00. */
export const opensAt = 8 * 60;
export const minutesOpen = 9 * 60;

/** The steps of an order of that working day: invoiced within days, then shipped, paid within weeks. */
export function lifeOf(random: Random, day: number, minute: number, today: number): Life {
  const invoiced = day + random.below(5);
  const shipped = invoiced + random.between(1, 5);
  const paid = shipped + random.between(2, 28);
  const come = (when: number) => (when < today ? when : null);
  return { day, minute, invoiced: come(invoiced), shipped: come(shipped), paid: come(paid) };
}

export function statusOf(life: Life): number {
  if (life.invoiced === null) return orderStatus.new;
  if (life.shipped === null) return orderStatus.invoiced;
  return life.paid === null ? orderStatus.shipped : orderStatus.closed;
}

/** How much of a line whose goods were in stock is held, shipped and invoiced. */
export function quantitiesOf(life: Life, quantity: Decimal): Pick<DetailRow, "allocated" | "shipped" | "invoiced"> {
  const none = decimalOf(0);
  const isShipped = life.shipped !== null;
  return {
    allocated: isShipped ? none : quantity,
    shipped: isShipped ? quantity : none,
    invoiced: life.invoiced === null ? none : quantity,
  };
}

/** The status of a line whose goods were in stock. */
export function lineStatusOf(life: Life): number {
  if (life.invoiced === null) return lineStatus.allocated;
  return life.shipped === null ? lineStatus.invoiced : lineStatus.shipped;
}

const discounts = [500, 1000, 1500];

/** Most lines are sold at list price, some with 5, 10 or 15 percent off. */
export function discountOf(random: Random): number {
  return random.chance(18) ? random.pick(discounts) : 0;
}

const paymentTypes = ["Credit Card", "Check", "Cash"];
const orderNotes = [
  "Deliver before noon.",
  "Ring the bell at the yard gate.",
  "Call ahead.",
  "Pallet exchange, please.",
];
const homeTaxRate = 2500;
const half = unitsPerOne / 2;

/** The employee who takes the order and the shipper who carries it. */
export interface Hands {
  readonly employee: number;
  readonly shipper: number;
}

/** The row of an order; its amounts follow from the lines. */
export function orderRow(
  random: Random,
  id: number,
  buyer: Buyer,
  hands: Hands,
  life: Life,
  lines: readonly Line[],
): OrderRow {
  const taxable = buyer.country_region === homeCountry;
  // Shipping fees in steps of 0.5; one order in ten is collected by the customer.
  const shippingFee = random.chance(10) ? 0 : random.between(10, 240) * half;
  const taxes = taxable ? taxAmount(subtotalOf(lines), homeTaxRate) : 0;
  return {
    id,
    employee_id: hands.employee,
    customer_id: buyer.id,
    order_date: workingTimeOf(life.day, life.minute),
    shipped_date: dayOrNull(life.shipped),
    shipper_id: hands.shipper,
    ship_name: shipName(buyer),
    ship_address: buyer.address,
    ship_city: buyer.city,
    ship_state_province: buyer.state_province,
    ship_zip_postal_code: buyer.zip_postal_code,
    ship_country_region: buyer.country_region,
    shipping_fee: decimalOf(shippingFee),
    taxes: decimalOf(taxes),
    payment_type: life.paid === null ? null : random.pick(paymentTypes),
    paid_date: dayOrNull(life.paid),
    notes: random.chance(6) ? random.pick(orderNotes) : null,
    tax_rate: decimalOf(taxable ? homeTaxRate : 0),
    tax_status_id: taxable ? 1 : 0,
    status_id: statusOf(life),
    customer_company: buyer.company,
    customer_first_name: buyer.first_name,
    customer_last_name: buyer.last_name,
    billing_address: buyer.address,
    billing_city: buyer.city,
    billing_state_province: buyer.state_province,
    billing_zip_postal_code: buyer.zip_postal_code,
    billing_country_region: buyer.country_region,
  };
}

const paymentTermDays = 30;

/** The invoice of an order with its real amounts; null if it is not invoiced yet. */
export function invoiceRow(id: number, order: OrderRow, life: Life, lines: readonly Line[]): InvoiceRow | null {
  if (life.invoiced === null || order.taxes === null || order.shipping_fee === null) return null;
  const taxes = order.tax_status_id === 1 ? taxAmount(subtotalOf(lines), homeTaxRate) : 0;
  const total = subtotalOf(lines) + taxes + unitsOfDecimal(order.shipping_fee);
  return {
    id,
    order_id: order.id,
    invoice_date: workingTimeOf(life.invoiced, closingMinute),
    due_date: dateTimeOf(calendarDayOf(life.invoiced) + paymentTermDays, 0),
    tax: order.taxes,
    shipping: order.shipping_fee,
    amount_due: decimalOf(total),
  };
}

/** Invoices are written and parcels leave at the end of the day, after the last order. */
export const closingMinute = opensAt + minutesOpen;

function dayOrNull(day: number | null): OrderRow["order_date"] {
  return day === null ? null : workingTimeOf(day, closingMinute);
}

function subtotalOf(lines: readonly Line[]): number {
  let subtotal = 0;
  for (const line of lines) subtotal += lineAmount(line.quantity, line.price, line.discount);
  return subtotal;
}

function unitsOfDecimal(decimal: string): number {
  return Number.parseInt(decimal.replace(".", ""), 10);
}

/** The contact's name, as far as known, or else the company. */
function shipName(buyer: Buyer): string | null {
  const name = [buyer.first_name, buyer.last_name].filter((part) => part !== null && part !== "").join(" ");
  return (name === "" ? buyer.company : name)?.slice(0, 50) ?? null;
}
