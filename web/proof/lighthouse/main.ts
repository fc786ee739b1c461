// `npm run lighthouse -- [PAGE ..] [--form desktop|mobile] [--runs 5]`: the median of that many runs of each page, on
// desktop and mobile. The last figures of each page are saved in `.cache/goals`, so that pages measured by name add up
// to all of them. Accessibility, best practices or SEO below 100 on any page is a failure; performance varies with the
// load of the machine.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startDesk } from "../../test/browser.ts";
import { pagePlaces, pathOf } from "../../test/places.ts";
import { savePart } from "../goals/parts.ts";
import { goalsOf } from "./goals-of.ts";
import { categories, type Form, forms, installLighthouse, measure, mustBePerfect } from "./measure.ts";
import { savedFigures, saveFigures } from "./saved-figures.ts";

const text = { type: "string" } as const;
const { values, positionals } = parseArgs({ options: { runs: text, form: text }, allowPositionals: true });
const runs = Number(values.runs ?? "5");
const chosen = pagePlaces.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const unknown = positionals.filter((name) => !pagePlaces.some((place) => place.name === name));
if (unknown.length > 0)
  throw new Error(`No page ${unknown.join(", ")}: there are ${pagePlaces.map(({ name }) => name).join(", ")}.`);
const chosenForms = forms.filter((form) => values.form === undefined || values.form === form);
if (chosenForms.length === 0) throw new Error(`No form ${values.form}: there are ${forms.join(" and ")}.`);

await installLighthouse();
const folder = mkdtempSync(join(tmpdir(), "northwind-lighthouse-"));
const desk = await startDesk();
try {
  console.log(["page", "form", ...categories, "LCP ms", "CLS", "machine"].join(" | "));
  for (const place of chosen) {
    const path = await pathOf(place, desk);
    for (const form of chosenForms) await report(place.name, path, form);
  }
} finally {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
}
const saved = savedFigures(pagePlaces.map(({ name }) => name));
savePart("lighthouse", goalsOf(saved, pagePlaces.length));
const below = saved.flatMap(({ page, form, scores }) =>
  categories.flatMap((category) => {
    const score = scores[category];
    return mustBePerfect.has(category) && score !== null && score < 100
      ? [`${category} of ${page}, ${form}: ${score}`]
      : [];
  }),
);
for (const line of below) console.log(`below 100: ${line}`);
process.exitCode = below.length > 0 ? 1 : 0;

/** Measures a page and saves the figures at once: a long run that is stopped is not lost. */
async function report(page: string, path: string, form: Form): Promise<void> {
  const figures = await measure(desk.url + path, { form, runs, folder });
  const { scores, lcpMs, shift, machine } = figures;
  console.log([page, form, ...categories.map((name) => scores[name] ?? "-"), lcpMs, shift, machine].join(" | "));
  saveFigures({ page, form, runs, ...figures });
}
