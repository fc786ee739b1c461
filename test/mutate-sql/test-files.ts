/**
 * Files whose tests start the program in processes of their own, which no mutant reaches, or which are about other
 * things than queries and take long.
 */
const outside = [
  ...["api/src/backup/", "api/src/move/", "api/src/upgrade/", "api/src/start/", "api/src/watch/"],
  ...[
    "faults/backup/",
    "faults/every-await",
    "faults/programme",
    "faults/rows.test.ts",
    "faults/hostile",
    "faults/openapi",
  ],
  ...["schema/released", "schema/rolling", "schema/takeover", "node_modules/"],
];

/** The test files that may stop a mutant, or those of them whose path contains `part`. */
export function testFiles(root: string, part = ""): string[] {
  return [...new Bun.Glob("{api,schema,faults}/**/*.test.ts").scanSync({ cwd: root })]
    .filter((file) => file.includes(part) && !outside.some((part) => file.includes(part)))
    .sort();
}
