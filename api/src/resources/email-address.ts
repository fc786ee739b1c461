/**
 * One plausible e-mail address. The characters of `?cc=` and of lists are left out, although the part before the `@` may
 * contain some of them: nobody has such an address, and mail programs take them for instructions.
 */
const plausible = /^[\p{L}\p{N}.!#$%'*+/=^_`{|}~-]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;

/** Whether a text is one e-mail address. Imported contacts may have any text in its place. */
export function isEmailAddress(text: string): boolean {
  return plausible.test(text);
}
