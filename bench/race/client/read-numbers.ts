/** The named numbers in the line of JSON that a load generator prints. */
export function numbersOf<N extends string>(line: string, names: readonly N[]): Readonly<Record<N, number>> {
  const json: unknown = JSON.parse(line);
  const entries = new Map(Object.entries(typeof json === "object" && json !== null ? json : {}));
  const numbers: Partial<Record<N, number>> = {};
  for (const name of names) {
    const value = entries.get(name);
    if (typeof value !== "number") throw new Error(`no number ${name} in ${line.slice(0, 200)}`);
    numbers[name] = value;
  }
  if (!isComplete(numbers, names)) throw new Error(`incomplete: ${line.slice(0, 200)}`);
  return numbers;
}

function isComplete<N extends string>(
  numbers: Partial<Record<N, number>>,
  names: readonly N[],
): numbers is Record<N, number> {
  return names.every((name) => numbers[name] !== undefined);
}
