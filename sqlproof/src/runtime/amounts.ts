// Exact amounts alone, for a program that has no database at hand, as a page in a browser.
export { formatUnits } from "./decode.ts";
export { scaledInteger } from "./encode.ts";
