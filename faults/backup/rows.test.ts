// The rows about backups fail on what they could observe; that they pass is shown by `npm run faults -- F20 F21 ..`.
import { describe, expect, test } from "bun:test";
import { cutJournal } from "../load/cut-journal.ts";
import { readJournalText } from "../load/journal.ts";
import { verdict as killedBackup } from "../rows/backup/f20-kill-backup.ts";
import { verdict as killedRestore } from "../rows/backup/f21-kill-restore.ts";
import { verdict as fullDisk } from "../rows/backup/f22-full-disk.ts";
import { verdict as underLoad } from "../rows/backup/f23-backup-under-load.ts";
import { verdict as changed } from "../rows/backup/f24-changed-backup.ts";

const ended = (code: number | null, output: string) => ({ code, output, tookMs: 1 });

describe("F20", () => {
  const after = { backups: ["b"], partial: [], others: [] };
  const good = { incomplete: [], hits: 3, after, refused: null, stayed: [], taken: [], failures: [] };
  test.each([
    [{}, 0],
    [{ incomplete: ["b"] }, 1],
    [{ hits: 0 }, 1],
    [{ after: { ...after, others: ["x"] } }, 1],
    [{ refused: "no" }, 1],
    [{ stayed: ["p"] }, 1],
    [{ taken: ["p"] }, 1],
    [{ failures: ["503"] }, 1],
  ])("%p breaks %i", (seen, count) => expect(killedBackup({ ...good, ...seen })).toHaveLength(count));
});

describe("F21", () => {
  const good = { kills: [{ left: "nothing", problems: [] }] as const, last: [], failures: [] };
  test.each([
    [{}, 0],
    [{ kills: [{ left: "complete", problems: [] }] as const }, 1],
    [{ kills: [{ left: "refused", problems: ["no way out"] }] as const }, 1],
    [{ last: ["differs"] }, 1],
    [{ failures: ["503"] }, 1],
  ])("%p breaks %i", (seen, count) => expect(killedRestore({ ...good, ...seen })).toHaveLength(count));
});

describe("F22", () => {
  const refused = ended(1, "The disk of /x is full.");
  const one = { command: "restore", leaving: 5, ended: refused, left: [], refusal: null } as const;
  const good = { tries: [one], healed: [], isScheduledSaid: true, failures: [] };
  test.each([
    [{}, 0],
    [{ tries: [{ ...one, refusal: "The database is not complete" }] }, 0],
    [{ tries: [{ ...one, refusal: "" }] }, 1],
    [{ tries: [{ ...one, ended: { ...refused, code: 0 } }] }, 1],
    [{ tries: [{ ...one, ended: ended(1, "errno 135") }] }, 1],
    [{ tries: [{ ...one, ended: ended(1, "is full\n    at write (x.ts:1)") }] }, 1],
    [{ tries: [{ ...one, left: ["x.partial"] }] }, 1],
    [{ healed: ["no"] }, 1],
    [{ isScheduledSaid: false }, 1],
    [{ failures: ["507"] }, 1],
  ])("%p breaks %i", (seen, count) => expect(fullDisk({ ...good, ...seen })).toHaveLength(count));
});

describe("F23", () => {
  const good = { before: 5, during: 2, tookMs: 1, restored: 2, findings: [] };
  test.each([
    [{}, 0],
    [{ findings: [{ invariant: "V1", harm: "lost", words: "gone" }] as const }, 1],
    [{ during: 0 }, 1],
  ])("%p breaks %i", (seen, count) => expect(underLoad([{ ...good, ...seen }], "")).toHaveLength(count));

  test("the journal up to a moment: later answers are unknown, later requests are not there", () => {
    const done = { kind: "acknowledged", status: 201, body: "{}", etag: '"0"' };
    const request = (number: number) => ({
      line: "request",
      number,
      method: "POST",
      path: "/api/orders",
      key: `k${number}`,
    });
    const sent = (number: number, at: number) => ({ line: "sent", number, attempt: 1, requestId: `r${number}`, at });
    const end = (number: number, at: number) => ({ line: "ended", number, attempt: 1, at, outcome: done });
    const lines = [request(1), sent(1, 1), end(1, 5), request(2), sent(2, 6), request(3), sent(3, 9), end(2, 15)];
    const text = [...lines, request(4), sent(4, 21), end(4, 22)].map((line) => JSON.stringify(line)).join("\n");
    const kinds = readJournalText(cutJournal(text, 10, 20)).map(({ key, outcome, attempts }) => [
      ...[key, outcome.kind],
      attempts[0]?.ends,
    ]);
    expect(kinds).toEqual([
      ["k1", "acknowledged", 1],
      ["k2", "unknown", 1],
      ["k3", "unknown", 1],
    ]);
  });
});

describe("F24", () => {
  const refused = ended(1, "The backup is damaged: its end is missing. Use another one.");
  const good = { what: "bit 1", restored: refused, verified: refused, left: [] };
  test.each([
    [{}, 0],
    [{ restored: ended(0, "Restored") }, 1],
    [{ verified: ended(0, "nothing is wrong") }, 1],
    [{ restored: ended(1, "TypeError") }, 1],
    [{ left: ["restored.db"] }, 1],
  ])("%p breaks %i", (seen, count) => expect(changed([{ ...good, ...seen }])).toHaveLength(count));
});
