// SPDX-License-Identifier: Apache-2.0
// Back and forth among rows that do not fit on one page; nothing where they do.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";

interface Props {
  // The cursor of each page on the way here, the first of them empty.
  way: string[];
  next: string | null | undefined;
  set_way: (way: string[]) => void;
  busy?: boolean;
}

export function RowPager({ way, next, set_way, busy }: Props) {
  const { t } = useLingui();
  if (way.length < 2 && !next) return null;
  return (
    <>
      <span className="grow" />
      <Button
        variant="default"
        disabled={way.length < 2 || busy}
        onClick={() => set_way(way.slice(0, -1))}
      >
        {t`Previous rows`}
      </Button>
      <Button
        variant="default"
        disabled={!next || busy}
        onClick={() => next && set_way([...way, next])}
      >
        {t`Next rows`}
      </Button>
    </>
  );
}
