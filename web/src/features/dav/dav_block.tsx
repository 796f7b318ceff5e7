// SPDX-License-Identifier: Apache-2.0
// In the profile: how a phone or another program gets one's diary and contacts, and changes them.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import classes from "./dav.module.css";
import { DavBooks } from "./dav_books";
import { DavGuide } from "./dav_guide";
import { DavKey } from "./dav_key";
import { DAV_KEY, type Dav } from "./dav_types";

export default function DavBlock() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const dav = useQuery({ queryKey: DAV_KEY, queryFn: () => api.get<Dav>("/me/dav") });
  return (
    <section className={`card ${classes.block}`}>
      <h3>{t`Calendar and contacts on your phone`}</h3>
      <p className="dim">
        {t`What you change on the phone arrives here, and the other way round.`}
      </p>
      {dav.data ? (
        <>
          <DavKey dav={dav.data} />
          <DavGuide />
          <DavBooks dav={dav.data} />
        </>
      ) : dav.isPending ? (
        <SkeletonLines count={4} />
      ) : (
        <ErrorState
          title={t`This could not be shown`}
          detail={error_text(dav.error)}
          retry={() => void dav.refetch()}
          retry_label={t`Try again`}
        />
      )}
    </section>
  );
}
