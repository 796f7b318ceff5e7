// SPDX-License-Identifier: Apache-2.0
import {
  type ActionIconProps,
  type ButtonProps,
  type CheckboxProps,
  type CSSVariablesResolver,
  createTheme,
  type MenuProps,
  type ModalProps,
  type MultiSelectProps,
  type NumberInputProps,
  type SelectProps,
  type TextareaProps,
  type TextInputProps,
  type TooltipProps,
} from "@mantine/core";

// By name, not by component: else the first screen would bring every component along.
const defaults = <Props>(defaultProps: Partial<Props>) => ({
  defaultProps,
});

interface Words {
  clear: string;
  close: string;
}

const components = (words: Words) => ({
  Button: defaults<ButtonProps>({
    variant: "filled",
    size: "sm",
    h: "var(--control-height)",
    px: 12,
  }),
  ActionIcon: defaults<ActionIconProps>({ variant: "subtle", color: "gray", size: 28 }),
  TextInput: defaults<TextInputProps>({ size: "sm" }),
  Textarea: defaults<TextareaProps>({ size: "sm", autosize: true, minRows: 2 }),
  NumberInput: defaults<NumberInputProps>({ size: "sm", hideControls: true }),
  Select: defaults<SelectProps>({
    size: "sm",
    checkIconPosition: "right",
    withScrollArea: false,
  }),
  MultiSelect: defaults<MultiSelectProps>({ size: "sm", withScrollArea: false }),
  Checkbox: defaults<CheckboxProps>({ size: "sm" }),
  Menu: defaults<MenuProps>({ withInitialFocusPlaceholder: false, shadow: "none" }),
  Modal: defaults<ModalProps>({
    radius: 10,
    overlayProps: { color: "var(--overlay)", backgroundOpacity: 1 },
  }),
  Notification: { defaultProps: { closeButtonProps: { "aria-label": words.close } } },
  InputClearButton: { defaultProps: { "aria-label": words.clear } },
  Tooltip: defaults<TooltipProps>({ openDelay: 350, withArrow: false }),
});

// Built anew for each language: some of Mantine's buttons have nothing but a label.
export const make_theme = (words: Words) =>
  createTheme({
    primaryColor: "ink",
    primaryShade: { light: 8, dark: 4 },
    autoContrast: true,
    colors: {
      ink: [
        "#eef7f7",
        "#e0efef",
        "#bfe0e0",
        "#8fcbc9",
        "#57bdb8",
        "#2f9b9b",
        "#1a7d82",
        "#146a70",
        "#0f5c63",
        "#0b4a50",
      ],
      dark: [
        "#e6eeed",
        "#c3d0ce",
        "#a5b5b3",
        "#728583",
        "#37484a",
        "#233031",
        "#172021",
        "#111819",
        "#0d1314",
        "#080d0e",
      ],
    },
    fontFamily: '"Inter Variable", system-ui, sans-serif',
    fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
    fontSizes: { xs: "12px", sm: "13.5px", md: "14px", lg: "15px", xl: "18px" },
    defaultRadius: 6,
    cursorType: "pointer",
    focusRing: "auto",
    components: components(words),
  });

// Mantine's own variables point at ours, so that tokens.css stays the only place with colours.
const shared = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--text-dim)",
  "--mantine-color-placeholder": "var(--text-faint)",
  "--mantine-color-anchor": "var(--accent-text)",
  "--mantine-color-error": "var(--danger)",
  "--mantine-color-default": "var(--surface-raised)",
  "--mantine-color-default-hover": "var(--surface-hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-ink-filled": "var(--accent)",
  "--mantine-color-ink-filled-hover": "var(--accent-hover)",
  "--mantine-color-ink-light": "var(--accent-soft)",
  "--mantine-color-ink-light-hover": "var(--accent-soft)",
  "--mantine-color-ink-light-color": "var(--accent-text)",
  "--mantine-color-ink-text": "var(--accent-text)",
  "--mantine-color-gray-light-color": "var(--text-dim)",
  "--mantine-color-gray-text": "var(--text-dim)",
  "--mantine-color-red-light-color": "var(--danger)",
  "--mantine-color-red-light": "var(--danger-soft)",
  "--mantine-color-red-text": "var(--danger)",
  "--mantine-color-red-filled": "var(--danger)",
  "--mantine-color-red-filled-hover": "var(--danger)",
};

export const css_variables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
