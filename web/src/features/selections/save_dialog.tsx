// SPDX-License-Identifier: Apache-2.0
// What a list shows, kept as a dynamic selection.
import { useLingui } from "@lingui/react/macro";
import type { RecordTarget } from "../../records/record_actions";
import { CreateForm } from "./create_form";

export default function SaveDialog({ target, close }: { target: RecordTarget; close: () => void }) {
  const { t } = useLingui();
  return (
    <CreateForm
      title={t`Save as selection`}
      types={[target.type]}
      initial={{ type: target.type, filter: target.filter }}
      close={close}
    />
  );
}
