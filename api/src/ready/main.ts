// `northwind ready`: asks the server on this machine whether it is ready, for service managers and containers. It reads
// the same settings as the server, and needs no other program.

import { parseConfig } from "../start/config.ts";
import { commandLine } from "../start/paths.ts";
import type { Config } from "../start/settings.ts";
import { reachableHost } from "../start/way-in.ts";

const help = `Says whether the server on this machine is ready, pages included: exit code 0, or 1 and why not

Usage: ${commandLine("ready")} [--wait] [the server's own options]

  --wait               Wait until it is ready, or, under systemd, until the server has ended (MAINPID).
  --help               Print this.
`;

const answerWithinMs = 4000;
const askEveryMs = 100;

export async function run(words: readonly string[]): Promise<number> {
  if (words.includes("--help")) {
    console.log(help);
    return 0;
  }
  const options = words.filter((word) => word !== "--wait" && word !== "--no-pages");
  const pages = words.includes("--no-pages") || process.env.PAGES === "none" ? "none" : "its own";
  const invocation = parseConfig(options, { ...process.env, PAGES: pages });
  if (invocation.kind !== "run") {
    console.error(invocation.kind === "errors" ? invocation.errors.join("\n") : help);
    return 2;
  }
  const reason = await (words.includes("--wait")
    ? waitUntilReady(invocation.config)
    : reasonNotReady(invocation.config));
  if (reason !== null) console.error(reason);
  return reason === null ? 0 : 1;
}

async function waitUntilReady(config: Config): Promise<string | null> {
  const server = Number(process.env.MAINPID);
  let waitingFor = addressesOf(config);
  for (;;) {
    const reasons = await Promise.all(waitingFor.map(reasonOf));
    waitingFor = waitingFor.filter((_address, index) => reasons[index] !== null);
    if (waitingFor.length === 0) return null;
    if (server > 0 && !isRunning(server)) return "The server has ended.";
    await Bun.sleep(askEveryMs);
  }
}

async function reasonNotReady(config: Config): Promise<string | null> {
  const reasons = await Promise.all(addressesOf(config).map(reasonOf));
  return reasons.find((reason) => reason !== null) ?? null;
}

/** The API, and the pages if there are any. */
function addressesOf({ host, port, pages, webPort }: Config): readonly string[] {
  const onHost = `http://${reachableHost(host)}`;
  return [`${onHost}:${port}/readyz`, ...(pages === null ? [] : [`${onHost}:${webPort}/readyz`])];
}

async function reasonOf(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(answerWithinMs) });
    return answer.ok ? null : `${address} answers ${answer.status}: ${(await answer.text()).slice(0, 300)}`;
  } catch (error) {
    return `${address} does not answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
