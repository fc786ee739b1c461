import type { Goal } from "../goals/goal.ts";
import { type Category, categories, type Form, forms, mustBePerfect } from "./measure.ts";
import type { SavedFigures } from "./saved-figures.ts";

const performance: Readonly<Record<Form, number>> = { desktop: 98, mobile: 90 };

/** For the table of the goals: the lowest score of all pages, and which of them has it. */
export function goalsOf(saved: readonly SavedFigures[], pages: number): readonly Goal[] {
  return forms.flatMap((form) => categories.map((category) => goalOf(saved, { form, category, pages })));
}

interface Wanted {
  readonly form: Form;
  readonly category: Category;
  readonly pages: number;
}

function goalOf(saved: readonly SavedFigures[], { form, category, pages }: Wanted): Goal {
  const ofForm = saved.filter((each) => each.form === form);
  const judged = ofForm.flatMap(({ page, runs, scores }) => {
    const score = scores[category];
    return score === null ? [] : [{ page, runs, score }];
  });
  const lowest = judged.toSorted((a, b) => a.score - b.score)[0];
  const target = category === "performance" ? performance[form] : 100;
  const isMet = lowest !== undefined && lowest.score >= target && ofForm.length === pages;
  const runs = Math.min(...judged.map((each) => each.runs));
  const of = `the lowest of ${ofForm.length} of ${pages} pages, medians of ${runs}`;
  const reached = judged.filter(({ score }) => score >= target).length;
  return {
    row: category === "performance" ? "2" : "1",
    goal: `Lighthouse ${category}, ${form}`,
    target: `>= ${target}`,
    measured: lowest === undefined ? "-" : `${lowest.score} (${lowest.page}), ${of}; ${reached} reach it`,
    ...{ isMet, isHard: mustBePerfect.has(category) },
  };
}
