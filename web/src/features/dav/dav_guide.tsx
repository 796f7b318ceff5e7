// SPDX-License-Identifier: Apache-2.0
// Where address, user name and password are to be entered.
import { useLingui } from "@lingui/react/macro";
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import classes from "./dav.module.css";

type Device = "apple" | "android" | "thunderbird";

export function DavGuide() {
  const { t } = useLingui();
  const [device, set_device] = useState<Device>("apple");
  const steps: Record<Device, string[]> = {
    apple: [
      t`iPhone: Settings › Apps › Calendar › Calendar Accounts › Add Account › Other.`,
      t`Mac: System Settings › Internet Accounts › Add Account › Other.`,
      t`Choose CalDAV for the diary, and once more CardDAV for the contacts.`,
      t`Enter the address as the server, and user name and password from above.`,
    ],
    android: [
      t`Install the app DAVx⁵ and add an account with an address and user name.`,
      t`Enter address, user name and password from above.`,
      t`Choose the calendar and the address books that you want; contacts as groups per category.`,
    ],
    thunderbird: [
      t`Calendar: New calendar › On the network; enter user name and address.`,
      t`Address book: New address book › CardDAV; enter user name and address.`,
      t`Thunderbird asks for the password from above.`,
    ],
  };
  return (
    <div>
      <SegmentedControl
        aria-label={t`Your device`}
        value={device}
        onChange={(next) => set_device(next as Device)}
        data={[
          { value: "apple", label: t`iPhone and Mac` },
          { value: "android", label: "Android" },
          { value: "thunderbird", label: "Thunderbird" },
        ]}
        mb={8}
      />
      <ol className={classes.steps}>
        {steps[device].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
