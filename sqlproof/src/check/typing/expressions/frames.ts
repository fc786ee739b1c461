import type { Over } from "../../tree/nodes.ts";
import { type Context, refuse } from "../context.ts";

const edge = "(UNBOUNDED PRECEDING|UNBOUNDED FOLLOWING|CURRENT ROW|\\d+ PRECEDING|\\d+ FOLLOWING)";
const frames = new RegExp(`^ROWS (?:BETWEEN ${edge} AND ${edge}|${edge})$`);
const most = 2n ** 31n - 1n;

/** True for a number of rows that an INT holds. SQLite takes up to 64 bits, MariaDB other numbers. */
export function isCountable(digits: string): boolean {
  return BigInt(digits) <= most;
}

/** Refuses a frame that the engines read differently. */
export function checkFrame(over: Over, context: Context): void {
  const { frame } = over;
  if (frame === null) return;
  if (frame === "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW") {
    refuse(
      context,
      "function",
      "the frame RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW says nothing: leave it out",
      over,
    );
    return;
  }
  const [, start, end, only] = frames.exec(frame) ?? [];
  const [first, last] = [start ?? only, end ?? "CURRENT ROW"];
  if (first === undefined)
    refuse(
      context,
      "function",
      `the frame ${frame} is not shown to be the same: write ROWS BETWEEN n PRECEDING AND m FOLLOWING`,
      over,
    );
  else if (!(frame.match(/\d+/g) ?? []).every(isCountable))
    refuse(context, "function", `the frame ${frame} counts more rows than an INT holds: write UNBOUNDED`, over);
  else if (distance(first) > distance(last))
    refuse(
      context,
      "function",
      `the frame ${frame} ends before it begins, where MariaDB takes rows of other frames: write ROWS BETWEEN ${last} AND ${first}`,
      over,
    );
}

/** Rows behind the current one. */
function distance(bound: string): bigint {
  const [amount = "", side = ""] = bound.split(" ");
  const sign = side === "PRECEDING" ? -1n : 1n;
  if (amount === "CURRENT") return 0n;
  return sign * (amount === "UNBOUNDED" ? most + 1n : BigInt(amount));
}
