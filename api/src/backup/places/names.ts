/** What the names of all backups begin with. */
const prefix = "northwind-";
/** What the names of all backups end with. A backup is compressed with Zstandard. */
const ending = ".backup";

const pattern = /^northwind-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z(?:-(\d+))?\.backup$/;

/** The name of a backup taken at this moment, e.g. `northwind-2026-01-05T09-30-00Z.backup`; the second one of a second has a number. */
export function backupName(takenAt: Date, number = 1): string {
  const second = takenAt.toISOString().slice(0, 19).replaceAll(":", "-");
  return `${prefix}${second}Z${number === 1 ? "" : `-${number}`}${ending}`;
}

/** When a backup was taken, by its name; null for the name of anything else. */
export function takenAtOf(name: string): Date | null {
  const [, day, hour, minute, second] = pattern.exec(name) ?? [];
  if (day === undefined) return null;
  const takenAt = new Date(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(takenAt.getTime()) ? null : takenAt;
}

/** The names of backups among others, oldest first. */
export function backupsIn(names: readonly string[]): readonly string[] {
  const numberOf = (name: string) => Number(pattern.exec(name)?.[5] ?? 1);
  return names
    .flatMap((name) => {
      const takenAt = takenAtOf(name);
      return takenAt === null ? [] : [{ name, at: takenAt.getTime() }];
    })
    .sort((a, b) => a.at - b.at || numberOf(a.name) - numberOf(b.name))
    .map(({ name }) => name);
}
