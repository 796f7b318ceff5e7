// SPDX-License-Identifier: Apache-2.0
// In the menu of a dashboard: the page as a document, at once and regularly.
import { useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { IconFileTypePdf, IconMailFast, IconMailForward } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { api } from "../../api/client";

interface Props {
  dashboard: number;
  filters: object;
  open: () => void;
}

export default function ReportMenuItems({ dashboard, filters, open }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const url = api.url(`/dashboards/${dashboard}/pdf`, { ...filters });
  return (
    <>
      <Menu.Item component="a" href={url} download leftSection={<IconFileTypePdf size={16} />}>
        {t`Download as PDF`}
      </Menu.Item>
      <Menu.Item leftSection={<IconMailForward size={16} />} onClick={open}>
        {t`Send regularly…`}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconMailFast size={16} />}
        onClick={() => void navigate({ to: "/reports" })}
      >
        {t`Regular delivery`}
      </Menu.Item>
    </>
  );
}
