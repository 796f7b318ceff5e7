// SPDX-License-Identifier: Apache-2.0
// Apart, so that the first screen need not wait for what shows the messages.
export { Notifications as default } from "@mantine/notifications";
