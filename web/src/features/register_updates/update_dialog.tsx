// SPDX-License-Identifier: Apache-2.0
// One company, now: what the register says of it and what came of that, and whether it is updated
// at all.
import { useLingui } from "@lingui/react/macro";
import { Button, Switch } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import { date_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { SkeletonLines } from "../../kit/states";
import { toast_undo } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { FieldView } from "../../records/fields/field";
import { is_empty } from "../../records/fields/field_parts";
import { useUndo } from "../../records/jobs/use_undo";
import type { RecordTarget } from "../../records/record_actions";
import { company_updates_query, refresh_updates, update_company } from "./queries";
import classes from "./review.module.css";
import type { UpdateOutcome } from "./types";
import { useUpdateErrorText } from "./update_errors";

interface Props {
  target: RecordTarget;
  close: () => void;
}

export default function UpdateDialog({ target, close }: Props) {
  const { t } = useLingui();
  const error_text = useUpdateErrorText();
  const { type, name } = target;
  const id = target.ids?.[0] ?? 0;
  const known = useQuery(company_updates_query(id));
  const undo = useUndo();
  const refresh = () => {
    refresh_record(type.plural, id);
    return refresh_updates();
  };
  const update = useMutation({
    mutationFn: () => update_company(id),
    onSuccess: ({ batch }) => {
      if (batch) toast_undo(t`The company was updated.`, t`Undo`, () => undo.mutate(batch));
    },
    onSettled: refresh,
  });
  const exempt = useMutation({
    mutationFn: (is_exempt: boolean) =>
      api.patch(`/${type.plural}/${id}`, { register_exempt: is_exempt }),
    onSettled: refresh,
  });
  const error = update.error ?? exempt.error ?? known.error;
  return (
    <Modal
      opened
      onClose={close}
      size={560}
      title={name ? t`Update ${name} from register` : t`Update from register`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className="stack">
        {known.isPending && <SkeletonLines count={3} />}
        {known.data && (
          <Switch
            label={t`Keep this company up to date from registers`}
            checked={!known.data.is_exempt}
            disabled={exempt.isPending}
            onChange={(event) => exempt.mutate(!event.currentTarget.checked)}
          />
        )}
        {known.data?.checks.map((check) => (
          <p key={check.provider} className="small dim">
            {t`${check.title}: number ${check.number}, as of ${date_text(check.obtained_on)}`}
          </p>
        ))}
        {update.data && <Outcome outcome={update.data} />}
        {error && (
          <p role="alert" className={classes.problem}>
            {error_text(error)}
          </p>
        )}
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button variant="default" onClick={close}>
            {t`Close`}
          </Button>
          {!update.data && (
            <Button
              loading={update.isPending}
              disabled={known.data?.is_exempt ?? true}
              onClick={() => update.mutate()}
              data-autofocus
            >
              {t`Update now`}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

function Outcome({ outcome }: { outcome: UpdateOutcome }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const type = dictionary.type("company");
  const words = {
    set: t`taken`,
    propose: t`to decide`,
    keep: t`kept as it is`,
    refuse: t`could not be taken`,
  };
  const day = date_text(outcome.obtained_on);
  if (!outcome.fields.length)
    return <p role="status">{t`The register says the same, as of ${day}.`}</p>;
  return (
    <div role="status">
      <p className="dim small">{t`What the register says, as of ${day}:`}</p>
      <ul className={classes.sample}>
        {outcome.fields.map((one) => {
          const field = type && dictionary.field(type, one.field);
          return (
            <li key={one.field}>
              <span className="clip">
                <strong>{dictionary.text(field?.label, one.field)}</strong>{" "}
                <span className="dim">{words[one.action]}</span>
              </span>
              <span className="clip">
                {field && !is_empty(one.offered) ? (
                  <FieldView field={field} value={one.offered} dense />
                ) : (
                  <span className="faint">{t`Empty`}</span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {outcome.proposed > 0 && (
        <Link to="/register-updates" className={classes.link}>
          {t`Decide the differences`}
        </Link>
      )}
    </div>
  );
}
