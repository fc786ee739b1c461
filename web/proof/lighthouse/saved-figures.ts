import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../goals/parts.ts";
import type { Figures, Form } from "./measure.ts";

/** What was last found of one page in one form. */
export interface SavedFigures extends Figures {
  readonly page: string;
  readonly form: Form;
  readonly runs: number;
}

function folder(): string {
  const path = join(cacheFolder(), "lighthouse");
  mkdirSync(path, { recursive: true });
  return path;
}

export function saveFigures(figures: SavedFigures): void {
  writeFileSync(join(folder(), `${figures.page}-${figures.form}.json`), `${JSON.stringify(figures)}\n`);
}

/** Those of these pages that were ever measured here. */
export function savedFigures(pages: readonly string[]): readonly SavedFigures[] {
  const here = readdirSync(folder()).map(
    (file): SavedFigures => JSON.parse(readFileSync(join(folder(), file), "utf8")),
  );
  return here.filter(({ page }) => pages.includes(page));
}
