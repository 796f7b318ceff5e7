// SPDX-License-Identifier: Apache-2.0
import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { forget_drafts, useDraft } from "./drafts";

const is_blank = (text: string) => text === "";
const draft = (key = "1.note") => renderHook(() => useDraft<string>(key, "", is_blank));

beforeEach(() => sessionStorage.clear());

it("is there again after the page was left", () => {
  const first = draft();
  expect(first.result.current.restored).toBe(false);
  act(() => first.result.current.set(() => "half a sen"));
  first.unmount();
  const again = draft();
  expect(again.result.current.value).toBe("half a sen");
  expect(again.result.current.restored).toBe(true);
});

it("is forgotten when it was saved, emptied, or its user signed out", () => {
  const first = draft();
  act(() => first.result.current.set(() => "saved"));
  act(() => first.result.current.forget());
  expect(first.result.current.value).toBe("");
  expect(draft().result.current.restored).toBe(false);
  act(() => first.result.current.set(() => "a"));
  act(() => first.result.current.set(() => ""));
  expect(draft().result.current.restored).toBe(false);
  act(() => first.result.current.set(() => "left"));
  sessionStorage.setItem("other", "stays");
  forget_drafts();
  expect(draft().result.current.value).toBe("");
  expect(sessionStorage.getItem("other")).toBe("stays");
});

it("is of one place only", () => {
  const first = draft("1.note");
  act(() => first.result.current.set(() => "mine"));
  expect(draft("2.note").result.current.value).toBe("");
});
