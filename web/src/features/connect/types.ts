// SPDX-License-Identifier: Apache-2.0
import type { Ref } from "../../api/types";

export interface ConnectorField {
  name: string;
  label: Record<string, string>;
  is_secret: boolean;
  is_required: boolean;
  is_set: boolean;
  value: string;
}

export interface Connector {
  name: string;
  kind: string;
  title: Record<string, string>;
  // What is sent, in words.
  sends: Record<string, string>;
  data_class: string;
  is_on: boolean;
  version: number;
  base_url: string;
  standard_url: string;
  url_may_change: boolean;
  takes_hosts: boolean;
  hosts: string[];
  called_hosts: string[];
  fields: ConnectorField[];
  can_test: boolean;
  switched_at: string | null;
  switched_by: Ref | null;
}

export interface ConnectorChange {
  is_on?: boolean;
  base_url?: string;
  hosts?: string[];
  fields?: Record<string, string>;
}

export interface TestAnswer {
  worked: boolean;
  code: string;
  params: Record<string, string>;
  duration_ms: number;
}

// One call that left the server, or was stopped at the door.
export interface EgressCall {
  id: number;
  at: string;
  connector: string;
  method: string;
  host: string;
  path: string;
  status: number | null;
  error: string | null;
  bytes_out: number;
  bytes_in: number;
  duration_ms: number;
  user: Ref | null;
  job: number | null;
  record_type: string | null;
  record: number | null;
  persons: number;
}
