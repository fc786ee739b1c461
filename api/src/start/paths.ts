import { basename, join, resolve } from "node:path";

/** True in the single file that `npm run build` makes: then nothing of the project lies beside the program. */
export const isSingleFile = Bun.isStandaloneExecutable;

const projectFolder = resolve(import.meta.dir, "..", "..", "..");

/**
 * Where a relative path begins that the user gives. The project's folder, so that it does not matter where the program
 * is started from; the single file has none, and takes the current folder.
 */
export const homeFolder = isSingleFile ? process.cwd() : projectFolder;

/** How the program is called, for advice: options follow. */
export const command = isSingleFile ? basename(process.execPath) : "npm start --";

/** Where a file or folder of the project is read from. The single file keeps each under its own name, side by side. */
export function projectFile(path: string): string {
  return isSingleFile ? join(import.meta.dir, basename(path)) : join(projectFolder, path);
}

/** The steps of one engine's schema. */
export function schemaFolder(engine: "sqlite" | "mariadb"): string {
  return projectFile(`schema/${engine}`);
}
