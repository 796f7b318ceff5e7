// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import {
  IconArrowBackUp,
  IconBell,
  IconCheck,
  IconChevronDown,
  IconCopy,
  IconDeviceTv,
  IconDots,
  IconPencil,
  IconPin,
  IconPlus,
  IconRestore,
  IconShare,
  IconStar,
  IconStarFilled,
  IconTrash,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { toast, toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import {
  create_dashboard,
  remove_dashboard,
  reset_dashboard,
  set_favourite,
  undo_dashboard,
} from "./actions";
import classes from "./dashboards.module.css";
import { page_menu } from "./page_menu";
import type { Dashboard, DashboardHead, PageFilters } from "./types";

const ShareDialog = lazy(() => import("./share_dialog"));

interface Props {
  page: Dashboard;
  list: DashboardHead[];
  filters: PageFilters;
  editing: boolean;
  busy: boolean;
  begin: () => void;
  cancel: () => void;
  save: () => void;
  add: () => void;
  wall: () => void;
  alerts: () => void;
}

export function DashboardHeader(props: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { page, editing } = props;
  const phone = useMediaQuery("(max-width: 700px)");
  const favourite = () =>
    void set_favourite(page, !page.favourite).catch((error) => toast_error(error_text(error)));
  return (
    <header className={classes.head}>
      <Chooser page={page} list={props.list} disabled={editing} />
      <Tooltip label={page.favourite ? t`No longer a favourite` : t`Make it a favourite`}>
        <ActionIcon
          aria-label={page.favourite ? t`No longer a favourite` : t`Make it a favourite`}
          aria-pressed={page.favourite}
          onClick={favourite}
        >
          {page.favourite ? <IconStarFilled size={16} /> : <IconStar size={16} />}
        </ActionIcon>
      </Tooltip>
      {!phone && <span className={`${classes.head_note} clip`}>{page.description}</span>}
      <span className="grow" />
      {editing ? (
        <>
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={props.add}>
            {t`Add a tile`}
          </Button>
          <Button variant="subtle" color="gray" onClick={props.cancel}>
            {t`Cancel`}
          </Button>
          <Button loading={props.busy} leftSection={<IconCheck size={16} />} onClick={props.save}>
            {t`Save`}
          </Button>
        </>
      ) : (
        <>
          {page.editable && !phone && (
            <Button variant="default" leftSection={<IconPencil size={15} />} onClick={props.begin}>
              {t`Edit`}
            </Button>
          )}
          <PageMenu
            page={page}
            filters={props.filters}
            wall={props.wall}
            alerts={props.alerts}
            begin={props.begin}
          />
        </>
      )}
    </header>
  );
}

function Chooser({
  page,
  list,
  disabled,
}: {
  page: Dashboard;
  list: DashboardHead[];
  disabled: boolean;
}) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const go = (id: number) => void navigate({ to: "/dashboards/$id", params: { id: String(id) } });
  return (
    <h1 className={classes.head_title}>
      <Menu position="bottom-start" width={300} disabled={disabled}>
        <Menu.Target>
          <button type="button" className={classes.chooser}>
            <span className="clip">{page.name}</span>
            {!disabled && <IconChevronDown size={16} aria-hidden />}
          </button>
        </Menu.Target>
        <Menu.Dropdown className={classes.chooser_list}>
          {list.map((one) => (
            <Menu.Item
              key={one.id}
              onClick={() => go(one.id)}
              aria-current={one.id === page.id ? "page" : undefined}
              rightSection={
                one.is_pinned ? (
                  <IconPin size={14} aria-label={t`Pinned`} />
                ) : one.favourite ? (
                  <IconStarFilled size={13} aria-label={t`Favourite`} />
                ) : null
              }
            >
              <span className={one.id === page.id ? classes.chosen : undefined}>{one.name}</span>
              {one.owner && <span className={classes.chooser_owner}>{one.owner.name}</span>}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </h1>
  );
}

// Of whoever looks at the page.
function ViewItems({ wall, alerts }: { wall: () => void; alerts: () => void }) {
  const { t } = useLingui();
  return (
    <>
      <Menu.Item leftSection={<IconDeviceTv size={16} />} onClick={wall}>
        {t`Show on a wall`}
      </Menu.Item>
      <Menu.Item leftSection={<IconBell size={16} />} onClick={alerts}>
        {t`What I am told of`}
      </Menu.Item>
    </>
  );
}

interface MenuProps {
  page: Dashboard;
  filters: PageFilters;
  wall: () => void;
  alerts: () => void;
  begin: () => void;
}

function PageMenu({ page, filters, wall, alerts, begin }: MenuProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const [sharing, set_sharing] = useState(false);
  const [removing, set_removing] = useState(false);
  const [naming, set_naming] = useState(false);
  const [more_open, set_more_open] = useState(false);
  const more = page_menu();
  const of_page = { dashboard: page.id, name: page.name, filters };
  const run = (work: () => Promise<unknown>) =>
    void work().catch((error) => toast_error(error_text(error)));
  const open = (made: Dashboard) =>
    navigate({ to: "/dashboards/$id", params: { id: String(made.id) } });
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon aria-label={t`More about this dashboard`} variant="default" size={32}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ViewItems wall={wall} alerts={alerts} />
          {more && (
            <Suspense>
              <more.items {...of_page} open={() => set_more_open(true)} />
            </Suspense>
          )}
          <Menu.Item
            leftSection={<IconPlus size={16} />}
            onClick={() =>
              run(async () => open(await create_dashboard({ name: t`New dashboard`, tiles: [] })))
            }
          >
            {t`New dashboard`}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={16} />}
            onClick={() =>
              run(async () => {
                const name = t`${page.name}, copy`;
                await open(await create_dashboard({ copy_of: page.id, name }));
                toast(t`This copy is yours alone`);
              })
            }
          >
            {t`Make a copy`}
          </Menu.Item>
          {page.editable && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={begin}>
                {t`Arrange the tiles`}
              </Menu.Item>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => set_naming(true)}>
                {t`Name and description`}
              </Menu.Item>
              <Menu.Item leftSection={<IconShare size={16} />} onClick={() => set_sharing(true)}>
                {t`Share`}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowBackUp size={16} />}
                onClick={() => run(() => undo_dashboard(page.id))}
              >
                {t`Undo the last change`}
              </Menu.Item>
              {page.standard ? (
                <Menu.Item
                  leftSection={<IconRestore size={16} />}
                  onClick={() => run(() => reset_dashboard(page.id))}
                >
                  {t`As it came`}
                </Menu.Item>
              ) : (
                <Menu.Item
                  color="red"
                  leftSection={<IconTrash size={16} />}
                  onClick={() => set_removing(true)}
                >
                  {t`Remove`}
                </Menu.Item>
              )}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {more && more_open && (
        <Suspense>
          <more.dialog {...of_page} close={() => set_more_open(false)} />
        </Suspense>
      )}
      {(sharing || naming) && (
        <Suspense>
          <ShareDialog
            page={page}
            part={naming ? "name" : "share"}
            close={() => {
              set_sharing(false);
              set_naming(false);
            }}
          />
        </Suspense>
      )}
      {removing && <Removal page={page} run={run} close={() => set_removing(false)} />}
    </>
  );
}

interface RemovalProps {
  page: Dashboard;
  run: (work: () => Promise<unknown>) => void;
  close: () => void;
}

function Removal({ page, run, close }: RemovalProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={t`Remove ${page.name}?`}
      confirm={t`Remove`}
      cancel={t`Cancel`}
      danger
      close={close}
      on_confirm={() =>
        run(async () => {
          await remove_dashboard(page.id);
          await navigate({ to: "/" });
        })
      }
    >
      {t`The records it shows stay. The page itself cannot be brought back.`}
    </ConfirmDialog>
  );
}
