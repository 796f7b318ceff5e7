// SPDX-License-Identifier: Apache-2.0
// Which records a bulk edit or its undo could not change, and why; as a file too.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../../api/client";
import type { Page, Row, RowProblem, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { useDictionary } from "../dictionary";
import { useProblemText } from "../use_translate";
import { csv_text } from "./csv_text";

interface Props {
  type: TypeMeta;
  problems: RowProblem[];
  failed: number;
  close: () => void;
}

export default function JobErrorsDialog({ type, problems, failed, close }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const problem_text = useProblemText();
  const names = useNames(type, problems);
  const lines = problems.map((problem) => ({
    id: problem.id,
    name: names.get(problem.id) ?? "",
    field: problem.field
      ? dictionary.text(dictionary.field(type, problem.field)?.label, problem.field)
      : "",
    reason: problem_text(problem.reason ?? problem.code),
  }));
  const shown = number_text(lines.length, 0);
  const all = number_text(failed, 0);
  const download = () => {
    const rows = lines.map(({ id, name, field, reason }) => [String(id), name, field, reason]);
    const text = csv_text([["id", t`Name`, t`Field`, t`Reason`], ...rows]);
    save_file(`${type.plural}-errors.csv`, text);
  };
  return (
    <Modal
      opened
      onClose={close}
      size={680}
      title={t`${all} records were refused`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className="stack">
        {failed > lines.length && <p className="dim small">{t`The first ${shown} of ${all}.`}</p>}
        <div
          className="card table_scroll"
          style={{ maxHeight: 360, overflowY: "auto" }}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled with the keys
          tabIndex={0}
        >
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{dictionary.text(type.label, type.name)}</th>
                <th scope="col">{t`Field`}</th>
                <th scope="col">{t`Reason`}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.id}>
                  <td>
                    <Link to="/$plural/$id" params={{ plural: type.plural, id: String(line.id) }}>
                      {line.name || `#${line.id}`}
                    </Link>
                  </td>
                  <td className="dim">{line.field}</td>
                  <td>{line.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button
            variant="default"
            leftSection={<IconDownload size={15} />}
            onClick={download}
          >{t`Download as CSV`}</Button>
        </div>
      </div>
    </Modal>
  );
}

function useNames(type: TypeMeta, problems: RowProblem[]): Map<number, string> {
  const ids = problems.map((problem) => problem.id);
  const { data } = useQuery({
    queryKey: ["list", type.plural, "names", ids],
    queryFn: () =>
      api.post<Page<Row>>(`/${type.plural}/query`, {
        criteria: { field: "id", op: "in", value: ids },
        fields: ["name"],
        limit: 500,
      }),
    enabled: ids.length > 0,
  });
  return new Map(data?.items.map((row) => [row.id, String(row.name ?? "")]));
}

function save_file(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
