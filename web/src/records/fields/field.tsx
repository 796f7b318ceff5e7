// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import { type InputProps, is_empty, type ViewProps } from "./field_parts";
import { views } from "./views";

const AnyInput = lazy(() => import("./inputs"));

export function FieldView(props: ViewProps) {
  if (is_empty(props.value)) return null;
  const KindView = views[props.field.kind] ?? views.text;
  return <KindView {...props} />;
}

export function FieldInput(props: InputProps) {
  return (
    <Suspense fallback={<Skeleton height={34} radius={6} />}>
      <AnyInput {...props} />
    </Suspense>
  );
}
