/** The word that was most likely meant by one that is not among them; null if none is similar. */
export function nearest(typed: string, words: readonly string[]): string | null {
  const allowed = Math.max(2, Math.floor(typed.length / 3));
  const [best] = words
    .map((word) => ({ word, edits: editsBetween(typed.toLowerCase(), word.toLowerCase()) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((a, b) => a.edits - b.edits);
  return best?.word ?? null;
}

/** How many letters must be added, removed or replaced. */
function editsBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const edits = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      edits.push(Math.min(replaced, (above[column] ?? 0) + 1, (edits[column - 1] ?? 0) + 1));
    }
    above = edits;
  }
  return above[b.length] ?? 0;
}

/** `1 query`, `2 queries`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
