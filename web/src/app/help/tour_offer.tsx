// SPDX-License-Identifier: Apache-2.0
// Offered once to each user, out of the way: whoever wants to work first may leave it standing.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { open_help } from "../../records/commands";
import { useDictionary } from "../../records/dictionary";
import classes from "./help.module.css";
import { end_tour, useTourSeen } from "./tour_seen";

export function TourOffer() {
  const { t } = useLingui();
  const { me } = useDictionary();
  if (useTourSeen(me.id)) return null;
  return (
    <section className={classes.offer} aria-label={t`Guided tour`}>
      <p>{t`New here? A tour takes a minute.`}</p>
      <div className="row">
        <Button size="xs" onClick={() => open_help("tour")}>
          {t`Show me`}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={() => end_tour(me.id)}>
          {t`No thanks`}
        </Button>
      </div>
    </section>
  );
}
