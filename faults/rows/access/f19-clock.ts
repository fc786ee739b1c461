import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addPerson, must, type Person, signIn } from "../../access/people.ts";
import { attempt, type Credential } from "../../access/revocation.ts";
import { textOr } from "../../load/json.ts";
import { formatCount } from "../../report/figures.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { installFaketime } from "../../system/install-faketime.ts";
import { withSystem } from "../../system/system.ts";

const hour = 3600;
const day = 24 * hour;
const years = 5 * 365.25 * day;

type Who = "session" | "token" | "token of two days" | "session begun in five years";

interface Jump {
  readonly name: string;
  /** In the notation of libfaketime: an offset to the true time, or a time from which the clock runs on. */
  readonly clock: string;
  readonly restart?: true;
  /** Who is refused after it; all others are let in. */
  readonly refused: readonly Who[];
}

const right = (refused: readonly Who[] = []): Jump => ({ name: "right again", clock: "+0s", refused });

/** One after the other: what a jump ends is back when the clock is right again, because nothing was deleted. */
export const jumps: readonly Jump[] = [
  { name: "one hour ahead", clock: `+${hour}s`, refused: [] },
  { name: "one day back", clock: `-${day}s`, refused: [] },
  right(),
  { name: "15 hours ahead", clock: `+${15 * hour}s`, refused: ["session"] },
  right(),
  { name: "five years ahead", clock: `+${years}s`, restart: true, refused: ["session", "token of two days"] },
  right(),
  { name: "the night when summer time begins", clock: "@2026-03-29 01:59:59", refused: [] },
  { name: "the night when summer time ends", clock: "@2026-10-25 02:59:59", refused: [] },
  right(),
  {
    ...{ name: "five years and a month ahead", clock: `+${years + 31 * day}s` },
    refused: ["session", "token of two days", "session begun in five years"],
  },
  { ...right(), restart: true },
];

/** Longer than another look at who may do what takes. */
const lookMs = 1200;

export const row: Row = {
  id: "F19",
  title: "the clock jumps: no session ends for good, and none lives for ever",
  engines: ["sqlite", "mariadb"],
  trials: { pr: jumps.length, night: 5 * jumps.length, release: 20 * jumps.length },
  async run(context) {
    const library = installFaketime(context.say);
    if (library !== null) return withClock(context, library);
    return { trials: 0, broken: [], figures: {}, skipped: "libfaketime is not installed (Debian: libfaketime)" };
  },
};

function withClock({ engine, folder, seed, trials, say }: RowContext, library: string): Promise<Result> {
  const clock = join(folder, "clock");
  writeFileSync(clock, "+0s\n");
  const environment = {
    ...{ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: "1", TZ: "Europe/Berlin" },
    // As on a real machine, the monotonic clock does not jump.
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
  return withSystem({ engine, folder, seed, environment }, async ({ url, api }) => {
    const admin = await addPerson(url, "admin", "ana");
    const all = new Map<Who, Credential>([
      ["session", { session: admin.session }],
      ["token", { token: admin.token }],
      ["token of two days", { token: await tokenOfTwoDays(url, admin) }],
    ]);
    const seen: Seen[] = [];
    for (let trial = 0; trial < trials; trial += 1) {
      const jump = jumps[trial % jumps.length];
      if (jump === undefined) continue;
      writeFileSync(clock, `${jump.clock}\n`);
      if (jump.restart === true) {
        await api.kill();
        await api.start();
      }
      await Bun.sleep(lookMs);
      if (jump.name === "five years ahead")
        all.set("session begun in five years", { session: await signIn(url, admin.emailAddress) });
      for (const [who, credential] of all) seen.push({ jump, who, answer: await attempt(url, credential) });
      say(`${jump.name}: ${seen.filter((one) => one.jump === jump && one.answer === "let in").length} let in`);
    }
    return { trials, broken: verdict(seen), figures: { "asked after a jump": formatCount(seen.length) } };
  });
}

async function tokenOfTwoDays(url: string, { session }: Person): Promise<string> {
  const expires_at = new Date(Date.now() + 2 * day * 1000).toISOString().slice(0, 19);
  const { data } = await must(url, "POST", "/api/tokens", { session, body: { name: "two days", expires_at } });
  return textOr(data.get("token"), "");
}

interface Seen {
  readonly jump: Pick<Jump, "name" | "refused">;
  readonly who: Who;
  readonly answer: string;
}

export function verdict(seen: readonly Seen[]): readonly string[] {
  const broken = seen
    .filter(({ jump, who, answer }) => answer !== (jump.refused.includes(who) ? "refused" : "let in"))
    .map(({ jump, who, answer }) => `${jump.name}: ${who} was ${answer}.`);
  const answers = new Set(seen.map(({ answer }) => answer));
  if (seen.length >= jumps.length && answers.size < 2) broken.push("The clock did not jump: nothing was shown.");
  return broken;
}
