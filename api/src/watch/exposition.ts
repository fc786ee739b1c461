import type { Histogram } from "./histogram.ts";

export type Labels = Readonly<Record<string, string>>;

/** Writes metrics in the text format of Prometheus, version 0.0.4. */
export class Exposition {
  #text = "";

  get text(): string {
    return this.#text;
  }

  /** One metric with a value for each set of labels. A metric without a value is left out. */
  add(type: "counter" | "gauge", name: string, help: string, values: readonly (readonly [Labels, number])[]): void {
    if (values.length === 0) return;
    this.#head(type, name, help);
    for (const [labels, value] of values) this.#line(name, labels, value);
  }

  counter(name: string, help: string, value: number): void {
    this.add("counter", name, help, [[{}, value]]);
  }

  /** Left out if the value is not known. */
  gauge(name: string, help: string, value: number | null): void {
    this.add("gauge", name, help, value === null ? [] : [[{}, value]]);
  }

  histograms(name: string, help: string, histograms: readonly (readonly [Labels, Counted])[]): void {
    if (histograms.length === 0) return;
    this.#head("histogram", name, help);
    for (const [labels, { bounds, counts, sum }] of histograms) {
      let count = 0;
      for (const [place, bound] of [...bounds, Number.POSITIVE_INFINITY].entries()) {
        count += counts[place] ?? 0;
        this.#line(`${name}_bucket`, { ...labels, le: written(bound) }, count);
      }
      this.#line(`${name}_sum`, labels, sum);
      this.#line(`${name}_count`, labels, count);
    }
  }

  #head(type: string, name: string, help: string): void {
    this.#text += `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n# TYPE ${name} ${type}\n`;
  }

  #line(name: string, labels: Labels, value: number): void {
    const parts = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    this.#text += `${name}${parts.length === 0 ? "" : `{${parts.join()}}`} ${written(value)}\n`;
  }
}

/** A histogram, or numbers that were counted like one elsewhere. */
export type Counted = Pick<Histogram, "bounds" | "sum"> & { readonly counts: ArrayLike<number> };

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function written(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
}
