import { spawn } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { checkByDocument } from "../../openapi/check.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { provideSchemathesis } from "../../schemathesis/python.ts";
import { withSystem } from "../../system/system.ts";

const root = join(import.meta.dir, "..", "..", "..");
const settings = join(root, "faults", "schemathesis");
/** Every request must be answered within this time. */
const mostSeconds = 5;
const mostBroken = 20;
/** Our own generator is that many times faster. */
const ownExamples = 10;

export const row: Row = {
  id: "I1",
  title: "requests generated from the OpenAPI document, valid and invalid, by schemathesis and by our own generator",
  engines: ["sqlite", "mariadb"],
  // Examples per operation and phase of schemathesis, whose coverage phase adds as many again whatever is asked.
  trials: { pr: 5, night: 500, release: 5000 },
  run,
};

function run(context: RowContext): Promise<Result> {
  const { engine, folder, seed, trials, say } = context;
  const options = { engine, folder, seed, sample: true, settings: ["--log-level", "warn"] };
  return withSystem(options, async (system) => {
    const own = await checkByDocument(system.url, trials * ownExamples, seed);
    const schemathesis = provideSchemathesis();
    if ("missing" in schemathesis) {
      say(`without schemathesis (${schemathesis.missing})`);
      return { ...own, figures: { ...own.figures, schemathesis: "not on this machine" } };
    }
    const tool = await runSchemathesis(schemathesis.program, system.url, context);
    const figures = { ...own.figures, "schemathesis, cases": tool.cases.toLocaleString("en") };
    return { trials: own.trials + tool.cases, broken: [...own.broken, ...tool.broken], figures };
  });
}

/** All phases and all checks; `faults/schemathesis` says which answers are right. */
async function runSchemathesis(program: string, url: string, { trials, seed, folder }: RowContext) {
  // It reads its hooks from, and writes its cache to, the folder it runs in: the temporary one of this row.
  for (const file of ["schemathesis.toml", "hooks.py"]) copyFileSync(join(settings, file), join(folder, file));
  const options = ["--config-file", "schemathesis.toml", "run", join(root, "api", "openapi.json")];
  const limits = ["--max-examples", `${trials}`, "--seed", `${seed}`, "--max-response-time", `${mostSeconds}`];
  const output = await outputOf(program, [...options, "--url", url, "--no-color", ...limits], folder);
  const counted = /([0-9]+) generated/.exec(output.text)?.[1];
  const failures = output.text
    .split(/\n(?=[0-9]+\. Test Case ID)/)
    .slice(1)
    .map(shortened);
  if (output.status === 0 && counted !== undefined) return { cases: Number(counted), broken: [] };
  const broken =
    failures.length > 0 ? failures : [`schemathesis ended with ${output.status}: ${output.text.slice(-800)}`];
  return {
    cases: Number(counted ?? 0),
    broken: broken.slice(0, mostBroken).map((words) => `--seed ${seed}: ${words}`),
  };
}

/** The failed check, what was answered, and the request. */
function shortened(failure: string): string {
  const check = /- (ST[0-9]+ [^\n]*)\n\n([\s\S]*?)\n\n/.exec(failure);
  const [request = ""] = /curl -X[^\n]*/.exec(failure) ?? [];
  return `${check?.[1]}: ${check?.[2]?.trim().slice(0, 300)} -- ${request.slice(0, 400)}`;
}

function outputOf(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ status: number | null; text: string }> {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, text: Buffer.concat(chunks).toString() }));
  });
}
