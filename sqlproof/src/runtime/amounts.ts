// Exact amounts alone, for a program that has no database at hand, as a page in a browser.
export { formatUnits } from "./codec/decode.ts";
export { scaledInteger } from "./codec/encode.ts";
