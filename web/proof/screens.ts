// `npm run screens -- [NAME ..]`: a picture of every page and state, light and dark, on desktop and phone, of a new
// sample company. With names, only the places whose name contains one of them.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CDPSession } from "playwright-core";
import { accessPlaces } from "../test/access-places.ts";
import { atRest, type Desk, startDesk } from "../test/browser.ts";
import { type Place, places, visit } from "../test/places.ts";
import { firstUser } from "../test/sign-in.ts";

const folder = join(import.meta.dir, "..", "..", "docs", "screens");
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const themes = ["light", "dark"] as const;
/** Of WebP: what text needs to stay sharp. */
const quality = 72;

const wanted = process.argv.slice(2);
const isWanted = ({ name }: Place) => wanted.length === 0 || wanted.some((part) => name.includes(part));
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const all of [places, accessPlaces]) {
  const chosen = all.filter(isWanted);
  if (chosen.length === 0) continue;
  const desk = await startDesk();
  try {
    if (all === accessPlaces) await firstUser(desk);
    for (const place of chosen) await pictures(desk, place);
  } finally {
    await desk.stop();
  }
}
const sizesOf = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
const total = sizesOf.reduce((sum, size) => sum + size, 0);
console.log(`${sizesOf.length} pictures, ${(total / 1_000_000).toFixed(1)} MB, in docs/screens`);

async function pictures(desk: Desk, place: Place): Promise<void> {
  // Paper has one size and one theme.
  for (const [size, viewport] of Object.entries(sizes).slice(0, place.isPaper === true ? 1 : 2)) {
    const page = await desk.page({ viewport, colorScheme: "light", ...place.window });
    const session = await page.context().newCDPSession(page);
    await visit(page, desk, place);
    await atRest(page);
    for (const theme of place.isPaper === true ? (["light"] as const) : themes) {
      await page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      await picture(session, join(folder, `${place.name}-${size}-${theme}.webp`));
    }
    await page.context().close();
  }
  console.log(place.name);
}

/** By the browser's own protocol, one session per window: Playwright knows no WebP. */
async function picture(session: CDPSession, path: string): Promise<void> {
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality });
  writeFileSync(path, Buffer.from(data, "base64"));
}
