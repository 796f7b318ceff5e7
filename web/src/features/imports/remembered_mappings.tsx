// SPDX-License-Identifier: Apache-2.0
// The mappings that are kept under the names of their sources, mine and those for everyone.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Page } from "../../api/types";
import { ago_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import classes from "./imports.module.css";

interface Remembered {
  id: number;
  type: string;
  name: string;
  shared: boolean;
  mine: boolean;
  used_at: string;
}

export function RememberedMappings() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const all = useQuery({
    queryKey: ["import_mappings"],
    queryFn: () => api.get<Page<Remembered>>("/import-mappings"),
  });
  const remove = useMutation({
    mutationFn: (id: number) => api.remove(`/import-mappings/${id}`),
    onSettled: () => query_client.invalidateQueries({ queryKey: ["import_mappings"] }),
  });
  if (!all.data?.items.length) return null;
  return (
    <section>
      <h2 className={classes.subtitle}>{t`Kept mappings`}</h2>
      {remove.error && (
        <p role="alert" className={classes.problem}>
          {error_text(remove.error)}
        </p>
      )}
      <div className="card table_scroll">
        <table className="table table_cards">
          <tbody>
            {all.data.items.map((one) => (
              <tr key={one.id}>
                <td data-head>{one.name}</td>
                <td>{dictionary.text(dictionary.type(one.type)?.label_plural, one.type)}</td>
                <td>{one.shared && <Tag>{t`for everyone`}</Tag>}</td>
                <td className="dim" data-label={t`Used`}>
                  {ago_text(one.used_at)}
                </td>
                <td>
                  {(one.mine || dictionary.may("administer")) && (
                    <ActionIcon
                      variant="subtle"
                      size={28}
                      aria-label={t`Remove: ${one.name}`}
                      onClick={() => remove.mutate(one.id)}
                    >
                      <IconTrash size={15} />
                    </ActionIcon>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
