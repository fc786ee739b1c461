import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Creates a folder in `parent` for one report of `bun test`; gives the options that write it, and `read`. */
export function expectReport(parent) {
  const folder = mkdtempSync(join(parent, "report-"));
  const path = join(folder, "report.xml");
  return {
    options: ["--reporter=junit", `--reporter-outfile=${path}`],
    /** The numbers of tests that ran, failed and were skipped, the names of those that failed, and the files. */
    read() {
      let text = "";
      try {
        text = readFileSync(path, "utf8");
      } catch {
        // The process died before it wrote its report. No test is counted, and that is a failure.
      }
      rmSync(folder, { recursive: true, force: true });
      return reportOf(text);
    },
  };
}

function reportOf(text) {
  const head = valuesOf(/<testsuites ([^>]*)>/.exec(text)?.[1] ?? "");
  const number = (name) => Number.parseInt(head.get(name) ?? "0", 10);
  return {
    tests: number("tests"),
    failures: number("failures"),
    skipped: number("skipped"),
    failed: failedIn(text),
    files: new Set(Array.from(text.matchAll(/<testsuite ([^>]*)>/g), ([, of]) => valuesOf(of).get("file"))),
  };
}

/** The failed tests as `file: group > test`, with nested groups in their order. */
function failedIn(text) {
  const failed = [];
  const groups = [];
  let test = new Map();
  // A `>` in a name is written as an entity, so the first `>` ends the tag.
  for (const [tag, name, attributes = ""] of text.matchAll(/<\/?(testsuite|testcase|failure)\b([^>]*)>/g)) {
    const values = valuesOf(attributes);
    if (name === "testcase") test = values;
    else if (name === "failure") failed.push(...(tag.startsWith("</") ? [] : [nameOf(groups, test)]));
    else if (tag.startsWith("</")) groups.pop();
    // The outermost group is the file.
    else groups.push(values.get("name") === values.get("file") ? null : values.get("name"));
  }
  return failed;
}

function nameOf(groups, test) {
  const name = test.get("name") === "(unnamed)" ? "what comes before or after its tests" : test.get("name");
  const path = [...groups.filter((group) => group !== null), name].join(" > ");
  return `${test.get("file")}: ${path.replace(/\s+/g, " ")}`;
}

function valuesOf(attributes) {
  return new Map([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, plain(value)]));
}

const entities = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function plain(text) {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, word) => {
    if (word !== undefined) return entities[word] ?? whole;
    return String.fromCodePoint(Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10));
  });
}
