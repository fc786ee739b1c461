import { isPublic, ownPath, signInPage } from "northwind-api/src/access/single-sign-on/own-path.ts";

export { isPublic, ownPath };

/** Where a user signs in who wanted to see this page. */
export function signInPath(wanted: string): `/sign-in${string}` {
  const to = ownPath(wanted);
  return to === "/" ? signInPage : `${signInPage}?${new URLSearchParams({ to })}`;
}
