import { type Route, routes } from "../client/requests.ts";
import { type Contestant, noPeers, ours } from "../contestant.ts";
import type { Machine } from "./machine.ts";
import type { Figure, Samples } from "./sample.ts";
import { idleSubject, loadSubject, startSubject, usualConnections } from "./subjects.ts";
import { short } from "./table.ts";

/** The bars of one subject, one per contestant; longer is better. */
interface Group {
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly ratio: number; readonly label: string }[];
}

const width = 900;
const labelWidth = 120;
const barWidth = 580;
const barHeight = 14;
const barGap = 3;
const groupGap = 34;
const top = 62;
const ourColour = "#2563eb";
const peerColour = "#94a3b8";

/** The chart, with bars relative to the best of each subject, for light and for dark pages. */
export function chart(samples: Samples, participants: readonly Contestant[], machine: Machine): string {
  const names = participants.map(({ name }) => name).filter((name) => !noPeers.includes(name));
  const groups = [
    ...routes.map((route) => group(samples, names, throughputTitle(route), loadSubject(route, usualConnections))),
    group(samples, names, "Cold start to the first order, ms", startSubject, "start_ms"),
    group(samples, names, "Resident memory with 1,000 idle connections, MB", idleSubject(1000), "resident_mb"),
  ].filter(({ bars }) => bars.length > 1);
  const parts: string[] = [];
  let y = top;
  for (const { title, bars } of groups) {
    parts.push(`<text x="${labelWidth}" y="${y}" class="title">${escaped(title)}</text>`);
    for (const { name, ratio, label } of bars) {
      y += barHeight + barGap;
      parts.push(bar(name, ratio, label, y));
    }
    y += groupGap;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" role="img">`,
    "<title>Northwind Orders beside the same API in other languages</title>",
    "<style>text{font:12px system-ui,sans-serif;fill:#0f172a}.title{font-weight:600}.small{fill:#475569}</style>",
    `<rect width="${width}" height="${y}" rx="8" fill="#f8fafc"/>`,
    `<text x="${labelWidth}" y="24" class="title">The same API on the same MariaDB: longer bars are better</text>`,
    `<text x="${labelWidth}" y="41" class="small">${escaped(caption(machine))}</text>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function throughputTitle(route: Route): string {
  return `${route[0]?.toUpperCase()}${route.slice(1)}, requests per second`;
}

function caption({ processor, cores, kernel, versions }: Machine): string {
  return `Medians; ${usualConnections} connections; ${processor}, ${cores} cores, Linux ${kernel}, MariaDB ${versions.mariadb}`;
}

function group(
  samples: Samples,
  names: readonly string[],
  title: string,
  subject: string,
  figure: Figure = "per_second",
): Group {
  const values = names.flatMap((name) => {
    const spread = samples.spread(name, subject, figure);
    return spread === null ? [] : [{ name, value: spread.median }];
  });
  const best = (figure === "per_second" ? Math.max : Math.min)(...values.map(({ value }) => value));
  const bars = values.map(({ name, value }) => {
    const ratio = figure === "per_second" ? value / best : best / value;
    const times = name === ours ? null : samples.ratio(ours, name, subject, figure);
    return { name, ratio, label: times === null ? short(value) : `${short(value)}; ours ${short(times.median)} times` };
  });
  return { title, bars };
}

function bar(name: string, ratio: number, label: string, y: number): string {
  const length = Math.max(1, Math.round(ratio * barWidth));
  const base = y + barHeight - 3;
  return [
    `<text x="${labelWidth - 8}" y="${base}" text-anchor="end">${escaped(name)}</text>`,
    `<rect x="${labelWidth}" y="${y}" width="${length}" height="${barHeight}" rx="2" fill="${name === ours ? ourColour : peerColour}"/>`,
    `<text x="${labelWidth + length + 6}" y="${base}">${label}</text>`,
  ].join("");
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
