// SPDX-License-Identifier: Apache-2.0
// What registers offer while a company is made: the frame registers this once.
import { lazy } from "react";

export const company_suggestions = {
  type: "company",
  fields: ["name", "org_number"],
  input: lazy(() => import("./company_input")),
};
