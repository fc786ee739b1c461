/** Whether this page was drawn for a user. */
export function isOfUser(): boolean {
  return document.documentElement.dataset.user !== undefined;
}

/**
 * The name under which this browser stores something of the user who is signed in: nobody who signs in here later is
 * offered it. While nobody has to sign in there is only the browser.
 */
export function ownKey(name: string): string {
  const { user } = document.documentElement.dataset;
  return user === undefined ? name : `user ${user} ${name}`;
}
