import { join } from "node:path";
import { ApiProcess } from "./api-process.ts";
import type { System } from "./system.ts";

/** Starts one more API on the database of a system, on a port of its own. Whoever starts it stops it. */
export async function startAnother(
  { store }: System,
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ApiProcess> {
  const api = new ApiProcess({
    databaseUrl: urlOf(store),
    logPath: logOf(folder),
    settings: [],
    wrapper: [],
    environment,
  });
  await api.start();
  return api;
}

export function logOf(folder: string): string {
  return join(folder, "another.log");
}

/** A database as the command line names it. */
export function urlOf(store: System["store"]): string {
  if (store.kind === "sqlite") return `sqlite:${store.path}`;
  const [node] = store.nodes;
  if (node === undefined) throw new Error("There is no node.");
  const hosts = store.nodes.map(({ host, port }) => `${host}:${port}`).join(",");
  return `mysql://${node.user}:${node.password}@${hosts}/${node.name}`;
}
