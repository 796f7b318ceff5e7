// SPDX-License-Identifier: Apache-2.0
// How the last comparison went: which records were put beside each other, and which were too many.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { TypeMeta } from "../../api/types";
import { instant_text, number_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { SkeletonLines } from "../../kit/states";
import { scans_query } from "./queries";

export default function ScanDetails({ type, close }: { type: TypeMeta; close: () => void }) {
  const { t } = useLingui();
  const scans = useQuery(scans_query);
  const scan = scans.data?.scans.find((one) => one.type === type.name && one.ended_at);
  const most = number_text(scan?.block_max ?? 0, 0);
  const heads = [t`Alike in`, t`Sets`, t`Comparisons`, t`Largest set`, t`Left out`];
  return (
    <Modal
      opened
      onClose={close}
      size={720}
      title={t`How the records were compared`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {!scan && <SkeletonLines count={6} />}
      {scan && (
        <div className="stack">
          <p className="dim">
            {t`Only records that are alike in one of these are put beside each other.`}{" "}
            {t`Sets of more than ${most} records are left out.`}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
          <section className="table_scroll" aria-label={t`Comparisons`} tabIndex={0}>
            <table className="table tabular">
              <thead>
                <tr>
                  {heads.map((head) => (
                    <th key={head}>{head}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {scan.keys.map((key) => (
                  <tr key={key.key}>
                    <th scope="row">
                      <code>{key.key}</code>
                    </th>
                    {[key.blocks, key.pairs, key.largest, key.skipped].map((value, place) => (
                      <td key={place}>{number_text(value, 0)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p className="small dim">
            {scan.started_at && instant_text(scan.started_at)} –{" "}
            {scan.ended_at && instant_text(scan.ended_at)}
          </p>
        </div>
      )}
    </Modal>
  );
}
