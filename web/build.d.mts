/** The program that serves the pages. */
export const serverFile: string;
/** Builds what is stale. One sentence when it cannot, else null. */
export function buildPages(tell: (line: string) => void): string | null;
