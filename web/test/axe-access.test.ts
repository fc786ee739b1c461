// axe on every page and state of a desk on which everybody signs in.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { accessPlaces } from "./access-places.ts";
import { findingsAt, noFindings } from "./both-themes.ts";
import { type Desk, startDesk } from "./browser.ts";
import { firstUser } from "./sign-in.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  await firstUser(desk);
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

describe("axe finds nothing, in light and dark, on a desk and on a phone", () => {
  test.each(accessPlaces.map((place) => [place.name, place] as const))("on %s", async (_, place) => {
    expect(await findingsAt(desk, place)).toEqual(noFindings);
  });
});
