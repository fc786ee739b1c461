// Clients in a separate process: `clients.ts URL COUNT WIDTH` sends COUNT orders, WIDTH at a time, each with its own
// key, and prints the times as JSON.
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

// The first run opens the connections and is not measured.
await timed(Number(width) * 2, Number(width), send);
console.log(JSON.stringify(await timed(Number(count), Number(width), send)));
