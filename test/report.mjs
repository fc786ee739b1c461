import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for one report of `bun test`, the options that make bun write it, and how it is read afterwards. */
export function expectReport() {
  const folder = mkdtempSync(join(tmpdir(), "northwind-test-"));
  const path = join(folder, "report.xml");
  return {
    options: ["--reporter=junit", `--reporter-outfile=${path}`],
    /** How many tests ran, failed and were skipped, and which failed, by file and name. */
    read() {
      let text = "";
      try {
        text = readFileSync(path, "utf8");
      } catch {
        // The process died before it wrote its report: nothing is counted, which is a failure.
      }
      rmSync(folder, { recursive: true, force: true });
      return reportOf(text);
    },
  };
}

function reportOf(text) {
  const head = /<testsuites [^>]*>/.exec(text)?.[0] ?? "";
  const number = (name) => Number.parseInt(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? "0", 10);
  return {
    tests: number("tests"),
    failures: number("failures"),
    skipped: number("skipped"),
    failed: [...text.matchAll(/<testcase ([^>]*[^/])>\s*<failure/g)].map(([, attributes]) => nameOf(attributes)),
  };
}

/** `file: group > test`, the outermost group first; bun names them from the innermost. */
function nameOf(attributes) {
  const value = (name) => plain(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");
  const groups = value("classname")
    .split(" > ")
    .filter((group) => group !== "");
  const name = [...groups.reverse(), value("name")].join(" > ");
  return `${value("file")}: ${name.replace(/\s+/g, " ")}`;
}

const entities = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function plain(text) {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, word) => {
    if (word !== undefined) return entities[word] ?? whole;
    return String.fromCodePoint(Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10));
  });
}
