// What a package consists of, laid out in a folder: the file that runs everything, its pages unpacked, so that no code
// lies where the service may write, and what an operator reads.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pagesArchive, pagesFolder, unpackInto } from "../api/src/start/pages/unpack.ts";
import { version } from "../package.json" with { type: "json" };
import { billOfMaterials } from "./sbom.ts";

export { version };
export const root = join(import.meta.dir, "..");

/** The parts of a package by their paths in it. */
export interface Parts {
  /** The single file. */
  readonly program: string;
  /** The pages as the single file carries them. */
  readonly pages: Uint8Array;
}

/** The single file as `npm run build` has made it, with its pages. */
export async function builtParts(): Promise<Parts> {
  return { program: join(root, "dist", "northwind"), pages: await Bun.file(join(root, "dist", pagesArchive)).bytes() };
}

/** Fills a folder with the program, as it lies in /usr/lib/northwind. */
export async function layOutProgram(folder: string, { program, pages }: Parts): Promise<void> {
  mkdirSync(folder, { recursive: true });
  cpSync(program, join(folder, "northwind"));
  await unpackInto(folder, pagesFolder(pages), pages);
  readableByAll(folder);
}

/** Fills a folder with what is read: how to install it, the licence and the bill of materials. */
export function layOutDocuments(folder: string, at: Date): void {
  mkdirSync(folder, { recursive: true });
  for (const [from, to] of [
    ["docs/deploy.md", "deploy.md"],
    ["CHANGELOG.md", "CHANGELOG.md"],
    ["docs/caddy/Caddyfile", "Caddyfile"],
    ["deploy/container/mariadb.cnf", "mariadb.cnf"],
  ] as const)
    cpSync(join(root, from), join(folder, to));
  writeFileSync(join(folder, "sbom.cdx.json"), `${JSON.stringify(billOfMaterials(at), null, 2)}\n`);
  readableByAll(folder);
}

/** Folders are made for their user only; a package is for all. */
function readableByAll(folder: string): void {
  run("chmod", ["-R", "u=rwX,go=rX", folder]);
}

/** Runs a program, which must end well, and returns its output. */
export function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync([program, ...args], { env: { ...process.env, ...environment } });
  if (exitCode === 0) return stdout.toString();
  throw new Error(`${[program, ...args].join(" ")} ended with ${exitCode}:\n${stdout}${stderr}`);
}
