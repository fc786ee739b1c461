import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../goals/parts.ts";
import type { Figures, Form } from "./measure.ts";

/** What was last found of one page in one form. */
export interface KeptFigures extends Figures {
  readonly page: string;
  readonly form: Form;
  readonly runs: number;
}

function folder(): string {
  const path = join(cacheFolder(), "lighthouse");
  mkdirSync(path, { recursive: true });
  return path;
}

export function keepFigures(figures: KeptFigures): void {
  writeFileSync(join(folder(), `${figures.page}-${figures.form}.json`), `${JSON.stringify(figures)}\n`);
}

/** Those of these pages that were ever measured here. */
export function keptFigures(pages: readonly string[]): readonly KeptFigures[] {
  const here = readdirSync(folder()).map((file): KeptFigures => JSON.parse(readFileSync(join(folder(), file), "utf8")));
  return here.filter(({ page }) => pages.includes(page));
}
