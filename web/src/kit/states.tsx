// SPDX-License-Identifier: Apache-2.0
import { Button, Loader, Skeleton } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./states.module.css";

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={classes.state}>
      {icon && <div className={classes.icon}>{icon}</div>}
      <p className={classes.title}>{title}</p>
      {children && <p className={classes.text}>{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}

interface ErrorProps {
  title: string;
  detail?: string | undefined;
  retry?: (() => void) | undefined;
  retry_label?: string;
}

export function ErrorState({ title, detail, retry, retry_label }: ErrorProps) {
  return (
    <div className={classes.state} role="alert">
      <div className={classes.icon}>
        <IconCloudOff size={22} stroke={1.5} />
      </div>
      <p className={classes.title}>{title}</p>
      {detail && <p className={classes.text}>{detail}</p>}
      {retry && (
        <div className={classes.action}>
          <Button variant="default" onClick={retry}>
            {retry_label}
          </Button>
        </div>
      )}
    </div>
  );
}

export function LoadingState({ label }: { label: string }) {
  return (
    <div className={classes.state} role="status" aria-label={label}>
      <Loader size="sm" />
    </div>
  );
}

export function SkeletonLines({ count = 6 }: { count?: number }) {
  return (
    <div className="stack" aria-hidden>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={14} width={`${90 - ((index * 17) % 45)}%`} radius={4} />
      ))}
    </div>
  );
}
