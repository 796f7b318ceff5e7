// SPDX-License-Identifier: Apache-2.0
// In the profile: the link with which other programs read one's diary. It is shown once.
import { useLingui } from "@lingui/react/macro";
import { Button, CopyButton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { date_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { toast, toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import classes from "./feed.module.css";

interface Feed {
  is_on: boolean;
  made_at: string | null;
}

const KEY = ["diary_feed"];
const again = () => query_client.invalidateQueries({ queryKey: KEY });

export default function FeedBlock() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const feed = useQuery({ queryKey: KEY, queryFn: () => api.get<Feed>("/me/diary_feed") });
  const make = useMutation({
    mutationFn: () => api.post<{ url: string }>("/me/diary_feed"),
    onSuccess: again,
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <section className={`card ${classes.block}`}>
      <h3>{t`Diary in other programs`}</h3>
      <p className="dim">
        {t`With a secret link, a phone or a mail program shows your diary, without notes.`}
      </p>
      {feed.data ? (
        <FeedState feed={feed.data} url={make.data?.url} make={make} />
      ) : feed.isPending ? (
        <SkeletonLines count={2} />
      ) : (
        <ErrorState
          title={t`This could not be shown`}
          detail={error_text(feed.error)}
          retry={() => void feed.refetch()}
          retry_label={t`Try again`}
        />
      )}
    </section>
  );
}

interface StateProps {
  feed: Feed;
  url: string | undefined;
  make: { mutate: () => void; reset: () => void; isPending: boolean };
}

function FeedState({ feed, url, make }: StateProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [asked, set_asked] = useState<"renew" | "end" | null>(null);
  const end = useMutation({
    mutationFn: () => api.remove("/me/diary_feed"),
    onSuccess: () => {
      make.reset();
      toast(t`The link has ended.`);
      return again();
    },
    onError: (error) => toast_error(error_text(error)),
  });
  if (!feed.is_on && !url) {
    return (
      <div>
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {t`Make a link`}
        </Button>
      </div>
    );
  }
  const day = date_text((feed.made_at ?? "").slice(0, 10));
  return (
    <>
      {url ? (
        <>
          <p>{t`Copy the link now. Whoever has it can read your diary.`}</p>
          <p className={classes.url}>{url}</p>
        </>
      ) : (
        feed.made_at && <p>{t`The link is on since ${day}.`}</p>
      )}
      <div className="row wrap">
        {url && (
          <CopyButton value={url}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? t`Copied` : t`Copy`}</Button>}
          </CopyButton>
        )}
        <Button variant="default" loading={make.isPending} onClick={() => set_asked("renew")}>
          {t`New link`}
        </Button>
        <Button variant="default" loading={end.isPending} onClick={() => set_asked("end")}>
          {t`Switch off`}
        </Button>
      </div>
      {asked && (
        <ConfirmDialog
          title={asked === "renew" ? t`Make a new link?` : t`Switch the link off?`}
          confirm={asked === "renew" ? t`New link` : t`Switch off`}
          cancel={t`Cancel`}
          danger={asked === "end"}
          on_confirm={() => {
            set_asked(null);
            if (asked === "renew") make.mutate();
            else end.mutate();
          }}
          close={() => set_asked(null)}
        >
          {t`The present link ends at once. Programs that use it no longer show your diary.`}
        </ConfirmDialog>
      )}
    </>
  );
}
