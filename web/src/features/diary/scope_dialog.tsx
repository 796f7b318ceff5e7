// SPDX-License-Identifier: Apache-2.0
// Which ones of a series a change is for.
import { useLingui } from "@lingui/react/macro";
import { Button, Radio } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Modal } from "../../kit/dialog";
import type { Scope } from "./diary_types";

interface Props {
  is_removal: boolean;
  choose: (scope: Scope | null) => void;
}

export default function ScopeDialog({ is_removal, choose }: Props) {
  const { t } = useLingui();
  const [scope, set_scope] = useState<Scope>("this");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose(scope);
  };
  return (
    <Modal
      opened
      onClose={() => choose(null)}
      centered
      size={400}
      title={is_removal ? t`Delete a repeating appointment` : t`Change a repeating appointment`}
      closeButtonProps={{ "aria-label": t`Cancel` }}
    >
      <form className="stack" onSubmit={submit}>
        <Radio.Group
          aria-label={t`Which ones?`}
          value={scope}
          onChange={(next) => set_scope(next as Scope)}
        >
          <div className="stack">
            <Radio value="this" label={t`Only this one`} data-autofocus />
            <Radio value="following" label={t`This and the following`} />
            <Radio value="all" label={t`All of the series`} />
          </div>
        </Radio.Group>
        <div className="row" style={{ justifyContent: "flex-end", marginTop: 8 }}>
          <Button variant="default" onClick={() => choose(null)}>
            {t`Cancel`}
          </Button>
          <Button type="submit" color={is_removal ? "red" : undefined}>
            {is_removal ? t`Put into the bin` : t`Change`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
