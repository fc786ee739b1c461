// Clients in a process of their own: `clients.ts URL COUNT WIDTH` sends so many orders, so many at once, each with a
// key of its own, and prints what it took as JSON.
import { timed } from "./measure.ts";
import { body } from "./orders.ts";

const [url = "", count = "", width = ""] = process.argv.slice(2);
const text = JSON.stringify(body);

async function send(): Promise<void> {
  const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const response = await fetch(`${url}/api/orders`, { method: "POST", headers, body: text });
  const answer = await response.text();
  if (response.status !== 201) throw new Error(`${response.status} ${answer}`);
}

// The connections are opened before the clock runs.
await timed(Number(width) * 2, Number(width), send);
console.log(JSON.stringify(await timed(Number(count), Number(width), send)));
