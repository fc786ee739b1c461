// `move`: takes the database to another place, also to the other engine, while the program serves. sqlproof's move does
// it; this reads the command line and says what happens.
import { parseArgs } from "node:util";
import type { DatabasePlace } from "sqlproof/copy";
import { giveUpMove, type MoveEvent, moveDatabase } from "sqlproof/move";
import { parseConfig } from "../start/config.ts";
import { describeDatabase } from "../start/database-url.ts";
import { reportSource } from "../start/open-database.ts";
import { commandLine, schemaFolder } from "../start/paths.ts";
import type { Config } from "../start/settings.ts";
import { startError } from "../start/start-errors.ts";

const help = `Moves the database to an empty place, also to the other engine, while the program serves

Usage: ${commandLine("move")} SOURCE TARGET          like sqlite:data/northwind.db mysql://user:password@host:3306/northwind
       ${commandLine("move")} --give-up SOURCE       lets programs write to the source again

The program may go on serving the source. At the end writes are refused there for good (503), the rest is copied, and no
program starts on the source any more. Every page of every table is compared by checksum. If the move is interrupted,
the same command goes on.

  --give-up            Take it back: the source is as before, and the target is to be deleted.
  --help               Print this.
`;

const progressEveryMs = 2000;

/** A database that is named on the command line. */
interface Named {
  readonly place: DatabasePlace;
  readonly config: Config;
}

/** Runs the command, and gives the exit code: 0, 1 if it fails, 2 if the command line is wrong. */
export async function run(words: readonly string[]): Promise<0 | 1 | 2> {
  const asked = readCommandLine(words);
  if (asked === "help") {
    console.log(help);
    return 0;
  }
  if (typeof asked === "string") {
    console.error(`${asked}\n${commandLine("move")} --help explains the command.`);
    return 2;
  }
  try {
    for (const line of await carryOut(asked)) console.log(line);
    return 0;
  } catch (error) {
    const { config } = asked.target ?? asked.source;
    console.error(startError(error, config));
    return 1;
  }
}

interface Asked {
  readonly source: Named;
  /** Null to give up. */
  readonly target: Named | null;
}

function readCommandLine(words: readonly string[]): Asked | "help" | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { "give-up": { type: "boolean" }, help: { type: "boolean" } },
    });
    if (values.help || words.length === 0) return "help";
    const isGivenUp = values["give-up"] === true;
    if (positionals.length !== (isGivenUp ? 1 : 2))
      return isGivenUp ? "--give-up takes the source only." : "Name the source and the target.";
    const [source, target] = positionals.map(named);
    if (source === undefined || typeof source === "string") return source ?? "Name the source.";
    if (typeof target === "string") return target;
    return { source, target: target ?? null };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function named(url: string): Named | string {
  const request = parseConfig(["--database", url], {});
  if (request.kind !== "run") return request.kind === "errors" ? request.errors.join("\n") : help;
  return { config: request.config, place: reportSource(request.config) };
}

async function carryOut({ source, target }: Asked): Promise<readonly string[]> {
  const from = describeDatabase(source.config.database);
  if (target === null) {
    const wasMoved = await giveUpMove(source.place);
    return [
      wasMoved
        ? `${from} takes writes again, and the target gets none of them. What was written to the target since the move ` +
          "is only there: look before you delete it."
        : `${from} was not moved.`,
    ];
  }
  const to = describeDatabase(target.config.database);
  const folder = schemaFolder(target.place.engine);
  const outcome = await moveDatabase({ source: source.place, target: target.place, folder, onEvent: progress() });
  if (outcome === null) return [`${from} was moved to ${to} before.`];
  const { rows, tables, frozenMs } = outcome;
  return [
    `${rows} rows of ${tables} tables are in ${to}; every page of them was compared.`,
    `Writes were refused for ${seconds(frozenMs)}. Stop the program on ${from}, which cannot be started there`,
    "any more, and start it with --database and the URL of the target.",
  ];
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

/** Says on the standard error output what is happening. */
function progress(): (event: MoveEvent) => void {
  let saidAt = performance.now();
  return (event) => {
    if (event.event === "reading") {
      if (performance.now() - saidAt < progressEveryMs) return;
      console.error(`Pass ${event.pass}: ${event.rows} rows, in ${event.table} ...`);
    } else if (event.event === "pass") {
      const { pass, rows, copied, ms } = event;
      console.error(`Pass ${pass}: ${rows} rows compared in ${seconds(ms)}, ${copied} of them copied`);
    } else if (event.event === "begun") console.error("Copying begins, and the program may go on serving");
    else if (event.event === "frozen") console.error("From now on writes are refused");
    saidAt = performance.now();
  };
}
