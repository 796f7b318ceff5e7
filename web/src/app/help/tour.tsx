// SPDX-License-Identifier: Apache-2.0
// A short tour: one thing after the other is pointed at and explained. Arrows or the buttons go on,
// Esc ends it. What is not on the screen (a phone has other places) is explained in the middle.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, CloseButton, FocusTrap, Portal } from "@mantine/core";
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useState } from "react";
import { useDictionary } from "../../records/dictionary";
import { useTranslate } from "../../records/use_translate";
import classes from "./help.module.css";
import { end_tour } from "./tour_seen";

interface Step {
  // The element with this data-tour; the middle of the screen without one.
  at?: string;
  title: MessageDescriptor;
  // Sentences.
  text: MessageDescriptor[];
}

const STEPS: Step[] = [
  {
    title: msg`Welcome to Fokus`,
    text: [
      msg`A minute's tour of where things are.`,
      msg`You can leave it at any time, and start it again from the menu at your name.`,
    ],
  },
  {
    at: "search",
    title: msg`Search is one box`,
    text: [
      msg`Companies, persons, sales, places to go and things to do.`,
      msg`It forgives typing errors.`,
      msg`Ctrl K opens it anywhere.`,
    ],
  },
  {
    at: "create",
    title: msg`Create from anywhere`,
    text: [
      msg`A company, a person, an activity, a sale.`,
      msg`The key C does the same, and knows what the page is about.`,
    ],
  },
  {
    at: "records",
    title: msg`Your records`,
    text: [
      msg`Each kind has a list with filters and saved views.`,
      msg`Cells are edited where they stand; Space shows a record beside the list.`,
    ],
  },
  {
    at: "dashboards",
    title: msg`Dashboards`,
    text: [msg`Your numbers as they are now.`, msg`Every number leads to the records behind it.`],
  },
  {
    at: "selections",
    title: msg`Selections`,
    text: [
      msg`Sets of records, by hand or by criteria, for following up, for tiles and for export.`,
    ],
  },
  {
    at: "user",
    title: msg`You`,
    text: [
      msg`Language, light or dark, your profile, all keyboard shortcuts, and this tour again.`,
    ],
  },
];

const GAP = 12;
const CARD = { width: 340, height: 220 };

interface Place {
  ring?: CSSProperties;
  card: CSSProperties;
}

function place_of(step: Step): Place {
  const target = step.at && document.querySelector(`[data-tour="${step.at}"]`);
  if (!target) return { card: { left: "50%", top: "50%", transform: "translate(-50%, -50%)" } };
  const box = target.getBoundingClientRect();
  const ring = {
    left: box.left - 4,
    top: box.top - 4,
    width: box.width + 8,
    height: box.height + 8,
  };
  const beside = box.right + GAP + CARD.width < window.innerWidth;
  const left = beside
    ? box.right + GAP
    : Math.max(GAP, Math.min(box.left, window.innerWidth - CARD.width - GAP));
  const lowest = window.innerHeight - CARD.height - GAP;
  const top = beside ? box.top : box.top - CARD.height - GAP;
  return { ring, card: { left, top: Math.max(GAP, Math.min(top, lowest)) } };
}

export default function Tour({ close }: { close: () => void }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const { me } = useDictionary();
  const [index, set_index] = useState(0);
  const [, set_size] = useState(0);
  const id = useId();
  useEffect(() => {
    const on_size = () => set_size((count) => count + 1);
    window.addEventListener("resize", on_size);
    return () => window.removeEventListener("resize", on_size);
  }, []);
  const step = STEPS[index]!;
  const last = index === STEPS.length - 1;
  const end = () => {
    end_tour(me.id);
    close();
  };
  const go = (by: number) => {
    if (by > 0 && last) return end();
    set_index(Math.max(0, index + by));
  };
  const on_key = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (event.key !== "Escape" && !by) return;
    event.preventDefault();
    event.stopPropagation();
    by ? go(by) : end();
  };
  const place = place_of(step);
  const [number, count] = [index + 1, STEPS.length];
  return (
    <Portal>
      <div className={classes.veil} data-plain={place.ring ? undefined : true} aria-hidden />
      {place.ring && <div className={classes.ring} style={place.ring} aria-hidden />}
      <FocusTrap active>
        <div
          className={classes.card}
          style={place.card}
          role="dialog"
          aria-modal="true"
          aria-labelledby={`${id}_title`}
          aria-describedby={`${id}_text`}
          onKeyDown={on_key}
        >
          <div className={classes.card_head}>
            <h2 id={`${id}_title`}>{translate(step.title)}</h2>
            <CloseButton size={26} aria-label={t`End the tour`} onClick={end} />
          </div>
          <div id={`${id}_text`} aria-live="polite">
            <p>{step.text.map(translate).join(" ")}</p>
          </div>
          <div className={classes.card_foot}>
            <span className="tabular dim">{t`${number} of ${count}`}</span>
            {index > 0 && (
              <Button variant="default" size="xs" onClick={() => go(-1)}>
                {t`Back`}
              </Button>
            )}
            <Button size="xs" onClick={() => go(1)} data-autofocus>
              {last ? t`Done` : t`Next`}
            </Button>
          </div>
        </div>
      </FocusTrap>
    </Portal>
  );
}
