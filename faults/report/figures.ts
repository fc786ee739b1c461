/** `106,786` */
export function counted(count: number): string {
  return String(count).replace(/\B(?=([0-9]{3})+$)/g, ",");
}

/** `2.0 s` or `35 ms` */
export function lasted(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The middle one of some values; 0 when there is none. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value that so many percent of the list do not exceed; 0 of an empty one. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

/** `12 ms`, or `0.4 ms` where that says more. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
