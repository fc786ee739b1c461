import { root } from "../race/contestant.ts";

/** The API on a database, as a process of its own. */
export interface RunningApi {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startApi(database: string): Promise<RunningApi> {
  const args = ["api/src/main.ts", "--port", "0", "--log-level", "off", "--database", database];
  const env = { ...process.env, END_WITH_INPUT: "1" };
  const api = Bun.spawn([process.execPath, ...args], { cwd: root, env, stdin: "pipe", stdout: "pipe" });
  const stop = async () => {
    api.kill();
    await api.exited;
  };
  try {
    return { url: await addressOf(api.stdout), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addressOf(output: ReadableStream<Uint8Array>): Promise<string> {
  let said = "";
  for await (const chunk of output) {
    said += new TextDecoder().decode(chunk);
    const address = /^API\s+(http:\S+)/m.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`The API did not start: ${said}`);
}
