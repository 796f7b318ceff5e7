// SPDX-License-Identifier: Apache-2.0
import { fireEvent, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PageLayout } from "../../records/layout/layout_parts";
import type { Editing } from "./layout_editor";
import { useFingerDrag } from "./use_finger_drag";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

const field = (name: string) => ({ name, shown_if: "" });
const LAYOUT = {
  sections: [{ key: "a", fields: [field("one"), field("two"), field("three")] }],
  hidden: [],
} as unknown as PageLayout;

function Row({ editing }: { editing: Editing }) {
  const finger = useFingerDrag(editing, "three", { section: 0, place: 2 });
  return (
    <ul>
      <li data-spot="0:0" data-testid="first" />
      <li data-spot="0:2">
        <button type="button" {...finger.on_handle} />
      </li>
    </ul>
  );
}

function setup() {
  const editing = {
    set_dragged: vi.fn(),
    set_target: vi.fn(),
    move: vi.fn(),
  } as unknown as Editing;
  const screen = render(<Row editing={editing} />);
  const handle = screen.getByRole("button");
  handle.setPointerCapture = () => undefined;
  const first = screen.getByTestId("first");
  first.scrollIntoView = () => undefined;
  document.elementFromPoint = (_x, y) => (y < 50 ? first : handle);
  const at = (y: number, pointerType = "touch") => ({
    pointerType,
    isPrimary: true,
    pointerId: 1,
    clientX: 10,
    clientY: y,
  });
  return { editing, handle, at, unmount: screen.unmount };
}

test("a finger takes a field to the row that it lets go over", () => {
  const { editing, handle, at, unmount } = setup();
  fireEvent.pointerDown(handle, at(100));
  fireEvent.pointerMove(handle, at(20));
  expect(editing.set_dragged).toHaveBeenLastCalledWith("three");
  expect(editing.set_target).toHaveBeenLastCalledWith("0:0");
  fireEvent.pointerUp(handle, at(20));
  expect(editing.set_dragged).toHaveBeenLastCalledWith(null);
  const [name, edit] = vi.mocked(editing.move).mock.calls[0]!;
  expect(name).toBe("three");
  expect(edit(LAYOUT).sections[0]!.fields.map((one) => one.name)).toEqual(["three", "one", "two"]);
  unmount();
});

test("a tap, the mouse, the own row and a call that comes in between move nothing", () => {
  const { editing, handle, at, unmount } = setup();
  fireEvent.pointerDown(handle, at(100));
  fireEvent.pointerUp(handle, at(102));
  fireEvent.pointerDown(handle, at(100, "mouse"));
  fireEvent.pointerMove(handle, at(20, "mouse"));
  fireEvent.pointerUp(handle, at(20, "mouse"));
  expect(editing.set_dragged).not.toHaveBeenCalled();
  fireEvent.pointerDown(handle, at(100));
  fireEvent.pointerMove(handle, at(110));
  fireEvent.pointerUp(handle, at(110));
  fireEvent.pointerDown(handle, at(100));
  fireEvent.pointerMove(handle, at(20));
  fireEvent.pointerCancel(handle, at(20));
  expect(editing.set_dragged).toHaveBeenLastCalledWith(null);
  expect(editing.move).not.toHaveBeenCalled();
  unmount();
});
