// The house rules that a program can check. Each rule must also find the violations that are planted to test it.
import { describe, expect, test } from "bun:test";
import { codeRules } from "./tidy/code-rules.ts";
import { fileRules } from "./tidy/file-rules.ts";
import { houseRules } from "./tidy/house-rules.ts";
import { standardRules } from "./tidy/standard-rules.ts";
import { readTree } from "./tidy/tree.ts";

const tree = readTree();

describe.each([...codeRules, ...fileRules, ...houseRules, ...standardRules])("$name", (rule) => {
  test("has no violation in this repository", () => expect(rule.find(tree)).toEqual([]));

  test("finds every planted violation", () => {
    const planted = new Map(Object.entries(rule.planted));
    expect(rule.find(planted)).toHaveLength(rule.violations ?? 1);
  });
});
