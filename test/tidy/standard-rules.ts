import type { Rule, Tree } from "./tree.ts";

/** The numbers of the chapters of ASVS 5.0 that docs/asvs.md answers, levels 1 and 2, each section on a line. */
const numbered = `
  3.2.1 3.2.2
  3.3.1 3.3.2 3.3.3 3.3.4
  3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6
  3.5.1 3.5.2 3.5.3 3.5.4 3.5.5
  3.7.1 3.7.2
  4.1.1 4.1.2 4.1.3
  4.2.1
  4.3.1 4.3.2
  4.4.1 4.4.2 4.4.3 4.4.4
  6.1.1 6.1.2 6.1.3
  6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12
  6.3.1 6.3.2 6.3.3 6.3.4
  6.4.1 6.4.2 6.4.3 6.4.4
  6.5.1 6.5.2 6.5.3 6.5.4 6.5.5
  6.6.1 6.6.2 6.6.3
  6.8.1 6.8.2 6.8.3 6.8.4
  7.1.1 7.1.2 7.1.3
  7.2.1 7.2.2 7.2.3 7.2.4
  7.3.1 7.3.2
  7.4.1 7.4.2 7.4.3 7.4.4 7.4.5
  7.5.1 7.5.2
  7.6.1 7.6.2
  8.1.1 8.1.2
  8.2.1 8.2.2 8.2.3
  8.3.1
  8.4.1
  9.1.1 9.1.2 9.1.3
  9.2.1 9.2.2 9.2.3 9.2.4
  10.1.1 10.1.2
  10.2.1 10.2.2
  10.3.1 10.3.2 10.3.3 10.3.4
  10.4.1 10.4.2 10.4.3 10.4.4 10.4.5 10.4.6 10.4.7 10.4.8 10.4.9 10.4.10 10.4.11
  10.5.1 10.5.2 10.5.3 10.5.4 10.5.5
  10.6.1 10.6.2
  10.7.1 10.7.2 10.7.3
`;
const numbers: readonly string[] = numbered.trim().split(/\s+/);

const answered = "docs/asvs.md";
const attacked = "docs/access.md";

const everyRequirementAnswered: Rule = {
  name: "docs/asvs.md answers every requirement once, and says whether it is met",
  planted: {
    [answered]: [
      ...numbers.slice(1).map((number) => `| ${number} | met | a | \`a\` |`),
      "| 3.2.2 | perhaps | a | `a` |",
    ].join("\n"),
  },
  // One is missing, one is there twice, and one answer is none.
  violations: 3,
  find(tree) {
    const text = tree.get(answered) ?? "";
    const rows = text.split("\n").flatMap((line) => {
      const [, number, answer] = /^\| ([\d.]+) \| ([^|]*) \|/.exec(line) ?? [];
      return number === undefined || answer === undefined ? [] : [{ number, answer }];
    });
    if (!tree.has(answered)) return [];
    const counts = numbers.map((number) => ({ number, count: rows.filter((row) => row.number === number).length }));
    return [
      ...counts
        .filter(({ count }) => count !== 1)
        .map(({ number, count }) => `${answered}: ${number} is there ${count} times`),
      ...rows
        .filter(({ answer }) => !["met", "**not met**", "does not apply"].includes(answer))
        .map(({ number, answer }) => `${answered}: ${number} is answered ${answer}`),
      ...rows
        .filter(({ number }) => !numbers.includes(number))
        .map(({ number }) => `${answered}: there is no ${number} at these levels`),
    ];
  },
};

/** The last cells of the tables, where files are named. */
function shownBy(tree: Tree, path: string): readonly string[] {
  return (tree.get(path) ?? "").split("\n").flatMap((line) => {
    const cells = line.startsWith("|") ? line.split("|") : [];
    return cells.length < 6 ? [] : [...(cells.at(-2) ?? "").matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? "");
  });
}

const namedFilesExist: Rule = {
  name: "the tests that docs/asvs.md and docs/access.md name are there",
  planted: { [answered]: "| 3.2.1 | met | a | `a.test.ts` |", [attacked]: "| who | what | stops | `b.test.ts` |" },
  violations: 2,
  find: (tree) =>
    [answered, attacked].flatMap((path) =>
      shownBy(tree, path)
        .filter((file) => !tree.has(file))
        .map((file) => `${path}: there is no ${file}`),
    ),
};

/** The rules about what is said to be shown. */
export const standardRules: readonly Rule[] = [everyRequirementAnswered, namedFilesExist];
