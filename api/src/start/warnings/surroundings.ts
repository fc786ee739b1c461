import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Config } from "../settings.ts";

/** What a start finds around it. */
export interface Surroundings {
  readonly isRoot: boolean;
  /** The database's password is on the command line, which every user of the machine sees. */
  readonly isPasswordVisible: boolean;
  /** The name of the network file system that the data are on, or null. */
  readonly networkFileSystem: string | null;
  /** The room where the data are, or null if they are elsewhere. */
  readonly freeBytes: number | null;
}

/** As statfs(2) of Linux numbers them. */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0xfe534d42, "SMB"],
  [0xff534d42, "CIFS"],
  [0x517b, "SMB"],
  [0x00c36400, "Ceph"],
  [0x5346414f, "AFS"],
]);

export function surroundingsOf({ database }: Config, words: readonly string[]): Surroundings {
  const folder = database.engine === "sqlite" ? existingFolder(database.path) : null;
  const about = folder === null ? null : statfsSync(folder);
  return {
    isRoot: process.getuid?.() === 0,
    isPasswordVisible:
      database.engine === "mariadb" && words.some((word) => /^(?:--database=)?\w+:\/\/[^/]*:[^/]*@/.test(word)),
    networkFileSystem:
      about === null || process.platform !== "linux" ? null : (networkFileSystems.get(about.type >>> 0) ?? null),
    freeBytes: about === null ? null : about.bavail * about.bsize,
  };
}

/** The nearest folder above a file that is there. */
function existingFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === dirname(folder) ? folder : existingFolder(folder);
}
