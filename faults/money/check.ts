// Row I4: orders with random amounts, whose computed amounts must equal exact rational numbers.
// lines.ts generates the order details, every third one on a rounding tie.
import type { Random } from "../load/random.ts";
import type { JsonObject } from "../model/company.ts";
import { isObject } from "../model/fields.ts";
import type { Client, Exchange } from "../model/json-client.ts";
import { Rational } from "../model/rational.ts";
import { amount, type Line, line, worth } from "./lines.ts";

const none = Rational.of(0n);
const one = Rational.of(1n);
const largest = Rational.parse("922337203685477.5807");
const mostLines = 20;
/** Tax rates with more than four places. */
const fineRates = ["0.08425", "0.088750", 0.066_25, "0.0000010"];

/** The result of one check: how many amounts were compared, and which were wrong. */
export interface Checked {
  readonly amounts: number;
  readonly refused: number;
  readonly broken: readonly string[];
}

/** Creates, reads and updates an order with random details; every amount must equal the exact one. */
export async function checkOrder(client: Client, products: readonly Product[], random: Random): Promise<Checked> {
  const lines = Array.from({ length: random.integer(1, mostLines) }, () => line(random));
  const sold = lines.map(() => products[random.integer(0, products.length - 1)] ?? noProduct);
  const details = lines.map((one, at) => ({ product_id: sold[at]?.id ?? 0, ...one }));
  const isByClass = random.integer(1, 2) === 1;
  const rate = random.pick([amount(random, BigInt(random.pick([0, 1, 700, 825, 1900, 3333, 10_000]))), ...fineRates]);
  const fee = amount(random, BigInt(random.integer(0, 10_000_000)));
  const isTaxable = random.integer(1, 2) === 1;
  const oneRate = isByClass ? {} : { tax_rate: rate };
  const sent = { order_details: details, ...oneRate, shipping_fee: fee, tax_status_id: isTaxable ? 1 : 0 };
  const order = { ...sent, order_date: "2024-01-15T10:30:00" };
  const rates = sold.map((product) => (isTaxable ? worth(isByClass ? product.rate : rate) : none));
  const expected = amountsOf(lines, rates, worth(fee));
  const created = await write(client, "POST", "/api/orders", order);
  if (expected === null) return refusal(created, JSON.stringify(order));
  const path = created.headers.get("location") ?? "";
  const read = await client.exchange({ method: "GET", path: `${path}?include=details`, headers: {}, body: null });
  const changed = await write(client, "PUT", `${path}?include=details`, { tax_rate: "0.5", tax_status_id: 1 });
  const after = amountsOf(
    lines,
    lines.map(() => Rational.of(1n, 2n)),
    worth(fee),
  );
  const broken = [
    ...differences("POST", created, expected, order),
    ...differences("GET", read, expected, order),
    ...(after === null ? refusal(changed, path).broken : differences("PUT", changed, after, order)),
  ];
  return { amounts: 3 * (4 * lines.length + 4), refused: after === null ? 1 : 0, broken };
}

/** Every exact amount of an order. */
interface Amounts {
  readonly lines: readonly { readonly sent: Line; readonly price: Rational }[];
  readonly subtotal: Rational;
  readonly taxes: Rational;
  readonly shipping_fee: Rational;
  readonly order_total: Rational;
}

/** `rates` are those of the lines. Taxes are rounded once for each rate. */
function amountsOf(sent: readonly Line[], rates: readonly Rational[], fee: Rational): Amounts | null {
  const lines = sent.map((line, at) => ({ sent: line, price: priceOf(line), rate: rates[at] ?? none }));
  const sumOf = (some: typeof lines) => some.reduce((sum, { price }) => sum.plus(price), none);
  const subtotal = sumOf(lines);
  const taxes = [...Map.groupBy(lines, ({ rate }) => rate.toRate()).values()].reduce(
    (sum, some) =>
      sum.plus(
        sumOf(some)
          .times(some[0]?.rate ?? none)
          .rounded(),
      ),
    none,
  );
  const order_total = subtotal.plus(taxes).plus(fee.rounded());
  const tooLarge = [order_total, ...lines.map(({ price }) => price)].some((amount) => amount.compare(largest) > 0);
  return tooLarge ? null : { lines, subtotal, taxes, shipping_fee: fee, order_total };
}

function priceOf({ quantity, unit_price, discount }: Line): Rational {
  return worth(quantity)
    .times(worth(unit_price))
    .times(one.minus(worth(discount)))
    .rounded();
}

function refusal({ status, body }: Exchange, what: string): Checked {
  const isRight = status === 422 && body.code === "range";
  const broken = isRight ? [] : [`${status} ${body.code} instead of 422 range for ${what.slice(0, 200)}`];
  return { amounts: 0, refused: 1, broken };
}

function differences(method: string, exchange: Exchange, expected: Amounts, sent: JsonObject): string[] {
  const { body } = exchange;
  const data = isObject(body.data) ? body.data : {};
  const details = Array.isArray(data.order_details) ? data.order_details : [];
  const wrong = [
    ...expected.lines.flatMap(({ sent: line, price }, index) => {
      const detail = details[index];
      const shown = isObject(detail) ? detail : {};
      const { quantity, unit_price, discount } = line;
      return [
        ...unlike(`extended_price of ${quantity} x ${unit_price} less ${discount}`, shown.extended_price, price),
        ...unlike("quantity", shown.quantity, worth(quantity)),
        ...unlike("unit_price", shown.unit_price, worth(unit_price)),
        ...unlike("discount", shown.discount, worth(discount)),
      ];
    }),
    ...(["subtotal", "taxes", "shipping_fee", "order_total"] as const).flatMap((name) =>
      unlike(name, data[name], expected[name]),
    ),
  ];
  const [first] = wrong;
  if (first === undefined) return [];
  return [`${method} ${exchange.status}: ${first} (${wrong.length} in all) of ${JSON.stringify(sent).slice(0, 200)}`];
}

function unlike(what: string, shown: unknown, exact: Rational): string[] {
  return shown === exact.toAmount() ? [] : [`${what} is ${JSON.stringify(shown)}, exactly ${exact.toAmount()}`];
}

function write(client: Client, method: "POST" | "PUT", path: string, body: JsonObject): Promise<Exchange> {
  return client.exchange({ method, path, headers: {}, body: JSON.stringify(body) });
}

/** A product and the rate of its tax class. */
export interface Product {
  readonly id: number;
  readonly rate: string;
}

const noProduct: Product = { id: 0, rate: "0" };
const classRates = ["0", "0.07", "0.19", "0.08425", "0.066250", "0.000001", "1"];

/** Creates products for the details to refer to, one of each rate. */
export async function newProducts(client: Client): Promise<readonly Product[]> {
  const products: Product[] = [];
  for (const rate of classRates) {
    const tax_class = `Class ${rate}`;
    // Another client may have made it.
    await write(client, "POST", "/api/tax_rates", { tax_class, valid_from: "2000-01-01", tax_rate: rate });
    const { body } = await write(client, "POST", "/api/products", { product_name: "Measure", tax_class });
    if (isObject(body.data) && typeof body.data.id === "number") products.push({ id: body.data.id, rate });
  }
  return products;
}
