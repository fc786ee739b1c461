import { join } from "node:path";
import { Content, contentOf, firstDifference, withoutRequestId } from "./content.ts";
import { type Answered, copyOf, noPlant, Stage, type Template } from "./harness.ts";
import type { WriteRequest } from "./requests.ts";
import type { Fault } from "./script.ts";

/** A request, what it comes to when nothing fails, and how often it waits for the database on the way. */
export interface Course {
  readonly request: WriteRequest;
  readonly answer: Answered;
  readonly content: string;
  readonly points: readonly string[];
}

/** Several attempts may each come to nothing only at the deadline of a request. */
const patienceMs = 60_000;

/** Runs the request without a fault. */
export async function courseOf(request: WriteRequest, template: Template, folder: string): Promise<Course> {
  const stage = new Stage(noPlant);
  await stage.open(copyOf(template, join(folder, `${request.name}.db`)), []);
  const answer = await stage.send(request, "course");
  const content = contentOf(stage.path);
  await stage.close();
  if (answer.status !== request.status) throw new Error(`${request.name}: ${answer.status} ${answer.body}`);
  return { request, answer, content, points: stage.script.names };
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
  await stage.open(path, faults);
  const first = await attempt(stage, course, key);
  const broken = stateFaults(contentOf(stage.path), first, course, template);
  stage.script.active = false;
  const free = await stage.post("/api/shippers?dry_run=1", { company: "bystander" });
  if (free !== 200) broken.push(`The writer is not free: a bystander got ${free}.`);
  stage.script.active = true;
  broken.push(...(await settledFaults(stage, course, key, first)));
  const content = new Content(stage.path);
  if (content.text !== course.content)
    broken.push(`In the end there is not exactly one effect: ${firstDifference(content.text, course.content)}.`);
  broken.push(...content.brokenChains());
  content.close();
  return broken;
}

/** Sends it. Null when the process was killed meanwhile: then a new one goes on with the files that it left behind. */
async function attempt(stage: Stage, { request }: Course, key: string): Promise<Answered | null> {
  const answer = await stage.send(request, key);
  const { killedInto } = stage.script;
  if (killedInto === null) return answer;
  await stage.open(killedInto, []);
  return null;
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
  while (!isSettled(answer) && performance.now() < giveUpAt) {
    answer = await attempt(stage, course, key);
    if (!isSettled(answer)) await Bun.sleep(20);
  }
  stage.script.active = false;
  if (answer === null || withoutRequestId(answer.body) !== wanted)
    broken.push(`The answer is ${answer?.status} ${answer?.body}, without a fault it is ${wanted}.`);
  const again = await stage.send(course.request, key);
  if (!again.replayed || again.body !== answer?.body)
    broken.push(`A settled write sent again was answered ${again.status} ${again.body}, not with its answer.`);
  return broken;
}

function isSettled(answer: Answered | null): boolean {
  if (answer === null || answer.status >= 500) return false;
  return answer.status !== 409 || !answer.body.includes('"idempotency-running"');
}
