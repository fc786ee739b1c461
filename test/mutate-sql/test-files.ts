import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Files whose tests start the program in processes of their own, which no mutant reaches (as all of `faults` do), or
 * which are about other things than queries and take long.
 */
const outside = [
  ...["api/src/backup/", "api/src/move/", "api/src/upgrade/", "api/src/start/", "api/src/watch/deployed"],
  ...["api/src/watch/slow", "schema/released", "schema/rolling", "schema/takeover", "node_modules/"],
];

/** The test files that may stop a mutant, or those of them whose path contains `part`. */
export function testFiles(root: string, part = ""): string[] {
  return [...new Bun.Glob("{api,schema}/**/*.test.ts").scanSync({ cwd: root })]
    .filter((file) => file.includes(part) && !outside.some((part) => file.includes(part)))
    .sort();
}

/** True for a test file that connects to MariaDB itself, so that no other database can take its place. */
export function needsMariadb(root: string, file: string): boolean {
  return /from "mariadb"/.test(readFileSync(join(root, file), "utf8"));
}
