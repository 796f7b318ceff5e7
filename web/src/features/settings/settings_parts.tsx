// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import classes from "./settings.module.css";

interface HeadProps {
  title: string;
  text?: string;
  actions?: ReactNode;
}

export function SettingsHead({ title, text, actions }: HeadProps) {
  return (
    <header className={classes.head}>
      <div>
        <h2>{title}</h2>
        {text && <p>{text}</p>}
      </div>
      <div className={classes.actions}>{actions}</div>
    </header>
  );
}

interface LoadedProps<T> {
  query: { data?: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, children }: LoadedProps<T>) {
  const { t } = useLingui();
  const error_text = useErrorText();
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <SkeletonLines count={8} />;
  return (
    <ErrorState
      title={t`This could not be shown`}
      detail={error_text(query.error)}
      retry={() => void query.refetch()}
      retry_label={t`Try again`}
    />
  );
}

export function SaveError({ error }: { error: unknown }) {
  const error_text = useErrorText();
  if (!error) return null;
  return (
    <p role="alert" className={classes.error}>
      {error_text(error)}
    </p>
  );
}
