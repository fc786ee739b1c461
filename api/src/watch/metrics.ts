// What an operator watches: numbers that are counted while requests are served, and written as text only when somebody
// asks for `/metrics`. `requests.ts`, `database.ts` and `process.ts` name and explain the metrics of their subject.
import { Exposition } from "./exposition.ts";

/** The media type of the text format of Prometheus. */
export const metricsType = "text/plain; version=0.0.4; charset=utf-8";

/** Writes the metrics of one subject. */
export type MetricsPart = (to: Exposition) => void | Promise<void>;

/** The metrics of all parts, as text. */
export async function metricsText(parts: readonly MetricsPart[]): Promise<string> {
  const to = new Exposition();
  for (const part of parts) await part(to);
  return to.text;
}
