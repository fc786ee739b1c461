// The pages in the single file. Next.js loads its parts from a folder, so they are unpacked into one of their own.
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFile } from "../paths.ts";

/** The archive of the pages within the single file, and the program within the archive. */
export const pagesArchive = "pages.tar.zst";
export const pagesProgram = "border/serve.mjs";

type Environment = Readonly<Record<string, string | undefined>>;

/** Unpacks the pages unless this very version lies unpacked already. Returns the path of their program. */
export async function unpackPages(environment: Environment): Promise<string> {
  const packed = await Bun.file(projectFile(pagesArchive)).bytes();
  const name = pagesFolder(packed);
  // A package brings them unpacked, owned by root.
  const beside = join(dirname(process.execPath), name);
  if (isOurs(beside)) return join(beside, pagesProgram);
  const failures: string[] = [];
  for (const place of placesIn(environment)) {
    try {
      return join(await unpackInto(place, name, packed), pagesProgram);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(`The pages could not be unpacked: ${failures.join("; ")}. Name a folder with XDG_CACHE_HOME.`);
}

/** The name of the folder of exactly these pages. */
export function pagesFolder(packed: Uint8Array): string {
  return `pages-${createHash("sha256").update(packed).digest("hex").slice(0, 16)}`;
}

/** Unpacks the pages into a folder that nobody else can write, complete or not at all. */
export async function unpackInto(place: string, name: string, packed: Uint8Array): Promise<string> {
  const folder = join(place, name);
  if (isOurs(folder)) return folder;
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const unpacking = mkdtempSync(join(place, "unpacking-"));
  try {
    await new Bun.Archive(await Bun.zstdDecompress(packed)).extract(unpacking);
    renameSync(unpacking, folder);
  } catch (error) {
    rmSync(unpacking, { recursive: true, force: true });
    // Another process may have been faster.
    if (!isOurs(folder)) throw error;
  }
  return folder;
}

/** Where they may be unpacked, the best place first: systemd's for this run, the user's cache, the temporary folder. */
function placesIn({ RUNTIME_DIRECTORY: run, XDG_CACHE_HOME: cache, HOME: home }: Environment): readonly string[] {
  const user = process.getuid?.() ?? 0;
  return [
    ...(run ? [run] : []),
    ...(cache ? [join(cache, "northwind")] : []),
    ...(home ? [join(home, ".cache", "northwind")] : []),
    join(tmpdir(), `northwind-${user}`),
  ];
}

/** Whether a folder is there that only root or this user can have filled: code is run from it. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) return false;
  const owners = [0, process.getuid?.() ?? 0];
  const isWritableByOthers = (found.mode & 0o022) !== 0;
  if (!isWritableByOthers && owners.includes(found.uid)) return true;
  throw new Error(`${folder} belongs to somebody else, or others may write there`);
}
