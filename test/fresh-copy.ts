import { copyFileSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dir, "..");

/** Copies the repository to a new folder like `git clone`, without ignored files. Returns the path of the folder. */
export function freshCopy(): string {
  const listing = Bun.spawnSync(["git", "ls-files", "-co", "--exclude-standard"], { cwd: root });
  if (!listing.success) throw new Error(`git ls-files failed: ${listing.stderr}`);
  const folder = mkdtempSync(join(tmpdir(), "northwind-fresh-"));
  for (const path of listing.stdout.toString().split("\n").filter(Boolean)) {
    if (!existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(root, path), join(folder, path));
  }
  return folder;
}
