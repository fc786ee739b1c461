import { members, numberOr, parsed } from "./json.ts";

/**
 * A journal as if its clients had known nothing after a moment: what they sent until `sentUntil` is in it, but an answer
 * that came after `answeredUntil` is unknown. So the checker can judge a copy of the database that was made in between.
 */
export function cutJournal(journal: string, answeredUntil: number, sentUntil: number): string {
  const lines = journal.split("\n").map((text) => ({ text, line: members(parsed(text)) }));
  const kept = new Map<string, boolean>();
  const sent = new Set<number>();
  for (const { line } of lines) {
    if (line.get("line") !== "sent" || numberOr(line.get("at"), 0) > sentUntil) continue;
    sent.add(numberOr(line.get("number"), 0));
    kept.set(attemptOf(line), false);
  }
  const cut = lines.flatMap(({ text, line }) => {
    const kind = line.get("line");
    if (kind === "request") return sent.has(numberOr(line.get("number"), 0)) ? [text] : [];
    if (!kept.has(attemptOf(line))) return [];
    if (kind === "sent") return [text];
    kept.set(attemptOf(line), true);
    return [numberOr(line.get("at"), 0) <= answeredUntil ? text : unknown(line, numberOr(line.get("at"), 0))];
  });
  const pending = lines.flatMap(({ line }) =>
    line.get("line") === "sent" && kept.get(attemptOf(line)) === false ? [unknown(line, sentUntil)] : [],
  );
  return [...cut, ...pending, ""].join("\n");
}

function attemptOf(line: ReadonlyMap<string, unknown>): string {
  return `${line.get("number")} ${line.get("attempt")}`;
}

function unknown(line: ReadonlyMap<string, unknown>, at: number): string {
  const outcome = { kind: "unknown", reason: "answered after the moment" };
  const [number, attempt] = [line.get("number"), line.get("attempt")];
  return JSON.stringify({ line: "ended", number, attempt, at, answeredId: null, replayed: false, outcome });
}
