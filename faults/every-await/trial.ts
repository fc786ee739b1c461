import { rmSync } from "node:fs";
import { join } from "node:path";
import { Content, contentOf, firstDifference, withoutRequestId } from "./content.ts";
import type { WriteRequest } from "./requests.ts";
import type { Fault } from "./script.ts";
import { type Answered, copyOf, noPlant, Stage, type Template } from "./stage.ts";

/** A request, what it comes to when nothing fails, and how often it waits for the database on the way. */
export interface Course {
  readonly request: WriteRequest;
  readonly answer: Answered;
  readonly content: string;
  readonly points: readonly string[];
}

/** The fault is over by now: a retry gets its answer within this time. */
const patienceMs = 10_000;

/** Runs the request without a fault. */
export async function courseOf(request: WriteRequest, template: Template, folder: string): Promise<Course> {
  const stage = new Stage(noPlant);
  await stage.open(copyOf(template, join(folder, `${request.name}.db`)), []);
  const answer = await stage.send(request, "course");
  await stage.close();
  if (answer.status !== request.status) throw new Error(`${request.name}: ${answer.status} ${answer.body}`);
  return { request, answer, content: contentOf(stage.path), points: stage.script.names };
}

let trials = 0;

/**
 * Sends the request once under the faults, then again until it is settled, each time with the same key, and says what
 * is broken. A bystander who only rehearses a write shows that the writer is free again.
 */
export async function tried(
  stage: Stage,
  course: Course,
  faults: readonly Fault[],
  template: Template,
): Promise<readonly string[]> {
  trials += 1;
  const key = `trial ${trials}`;
  const path = copyOf(template, `${template.path}.${trials}`);
  const broken: string[] = [];
  await stage.open(path, faults);
  const first = await stage.send(course.request, key);
  const { killedInto } = stage.script;
  if (killedInto !== null) await stage.open(killedInto, []);
  const answer = killedInto === null ? first : null;
  const content = new Content(stage.path);
  broken.push(...stateFaults(content.text, answer, course, template));
  const free = await stage.post("/api/shippers?dry_run=1", { company: "bystander" });
  if (free !== 200) broken.push(`The writer is not free: a bystander got ${free}.`);
  broken.push(...(await settledFaults(stage, course, key, answer)));
  if (content.text !== course.content)
    broken.push(`In the end there is not exactly one effect: ${firstDifference(content.text, course.content)}.`);
  broken.push(...content.brokenChains());
  content.close();
  for (const end of ["", "-wal", "-shm"])
    for (const file of [path, `${path}.killed`]) rmSync(file + end, { force: true });
  return broken;
}

/** After the first attempt: all of the effect or nothing of it, and all of it when it was acknowledged. */
function stateFaults(content: string, answer: Answered | null, course: Course, template: Template): string[] {
  if (content === course.content) return [];
  if (content !== template.content)
    return [`A part is there and a part is not: ${firstDifference(content, course.content)}.`];
  return answer !== null && answer.status < 300 ? [`${answer.status} was answered, and nothing was stored.`] : [];
}

/** Until the client knows: every retry is answered, and the answer stays the same. */
async function settledFaults(stage: Stage, course: Course, key: string, first: Answered | null): Promise<string[]> {
  const broken: string[] = [];
  const wanted = withoutRequestId(course.answer.body);
  let answer = first;
  const giveUpAt = performance.now() + patienceMs;
  while ((answer === null || answer.status >= 500 || isRunning(answer)) && performance.now() < giveUpAt) {
    answer = await stage.send(course.request, key);
    if (answer.status >= 500 || isRunning(answer)) await Bun.sleep(20);
  }
  if (answer === null || withoutRequestId(answer.body) !== wanted)
    broken.push(`The answer is ${answer?.status} ${answer?.body}, without a fault it is ${wanted}.`);
  const again = await stage.send(course.request, key);
  if (!again.replayed || again.body !== answer?.body)
    broken.push(`A settled write sent again was answered ${again.status} ${again.body}, not with its answer.`);
  return broken;
}

function isRunning({ status, body }: Answered): boolean {
  return status === 409 && body.includes('"idempotency-running"');
}
