// SPDX-License-Identifier: Apache-2.0
// A role is a matrix: record type × action, and in each cell how near a record must be.
import { useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Modal, NativeSelect, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { query_client, roles_query } from "../../api/queries";
import type { Role } from "../../api/types";
import { toast } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import classes from "./settings.module.css";
import { Loaded, SaveError, SettingsHead } from "./settings_parts";

const ACTIONS = ["read", "create", "update", "archive", "export"] as const;
const FUNCTIONS = [
  "administer",
  "import",
  "bulk_edit",
  "read_access_log",
  "reveal_masked",
  "operate",
];
const CLASSES = ["identity", "contact", "content", "behaviour", "special", "national_id"];
const NEAR = ["mine", "primary_group", "other_groups", "all"];

export function RolesPage() {
  const { t } = useLingui();
  const roles = useQuery(roles_query);
  const [creating, set_creating] = useState(false);
  const [id, set_id] = useState<string | null>(null);
  return (
    <div>
      <SettingsHead
        title={t`Roles`}
        text={t`What a user may do with which records. The rights of several roles add up.`}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => set_creating(true)}>
            {t`New role`}
          </Button>
        }
      />
      <Loaded query={roles}>
        {({ items }) => {
          const role = items.find((entry) => String(entry.id) === id) ?? items[0];
          return (
            <>
              <Select
                aria-label={t`Role`}
                w={260}
                mb={16}
                allowDeselect={false}
                data={items.map((entry) => ({ value: String(entry.id), label: entry.name }))}
                value={role ? String(role.id) : null}
                onChange={set_id}
              />
              {role && <RoleMatrix key={role.id} role={role} />}
            </>
          );
        }}
      </Loaded>
      {creating && (
        <RoleDialog close={() => set_creating(false)} created={(role) => set_id(String(role.id))} />
      )}
    </div>
  );
}

// The widest circle of a cell; the server reads "all" as including the nearer ones.
export function widest(circles: string[] | undefined): string {
  return [...NEAR].reverse().find((name) => circles?.includes(name)) ?? "";
}

export function circles_up_to(name: string): string[] {
  if (!name) return [];
  return name === "all" ? ["all"] : NEAR.slice(0, NEAR.indexOf(name) + 1);
}

function RoleMatrix({ role }: { role: Role }) {
  const { t } = useLingui();
  const { meta, text } = useDictionary();
  const [draft, set_draft] = useState(role.definition);
  const save = useMutation({
    mutationFn: () => api.patch(`/roles/${role.id}`, { definition: draft }),
    onSuccess: () => {
      toast(t`Saved`);
      for (const key of ["roles", "me"]) void query_client.invalidateQueries({ queryKey: [key] });
    },
  });
  const actions: Record<string, string> = {
    read: t`Read`,
    create: t`Create`,
    update: t`Change`,
    archive: t`Archive`,
    export: t`Export`,
  };
  const near = [
    { value: "", label: t`none` },
    { value: "mine", label: t`mine` },
    { value: "primary_group", label: t`my group` },
    { value: "other_groups", label: t`my groups` },
    { value: "all", label: t`all` },
  ];
  const rows = [
    { name: "*", label: t`All other types` },
    ...meta.types.map((type) => ({ name: type.name, label: text(type.label, type.name) })),
  ];
  const set = (type: string, action: string, circle: string) =>
    set_draft({
      ...draft,
      types: { ...draft.types, [type]: { ...draft.types[type], [action]: circles_up_to(circle) } },
    });
  const flip = (part: "functions" | "field_classes", name: string) => {
    const held = draft[part] ?? [];
    set_draft({
      ...draft,
      [part]: held.includes(name) ? held.filter((entry) => entry !== name) : [...held, name],
    });
  };
  return (
    <div className="stack">
      <div className="card table_scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t`Record type`}</th>
              {ACTIONS.map((action) => (
                <th key={action} scope="col">
                  {actions[action]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row" style={{ color: "var(--text)" }}>
                  {row.label}
                </th>
                {ACTIONS.map((action) => (
                  <td key={action}>
                    <NativeSelect
                      size="xs"
                      className={classes.circle}
                      aria-label={`${row.label}: ${actions[action]}`}
                      data={near}
                      value={widest(draft.types[row.name]?.[action])}
                      onChange={(event) => set(row.name, action, event.currentTarget.value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes.pair}>
        <RightList
          title={t`May also`}
          names={FUNCTIONS}
          held={draft.functions ?? []}
          flip={(name) => flip("functions", name)}
        />
        <RightList
          title={t`Sees unmasked`}
          names={CLASSES}
          held={draft.field_classes ?? []}
          flip={(name) => flip("field_classes", name)}
        />
      </div>
      <SaveError error={save.error} />
      <div className="row">
        <Button
          loading={save.isPending}
          disabled={draft === role.definition}
          onClick={() => save.mutate()}
        >
          {t`Save`}
        </Button>
        {draft !== role.definition && (
          <Button variant="subtle" color="gray" onClick={() => set_draft(role.definition)}>
            {t`Take back`}
          </Button>
        )}
      </div>
    </div>
  );
}

interface RightListProps {
  title: string;
  names: string[];
  held: string[];
  flip: (name: string) => void;
}

function RightList({ title, names, held, flip }: RightListProps) {
  const { t } = useLingui();
  const words: Record<string, string> = {
    administer: t`Administer users, roles, types and lists`,
    import: t`Import files`,
    bulk_edit: t`Edit many records at once`,
    read_access_log: t`Read the access log`,
    reveal_masked: t`Reveal masked fields (is logged)`,
    operate: t`Operate jobs and backup`,
    identity: t`Names and identity`,
    contact: t`Contact details`,
    content: t`Notes and content`,
    behaviour: t`Behaviour`,
    special: t`Special categories`,
    national_id: t`National id numbers`,
  };
  return (
    <fieldset className={`card ${classes.block}`} style={{ margin: 0 }}>
      <legend className="visually_hidden">{title}</legend>
      <p aria-hidden className={classes.legend}>
        {title}
      </p>
      <div className="stack" style={{ gap: 8 }}>
        {names.map((name) => (
          <Checkbox
            key={name}
            label={words[name] ?? name}
            checked={held.includes(name)}
            onChange={() => flip(name)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function RoleDialog({ close, created }: { close: () => void; created: (role: Role) => void }) {
  const { t } = useLingui();
  const [name, set_name] = useState("");
  const save = useMutation({
    mutationFn: () =>
      api.post<Role>("/roles", {
        key: key_of(name),
        name,
        definition: { types: {}, functions: [], field_classes: [] },
      }),
    onSuccess: async (role) => {
      await query_client.invalidateQueries({ queryKey: ["roles"] });
      created(role);
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`New role`}
      size={400}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        <TextInput
          label={t`Name`}
          value={name}
          required
          data-autofocus
          onChange={(event) => set_name(event.currentTarget.value)}
        />
        <SaveError error={save.error} />
        <Button type="submit" loading={save.isPending}>
          {t`Create`}
        </Button>
      </form>
    </Modal>
  );
}

// A name becomes an identifier: small Latin letters, digits and _.
export function key_of(name: string): string {
  const latin = name
    .toLowerCase()
    .replaceAll("æ", "ae")
    .replaceAll("ø", "oe")
    .replaceAll("å", "aa");
  const plain = latin.normalize("NFD").replace(/[^a-z0-9]+/g, "_");
  return plain.replace(/^_+|_+$/g, "").replace(/^(?=\d)/, "x_");
}
