import { members, parsed, textOr } from "../../load/json.ts";
import type { Check, Finding } from "../finding.ts";

/** V12: every request gets exactly one answer, its own, or one counted timeout. */
export const oneAnswer: Check = async ({ journal, log }) => {
  const findings: Finding[] = [];
  const say = (words: string) => findings.push({ invariant: "V12", words });
  const asked = new Set<string>();
  for (const { number, attempts } of journal) {
    if (attempts.length === 0) say(`Entry ${number} was begun and never sent.`);
    for (const { number: attempt, ends, outcome, requestId, answeredId } of attempts) {
      const place = `Entry ${number}, attempt ${attempt}`;
      asked.add(requestId);
      if (ends !== 1) say(`${place} has ${ends} answers.`);
      // Without an answer there is no id to compare.
      if (outcome.kind !== "unknown" && answeredId !== requestId)
        say(`${place} was sent as ${requestId} and answered as ${answeredId ?? "nothing"}.`);
    }
  }
  for (const [id, count] of linesPerRequest(log))
    if (count > 1 && asked.has(id)) say(`The API logs ${count} times that it answered the request ${id}.`);
  return findings;
};

function linesPerRequest(log: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of log.split("\n")) {
    if (!line.includes('"event":"request"')) continue;
    const id = textOr(members(parsed(line)).get("client_request_id"), "");
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
