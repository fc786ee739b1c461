import { prove } from "./prove.ts";
import type { Provers } from "./provers/open.ts";
import type { Refusal } from "./typing/context.ts";

/**
 * What is wrong with the views: SQLite keeps the text of each. The text must be one that both engines answer alike, and
 * MariaDB must print its own view as it prints that text.
 */
export async function viewProblems(provers: Provers): Promise<string[]> {
  const problems: string[] = [];
  for (const { name, body } of provers.sqlite.views()) {
    const location = { file: name, line: 1, column: 1 };
    const verdict = await prove({ key: body, mariadb: body, sqlite: body, location }, provers, { view: true });
    if ("findings" in verdict) {
      for (const { message } of verdict.findings) problems.push(`view ${name}: ${message}`);
      continue;
    }
    const once = await refusedWhenMerged(body, provers);
    if (once.length > 0) {
      problems.push(...once.map((message) => `view ${name}: ${message}`));
      continue;
    }
    const { mariadb, sqlite } = verdict.proof.statements;
    const written = body.trim();
    if (
      verdict.proof.parameters.length > 0 ||
      mariadb?.parts.join("") !== written ||
      sqlite?.parts.join("") !== written
    )
      problems.push(
        `view ${name} is spelled in a form that the check writes for one engine, which a view is not: give each column an alias, list the columns in place of *, and write no numbers beside decimals`,
      );
    else if (!(await provers.mariadb.isView(name, body)))
      problems.push(
        `view ${name} selects something else on MariaDB than on SQLite: write the same SELECT in both migrations`,
      );
  }
  return problems;
}

/** What MariaDB answers only once where a statement counts the rows of the view. */
async function refusedWhenMerged(body: string, provers: Provers): Promise<string[]> {
  const text = `SELECT COUNT(*) AS n FROM (${body}) AS merged`;
  const location = { file: "view", line: 1, column: 1 };
  const messages = async (without: ReadonlySet<Refusal>) => {
    const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, provers, { without });
    return "findings" in verdict ? verdict.findings.map(({ message }) => message) : [];
  };
  const others = new Set(await messages(new Set(["rerun"])));
  return (await messages(new Set())).filter((message) => !others.has(message));
}
