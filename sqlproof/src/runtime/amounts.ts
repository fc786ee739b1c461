// The exact arithmetic on its own, for programs without a database, such as a page in a browser.
export { formatUnits } from "./codec/decode.ts";
export { scaledInteger } from "./codec/encode.ts";
