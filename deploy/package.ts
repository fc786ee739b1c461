// `npm run package` makes what is installed: a folder as a tar file, and a Debian package, with their checksums. With
// `--try` it then uses both on a Debian of its own (try/).
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { makeDebianPackage } from "./debian.ts";
import { builtParts, root } from "./layout.ts";
import { makeTarball } from "./tarball.ts";

const options = process.argv.slice(2);
const wrong = options.find((option) => option !== "--try");
if (wrong !== undefined) {
  console.error(`There is no option ${wrong}; there is --try, which tries the packages on a Debian of its own.`);
  process.exit(2);
}
const dist = join(root, "dist");
mkdirSync(dist, { recursive: true });
const older = readdirSync(dist).filter((name) => /^northwind[-_].*\.(?:tar\.gz|deb)$/.test(name));
for (const name of older) rmSync(join(dist, name));
const parts = await builtParts();
const at = sourceDate();
const files = [await makeTarball(dist, parts, at)];
const isOnDebian = Bun.which("dpkg-deb") !== null;
if (isOnDebian) files.push(await makeDebianPackage(dist, parts, at));
else console.log("No Debian package: dpkg-deb is not installed.");
const sums = files.map((file) => `${sha256(file)}  ${basename(file)}\n`);
writeFileSync(join(dist, "SHA256SUMS"), sums.join(""));
for (const file of files) console.log(`${relative(process.cwd(), file)}   ${Math.round(Bun.file(file).size / 1e6)} MB`);
if (options.includes("--try")) await tryThem();

async function tryThem(): Promise<void> {
  const { installPodman } = await import("./try/machine.ts");
  const { tryPackage } = await import("./try/package.ts");
  const { tryImage } = await import("./try/image.ts");
  installPodman();
  const [, debian] = files;
  if (debian === undefined) throw new Error("Packages are tried on Debian only.");
  const folder = mkdtempSync(join(tmpdir(), "northwind-second-"));
  try {
    console.log("\nThe Debian package, on a booted Debian without a network:");
    await tryPackage([debian, await makeDebianPackage(folder, parts, at, 2)]);
    console.log("\nThe image:");
    await tryImage();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sha256(file: string): string {
  return new Bun.CryptoHasher("sha256").update(readFileSync(file)).digest("hex");
}

/** The moment of the last commit, so that the same sources make the same packages. */
function sourceDate(): Date {
  const given = Number(process.env.SOURCE_DATE_EPOCH);
  if (given > 0) return new Date(given * 1000);
  const { exitCode, stdout } = Bun.spawnSync(["git", "log", "-1", "--format=%ct"], { cwd: root });
  return exitCode === 0 ? new Date(Number(stdout.toString()) * 1000) : new Date();
}
