import { describe, expect, test } from "bun:test";
import { backupName, backupsIn, takenAtOf } from "./names.ts";
import { expired, parseRetention } from "./retention.ts";

const none = { last: 0, hourly: 0, daily: 0, weekly: 0, monthly: 0 };
const at = (time: string) => backupName(new Date(`${time}Z`));

test("a name says when the backup was taken, and only names of backups do", () => {
  const takenAt = new Date("2026-01-05T09:30:07Z");
  expect(backupName(takenAt)).toBe("northwind-2026-01-05T09-30-07Z.backup");
  expect(backupName(takenAt, 2)).toBe("northwind-2026-01-05T09-30-07Z-2.backup");
  for (const number of [1, 2]) expect(takenAtOf(backupName(takenAt, number))).toEqual(takenAt);
  const others = ["northwind.db", "northwind-2026-01-05.backup", `${backupName(takenAt)}.partial`, "x"];
  for (const name of [...others, "northwind-2026-13-05T09-30-07Z.backup"]) expect(takenAtOf(name)).toBeNull();
});

test("the second backup of a second is newer than the first, and the tenth than the ninth", () => {
  const takenAt = new Date("2026-01-05T09:30:07Z");
  const names = [1, 2, 9, 10].map((number) => backupName(takenAt, number));
  expect(backupsIn([...names, "readme.txt"].sort())).toEqual(names);
});

describe("retention", () => {
  test("the newest backup is always kept, and so are other files", () => {
    expect(expired([at("2020-01-01T00:00:00"), "orders.db", "readme.txt"], none)).toEqual([]);
  });

  test("last keeps the last ones", () => {
    const names = ["2026-01-01T00:00:00", "2026-01-02T00:00:00", "2026-01-03T00:00:00"].map(at);
    expect(expired(names, { ...none, last: 2 })).toEqual(names.slice(0, 1));
  });

  test("a rule keeps the last backup of each of its periods that has one; rules add up", () => {
    const kept = ["2025-11-30T23:59:59", "2026-01-03T10:00:00", "2026-01-04T12:59:59", "2026-01-04T13:00:00"].map(at);
    const old = ["2025-11-30T22:00:00", "2025-12-31T00:00:00", "2026-01-03T09:00:00", "2026-01-04T12:00:00"].map(at);
    const retention = { ...none, hourly: 2, daily: 2, monthly: 3 };
    // Of December there is one as well: the last of its month.
    expect(expired([...old, ...kept], retention)).toEqual(old.filter((name) => !name.includes("2025-12")));
  });

  test("weeks begin on Monday", () => {
    // 4 January 2026 is a Sunday.
    const [sunday, monday, tuesday] = ["2026-01-04T20:00:00", "2026-01-05T01:00:00", "2026-01-06T01:00:00"].map(at);
    const names = [sunday, monday, tuesday].map(String);
    expect(expired(names, { ...none, weekly: 2 })).toEqual([String(monday)]);
  });

  test("a list of rules is read, and what is none is refused", () => {
    expect(parseRetention("hourly=24, daily=14,monthly=12")).toEqual({ ...none, hourly: 24, daily: 14, monthly: 12 });
    for (const text of ["", "daily", "daily=", "daily=x", "yearly=1", "daily=1,daily=2", "daily=10000"])
      expect(parseRetention(text)).toBeNull();
  });
});
