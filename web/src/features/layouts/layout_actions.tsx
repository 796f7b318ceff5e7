// SPDX-License-Identifier: Apache-2.0
// Saving, undoing, going back to what was.
import { useLingui } from "@lingui/react/macro";
import { Button, Menu } from "@mantine/core";
import { IconArrowBackUp, IconHistory } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { instant_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { Tag } from "../../kit/marks";
import { SkeletonLines } from "../../kit/states";
import { toast } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import {
  type LayoutState,
  reset_layout,
  restore_layout,
  save_layout,
  versions_query,
} from "./layout_queries";
import classes from "./layouts.module.css";
import type { DraftLayout } from "./use_draft_layout";

interface Props {
  type: TypeMeta;
  state: LayoutState;
  draft: DraftLayout;
}

export function LayoutActions({ type, state, draft }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [asking, set_asking] = useState(false);
  const told = () => toast(t`Saved. Open pages follow.`);
  const save = useMutation({
    mutationFn: () => save_layout(type.name, state.role, draft.layout, state.version),
    onSuccess: told,
  });
  const reset = useMutation({
    mutationFn: () => reset_layout(type.name, state.role, state.version),
    onSuccess: () => {
      set_asking(false);
      told();
    },
  });
  const restore = useMutation({
    mutationFn: (version: number) => restore_layout(type.name, state.role, version, state.version),
    onSuccess: told,
  });
  const error = save.error ?? reset.error ?? restore.error;
  return (
    <div className={classes.actions}>
      <Origin state={state} />
      <Button
        variant="default"
        ml="auto"
        leftSection={<IconArrowBackUp size={15} />}
        disabled={!draft.can_undo}
        onClick={draft.undo}
      >
        {t`Undo`}
      </Button>
      <Versions type={type.name} state={state} restore={restore.mutate} />
      {state.is_own && (
        <Button variant="default" onClick={() => set_asking(true)}>
          {t`Back to the standard`}
        </Button>
      )}
      <Button disabled={!draft.is_changed} loading={save.isPending} onClick={() => save.mutate()}>
        {t`Save`}
      </Button>
      {error && (
        <p role="alert" className={classes.wrong}>
          {error_text(error)}
        </p>
      )}
      {asking && (
        <ConfirmDialog
          title={t`Back to the standard layout?`}
          confirm={t`Back to the standard`}
          cancel={t`Cancel`}
          busy={reset.isPending}
          on_confirm={() => reset.mutate()}
          close={() => set_asking(false)}
        >
          {t`The layout is kept under Versions, from where it can be put back.`}
        </ConfirmDialog>
      )}
    </div>
  );
}

// Whose layout this is now.
function Origin({ state }: { state: LayoutState }) {
  const { t } = useLingui();
  if (state.is_own) return <Tag colour="teal">{t`Own layout`}</Tag>;
  if (state.from_role === 0) return <Tag>{t`As for everybody else`}</Tag>;
  return <Tag>{t`As it comes with the program`}</Tag>;
}

interface VersionsProps {
  type: string;
  state: LayoutState;
  restore: (version: number) => void;
}

function Versions({ type, state, restore }: VersionsProps) {
  const { t } = useLingui();
  const [opened, set_opened] = useState(false);
  const versions = useQuery({ ...versions_query(type, state.role), enabled: opened });
  const items = (versions.data?.items ?? []).filter((one) => one.version !== state.version);
  if (state.version === 0) return null;
  return (
    <Menu opened={opened} onChange={set_opened} position="bottom-end" width={300}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconHistory size={15} />}>
          {t`Versions`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.versions}>
        {/* All at once: what comes later would move the others under the hand. */}
        {versions.isFetching ? (
          <SkeletonLines count={4} />
        ) : (
          <>
            {items.map((one) => (
              <Menu.Item key={one.version} onClick={() => restore(one.version)}>
                <span className={classes.version}>
                  <span>{instant_text(one.changed_at)}</span>
                  <span className="dim">
                    {[one.changed_by?.name, one.is_standard ? t`the standard` : ""]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </span>
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => restore(0)}>{t`As it comes with the program`}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
