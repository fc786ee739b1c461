import { readCommandLine } from "../command-line.ts";
import { end, type Job, type Message } from "./parallel-run.ts";
import { runPortion } from "./portion.ts";

const saysEvery = 500;

/** One of the processes of a run. */
async function run(): Promise<void> {
  const asked = readCommandLine(process.argv.slice(2));
  const job: unknown = JSON.parse(process.env.FUZZ_JOB ?? "null");
  if (asked === null || !isJob(job)) throw new TypeError("only npm run fuzz:sql -- --processes N starts this");
  let ended = false;
  process.on("message", (message) => {
    ended ||= message === end;
  });
  const orphaned = (): never => process.exit(1);
  process.on("disconnect", orphaned);
  let said = 0;
  const counts = await runPortion(
    job.server,
    asked,
    { at: job.at, of: asked.processes },
    {
      onFind: (reported) => tell({ reported }),
      enough: (current) => {
        if (performance.now() > said + saysEvery) {
          said = performance.now();
          tell({ counts: current });
        }
        return ended;
      },
    },
  );
  tell({ counts });
  process.off("disconnect", orphaned);
}

function tell(message: Message): void {
  process.send?.(message);
}

function isJob(value: unknown): value is Job {
  return typeof value === "object" && value !== null && "server" in value && "at" in value;
}

await run();
process.disconnect?.();
