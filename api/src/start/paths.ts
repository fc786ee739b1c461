import { basename, join, resolve } from "node:path";

/** True in the single file that `npm run build` makes, which runs without the project's folder. */
export const isSingleFile = Bun.isStandaloneExecutable;

const projectFolder = resolve(import.meta.dir, "..", "..", "..");

/**
 * The folder in which relative paths given by the user are resolved: the project's folder, wherever the program was
 * started, or the current folder for the single file.
 */
export const homeFolder = isSingleFile ? process.cwd() : projectFolder;

/** The command that starts the program, for messages. Options follow it. */
export const command = isSingleFile ? basename(process.execPath) : "npm start --";

/** The path of a file or folder of the project. The single file contains all of them in one folder, by name. */
export function projectFile(path: string): string {
  return isSingleFile ? join(import.meta.dir, basename(path)) : join(projectFolder, path);
}

/** The folder with the schema migrations of an engine. */
export function schemaFolder(engine: "sqlite" | "mariadb"): string {
  return projectFile(`schema/${engine}`);
}

/** The folders with the schema migrations of both. */
export const stepFolders = { sqlite: schemaFolder("sqlite"), mariadb: schemaFolder("mariadb") } as const;

/** A command of the program as it is typed, like `npm run user --` or `northwind user`. */
export function commandLine(name: string): string {
  return isSingleFile ? `${command} ${name}` : `npm run ${name} --`;
}
