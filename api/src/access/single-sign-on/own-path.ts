/** Where users sign in, and where they choose a password: the pages for users who are not signed in. */
export const signInPage = "/sign-in";
const publicPages: readonly string[] = [signInPage, "/password", "/first-user"];

/** An address of the pages, whatever was asked for: a link must not lead a user who signs in to another site. */
export function ownPath(asked: unknown): string {
  const base = "http://pages.invalid";
  const url = typeof asked === "string" && asked.startsWith("/") ? URL.parse(asked, base) : null;
  if (url === null || url.origin !== base) return "/";
  url.searchParams.delete("_rsc");
  const path = url.pathname + url.search;
  return path.startsWith("//") || isPublic(path) ? "/" : path;
}

export function isPublic(path: string): boolean {
  return publicPages.includes(path.split("?", 1)[0] ?? "");
}
