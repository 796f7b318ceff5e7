// SPDX-License-Identifier: Apache-2.0
// Address, user name, and a key as the password, which is shown once.
import { useLingui } from "@lingui/react/macro";
import { Button, CopyButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ApiKey } from "../../api/types";
import { toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import classes from "./dav.module.css";
import { DAV_SCOPES, type Dav, dav_address } from "./dav_types";

export function DavKey({ dav }: { dav: Dav }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const make = useMutation({
    mutationFn: () =>
      api.post<ApiKey>("/me/keys", {
        name: t`Phone: calendar and contacts`,
        scopes: DAV_SCOPES,
        expires_at: "never",
      }),
    onSuccess: () => query_client.invalidateQueries({ queryKey: ["api_keys"] }),
    onError: (error) => toast_error(error_text(error)),
  });
  const secret = make.data?.token;
  return (
    <>
      <dl className={classes.facts}>
        <Fact label={t`Address`} value={dav_address(window.location.origin, dav.path)} />
        <Fact label={t`User name`} value={dav.user_name} />
        {secret && <Fact label={t`Password`} value={secret} />}
      </dl>
      {secret && <p>{t`Copy the password now. It is not shown again.`}</p>}
      <p className="dim small">
        {t`The password is a key for this alone; your own password does not open it.`}{" "}
        {t`Make one for each phone; when one is lost, revoke its key above.`}
      </p>
      <div>
        <Button
          variant={secret ? "default" : "filled"}
          loading={make.isPending}
          onClick={() => make.mutate()}
        >
          {secret ? t`Make another password` : t`Make a password for a phone`}
        </Button>
      </div>
    </>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  const { t } = useLingui();
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      <dd>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" aria-label={t`Copy: ${label}`} onClick={copy}>
              {copied ? t`Copied` : t`Copy`}
            </Button>
          )}
        </CopyButton>
      </dd>
    </div>
  );
}
