import { join } from "node:path";
import { Content, contentOf, firstDifference, withoutOwn } from "./content.ts";
import { type Answered, copyOf, Harness, noPlant, type Template } from "./harness.ts";
import type { WriteRequest } from "./requests.ts";
import type { Fault } from "./script.ts";

/** A request, its result when nothing fails, and the points at which it waits for the database. */
export interface Baseline {
  readonly request: WriteRequest;
  readonly answer: Answered;
  readonly content: string;
  readonly points: readonly string[];
}

/** Each of several attempts may fail only at the deadline of the request. */
const giveUpAfterMs = 60_000;

/** Runs the request without a fault. */
export async function baselineOf(request: WriteRequest, template: Template, folder: string): Promise<Baseline> {
  const harness = new Harness(noPlant, template.authorization);
  await harness.open(copyOf(template, join(folder, `${request.name}.db`)), []);
  const answer = await harness.send(request, "baseline");
  const content = contentOf(harness.path);
  await harness.close();
  if (answer.status !== request.status) throw new Error(`${request.name}: ${answer.status} ${answer.body}`);
  return { request, answer, content, points: harness.script.names };
}

let trials = 0;

/**
 * Sends the request once under the faults, then again with the same key until its outcome is known, and returns what
 * broke. The dry run of a bystander shows that the writer is free again.
 */
export async function runTrial(
  harness: Harness,
  baseline: Baseline,
  faults: readonly Fault[],
  template: Template,
): Promise<readonly string[]> {
  trials += 1;
  const key = `trial ${trials}`;
  const path = copyOf(template, `${template.path}.${trials}`);
  await harness.open(path, faults);
  const first = await attempt(harness, baseline, key);
  const broken = stateFaults(contentOf(harness.path), first, baseline, template);
  harness.script.active = false;
  const free = await harness.post("/api/shippers?dry_run=1", { company: "bystander" });
  if (free !== 200) broken.push(`The writer is not free: a bystander got ${free}.`);
  harness.script.active = true;
  broken.push(...(await finalFaults(harness, baseline, key, first)));
  const content = new Content(harness.path);
  if (content.text !== baseline.content)
    broken.push(`In the end there is not exactly one effect: ${firstDifference(content.text, baseline.content)}.`);
  broken.push(...content.brokenChains());
  content.close();
  return broken;
}

/** Sends the request. Null if the process was killed meanwhile: then a new one continues with the files it left. */
async function attempt(harness: Harness, { request }: Baseline, key: string): Promise<Answered | null> {
  const answer = await harness.send(request, key);
  const { killedInto } = harness.script;
  if (killedInto === null) return answer;
  await harness.open(killedInto, []);
  return null;
}

/** After the first attempt the effect is complete or absent, and complete if the write was acknowledged. */
function stateFaults(content: string, answer: Answered | null, baseline: Baseline, template: Template): string[] {
  if (content === baseline.content) return [];
  if (content !== template.content) return [`Only a part was stored: ${firstDifference(content, baseline.content)}.`];
  return answer !== null && answer.status < 300 ? [`${answer.status} was answered, and nothing was stored.`] : [];
}

/** Retries until the client knows the outcome; then the answer must stay the same. */
async function finalFaults(
  harness: Harness,
  baseline: Baseline,
  key: string,
  first: Answered | null,
): Promise<string[]> {
  const broken: string[] = [];
  const wanted = withoutOwn(baseline.answer.body);
  let answer = first;
  const giveUpAt = performance.now() + giveUpAfterMs;
  while (!isFinal(answer) && performance.now() < giveUpAt) {
    answer = await attempt(harness, baseline, key);
    if (!isFinal(answer)) await Bun.sleep(20);
  }
  harness.script.active = false;
  if (answer === null || withoutOwn(answer.body) !== wanted)
    broken.push(`The answer is ${answer?.status} ${answer?.body}, without a fault it is ${wanted}.`);
  const again = await harness.send(baseline.request, key);
  if (!again.replayed || again.body !== answer?.body)
    broken.push(`A known write, resent, was answered ${again.status} ${again.body}, not with its first answer.`);
  return broken;
}

function isFinal(answer: Answered | null): boolean {
  if (answer === null || answer.status >= 500) return false;
  return answer.status !== 409 || !answer.body.includes('"idempotency-running"');
}
