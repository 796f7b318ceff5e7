// SPDX-License-Identifier: Apache-2.0
// Saved views above a list: pinned ones as tabs, the others in a menu, and what is not saved yet.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { SavedView, TypeMeta } from "../../api/types";
import type { ListState } from "../list/list_state";
import { useSaveView } from "./use_view_changes";
import classes from "./view_bar.module.css";
import { ViewMenu } from "./view_menu";

const SaveViewDialog = lazy(() => import("./save_view_dialog"));

interface Props {
  type: TypeMeta;
  state: ListState;
}

export function ViewBar({ type, state }: Props) {
  const { t } = useLingui();
  const tabs = state.views
    .filter((view) => view.pinned || view.id === state.view?.id)
    .sort((left, right) => (left.position ?? 1e15) - (right.position ?? 1e15));
  return (
    <div className={classes.bar}>
      <nav className={classes.tabs} aria-label={t`Views`}>
        <ViewTab plural={type.plural} to="all" current={!state.view}>
          {t`All`}
        </ViewTab>
        {tabs.map((view) => (
          <ViewTab
            key={view.id}
            plural={type.plural}
            to={view.id}
            current={view.id === state.view?.id}
          >
            {view.name}
          </ViewTab>
        ))}
      </nav>
      <ViewMenu type={type} state={state} />
      {state.is_changed && <Unsaved type={type} state={state} />}
    </div>
  );
}

interface TabProps {
  plural: string;
  to: number | "all";
  current: boolean;
  children: string;
}

function ViewTab({ plural, to, current, children }: TabProps) {
  return (
    <Link
      to="/$plural"
      params={{ plural }}
      search={{ view: to }}
      className={classes.tab}
      aria-current={current ? "page" : undefined}
      activeProps={{}}
      activeOptions={{ exact: true }}
    >
      <span className="clip">{children}</span>
    </Link>
  );
}

function Unsaved({ type, state }: Props) {
  const { t } = useLingui();
  const [naming, set_naming] = useState(false);
  const save = useSaveView(type);
  const view: SavedView | undefined = state.view;
  return (
    <div className={classes.unsaved} role="status">
      <span className={classes.dot} aria-hidden />
      <span className={classes.note}>{t`Unsaved changes`}</span>
      {view?.is_editable && (
        <Button
          variant="light"
          size="compact-sm"
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { view, body: { definition: state.definition } },
              { onSuccess: () => state.open(view.id) },
            )
          }
        >
          {t`Save`}
        </Button>
      )}
      <Button variant="subtle" size="compact-sm" onClick={() => set_naming(true)}>
        {t`Save as…`}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        onClick={() => state.open(view?.id ?? "all")}
      >
        {t`Reset`}
      </Button>
      {naming && (
        <Suspense>
          <SaveViewDialog type={type} state={state} close={() => set_naming(false)} />
        </Suspense>
      )}
    </div>
  );
}
