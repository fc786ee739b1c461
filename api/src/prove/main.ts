// `prove`: proves that the stock is what its ledger says, and names every row that contradicts it. Changes nothing.
import { failed } from "../backup/commands/output.ts";
import { readCommandWords, refused } from "../backup/commands/words.ts";
import { describeDatabase } from "../start/database-url.ts";
import { reportSource } from "../start/open-database.ts";
import { commandLine } from "../start/paths.ts";
import { proveStock } from "../stock/proof/proof.ts";
import { counted, withDatabase } from "../verify/verify.ts";

const help = `Proves that the stock is what its ledger says

Usage: ${commandLine("prove")} [options]

  --database URL       The database, with the program up or down: sqlite:FILE, or
                       mysql://USER:PASSWORD@HOST:PORT/NAME (DATABASE_URL). Default: sqlite:data/northwind.db.
  --help               Print this.

For every product the balance must be the sum of the ledger, and what is allocated the sum of what order details hold;
orders, details and entries of the ledger must not contradict themselves. A database that was taken over keeps its
faults. Each fault is printed with its row. The exit code is 0 if there is none, and 1 if there are.
`;

/** `prove`. Resolves with the exit code. */
export async function run(words: readonly string[]): Promise<number> {
  const read = readCommandWords(words, []);
  if (read.kind === "help") {
    console.log(help);
    return 0;
  }
  if (read.kind === "errors") return refused("prove", read.errors);
  const { config } = read;
  try {
    console.log(`Database  ${describeDatabase(config.database)}`);
    const { products, total, faults } = await withDatabase(reportSource(config), (database) =>
      proveStock(database, new AbortController().signal),
    );
    for (const { code, message } of faults) console.error(`Fault     ${message} (${code})`);
    if (total > faults.length) console.error(`          ${total - faults.length} more`);
    console.log(`Proven    ${counted(products, "product", "products")} whose stock is kept, and all orders`);
    console.log(total === 0 ? "Result    no fault" : `Result    ${counted(total, "fault", "faults")}`);
    return total === 0 ? 0 : 1;
  } catch (error) {
    return failed(error, config);
  }
}
