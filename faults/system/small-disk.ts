import { spawnSync } from "node:child_process";
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A file system that can be filled to its last byte. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all room but so many bytes. */
  fill(leaving?: number): void;
  /** Gives the room back. */
  free(): void;
}

export const noDisk = "nothing can be mounted here: as root, or with `unshare -Urm npm run faults -- ROW`";

/** Mounts a disk of a size like `64m` while `work` runs; null if this machine does not allow it. */
export async function withSmallDisk<T>(
  folder: string,
  size: string,
  work: (disk: SmallDisk) => Promise<T>,
): Promise<T | null> {
  const path = join(folder, "disk");
  mkdirSync(path);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path]);
  if (mounted.status !== 0) return null;
  const ballast = join(path, "ballast");
  try {
    return await work({
      path,
      fill: (leaving = 0) => takeAllRoom(ballast, leaving),
      free: () => rmSync(ballast, { force: true }),
    });
  } finally {
    spawnSync("umount", ["--lazy", path]);
  }
}

/** Fills the disk. Since others may write at the same time, the size cannot be computed in advance. */
function takeAllRoom(path: string, leaving: number): void {
  const file = openSync(path, "w");
  for (let bytes = 1 << 20; bytes >= 1 << 9; ) {
    try {
      if (writeSync(file, Buffer.alloc(bytes)) === bytes) continue;
    } catch (error) {
      if (!String(error).includes("ENOSPC")) throw error;
    }
    bytes >>= 1;
  }
  if (leaving > 0) ftruncateSync(file, Math.max(0, fstatSync(file).size - leaving));
  closeSync(file);
}
