import { SQL } from "bun";
import type { Desk } from "./browser.ts";

/** As often as every process looks whether rights have changed; a little longer. */
const noticedMs = 900;

/** Makes the last proof of every session an hour old, as if the users had been away: the API asks for another one. */
export async function ageProofs(desk: Desk): Promise<void> {
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19);
  const database = new SQL(desk.database.replace(/^sqlite:/, "sqlite://").replace(/^mariadb:/, "mysql:"));
  try {
    // SQLite stores a time with a space in the middle, which both engines take.
    await database`UPDATE sessions SET proved_at = ${hourAgo.replace("T", " ")}`;
    await database`UPDATE access SET version = version + 1`;
  } finally {
    await database.close();
  }
  await Bun.sleep(noticedMs);
}
