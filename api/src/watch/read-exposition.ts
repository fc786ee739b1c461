/*
 * For tests: reads the text format of Prometheus as strictly as Prometheus does, and refuses whatever it would refuse.
 */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const head = new RegExp(`^# (HELP|TYPE) (${name}) (.+)$`);
const line = new RegExp(`^(${name})(?:\\{(.*)\\})? (\\+Inf|-Inf|-?\\d[\\d.e+-]*)$`);
const label = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;

/** The metrics by name. Throws if anything is not as the format demands. */
export function readExposition(text: string): ReadonlyMap<string, Family> {
  const families = new Map<string, { type: string; help: string; samples: Sample[] }>();
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  let current = "";
  let help = "";
  const seen = new Set<string>();
  for (const one of text.slice(0, -1).split("\n")) {
    const [, what, about = "", rest = ""] = head.exec(one) ?? [];
    if (what === "HELP") help = rest;
    else if (what === "TYPE") {
      if (families.has(about)) throw new Error(`${about} comes twice`);
      families.set(about, { type: rest, help, samples: [] });
      current = about;
    } else {
      const sample = sampleOf(one);
      const key = `${sample.name} ${JSON.stringify(sample.labels)}`;
      if (seen.has(key)) throw new Error(`${key} comes twice`);
      seen.add(key);
      const family = families.get(current);
      const names =
        family?.type === "histogram" ? ["_bucket", "_sum", "_count"].map((end) => current + end) : [current];
      if (!names.includes(sample.name)) throw new Error(`${sample.name} does not belong to ${current}`);
      family?.samples.push(sample);
    }
  }
  for (const [family, { type, samples }] of families) if (type === "histogram") checkBuckets(family, samples);
  return families;
}

function sampleOf(text: string): Sample {
  const [, found, inside = "", value] = line.exec(text) ?? [];
  if (found === undefined || value === undefined) throw new Error(`not a sample: ${text}`);
  const labels: Record<string, string> = {};
  for (let rest = inside; rest !== ""; ) {
    const [all, key, content] = label.exec(rest) ?? [];
    if (all === undefined || key === undefined || content === undefined) throw new Error(`not labels: ${rest}`);
    labels[key] = content.replace(/\\(.)/g, (_, escaped) => (escaped === "n" ? "\n" : escaped));
    rest = rest.slice(all.length);
  }
  return {
    name: found,
    labels,
    value: value.endsWith("Inf") ? Number(value.replace("Inf", "Infinity")) : Number(value),
  };
}

/** Buckets grow, the last one is +Inf, and it equals the count. */
function checkBuckets(family: string, samples: readonly Sample[]): void {
  let before = 0;
  let bound = Number.NEGATIVE_INFINITY;
  for (const { name: sample, labels, value } of samples) {
    if (sample.endsWith("_bucket")) {
      const le = labels.le === "+Inf" ? Number.POSITIVE_INFINITY : Number(labels.le);
      if (le <= bound || value < before) throw new Error(`${family}: the buckets do not grow`);
      before = value;
      bound = le;
    } else if (sample.endsWith("_count")) {
      if (bound !== Number.POSITIVE_INFINITY || value !== before)
        throw new Error(`${family}: the count is not that of +Inf`);
      before = 0;
      bound = Number.NEGATIVE_INFINITY;
    }
  }
}

/** The value of the sample with these labels; null if there is none. */
export function sampleValue(
  families: ReadonlyMap<string, Family>,
  sample: string,
  labels: Readonly<Record<string, string>> = {},
): number | null {
  for (const { samples } of families.values())
    for (const one of samples)
      if (one.name === sample && Object.entries(labels).every(([key, text]) => one.labels[key] === text))
        return one.value;
  return null;
}
