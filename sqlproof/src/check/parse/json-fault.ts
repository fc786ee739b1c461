/** The first place where a text is not JSON, and why. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

/** Finds what is wrong with a text that should be JSON: not every runtime says where its parser stopped. */
export function jsonFault(text: string): JsonFault | null {
  const reader = new JsonReader(text);
  try {
    reader.readAll();
    return null;
  } catch (error) {
    if (error instanceof Stopped) return error.fault;
    throw error;
  }
}

class Stopped extends Error {
  constructor(readonly fault: JsonFault) {
    super(fault.message);
  }
}

const endOfFile = "the end of the file";

class JsonReader {
  #at = 0;
  constructor(private readonly text: string) {}

  readAll(): void {
    this.#readValue();
    if (this.#next() !== "") this.#expected(endOfFile);
  }

  /** The next character that is not a space; empty at the end. */
  #next(): string {
    this.#read(/[ \t\n\r]*/y);
    return this.text.charAt(this.#at);
  }

  #readValue(): void {
    const next = this.#next();
    if (next === "{") this.#readObject();
    else if (next === "[") this.#readList();
    else if (next === '"') this.#readText();
    else if (this.#read(/true\b|false\b|null\b|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y) === null)
      this.#expected("a value");
  }

  #readObject(): void {
    const names = new Set<string>();
    this.#readItems("}", () => {
      if (this.#next() !== '"') this.#expected('a name in double quotes or "}"');
      const start = this.#at;
      const name = this.#readText();
      if (names.has(name)) this.#stop(`${name} is given twice`, start);
      names.add(name);
      if (this.#next() !== ":") this.#expected('":"');
      this.#at += 1;
      this.#readValue();
    });
  }

  #readList(): void {
    this.#readItems("]", () => this.#readValue());
  }

  /** Reads from an opening bracket to its end, with commas between the items. */
  #readItems(end: string, readItem: () => void): void {
    this.#at += 1;
    if (this.#next() !== end)
      for (;;) {
        readItem();
        const next = this.#next();
        if (next === end) break;
        if (next !== ",") this.#expected(`"," or "${end}"`);
        this.#at += 1;
        if (this.#next() === end) this.#stop(`a comma before "${end}", which JSON does not allow: remove it`);
      }
    this.#at += 1;
  }

  /** Reads a text, and returns it with its quotes. */
  #readText(): string {
    const start = this.#at;
    // Everything from the space on, but quotes and backslashes: JSON forbids control characters inside a text.
    this.#read(/"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy);
    const next = this.text.charAt(this.#at);
    if (next === "\\")
      this.#stop(`${this.text.slice(this.#at, this.#at + 2)}, which JSON does not know: write \\\\ for one \\`);
    if (next === "\n" || next === "\r") this.#stop("a text ends on the line that it begins on: close it, or write \\n");
    if (next !== '"') this.#expected('"');
    this.#at += 1;
    return this.text.slice(start, this.#at);
  }

  #read(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.text) ?? [];
    this.#at += found?.length ?? 0;
    return found ?? null;
  }

  #expected(what: string): never {
    if (/^\/[/*]/.test(this.text.slice(this.#at))) this.#stop("a comment, which JSON does not allow: remove it");
    const [found = endOfFile] = /^(?:"[^"\n]*"|[\w$]+|.)/s.exec(this.text.slice(this.#at)) ?? [];
    this.#stop(`expected ${what}, found ${found}`);
  }

  #stop(message: string, offset = this.#at): never {
    throw new Stopped({ offset, message });
  }
}
