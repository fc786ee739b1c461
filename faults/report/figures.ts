// How the figures of a row are computed and worded for the terminal and for docs/reliability.md.
// `median` and `percentile` serve the rows as well, which judge by them.

/** `106,786` */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=([0-9]{3})+$)/g, ",");
}

/** `2.0 s` or `35 ms` */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The middle value; 0 for an empty list. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value that `percent` of the list do not exceed; 0 for an empty list. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

/** `12 ms`; below 10 with one decimal, like `0.4 ms`. */
export function formatMs(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
