/** The program that serves the pages. */
export const serverFile: string;
/** Builds what is stale, unless `refuse` says why it may not. What stands against it, else null. */
export function buildPages(tell: (line: string) => void, refuse?: () => string | null): string | null;
