import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SchemaChange } from "./corpus/fault.ts";
import { root } from "./subjects.ts";

const migrations = join(root, "schema");

/** Writes a file and the folders above it. */
export function write(folder: string, file: string, content: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** Makes the packages in `modules` importable from the folder. */
export function linkPackages(folder: string, modules: string): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(modules, join(folder, "node_modules"));
}

/** Does the work for each item, three at a time. */
export async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 3 }, worker));
}

/** Copies the project's migrations into `folder/schema`, with a fault if there is one. */
export function copyMigrations(folder: string, change: SchemaChange | null): void {
  for (const engine of ["mariadb", "sqlite"] as const) {
    const target = join(folder, "schema", engine);
    cpSync(join(migrations, engine), target, { recursive: true });
    const text = change === null ? null : change[engine];
    if (text?.startsWith("EDIT ")) editColumn(target, text);
    else if (text !== null) addStep(target, text);
  }
}

/** Adds one more migration with the statement. */
export function addStep(folder: string, statement: string): void {
  const steps = readdirSync(folder).filter((name) => /^\d{4}_\w+\.sql$/.test(name));
  const last = Math.max(0, ...steps.map((name) => Number(name.slice(0, 4))));
  writeFileSync(join(folder, `${String(last + 1).padStart(4, "0")}_fault.sql`), `${statement};\n`);
}

/** `EDIT table.column: from -> to` in the line of CREATE TABLE or ALTER TABLE that declares the column. */
function editColumn(folder: string, text: string): void {
  const [, table = "", column = "", from = "", to = ""] = /^EDIT (\w+)\.(\w+): (.*?) ->(?: (.*))?$/.exec(text) ?? [];
  const created = `CREATE TABLE ${table} \\([\\s\\S]*?\\n  ${column} `;
  const added = `ALTER TABLE ${table} ADD COLUMN (?:IF NOT EXISTS )?${column} `;
  const line = new RegExp(`(${created}|${added})([^\\n]*)`);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const source = readFileSync(path, "utf8");
    if (!line.test(source)) continue;
    const edited = source.replace(line, (_, head: string, definition: string) => head + edit(definition, from, to));
    if (edited === source) throw new Error(`${text}: nothing to edit in ${name}`);
    writeFileSync(path, edited);
    return;
  }
  throw new Error(`${text}: no migration declares it`);
}

function edit(definition: string, from: string, to: string): string {
  if (from === "NULLABLE") return definition.replace(/^(\w+)/, `$1 ${to}`);
  const edited = definition.replace(from, to);
  // A CHECK that only the old type can meet would refuse every row.
  return from === "NOT NULL" || /COLLATE|DEFAULT/.test(to) ? edited : edited.replace(/ CHECK \(.*\)(?=,?$)/, "");
}
