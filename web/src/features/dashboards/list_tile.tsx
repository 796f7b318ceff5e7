// SPDX-License-Identifier: Apache-2.0
import { Link, useNavigate } from "@tanstack/react-router";
import type { Row } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import { FieldView } from "../../records/fields/field";
import { path_label, value_at } from "../../records/list/list_columns";
import classes from "./dashboards.module.css";
import type { ListAnswer } from "./types";

const NUMBERS = ["money", "integer", "decimal"];

export function ListTile({ answer }: { answer: ListAnswer }) {
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const type = dictionary.type(answer.record_type);
  if (!type) return null;
  const paths = answer.columns.length ? answer.columns : ["name"];
  const columns = paths.flatMap((path) => {
    const field = dictionary.field(type, path);
    return field ? [{ path, field, label: path_label(dictionary, type, path) }] : [];
  });
  const open = (row: Row) =>
    void navigate({ to: "/$plural/$id", params: { plural: type.plural, id: String(row.id) } });
  return (
    <div className={classes.table_scroll}>
      <table className={`table ${classes.list_table}`}>
        <caption className="visually_hidden">{answer.title}</caption>
        <thead>
          <tr>
            {columns.map(({ path, field, label }) => (
              <th
                key={path}
                scope="col"
                className={NUMBERS.includes(field.kind) ? classes.number_cell : undefined}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.items.map((row) => (
            // The name is the link; the row around it is for whoever points with a mouse.
            <tr key={row.id} onClick={() => open(row)}>
              {columns.map(({ path, field }, index) => (
                <td
                  key={path}
                  className={NUMBERS.includes(field.kind) ? classes.number_cell : undefined}
                >
                  {index === 0 ? (
                    <Link
                      to="/$plural/$id"
                      params={{ plural: type.plural, id: String(row.id) }}
                      className={`${classes.row_link} clip`}
                      onClick={(event) => event.stopPropagation()}
                    >
                      {String(value_at(row, path) ?? row.name ?? row.id)}
                    </Link>
                  ) : (
                    <FieldView field={field} value={value_at(row, path)} dense />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
