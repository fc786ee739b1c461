// The blocks of a run, dealt out to processes with one MariaDB: `portion` is what each of them runs, `parallel-run`
// starts them and adds up what they count, and `process` is where each begins.
import type { Server } from "../../src/differential/engines.ts";
import type { Asked } from "../command-line.ts";
import { described } from "../find/described.ts";
import type { DifferenceKind } from "../find/kind.ts";
import { realTexts } from "../mutants/real-texts.ts";
import type { Counts } from "../run/counts.ts";
import { type Portion, runFuzz } from "../run/run.ts";

/** A find as one process tells another of it. */
export interface Reported {
  readonly kind: DifferenceKind;
  readonly signature: string;
  readonly isPlanted: boolean;
  /** For a reader. */
  readonly description: string;
}

export interface Watch {
  readonly onFind: (reported: Reported) => void;
  /** Ends the run early. */
  readonly enough: (counts: Counts) => boolean;
}

/** Runs one portion of what the command line asks for. */
export function runPortion(server: Server, asked: Asked, portion: Portion, { onFind, enough }: Watch): Promise<Counts> {
  // Otherwise a wrong type could go unnoticed when both engines return the same wrong value.
  process.env.SQLPROOF_ASSERT = "1";
  return runFuzz(server, {
    ...{ ...asked, portion, enough },
    texts: asked.planted === null ? realTexts(process.cwd()) : [],
    onFind: (find) => {
      const { kind, signature, isPlanted } = find;
      onFind({ kind, signature, isPlanted, description: described(find, asked) });
    },
  });
}
