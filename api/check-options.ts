// What `npm start` runs before it builds the pages: refuses options and settings that are wrong, and starts nothing.
import { parseConfig } from "./src/start/config.ts";

const invocation = parseConfig(process.argv.slice(2), process.env);
if (invocation.kind === "errors") {
  for (const error of invocation.errors) console.error(error);
  process.exitCode = 1;
}
