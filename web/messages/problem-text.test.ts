import { describe, expect, test } from "bun:test";
import { type ProblemCode, problems } from "northwind-api/src/contract/answer.ts";
import en from "./en.json";
import es from "./es.json";
import { englishSources, errorText, issueText } from "./problem-text.ts";
import { textOf } from "./text.ts";

const spanish = textOf(es, "es");
const english = textOf(en, "en");
const codes = Object.keys(problems);
const message = "The API's own English words.";

function isCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

test("every code of the API has a text, and no other", () => {
  expect(Object.keys(englishSources).toSorted()).toEqual(codes.toSorted());
});

describe.each(codes.filter(isCode))("%s", (code) => {
  test("has words of its own in both languages", () => {
    const [inSpanish, inEnglish] = [spanish, english].map((t) => t(`problem.${code}`));
    expect(inSpanish).not.toBe(`problem.${code}`);
    expect(inEnglish).not.toBe(`problem.${code}`);
    expect(inSpanish).not.toBe(inEnglish);
  });

  test("is never said in English on a Spanish page, nor as a code", () => {
    const said = [
      errorText({ code, message }, spanish, "es"),
      issueText({ code, message }, spanish, "es", "refused.rule"),
    ];
    for (const words of said) {
      expect(words).not.toBe(message);
      expect(words).not.toContain(code.includes("-") ? code : "problem.");
    }
  });
});

test("an English page shows the API's sentence where it says more than the code", () => {
  expect(errorText({ code: "in-use", message }, english, "en")).toBe(message);
  expect(errorText({ code: "overloaded", message }, english, "en")).toBe(en["problem.overloaded"]);
});

test("anything but an answer of the API is a server that cannot be reached", () => {
  expect(errorText({ code: "unreachable", message }, spanish, "es")).toBe(es["failure.unreachable"]);
});
