// The scenes of trade.md that must hold on every engine: many who claim the last unit at once, and goods that come and go
// in parts. Clients use several processes of the API.
import { numberOr } from "../load/json.ts";
import { piece } from "./model/state.ts";
import { type Answer, detailsIn, Session, unitsIn } from "./session.ts";

/** How many claim at once. */
export const claimants = 50;

/** What the claims were answered, what each claim was answered when it was sent again, and the balance after them. */
export interface Claims {
  readonly first: readonly Answer[];
  readonly again: readonly Answer[];
  /** On hand and allocated, in pieces. */
  readonly balance: readonly [number, number];
}

/** The sessions of all clients, spread over the processes. */
export function sessionsOf(urls: readonly string[]): readonly Session[] {
  return Array.from({ length: claimants }, (_, place) => new Session(urls[place % urls.length] ?? ""));
}

/** Everybody allocates an order of theirs, which waits for the one unit that there is; then everybody does it again. */
export async function claimLastUnit(sessions: readonly Session[], name: string): Promise<Claims> {
  const [session] = sessions;
  if (session === undefined) throw new Error("There is nobody.");
  const product_id = await stocked(session, 1);
  const order = { order_date: "2024-01-15T10:30:00", shipping_policy: "ask", order_details: [line(product_id, 1)] };
  const orders = await Promise.all(sessions.map((own) => own.make("/api/orders", order)));
  const claim = (own: Session, place: number) =>
    own.send({ method: "POST", path: `/api/orders/${orders[place]}/allocate`, body: {} }, { key: `${name}-${place}` });
  const settled = async (own: Session, place: number): Promise<Answer> => {
    for (const giveUpAt = performance.now() + 30_000; ; await Bun.sleep(50)) {
      const answer = await claim(own, place);
      if (answer.status < 500 || performance.now() > giveUpAt) return answer;
    }
  };
  const first = await Promise.all(sessions.map(settled));
  const again = await Promise.all(sessions.map(settled));
  return { first, again, balance: await balanceOf(session, product_id) };
}

/** What is wrong with the claims: one wins, all others are refused, nothing is held twice, and each answer is final. */
export function verdict({ first, again, balance }: Claims): readonly string[] {
  const broken: string[] = [];
  const count = (status: number) => first.filter((answer) => answer.status === status).length;
  if (count(200) !== 1) broken.push(`${count(200)} of ${first.length} got the last unit.`);
  const stray = first.find(({ status, code }) => status !== 200 && !(status === 409 && code === "state"));
  if (stray !== undefined) broken.push(`One was answered ${stray.status} ${stray.text.slice(0, 300)}`);
  if (balance.join() !== "1,1") broken.push(`On hand and allocated are ${balance.join(" and ")}, not 1 and 1.`);
  const changed = again.findIndex(({ status }, place) => status !== first[place]?.status);
  if (changed >= 0)
    broken.push(`Claim ${changed} was answered ${first[changed]?.status}, and then ${again[changed]?.status}.`);
  if (again.some(({ isReplayed }) => !isReplayed)) broken.push("A repeated claim was carried out again.");
  return broken;
}

/** Order 15, ship 10: rest 5. Order 5, receive 3, ship 3, receive 2: the rest is allocated. Gives what is wrong. */
export async function shipInParts(session: Session): Promise<readonly string[]> {
  return [
    ...(await parts(session, { ordered: 15, first: 10, later: 0, wanted: "15: 10 shipped, 0 allocated, 5 open" })),
    ...(await parts(session, { ordered: 5, first: 3, later: 2, wanted: "5: 3 shipped, 2 allocated, 0 open" })),
  ];
}

interface Parts {
  readonly ordered: number;
  /** What is there before the first shipment, and what comes in after it. */
  readonly first: number;
  readonly later: number;
  readonly wanted: string;
}

async function parts(session: Session, { ordered, first, later, wanted }: Parts): Promise<readonly string[]> {
  const product_id = await stocked(session, first);
  const contact = { company: "Ours" };
  const [customer_id, employee_id, shipper_id] = [
    await session.make("/api/customers", contact),
    await session.make("/api/employees", contact),
    await session.make("/api/shippers", contact),
  ];
  const order = await session.make("/api/orders", {
    ...{ customer_id, employee_id, shipper_id, ship_name: "Ana", ship_address: "Road 1", ship_city: "Rome" },
    ...{ ship_zip_postal_code: "1", ship_country_region: "Italy", order_details: [line(product_id, ordered)] },
  });
  await done(session, "PUT", "/api/company", { invoicing_policy: "on-shipment" });
  await done(session, "POST", `/api/orders/${order}/ship`, {});
  if (later > 0) await adjust(session, product_id, later);
  const shown = await session.read(`/api/orders/${order}?include=details`);
  const [detail] = detailsIn({ data: shown });
  const [shipped, allocated] = ["shipped", "allocated"].map((name) => unitsIn(detail?.get(name)) / piece);
  const open = ordered - (shipped ?? 0) - (allocated ?? 0);
  const found = `${ordered}: ${shipped} shipped, ${allocated} allocated, ${open} open`;
  const status = numberOr(shown.get("status_id"), -1);
  return found === wanted && status === 0 ? [] : [`Of ${found} and status ${status}, not ${wanted}.`];
}

function line(product_id: number, quantity: number): object {
  return { product_id, quantity, unit_price: "2.5" };
}

async function stocked(session: Session, pieces: number): Promise<number> {
  const id = await session.make("/api/products", { product_name: "Tea", stocked: true });
  await adjust(session, id, pieces);
  return id;
}

async function adjust(session: Session, product_id: number, quantity: number): Promise<void> {
  await done(session, "POST", "/api/stock/adjustments", { product_id, type: "adjusted", quantity, reason: "found" });
}

async function done(session: Session, method: string, path: string, body: object): Promise<void> {
  const { status, text } = await session.send({ method, path, body });
  if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
}

async function balanceOf(session: Session, product: number): Promise<readonly [number, number]> {
  const shown = await session.read(`/api/stock/${product}`);
  return [unitsIn(shown.get("on_hand")) / piece, unitsIn(shown.get("allocated")) / piece];
}
