// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import type { Page, Row } from "../../api/types";
import classes from "./settings.module.css";
import { Loaded, SaveError, SettingsHead } from "./settings_parts";

const GROUPS_MAX = 200;

export function GroupsPage() {
  const { t } = useLingui();
  const [name, set_name] = useState("");
  const groups = useQuery({
    queryKey: ["list", "groups", "settings"],
    queryFn: () => api.get<Page<Row>>("/groups", { limit: GROUPS_MAX, sort: "name" }),
  });
  const add = useMutation({
    mutationFn: () => api.post("/groups", { name }),
    onSuccess: () => {
      set_name("");
      refresh_record("groups");
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) add.mutate();
  };
  return (
    <div className={classes.inner}>
      <SettingsHead
        title={t`Groups`}
        text={t`Records belong to the primary group of their owner; roles use that.`}
      />
      <form className="row" onSubmit={submit} style={{ marginBottom: 16 }}>
        <TextInput
          className="grow"
          aria-label={t`Name of the new group`}
          placeholder={t`Name of the new group`}
          value={name}
          onChange={(event) => set_name(event.currentTarget.value)}
        />
        <Button type="submit" h={36} loading={add.isPending}>
          {t`Add`}
        </Button>
      </form>
      <SaveError error={add.error} />
      <Loaded query={groups}>
        {(page) => (
          <div className="card table_scroll">
            <table className="table">
              <tbody>
                {page.items.map((group) => (
                  <tr key={group.id}>
                    <td>
                      <Link to="/$plural/$id" params={{ plural: "groups", id: String(group.id) }}>
                        {String(group.name)}
                      </Link>
                    </td>
                    <td className="dim">{String(group.description ?? "")}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </div>
  );
}
