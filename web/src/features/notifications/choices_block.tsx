// SPDX-License-Identifier: Apache-2.0
// In the profile: of what one wants to be told.
import { useLingui } from "@lingui/react/macro";
import { Switch } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import classes from "./notifications.module.css";
import { choices_query } from "./queries";
import type { Choice } from "./types";
import { useKindNames } from "./words";

export default function ChoicesBlock() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const names = useKindNames();
  const choices = useQuery(choices_query);
  const choose = useMutation({
    mutationFn: (choice: Choice) =>
      api.put<{ items: Choice[] }>("/me/notification_choices", { items: [choice] }),
    onSuccess: (answer) => query_client.setQueryData(choices_query.queryKey, answer),
    onError: (error) => toast_error(error_text(error)),
  });
  const shown = (choice: Choice) =>
    choose.isPending && choose.variables.kind === choice.kind
      ? choose.variables.in_app
      : choice.in_app;
  return (
    <section className={`card ${classes.choices}`} id="notifications">
      <h3>{t`Notifications`}</h3>
      <p className="dim">{t`What the bell tells you of. What you do yourself is never told.`}</p>
      {choices.data ? (
        choices.data.items.map((choice) => (
          <Switch
            key={choice.kind}
            className={classes.choice}
            label={names[choice.kind] ?? choice.kind}
            checked={shown(choice)}
            onChange={(event) =>
              choose.mutate({ kind: choice.kind, in_app: event.currentTarget.checked })
            }
          />
        ))
      ) : choices.isPending ? (
        <SkeletonLines count={6} />
      ) : (
        <ErrorState
          title={t`This could not be shown`}
          detail={error_text(choices.error)}
          retry={() => void choices.refetch()}
          retry_label={t`Try again`}
        />
      )}
    </section>
  );
}
