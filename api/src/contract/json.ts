import { ApiError } from "./answer.ts";

/**
 * A strictly parsed JSON value. `JSON.parse` rounds numbers, and `lossless-json` accepts repeated keys with equal
 * values, sets `__proto__`, lets lone surrogates through and limits neither depth nor size, so we use our own parser.
 */
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;

/** A map, so that no key has a special meaning in JavaScript, not even `__proto__`. */
export type JsonObject = ReadonlyMap<string, Json>;

/** A number as written, unparsed; each schema decides which precision it needs. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

const maxDepth = 16;
/** In one object. The size of the body limits the total number of keys. */
const maxKeys = 200;

/** Parses UTF-8 bytes as JSON, or throws 400 `malformed-json` that says what is wrong and where. */
export function readJson(bytes: Uint8Array): Json {
  return new Reader(decode(bytes)).text();
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed("The body is not valid UTF-8.");
  }
}

function malformed(message: string): ApiError {
  return new ApiError("malformed-json", message);
}

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const spacePattern = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a string
const plainPattern = /[^"\\\u0000-\u001f]*/y;
const hexPattern = /[0-9a-fA-F]{4}/y;
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

class Reader {
  #at = 0;
  constructor(private readonly source: string) {}

  text(): Json {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.source.length) throw this.#unexpected("the end of the body");
    return value;
  }

  #value(depth: number): Json {
    this.#space();
    const next = this.source[this.#at];
    switch (next) {
      case "{":
        return this.#object(depth + 1);
      case "[":
        return this.#array(depth + 1);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return new JsonNumber(this.#match(numberPattern) || this.#fail("a value"));
    }
  }

  #object(depth: number): JsonObject {
    this.#open(depth);
    const members = new Map<string, Json>();
    if (this.#skip("}")) return members;
    do {
      this.#space();
      if (this.source[this.#at] !== '"') throw this.#unexpected("a key");
      const key = this.#string();
      if (members.has(key)) throw malformed(`The key ${JSON.stringify(key)} occurs twice in one object.`);
      if (members.size === maxKeys) throw malformed(`An object has more than ${maxKeys} keys.`);
      if (!this.#skip(":")) throw this.#unexpected("a colon");
      members.set(key, this.#value(depth));
    } while (this.#skip(","));
    if (!this.#skip("}")) throw this.#unexpected("a comma or }");
    return members;
  }

  #array(depth: number): readonly Json[] {
    this.#open(depth);
    const elements: Json[] = [];
    if (this.#skip("]")) return elements;
    do elements.push(this.#value(depth));
    while (this.#skip(","));
    if (!this.#skip("]")) throw this.#unexpected("a comma or ]");
    return elements;
  }

  #open(depth: number): void {
    if (depth > maxDepth) throw malformed(`The body is nested deeper than ${maxDepth} levels.`);
    this.#at += 1;
  }

  #string(): string {
    this.#at += 1;
    let text = "";
    for (;;) {
      text += this.#match(plainPattern);
      const end = this.source[this.#at];
      if (end !== '"' && end !== "\\") throw this.#unexpected("the end of a string");
      this.#at += 1;
      if (end === '"') return text;
      text += this.#escape();
    }
  }

  #escape(): string {
    const letter = this.source[this.#at] ?? "";
    this.#at += 1;
    if (letter === "u")
      return String.fromCharCode(Number.parseInt(this.#match(hexPattern) || this.#fail("\\uXXXX"), 16));
    return escapes.get(letter) ?? this.#fail("an escape");
  }

  #word<T>(word: string, value: T): T {
    if (!this.source.startsWith(word, this.#at)) throw this.#unexpected("a value");
    this.#at += word.length;
    return value;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.source)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }

  #space(): void {
    // Most tokens follow without a space. At the end of the text this compares with NaN.
    if (this.source.charCodeAt(this.#at) > 0x20) return;
    this.#match(spacePattern);
  }

  #skip(character: string): boolean {
    this.#space();
    if (this.source[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #fail(wanted: string): never {
    throw this.#unexpected(wanted);
  }

  #unexpected(wanted: string): ApiError {
    const place = this.#at >= this.source.length ? "where the body ends" : `at character ${this.#at + 1}`;
    return malformed(`The body is not valid JSON: ${wanted} was expected ${place}.`);
  }
}
